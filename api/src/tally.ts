// What one request or job asks of others, counted where it is asked, for its one wide event.
import { AsyncLocalStorage } from 'node:async_hooks';

export type Tally = {
  databaseCalls: number;
  databaseRetries: number;
  graphCalls: number;
  graphRetries: number;
};

const current = new AsyncLocalStorage<Tally>();

export function newTally(): Tally {
  return { databaseCalls: 0, databaseRetries: 0, graphCalls: 0, graphRetries: 0 };
}

/** Runs `work`; what it and all that it starts ask of others is added to `tally`. */
export function counting<T>(tally: Tally, work: () => Promise<T>): Promise<T> {
  return current.run(tally, work);
}

/** A call of its own, or the repetition of one, which is a call as well. */
export function count(what: 'database' | 'graph', isRetry: boolean): void {
  const tally = current.getStore();
  if (tally === undefined) return;
  tally[`${what}Calls`] += 1;
  if (isRetry) tally[`${what}Retries`] += 1;
}
