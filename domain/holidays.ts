// Norway's public holidays (lov om helligdager og helligdagsfred § 2; lov om 1 og 17 mai som høgtidsdagar).
import { Temporal } from 'temporal-polyfill';
import type { Text } from './content/text.ts';
import type { DateText } from './time.ts';
import type { IsHoliday } from './working-days.ts';

const fixed: readonly [month: number, day: number, name: Text][] = [
  [1, 1, { nb: 'første nyttårsdag', en: 'New Year’s Day' }],
  [5, 1, { nb: 'arbeidernes dag', en: 'Labour Day' }],
  [5, 17, { nb: 'grunnlovsdagen', en: 'Constitution Day' }],
  [12, 25, { nb: 'første juledag', en: 'Christmas Day' }],
  [12, 26, { nb: 'andre juledag', en: 'Boxing Day' }],
];

/** Days from Easter Sunday. */
const movable: readonly [days: number, name: Text][] = [
  [-3, { nb: 'skjærtorsdag', en: 'Maundy Thursday' }],
  [-2, { nb: 'langfredag', en: 'Good Friday' }],
  [0, { nb: 'første påskedag', en: 'Easter Sunday' }],
  [1, { nb: 'andre påskedag', en: 'Easter Monday' }],
  [39, { nb: 'Kristi himmelfartsdag', en: 'Ascension Day' }],
  [49, { nb: 'første pinsedag', en: 'Whit Sunday' }],
  [50, { nb: 'andre pinsedag', en: 'Whit Monday' }],
];

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
export function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
}

const years = new Map<number, ReadonlyMap<DateText, readonly Text[]>>();

/** The holidays of a year; two may fall on one date, as on 17 May 2027, and both are named. */
export function publicHolidays(year: number): ReadonlyMap<DateText, readonly Text[]> {
  const known = years.get(year);
  if (known !== undefined) return known;
  const holidays = new Map<DateText, Text[]>();
  const add = (date: Temporal.PlainDate, name: Text) => {
    const key = date.toString() as DateText;
    holidays.set(key, [...(holidays.get(key) ?? []), name]);
  };
  for (const [month, day, name] of fixed) add(Temporal.PlainDate.from({ year, month, day }), name);
  const easter = easterSunday(year);
  for (const [days, name] of movable) add(easter.add({ days }), name);
  years.set(year, holidays);
  return holidays;
}

export const isPublicHoliday: IsHoliday = (date) => publicHolidays(Number(date.slice(0, 4))).has(date);
