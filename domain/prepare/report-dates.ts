// Dates as reports write them. A date is `2027-01-12`; a time of day behind it is left off.
import { Temporal } from 'temporal-polyfill';

const monthNames = [
  ['jan'],
  ['feb'],
  ['mar'],
  ['apr'],
  ['may', 'mai'],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'des'],
] as const;

/** Which comes first where both may be a month: 05/01/2027. */
export type DayOrder = 'day_first' | 'month_first';

const numeric = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:$|[\sT,])/;
const yearFirst = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:$|[\sT])/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const dayAndName = /^(?:\p{L}+,?\s+)?(\d{1,2})\.?[\s-]+(\p{L}{3,})\.?,?[\s-]+(\d{4})(?:$|[\s,])/u;
const nameAndDay = /^(?:\p{L}+,?\s+)?(\p{L}{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?:$|[\s,])/u;

/**
 * The order of a whole column: a number above twelve can only be a day. Full stops are Norwegian and always begin with
 * the day; where slashes never tell, so do they.
 */
export function dayOrderOf(values: Iterable<string>): DayOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const value of values) {
    const found = numeric.exec(value);
    if (found === null || found[2] === '.') continue;
    if (Number(found[1]) > 12) dayFirst += 1;
    else if (Number(found[3]) > 12) monthFirst += 1;
  }
  return monthFirst > dayFirst ? 'month_first' : 'day_first';
}

/** Undefined for what is no date. */
export function dateOf(text: string, order: DayOrder): string | undefined {
  if (text.length > 60) return undefined;
  const year = yearFirst.exec(text) ?? compact.exec(text);
  if (year !== null) return isoDate(Number(year[1]), Number(year[2]), Number(year[3]));
  const numbers = numeric.exec(text);
  if (numbers !== null) {
    const [, first, mark, second, years = ''] = numbers;
    const isMonthFirst = mark !== '.' && order === 'month_first';
    const [day, month] = isMonthFirst ? [second, first] : [first, second];
    return isoDate(fullYear(years), Number(month), Number(day));
  }
  const named = dayAndName.exec(text);
  if (named !== null) return isoDate(Number(named[3]), monthOf(named[2]), Number(named[1]));
  const american = nameAndDay.exec(text);
  if (american !== null) return isoDate(Number(american[3]), monthOf(american[1]), Number(american[2]));
  return undefined;
}

function monthOf(name = ''): number {
  const start = name.slice(0, 3).toLowerCase();
  return monthNames.findIndex((names) => names.some((one) => one === start)) + 1;
}

/** `27` is 2027 and `87` is 1987. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 80 ? 2000 + year : 1900 + year;
}

function isoDate(year: number, month: number, day: number): string | undefined {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined;
  if (day > daysIn(year, month)) return undefined;
  return `${year}-${two(month)}-${two(day)}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const two = (value: number) => String(value).padStart(2, '0');

/** The last day that Excel knows, 31 December 9999. */
const lastDay = 2_958_465;

/**
 * The date of Excel's day number. In the system of 1900 day 60 is 29 February 1900, which never was; in that of 1904
 * day 0 is 1 January 1904. Undefined outside of them.
 */
export function excelDate(serial: number, from1904: boolean): string | undefined {
  const day = Math.floor(serial);
  if (!(day >= 0 && day <= lastDay)) return undefined;
  if (from1904) return dateOfDay(day - 24_107);
  if (day === 0 || day === 60) return undefined;
  return dateOfDay(day - (day > 60 ? 25_569 : 25_568));
}

/** A report has few days and many rows. */
const knownDays = new Map<number, string>();
const firstDay = Temporal.PlainDate.from('1970-01-01');

function dateOfDay(days: number): string {
  const known = knownDays.get(days);
  if (known !== undefined) return known;
  const date = firstDay.add({ days }).toString();
  if (knownDays.size > 20_000) knownDays.clear();
  knownDays.set(days, date);
  return date;
}
