// From a stored item to the things that stand in the calendar.
import { Temporal } from 'temporal-polyfill';
import { GraphError } from '../graph-error.ts';
import type { CalendarItem, Details, Instance } from './event.ts';
import { recurrenceDates } from './recurrence.ts';
import { instantOf } from './zones.ts';

export type Window = { from: number; to: number };

const day = 86_400_000;

/** Wall times of the occurrence whose pattern date is `date`, before any exception: the master's clock on that day. */
function regularTimes(item: CalendarItem, date: string): { start: string; end: string } {
  const { start, end } = item.details;
  const [first, last] = [start.slice(0, 10), end.slice(0, 10)];
  const endDate =
    first === last
      ? date
      : Temporal.PlainDate.from(date)
          .add(Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(last)))
          .toString();
  return { start: `${date}${start.slice(10)}`, end: `${endDate}${end.slice(10)}` };
}

export function masterInstance(item: CalendarItem): Instance {
  return {
    item,
    type: item.recurrence === undefined ? 'singleInstance' : 'seriesMaster',
    details: item.details,
    version: item.version,
    changedAt: item.changedAt,
    extendedProperties: item.extendedProperties,
  };
}

function instanceOn(item: CalendarItem, date: string): Instance {
  const exception = item.exceptions[date];
  const regular: Details = { ...item.details, ...regularTimes(item, date) };
  if (exception === undefined) {
    return {
      item,
      type: 'occurrence',
      date,
      details: regular,
      version: item.version,
      changedAt: item.changedAt,
      extendedProperties: item.extendedProperties,
    };
  }
  return {
    item,
    type: 'exception',
    date,
    details: { ...regular, ...exception.own },
    version: Math.max(item.version, exception.version),
    changedAt: Math.max(item.changedAt, exception.changedAt),
    extendedProperties: { ...item.extendedProperties, ...exception.extendedProperties },
  };
}

/** The occurrence of that original date, unless the series has none there or it was cancelled. */
export function occurrenceOn(item: CalendarItem, date: string): Instance | undefined {
  if (item.recurrence === undefined || item.cancelled.includes(date)) return undefined;
  for (const candidate of recurrenceDates(item.recurrence)) {
    if (candidate === date) return instanceOn(item, date);
    if (candidate > date) return undefined;
  }
  return undefined;
}

export function exceptionsOf(item: CalendarItem): Instance[] {
  return Object.keys(item.exceptions)
    .sort()
    .filter((date) => !item.cancelled.includes(date))
    .map((date) => instanceOn(item, date));
}

export function spanOf(instance: Instance): Window {
  const { details, item } = instance;
  return { from: instantOf(details.start, item.zone), to: instantOf(details.end, item.zone) };
}

/** What overlaps the window, in order of start: single appointments, occurrences and exceptions, never a master. */
export function instancesIn(item: CalendarItem, window: Window): Instance[] {
  const overlaps = ({ from, to }: Window) => from < window.to && (to > window.from || from === window.from);
  if (item.recurrence === undefined) {
    const single = masterInstance(item);
    return overlaps(spanOf(single)) ? [single] : [];
  }
  const found: Instance[] = [];
  // An exception never passes its neighbours' days, so a year of slack covers every monthly pattern.
  const slack = day * Math.max(40, item.recurrence.pattern.interval * 32);
  const earliest = new Date(window.from - slack).toISOString().slice(0, 10);
  const latest = new Date(Math.min(window.to + slack, 8.64e15)).toISOString().slice(0, 10);
  for (const date of recurrenceDates(item.recurrence)) {
    if (date > latest) break;
    if (date < earliest || item.cancelled.includes(date)) continue;
    const instance = instanceOn(item, date);
    if (overlaps(spanOf(instance))) found.push(instance);
  }
  return found.sort((a, b) => spanOf(a).from - spanOf(b).from);
}

/** The service's rule: an occurrence stays between the days of its neighbours (400 ErrorOccurrenceCrossingBoundary). */
export function refuseCrossing(item: CalendarItem, date: string, newStart: string): void {
  if (item.recurrence === undefined) return;
  let before: string | undefined;
  let after: string | undefined;
  for (const candidate of recurrenceDates(item.recurrence)) {
    if (item.cancelled.includes(candidate) || candidate === date) continue;
    if (candidate > date) {
      after = candidate;
      break;
    }
    before = candidate;
  }
  const dayOf = (neighbour: string) => instanceOn(item, neighbour).details.start.slice(0, 10);
  const newDay = newStart.slice(0, 10);
  if ((before !== undefined && newDay <= dayOf(before)) || (after !== undefined && newDay >= dayOf(after))) {
    throw new GraphError(
      400,
      'ErrorOccurrenceCrossingBoundary',
      'Modified occurrence is crossing or overlapping adjacent occurrence.',
    );
  }
}
