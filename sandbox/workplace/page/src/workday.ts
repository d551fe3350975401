// What every part of the page knows: who looks, when it is, and how to say something in passing.
import { createContext, useContext } from 'react';
import type { Colleague, Organisation } from '../../model.ts';
import type { Locale } from './time.ts';

export type Workday = {
  organisation: Organisation;
  me: Colleague;
  locale: Locale;
  /** Epoch milliseconds on the sandbox's clock. */
  now(): number;
  say(text: string, intent?: 'success' | 'error' | 'info'): void;
  /** Runs what a button asks for and says so when it fails. */
  attempt(work: () => Promise<unknown>, done?: string): Promise<boolean>;
  /** Follows a link as Teams does. Whether it leads somewhere. */
  follow(link: string): boolean;
  /** Asks the person, as Microsoft's own pop-up would. */
  ask(question: 'consent' | 'verify'): Promise<boolean>;
};

export const WorkdayContext = createContext<Workday | undefined>(undefined);

export function useWorkday(): Workday {
  const workday = useContext(WorkdayContext);
  if (workday === undefined) throw new Error('outside of a workday');
  return workday;
}
