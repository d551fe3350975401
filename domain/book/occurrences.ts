// Which day of a month a pattern means, and the review that stands on it.
import { Temporal } from 'temporal-polyfill';
import {
  type DateText,
  instantOf,
  type MonthText,
  type OccurrenceTime,
  occurrenceTime,
  type WallTime,
  type Zone,
} from '../time.ts';
import type { Pattern, Weekday } from './pattern.ts';

const isoWeekday: Record<Weekday, number> = { monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5 };
const weekIndex = { first: 0, second: 1, third: 2, fourth: 3 } as const;

/**
 * The date of a pattern in a month. A day that the month lacks is its last one, as Exchange does it
 * (facts/graph.md, section 1: AbsoluteMonthlyRecurrence).
 */
export function dateInMonth(month: MonthText, pattern: Pattern): DateText {
  const yearMonth = Temporal.PlainYearMonth.from(month);
  const first = yearMonth.toPlainDate({ day: 1 });
  const last = yearMonth.toPlainDate({ day: yearMonth.daysInMonth });
  return dayOf(pattern, first, last).toString() as DateText;
}

function dayOf(pattern: Pattern, first: Temporal.PlainDate, last: Temporal.PlainDate): Temporal.PlainDate {
  switch (pattern.kind) {
    case 'date':
      return first.with({ day: Math.min(pattern.day, last.day) });
    case 'last_weekday':
      return last.subtract({ days: Math.max(0, last.dayOfWeek - 5) });
    case 'weekday': {
      const weekday = isoWeekday[pattern.weekday];
      if (pattern.week === 'last') return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
      const firstSuch = first.add({ days: (weekday - first.dayOfWeek + 7) % 7 });
      return firstSuch.add({ weeks: weekIndex[pattern.week] });
    }
  }
}

/** The review of a month as the series has it: a wall time in a zone, which keeps its hour over DST. */
export function occurrenceIn(
  month: MonthText,
  pattern: Pattern,
  time: WallTime,
  zone: Zone,
  minutes: number,
): OccurrenceTime {
  return occurrenceTime(dateInMonth(month, pattern), time, zone, minutes);
}

/** `months` months from the first one on. */
export function monthsOf(firstMonth: MonthText, months: number): MonthText[] {
  const first = Temporal.PlainYearMonth.from(firstMonth);
  return Array.from({ length: months }, (_, index) => first.add({ months: index }).toString() as MonthText);
}

export function monthAfter(month: MonthText, months: number): MonthText {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString() as MonthText;
}

/** Whether a date lies strictly between the neighbours' dates of its month, as Exchange demands of a moved occurrence. */
export function staysBetweenNeighbours(
  date: DateText,
  neighbours: { before?: DateText | undefined; after?: DateText | undefined },
): boolean {
  if (neighbours.before !== undefined && date <= neighbours.before) return false;
  return neighbours.after === undefined || date < neighbours.after;
}

/** The months of a series whose review by the pattern is still ahead. */
export function monthsLeft(
  series: {
    firstMonth: MonthText;
    months: number;
    pattern: Pattern;
    time: WallTime;
    zone: Zone;
    minutes: number;
  },
  now: Temporal.Instant,
): MonthText[] {
  const { firstMonth, months, pattern, time, zone, minutes } = series;
  return monthsOf(firstMonth, months).filter((month) => {
    const { start } = occurrenceIn(month, pattern, time, zone, minutes);
    return Temporal.Instant.compare(instantOf(start), now) > 0;
  });
}
