import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useSay } from '../shell/host-context.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';

const looks = {
  booking: { status: 'waiting', text: bookTexts.stateBooking },
  booked: { status: 'good', text: bookTexts.stateBooked },
  waiting_for_manager: { status: 'watch', text: bookTexts.stateWaiting },
  failed: { status: 'bad', text: bookTexts.stateFailed },
  stopped: { status: 'neutral', text: bookTexts.stateStopped },
} as const satisfies Record<string, { status: Status; text: { nb: string; en: string } }>;

/** Never “booked” before everything stands; the seller reads that it waits for the manager by name. */
export function SeriesState({ pair }: { pair: PairView }) {
  const t = useSay();
  if (pair.series === undefined) return null;
  const { status, text } = looks[pair.series.state];
  const waitsForOther = pair.series.state === 'waiting_for_manager' && pair.side === 'seller';
  return (
    <StatusBadge
      status={status}
      text={waitsForOther ? t(bookTexts.waitingForSeller, { name: pair.manager.firstName }) : t(text)}
    />
  );
}
