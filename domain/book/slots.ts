// Times of day that suit both on the coming dates of a pattern.
import { Temporal } from 'temporal-polyfill';
import {
  type DateText,
  type InstantText,
  instantOf,
  type MonthText,
  type OccurrenceTime,
  occurrenceTime,
  type WallTime,
  type Zone,
} from '../time.ts';
import { monthsOf, occurrenceIn } from './occurrences.ts';
import type { Pattern } from './pattern.ts';

export type Availability = {
  /** False where the calendar could not be read; then it is neither free nor busy. */
  known: boolean;
  busy: readonly { start: InstantText; end: InstantText }[];
  /** Days are English and lower case; times are wall times in `zone`. */
  workingHours: { days: readonly string[]; start: string; end: string; zone: string };
};

export type Slot = {
  /** The first date, and the time of day on the organizer's wall clock. */
  date: DateText;
  time: WallTime;
  /** The same moment of the first date on the other's wall clock. */
  sellerTime: WallTime;
  /** On how many of the dates looked at both are free and at work. */
  freeOn: number;
  of: number;
};

/** Months looked at: enough to see a rhythm, few enough to ask Graph for. */
export const monthsAhead = 6;
const stepMinutes = 30;
const mostSlots = 12;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The dates a proposal looks at, those that have passed left out. */
export function datesAhead(
  pattern: Pattern,
  firstMonth: MonthText,
  zone: Zone,
  now: Temporal.Instant,
): DateText[] {
  const midday = '12:00' as WallTime;
  return monthsOf(firstMonth, monthsAhead)
    .map((month) => occurrenceIn(month, pattern, midday, zone, stepMinutes))
    .filter(({ start }) => Temporal.Instant.compare(instantOf(start), now) > 0)
    .map(({ date }) => date);
}

/**
 * The times at full and half hours that are free on most of the dates, best first, then earliest. A time outside
 * either's working hours on a date does not count for that date; a time that counts for none is left out.
 */
export function proposeSlots(
  dates: readonly DateText[],
  zone: Zone,
  minutes: number,
  manager: Availability,
  seller: Availability,
): Slot[] {
  const [first] = dates;
  if (first === undefined) return [];
  const slots: Slot[] = [];
  for (let minute = 0; minute < 24 * 60; minute += stepMinutes) {
    const time = wallTime(minute);
    const freeOn = dates.filter((date) => {
      const review = occurrenceTime(date, time, zone, minutes);
      return [manager, seller].every((one) => isAtWork(one, review) && isFree(one, review));
    }).length;
    if (freeOn === 0) continue;
    const start = instantOf(occurrenceTime(first, time, zone, minutes).start);
    const there = start.toZonedDateTimeISO(seller.workingHours.zone).toPlainTime();
    slots.push({
      date: first,
      time,
      sellerTime: there.toString({ smallestUnit: 'minute' }) as WallTime,
      freeOn,
      of: dates.length,
    });
  }
  return slots.sort((a, b) => b.freeOn - a.freeOn || a.time.localeCompare(b.time)).slice(0, mostSlots);
}

function wallTime(minute: number): WallTime {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}` as WallTime;
}

function isFree({ known, busy }: Availability, review: OccurrenceTime): boolean {
  return !known || busy.every(({ start, end }) => end <= review.start || start >= review.end);
}

function isAtWork({ workingHours }: Availability, review: OccurrenceTime): boolean {
  const start = instantOf(review.start).toZonedDateTimeISO(workingHours.zone);
  const end = instantOf(review.end).toZonedDateTimeISO(workingHours.zone);
  const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' });
  return (
    workingHours.days.includes(weekdays[start.dayOfWeek - 1] ?? '') &&
    start.toPlainDate().equals(end.toPlainDate()) &&
    clock(start) >= workingHours.start &&
    clock(end) <= workingHours.end
  );
}
