import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/** An ISO 8601 instant in UTC, as documents and answers carry it. */
export const instantSchema = z.iso.datetime().brand<'InstantText'>();
export type InstantText = z.infer<typeof instantSchema>;

/** A calendar date, `2027-01-12`. */
export const dateSchema = z.iso.date().brand<'DateText'>();
export type DateText = z.infer<typeof dateSchema>;

/** The month a review belongs to, `2027-01`. */
export const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .brand<'MonthText'>();
export type MonthText = z.infer<typeof monthSchema>;

/** Time of day on a wall clock, `10:30`. */
export const wallTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .brand<'WallTime'>();
export type WallTime = z.infer<typeof wallTimeSchema>;

/** An IANA zone that this runtime knows. */
export const zoneSchema = z
  .string()
  .max(64)
  .refine(isZone, { error: 'not an IANA time zone' })
  .brand<'Zone'>();
export type Zone = z.infer<typeof zoneSchema>;

export function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/**
 * When a review is: the wall time people agreed on with its zone is the truth, the instant follows from it.
 * A wall time that a DST change skips moves forward; one that it repeats is the first of the two.
 */
export const occurrenceTimeSchema = z.object({
  date: dateSchema,
  time: wallTimeSchema,
  zone: zoneSchema,
  minutes: z.int().min(15).max(120),
  start: instantSchema,
  end: instantSchema,
});
export type OccurrenceTime = z.infer<typeof occurrenceTimeSchema>;

export function occurrenceTime(date: DateText, time: WallTime, zone: Zone, minutes: number): OccurrenceTime {
  const start = Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
  return {
    date,
    time,
    zone,
    minutes,
    start: toInstantText(start),
    end: toInstantText(start.add({ minutes })),
  };
}

export function toInstantText(instant: Temporal.Instant): InstantText {
  return instant.toString({ smallestUnit: 'millisecond' }) as InstantText;
}

export function instantOf(text: InstantText): Temporal.Instant {
  return Temporal.Instant.from(text);
}

/** The calendar date that an instant falls on in a zone. */
export function dateIn(instant: Temporal.Instant, zone: string): DateText {
  return instant.toZonedDateTimeISO(zone).toPlainDate().toString() as DateText;
}

export function monthOf(date: DateText): MonthText {
  return date.slice(0, 7) as MonthText;
}
