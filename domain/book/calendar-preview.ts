// The dates that a pattern meets, with what is in their way: public holidays, Easter and Christmas weeks, squeezed days
// and the July weeks (capability list, section 6). Norway's calendar; a mark warns, it forbids nothing.
import { Temporal } from 'temporal-polyfill';
import type { Text } from '../content/text.ts';
import { easterSunday, publicHolidays } from '../holidays.ts';
import type { DateText, MonthText } from '../time.ts';
import { dateInMonth, monthsOf } from './occurrences.ts';
import type { Pattern } from './pattern.ts';

export type Mark =
  /** Two holidays may fall on one date; both are named. */
  | { kind: 'holiday'; names: readonly Text[] }
  /** Only a date or a moved review can meet it: patterns of weekdays never do. */
  | { kind: 'weekend' }
  | { kind: 'easter_week' }
  | { kind: 'christmas_week' }
  /** A Monday or Friday alone between a weekend and a holiday. */
  | { kind: 'squeezed' }
  | { kind: 'july' };

export type PreviewDate = {
  month: MonthText;
  date: DateText;
  mark?: Mark;
  /** At most two dates of the same month that nothing stands in the way of, the nearest first. */
  alternatives: readonly DateText[];
  /** Days since the date before; 28–35 is the rhythm of a weekday pattern and no cause for alarm. */
  gapDays?: number;
};

export function previewDates(pattern: Pattern, firstMonth: MonthText, months = 12): PreviewDate[] {
  let before: DateText | undefined;
  return monthsOf(firstMonth, months).map((month) => {
    const date = dateInMonth(month, pattern);
    const mark = markOf(date);
    const gapDays = before === undefined ? undefined : daysBetween(before, date);
    before = date;
    return {
      month,
      date,
      alternatives: mark === undefined ? [] : alternativesTo(date),
      ...(mark === undefined ? {} : { mark }),
      ...(gapDays === undefined ? {} : { gapDays }),
    };
  });
}

export function markOf(date: DateText): Mark | undefined {
  const day = Temporal.PlainDate.from(date);
  const names = holidayNames(day);
  if (names !== undefined) return { kind: 'holiday', names };
  if (day.dayOfWeek > 5) return { kind: 'weekend' };
  const fromEaster = easterSunday(day.year).until(day, { largestUnit: 'days' }).days;
  if (fromEaster >= -7 && fromEaster <= 1) return { kind: 'easter_week' };
  if (day.month === 12 && day.day >= 24) return { kind: 'christmas_week' };
  if (isSqueezed(day)) return { kind: 'squeezed' };
  if (isInJulyWeeks(day)) return { kind: 'july' };
  return undefined;
}

/** The days from June's review to August's when July is skipped: 56 or 63 for a weekday pattern. */
export function gapOverJuly(pattern: Pattern, year: number): number {
  const dateOf = (month: string) => dateInMonth(`${year}-${month}` as MonthText, pattern);
  return daysBetween(dateOf('06'), dateOf('08'));
}

function holidayNames(day: Temporal.PlainDate): readonly Text[] | undefined {
  return publicHolidays(day.year).get(day.toString() as DateText);
}

function isSqueezed(day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek === 1) return holidayNames(day.add({ days: 1 })) !== undefined;
  return day.dayOfWeek === 5 && holidayNames(day.subtract({ days: 1 })) !== undefined;
}

/** The last three weeks whose Monday to Friday lie in July (12–30 July 2027): custom, not law. */
function isInJulyWeeks(day: Temporal.PlainDate): boolean {
  if (day.month !== 7) return false;
  const last = day.with({ day: 31 });
  const lastFriday = last.subtract({ days: (last.dayOfWeek + 2) % 7 });
  const days = day.until(lastFriday, { largestUnit: 'days' }).days;
  return days >= 0 && days <= 18;
}

function alternativesTo(date: DateText): DateText[] {
  const day = Temporal.PlainDate.from(date);
  const free = (offset: number): DateText[] => {
    const other = day.add({ days: offset });
    if (other.month !== day.month) return [];
    const text = other.toString() as DateText;
    return markOf(text) === undefined ? [text] : [];
  };
  // The same weekday a week away disturbs the least; else the nearest day that is free.
  const weeks = [7, -7, 14, -14, 21, -21].flatMap(free);
  const days = Array.from({ length: 30 }, (_, index) => index + 1).flatMap((n) => [n, -n].flatMap(free));
  const nearest = days[0];
  const chosen = [weeks[0], nearest, ...days].filter((one) => one !== undefined);
  return [...new Set(chosen)].slice(0, 2);
}

function daysBetween(before: DateText, after: DateText): number {
  return Temporal.PlainDate.from(before).until(after, { largestUnit: 'days' }).days;
}
