// Graph's patternedRecurrence: reading it as strictly as the service, and the dates it stands for.
// Sources: recurrencePattern and recurrenceRange in Graph's documentation; [MS-OXOCAL] 2.2.1.44 for day 29 to 31.
import { Temporal } from 'temporal-polyfill';
import { badRequest } from '../graph-error.ts';
import {
  asJson,
  type Json,
  optionalInteger,
  optionalJson,
  optionalList,
  optionalMember,
  optionalText,
} from '../json.ts';
import { ianaZone } from './zones.ts';

export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type Weekday = (typeof weekdays)[number];
const patternTypes = [
  'daily',
  'weekly',
  'absoluteMonthly',
  'relativeMonthly',
  'absoluteYearly',
  'relativeYearly',
] as const;
const indexes = ['first', 'second', 'third', 'fourth', 'last'] as const;

export type Pattern = {
  type: (typeof patternTypes)[number];
  interval: number;
  month: number;
  dayOfMonth: number;
  daysOfWeek: Weekday[];
  firstDayOfWeek: Weekday;
  index: (typeof indexes)[number];
};
export type Range = {
  type: 'endDate' | 'noEnd' | 'numbered';
  startDate: string;
  /** `0001-01-01` when the range has none, as Graph writes it. */
  endDate: string;
  recurrenceTimeZone: string;
  numberOfOccurrences: number;
};
export type Recurrence = { pattern: Pattern; range: Range };

const noDate = '0001-01-01';

function plainDate(text: string, name: string): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw badRequest(
      `Cannot convert the literal '${text}' to the expected type 'Edm.Date'. (property '${name}')`,
      'RequestBodyRead',
    );
  }
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    throw badRequest(
      `Cannot convert the literal '${text}' to the expected type 'Edm.Date'. (property '${name}')`,
      'RequestBodyRead',
    );
  }
}

function readWeekday(value: unknown, name: string): Weekday {
  const day = optionalMember({ [name]: value }, name, weekdays);
  if (day === undefined) throw badRequest(`Property '${name}' has a null value.`);
  return day;
}

function readPattern(body: Json): Pattern {
  const invalid = (message: string) => badRequest(message, 'ErrorPropertyValidationFailure');
  const type = optionalMember(body, 'type', patternTypes);
  if (type === undefined) throw invalid('The recurrence pattern has no type.');
  const interval = optionalInteger(body, 'interval') ?? 0;
  if (interval < 1 || interval > 999) throw invalid('The recurrence interval must be between 1 and 999.');
  const dayOfMonth = optionalInteger(body, 'dayOfMonth') ?? 0;
  const month = optionalInteger(body, 'month') ?? 0;
  // A wrong value fails even in a field that this type of pattern ignores; 0 stands for "none".
  if (dayOfMonth < 0 || dayOfMonth > 31) throw invalid('dayOfMonth must be between 1 and 31.');
  if (month < 0 || month > 12) throw invalid('month must be between 1 and 12.');
  const daysOfWeek = [
    ...new Set((optionalList(body, 'daysOfWeek') ?? []).map((day) => readWeekday(day, 'daysOfWeek'))),
  ];
  if ((type === 'absoluteMonthly' || type === 'absoluteYearly') && dayOfMonth === 0) {
    throw invalid('dayOfMonth is required for this recurrence pattern.');
  }
  if ((type === 'absoluteYearly' || type === 'relativeYearly') && month === 0) {
    throw invalid('month is required for this recurrence pattern.');
  }
  if (
    (type === 'weekly' || type === 'relativeMonthly' || type === 'relativeYearly') &&
    daysOfWeek.length === 0
  ) {
    throw invalid('daysOfWeek is required for this recurrence pattern.');
  }
  return {
    type,
    interval,
    month,
    dayOfMonth,
    daysOfWeek,
    firstDayOfWeek: optionalMember(body, 'firstDayOfWeek', weekdays) ?? 'sunday',
    index: optionalMember(body, 'index', indexes) ?? 'first',
  };
}

