import { badRequest } from '../graph-error.ts';
import type { ZonedWall } from './event-body.ts';
import { type Recurrence, recurrenceDates } from './recurrence.ts';
import { instantOf, wallOf } from './zones.ts';

export function checkTimes(start: string, end: string, isAllDay: boolean, zone: string): void {
  if (instantOf(end, zone) < instantOf(start, zone)) {
    throw badRequest(
      'The end of the event is before its start.',
      'ErrorCalendarEndDateIsEarlierThanStartDate',
    );
  }
  if (isAllDay && !(start.endsWith('T00:00:00') && end.endsWith('T00:00:00') && start < end)) {
    throw badRequest(
      'The Event.Start and Event.End properties must be midnight for all-day events, in the same time zone.',
      'ErrorPropertyValidationFailure',
    );
  }
}

/** The end, in the zone of the start: a series has one zone. */
export function inZone(time: ZonedWall, zone: string): string {
  return time.zone === zone ? time.wall : wallOf(instantOf(time.wall, time.zone), zone);
}

/** A pattern that does not match the start moves the first meeting to the first date that does. */
export function onFirstDate(
  recurrence: Recurrence,
  start: string,
  end: string,
  zone: string,
): { start: string; end: string; recurrence: Recurrence } {
  const first = recurrenceDates(recurrence).next();
  const date = first.done ? start.slice(0, 10) : first.value;
  if (date === start.slice(0, 10)) return { start, end, recurrence };
  const moved = `${date}${start.slice(10)}`;
  const length = instantOf(end, zone) - instantOf(start, zone);
  return {
    start: moved,
    end: wallOf(instantOf(moved, zone) + length, zone),
    recurrence: { ...recurrence, range: { ...recurrence.range, startDate: date } },
  };
}
