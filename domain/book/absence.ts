// A longer absence of one of the two (capability 9): dates only, never a reason. Its months are skipped in the series,
// the cadence guard says so, and reminders to whoever is away stay quiet.
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { sideSchema } from '../people.ts';
import { type DateText, dateSchema } from '../time.ts';

/** The most that one absence spans, in days: longer than a parental leave, shorter than a typing error of a year. */
export const mostAbsenceDays = 550;
/** Enough for years of leaves; an absence that ended long ago makes room. */
export const mostAbsences = 20;

export const absenceSchema = z.object({
  /** Made by the caller; the same id is the same absence. */
  id: z.uuid(),
  side: sideSchema,
  /** Both days are away. */
  from: dateSchema,
  to: dateSchema,
});
/** What may be told: a typing error of a year would skip a series away. */
export const absencePeriodSchema = absenceSchema
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'before the first day' })
  .refine(({ from, to }) => daysBetween(from, to) <= mostAbsenceDays, { path: ['to'], error: 'too long' });
export type Absence = z.infer<typeof absenceSchema>;

/**
 * Whether somebody is away on a date: `side` alone, or either of the two where none is named. Dates are those of the
 * calendar on the wall where the person is.
 */
export function absentOn(
  absences: readonly Pick<Absence, 'side' | 'from' | 'to'>[] | undefined,
  date: DateText,
  side?: Absence['side'],
): boolean {
  return (absences ?? []).some(
    (one) => one.from <= date && date <= one.to && (side === undefined || one.side === side),
  );
}

/**
 * Whether an absence is over and done with: it has ended, and no day of it stands between the last review and today, where
 * the cadence would leave it out.
 */
export function isSpent(
  { to }: Pick<Absence, 'to'>,
  lastHeldOn: DateText | undefined,
  today: DateText,
): boolean {
  return to < today && (lastHeldOn === undefined || to < lastHeldOn);
}

function daysBetween(from: DateText, to: DateText): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}