/** Reads a recurrence for an event that starts on `startDate` (local to its zone); throws Graph's 400. */
export function readRecurrence(value: unknown, startDate: string, zone: string): Recurrence {
  const invalid = (message: string) => badRequest(message, 'ErrorPropertyValidationFailure');
  const body = asJson(value, 'recurrence');
  const pattern = optionalJson(body, 'pattern');
  const range = optionalJson(body, 'range');
  if (pattern === undefined || range === undefined) {
    throw invalid('A recurrence needs both a pattern and a range.');
  }
  const type = optionalMember(range, 'type', ['endDate', 'noEnd', 'numbered']);
  if (type === undefined) throw invalid('The recurrence range has no type.');
  const start = plainDate(optionalText(range, 'startDate') ?? '', 'startDate').toString();
  if (start !== startDate) {
    throw invalid(
      `The recurrence range starts on ${start}, the event on ${startDate}. They must be the same.`,
    );
  }
  const zoneName = optionalText(range, 'recurrenceTimeZone') ?? '';
  if (zoneName !== '' && ianaZone(zoneName) === undefined) {
    throw badRequest('The specified time zone is not valid.', 'TimeZoneNotSupportedException');
  }
  const end = optionalText(range, 'endDate');
  const count = optionalInteger(range, 'numberOfOccurrences') ?? 0;
  if (type === 'endDate') {
    if (end === undefined) throw invalid('endDate is required for this recurrence range.');
    if (Temporal.PlainDate.compare(plainDate(end, 'endDate'), Temporal.PlainDate.from(start)) < 0) {
      throw badRequest('The recurrence ends before it starts.', 'ErrorRecurrenceEndDateTooEarly');
    }
  } else if (end !== undefined) plainDate(end, 'endDate');
  if (count < 0 || count > 999 || (type === 'numbered' && count === 0)) {
    throw invalid('numberOfOccurrences must be between 1 and 999.');
  }
  const recurrence: Recurrence = {
    pattern: readPattern(pattern),
    range: {
      type,
      startDate: start,
      endDate: type === 'endDate' && end !== undefined ? end : noDate,
      recurrenceTimeZone: zoneName === '' ? zone : zoneName,
      numberOfOccurrences: type === 'numbered' ? count : 0,
    },
  };
  if (recurrenceDates(recurrence).next().done) {
    throw badRequest('The recurrence has no occurrence in its range.', 'ErrorRecurrenceHasNoOccurrence');
  }
  return recurrence;
}

function inMonth(pattern: Pattern, month: Temporal.PlainYearMonth): Temporal.PlainDate {
  if (pattern.type === 'absoluteMonthly' || pattern.type === 'absoluteYearly') {
    // Exchange takes the last day of a month too short for the date.
    return month.toPlainDate({ day: Math.min(pattern.dayOfMonth, month.daysInMonth) });
  }
  const firstWeekday = month.toPlainDate({ day: 1 }).dayOfWeek;
  const candidates: number[] = [];
  for (let day = 1; day <= month.daysInMonth; day++) {
    const weekday = weekdays[(firstWeekday + day - 1) % 7];
    if (weekday !== undefined && pattern.daysOfWeek.includes(weekday)) candidates.push(day);
  }
  const last = candidates[candidates.length - 1];
  const chosen = pattern.index === 'last' ? last : candidates[indexes.indexOf(pattern.index)];
  if (chosen === undefined) throw new Error(`no ${pattern.index} day in ${month.toString()}`);
  return month.toPlainDate({ day: chosen });
}

function* patternDates(pattern: Pattern, start: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  switch (pattern.type) {
    case 'daily':
      for (let date = start; ; date = date.add({ days: pattern.interval })) yield date;
    case 'weekly': {
      const first = weekdays.indexOf(pattern.firstDayOfWeek);
      const intoWeek = (date: Temporal.PlainDate) => ((date.dayOfWeek % 7) - first + 7) % 7;
      const days = pattern.daysOfWeek
        .map((day) => (weekdays.indexOf(day) - first + 7) % 7)
        .sort((a, b) => a - b);
      const week = start.subtract({ days: intoWeek(start) });
      for (let n = 0; ; n++) {
        for (const day of days) yield week.add({ days: n * 7 * pattern.interval + day });
      }
    }
    case 'absoluteMonthly':
    case 'relativeMonthly':
      for (let month = start.toPlainYearMonth(); ; month = month.add({ months: pattern.interval })) {
        yield inMonth(pattern, month);
      }
    case 'absoluteYearly':
    case 'relativeYearly':
      for (
        let month = Temporal.PlainYearMonth.from({ year: start.year, month: pattern.month });
        ;
        month = month.add({ years: pattern.interval })
      ) {
        yield inMonth(pattern, month);
      }
  }
}

/** The local dates of a series, in order; endless for `noEnd`. Exceptions and cancellations are not known here. */
export function* recurrenceDates({ pattern, range }: Recurrence): Generator<string, void> {
  const start = Temporal.PlainDate.from(range.startDate);
  const end = range.type === 'endDate' ? Temporal.PlainDate.from(range.endDate) : undefined;
  let left = range.type === 'numbered' ? range.numberOfOccurrences : Number.POSITIVE_INFINITY;
  // The calendar ends somewhere: Exchange stops at the year 4500.
  for (const date of patternDates(pattern, start)) {
    if (date.year >= 4500) return;
    if (Temporal.PlainDate.compare(date, start) < 0) continue;
    if (end !== undefined && Temporal.PlainDate.compare(date, end) > 0) return;
    if (left-- <= 0) return;
    yield date.toString();
  }
}

/** True when the two differ in nothing but how far they reach. */
export function samePattern(a: Recurrence, b: Recurrence): boolean {
  return JSON.stringify(a.pattern) === JSON.stringify(b.pattern) && a.range.startDate === b.range.startDate;
}
