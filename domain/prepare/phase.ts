import type { Temporal } from 'temporal-polyfill';
import { done, type Outcome, refuse } from '../refusals.ts';
import { type InstantText, instantOf, type OccurrenceTime, toInstantText } from '../time.ts';
import type { ReviewView } from './contract.ts';

/** How long before its time a meeting may be opened. */
export const earlyMinutes = 15;

export type Timed = {
  occurrence: OccurrenceTime;
  state: ReviewView['state'];
  startedAt?: InstantText | undefined;
  revealedAt?: InstantText | undefined;
};

/** A meeting has started when somebody started it or when its time has come, whichever is first. */
export function startOf(review: Timed, now: Temporal.Instant): InstantText | undefined {
  if (review.state === 'skipped') return undefined;
  const { start } = review.occurrence;
  const due = isPast(start, now) ? start : undefined;
  if (review.startedAt === undefined) return due;
  return due !== undefined && due < review.startedAt ? due : review.startedAt;
}

/**
 * When the answers opened to the other: both were ready, or the meeting started. By time it follows from the clock
 * alone, so no write can be late, lost or forgotten; what is stored can only be earlier.
 */
export function revealOf(review: Timed, now: Temporal.Instant): InstantText | undefined {
  const start = startOf(review, now);
  if (review.revealedAt === undefined) return start;
  return start !== undefined && start < review.revealedAt ? start : review.revealedAt;
}

/**
 * The review at another time. What has opened stays open: a meeting that was put off after its start has shown both
 * what was ready.
 */
export function movedTo<R extends Timed>(review: R, occurrence: OccurrenceTime, now: Temporal.Instant): R {
  const opened = revealOf(review, now);
  return opened === undefined ? { ...review, occurrence } : { ...review, occurrence, revealedAt: opened };
}

/** Before, during or after (capability 19). A meeting that began late has its whole length. */
export function phaseOf(review: Timed, now: Temporal.Instant): ReviewView['phase'] {
  if (review.state !== 'planned' && review.state !== 'running') return 'after';
  const start = startOf(review, now);
  if (start === undefined) return 'before';
  const { end, minutes } = review.occurrence;
  const wholeLength = toInstantText(instantOf(review.startedAt ?? start).add({ minutes }));
  return isPast(end, now) && isPast(wholeLength, now) ? 'after' : 'during';
}

/** The state as it is now: a planned review whose time has come is running without anybody's click. */
export function stateOf(review: Timed, now: Temporal.Instant): ReviewView['state'] {
  return review.state === 'planned' && startOf(review, now) !== undefined ? 'running' : review.state;
}

/** Whether the review may still be written in: not while one has signed, and never again once it is closed. */
export function mayWrite({ state }: Pick<Timed, 'state'>): Outcome<true> {
  if (state === 'signing') return refuse({ code: 'frozen' });
  if (state === 'planned' || state === 'running') return done(true);
  return refuse({ code: 'sealed' });
}

/** Whether the meeting may be opened now. A skipped or finished one may not. */
export function mayStart(review: Timed, now: Temporal.Instant): Outcome<true> {
  if (review.state === 'sealed' || review.state === 'closed_unsigned' || review.state === 'skipped') {
    return refuse({ code: 'sealed' });
  }
  const earliest = instantOf(review.occurrence.start).subtract({ minutes: earlyMinutes });
  if (earliest.epochMilliseconds > now.epochMilliseconds) {
    return refuse({ code: 'too_early', startsAt: toInstantText(earliest) });
  }
  return done(true);
}

function isPast(at: InstantText, now: Temporal.Instant): boolean {
  return instantOf(at).epochMilliseconds <= now.epochMilliseconds;
}
