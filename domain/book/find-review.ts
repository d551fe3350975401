// Which review an open appointment or meeting is: one meeting id, one chat and one link serve a whole series.
import { Temporal } from 'temporal-polyfill';
import { type DateText, type InstantText, instantOf, type MonthText, type OccurrenceTime } from '../time.ts';
import { dateInMonth } from './occurrences.ts';
import type { Pattern } from './pattern.ts';

type Candidate = { month: MonthText; occurrence: OccurrenceTime };

/** People come early and stay late. */
const aroundHours = 12;

/**
 * The review at a start, of an original date, or by the clock. Several when it is in doubt: then the person is asked.
 * Without any hint it is the one around now, else the last and the next.
 */
export function reviewsFor<R extends Candidate>(
  reviews: readonly R[],
  hint: { start?: InstantText | undefined; original?: DateText | undefined; pattern?: Pattern | undefined },
  now: Temporal.Instant,
): R[] {
  const byTime = [...reviews].sort((a, b) => a.occurrence.start.localeCompare(b.occurrence.start));
  const { start, original, pattern } = hint;
  if (start !== undefined) {
    const exact = byTime.filter(({ occurrence }) => instantOf(occurrence.start).equals(instantOf(start)));
    if (exact.length > 0) return exact;
  }
  if (original !== undefined && pattern !== undefined) {
    const named = byTime.filter(({ month }) => dateInMonth(month, pattern) === original);
    if (named.length > 0) return named;
  }
  const at = start === undefined ? now : instantOf(start);
  const around = byTime.filter(({ occurrence }) => isAround(occurrence, at));
  if (around.length > 0) return around;
  const before = byTime.filter(
    ({ occurrence }) => Temporal.Instant.compare(instantOf(occurrence.end), at) < 0,
  );
  const after = byTime.filter(
    ({ occurrence }) => Temporal.Instant.compare(instantOf(occurrence.start), at) > 0,
  );
  return [...before.slice(-1), ...after.slice(0, 1)];
}

function isAround({ start, end }: OccurrenceTime, at: Temporal.Instant): boolean {
  const from = instantOf(start).subtract({ hours: aroundHours });
  const to = instantOf(end).add({ hours: aroundHours });
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) <= 0;
}
