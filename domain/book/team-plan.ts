// A whole team's series in one go: few reviews a day, spread over the days and weeks that meet the fewest holidays.
import type { Pattern, Weekday } from './pattern.ts';

type Week = Extract<Pattern, { kind: 'weekday' }>['week'];

/** From the table of the capability list, section 6: fewest public holidays, Easter weeks and July weeks first. */
const days: readonly [Week, Weekday][] = [
  ['first', 'wednesday'],
  ['first', 'tuesday'],
  ['second', 'tuesday'],
  ['second', 'wednesday'],
  ['first', 'thursday'],
  ['third', 'tuesday'],
  ['third', 'wednesday'],
  ['second', 'thursday'],
  ['third', 'thursday'],
  ['second', 'monday'],
  ['first', 'friday'],
  ['third', 'monday'],
  ['fourth', 'tuesday'],
  ['fourth', 'wednesday'],
];

/** Reviews that a manager holds well on one day: each also takes preparation and reflection. */
export const reviewsADay = 2;

/** One pattern a seller, in the order of the sellers; a team too large for two a day fills the days evenly. */
export function spreadOverDays(sellers: number): Pattern[] {
  const perDay = Math.max(reviewsADay, Math.ceil(sellers / days.length));
  return Array.from({ length: sellers }, (_, index) => {
    const [week, weekday] = days[Math.floor(index / perDay)] ?? ['first', 'wednesday'];
    return { kind: 'weekday', week, weekday };
  });
}

export function isSameDay(a: Pattern, b: Pattern): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Minutes between two reviews of a manager: the reflection right after, and a breath. */
const gapMinutes = 30;

/** The first of the times, best first, that leaves a gap to each review already planned on the day. */
export function timeBetween(
  times: readonly string[],
  taken: readonly { time: string; minutes: number }[],
  minutes: number,
): string | undefined {
  return times.find((time) => {
    const start = minuteOf(time);
    return taken.every((other) => {
      const otherStart = minuteOf(other.time);
      return start >= otherStart + other.minutes + gapMinutes || otherStart >= start + minutes + gapMinutes;
    });
  });
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function sorted(pattern: Pattern): [string, unknown][] {
  return Object.entries(pattern).sort(([a], [b]) => a.localeCompare(b));
}
