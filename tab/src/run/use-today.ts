import { today } from '../client/today.ts';
import { useLive } from './live-context.tsx';

/** The reader's date, `2027-01-12`. */
export function useToday(): string {
  const { me } = useLive();
  return today(me.zone).toString();
}
