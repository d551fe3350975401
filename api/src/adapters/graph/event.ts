// Events as we write and read them: tagged, timed by the wall, found again by their tag.
import type { Pattern } from '@medspill/domain/book/pattern';
import { type InstantText, type OccurrenceTime, toInstantText } from '@medspill/domain/time';
import type { Event, PatternedRecurrence } from '@microsoft/microsoft-graph-types';
import { Temporal } from 'temporal-polyfill';
import type { PairDocument, SeriesDocument } from '../../documents.ts';

/** Our namespace of extended properties; the service writes the GUID in lower case. */
const namespace = '{7d3b1c52-9f0e-4a86-b1c4-6e2d8a90f315}';
export const seriesProperty = `String ${namespace} Name medspillSeries`;
export const partProperty = `String ${namespace} Name medspillPart`;

/** What an event is to the series: the meetings, the manager's reflection after them, or one month's preparation. */
export type PartName = 'series' | 'reflect' | `prep/${string}`;

/** The same for every attempt at one series, another for its successor. */
export function tagOf(pair: PairDocument, series: SeriesDocument): string {
  return `${pair._id}.${series.generation}`;
}

export function tags(
  pair: PairDocument,
  series: SeriesDocument,
  part: PartName,
): Required<Pick<Event, 'singleValueExtendedProperties'>> {
  return {
    singleValueExtendedProperties: [
      { id: seriesProperty, value: tagOf(pair, series) },
      { id: partProperty, value: part },
    ],
  };
}

/** Wall time and zone, never an offset: a series sent in UTC drifts at each DST change (facts/graph.md). */
export function timesOf({ date, time, zone, minutes }: Omit<OccurrenceTime, 'start' | 'end'>): {
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
} {
  const start = Temporal.PlainDateTime.from(`${date}T${time}`);
  const text = (wall: Temporal.PlainDateTime) => wall.toString({ smallestUnit: 'second' });
  return {
    start: { dateTime: text(start), timeZone: zone },
    end: { dateTime: text(start.add({ minutes })), timeZone: zone },
  };
}

const workdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

/** Only the properties that each type needs: a wrong value fails even in an ignored one. */
export function recurrenceOf(pattern: Pattern, startDate: string, months: number): PatternedRecurrence {
  return { pattern: patternOf(pattern), range: { type: 'numbered', startDate, numberOfOccurrences: months } };
}

function patternOf(pattern: Pattern): NonNullable<PatternedRecurrence['pattern']> {
  switch (pattern.kind) {
    case 'date':
      return { type: 'absoluteMonthly', interval: 1, dayOfMonth: pattern.day };
    case 'last_weekday':
      return { type: 'relativeMonthly', interval: 1, daysOfWeek: [...workdays], index: 'last' };
    case 'weekday':
      return { type: 'relativeMonthly', interval: 1, daysOfWeek: [pattern.weekday], index: pattern.week };
  }
}

/** The instant of a dateTimeTimeZone that Graph answered in UTC, as it does without a `Prefer` of ours. */
export function instantAt(
  value: { dateTime?: string; timeZone?: string | null } | null | undefined,
): InstantText | undefined {
  if (value?.dateTime === undefined || value.timeZone !== 'UTC') return undefined;
  return toInstantText(Temporal.Instant.from(`${value.dateTime}Z`));
}
