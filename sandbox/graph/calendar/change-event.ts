// PATCH: what it changes, what that undoes, and whom it mails.
import type { Person } from '../../people.ts';
import { badRequest, itemNotFound } from '../graph-error.ts';
import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import { asked, difference, mergeAttendees } from './attendee-list.ts';
import {
  type Attendee,
  type CalendarItem,
  type Details,
  type Exception,
  type Instance,
  sameAddress,
} from './event.ts';
import { type EventBody, readEvent } from './event-body.ts';
import { checkTimes, inZone, onFirstDate } from './event-times.ts';
import { sendCancellation, sendMeeting } from './mail.ts';
import { exceptionsOf, masterInstance, occurrenceOn, refuseCrossing, spanOf } from './occurrences.ts';
import { settleMeeting } from './online-meeting.ts';
import { type Recurrence, readRecurrence, recurrenceDates, samePattern } from './recurrence.ts';
import { instantOf, wallOf, windowsZone } from './zones.ts';

/** Properties of one's own copy: changing only these mails nobody. */
const personal = new Set([
  'categories',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'showAs',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
  'extensions',
  'transactionId',
  'id',
  'changeKey',
]);

function onlyNamed(body: EventBody, name: string): boolean {
  return [...body.named].every((key) => key === name || key === 'id');
}

/** PATCH of a single appointment, a master or (with `date`) one occurrence. */
export function changeEvent(
  world: World,
  owner: Person,
  item: CalendarItem,
  date: string | undefined,
  value: unknown,
): Instance {
  const body = readEvent(value, world.people, item.organizer.address);
  if (body.transactionId !== undefined && body.transactionId !== item.transactionId) {
    throw badRequest('transactionId cannot be changed.', 'ErrorInvalidPropertySet');
  }
  return date === undefined
    ? changeWhole(world, owner, item, body)
    : changeOccurrence(world, owner, item, date, body);
}

function refuseForeign(item: CalendarItem, body: EventBody): void {
  if (item.isOrganizer) return;
  if (body.named.has('attendees') || body.named.has('recurrence') || body.named.has('isOnlineMeeting')) {
    throw badRequest('You need to be an organizer to change this property.', 'ErrorInvalidRequest');
  }
}

function changeWhole(world: World, owner: Person, item: CalendarItem, body: EventBody): Instance {
  refuseForeign(item, body);
  const zone = body.start?.zone ?? item.zone;
  const before = item.details;
  let start = body.start?.wall ?? before.start;
  let end = body.end === undefined ? before.end : inZone(body.end, zone);
  if (body.start !== undefined && body.end === undefined) {
    const length = instantOf(before.end, item.zone) - instantOf(before.start, item.zone);
    end = wallOf(instantOf(start, zone) + length, zone);
  }
  const isAllDay = body.details.isAllDay ?? before.isAllDay;
  checkTimes(start, end, isAllDay, zone);

  let recurrence = item.recurrence;
  const zoneName = body.start === undefined ? item.startZoneName : windowsZone(body.start.zoneName);
  if (body.recurrence === null) recurrence = undefined;
  else if (body.recurrence !== undefined) {
    recurrence = readRecurrence(body.recurrence, start.slice(0, 10), zoneName);
  } else if (recurrence !== undefined && body.start !== undefined) {
    const range = { ...recurrence.range, startDate: start.slice(0, 10), recurrenceTimeZone: zoneName };
    recurrence = readRecurrence(shortened({ ...recurrence, range }), range.startDate, zoneName);
  }
  if (recurrence !== undefined) ({ start, end, recurrence } = onFirstDate(recurrence, start, end, zone));

  const moved = start !== before.start || end !== before.end || zone !== item.zone;
  const repatterned =
    (recurrence === undefined) !== (item.recurrence === undefined) ||
    (recurrence !== undefined && item.recurrence !== undefined && !samePattern(recurrence, item.recurrence));
  const rescheduled = moved || repatterned;
  const reranged = JSON.stringify(recurrence?.range) !== JSON.stringify(item.recurrence?.range);

  const merged =
    body.details.attendees === undefined
      ? before.attendees
      : mergeAttendees(before.attendees, body.details.attendees);
  const settled = settleMeeting(world, owner, item, body, {
    ...before,
    ...body.details,
    attendees: rescheduled ? asked(merged) : merged,
    start,
    end,
    isAllDay,
  });
  const dates =
    recurrence === undefined
      ? new Set<string>()
      : datesUntil(recurrence, Object.keys(item.exceptions), item.cancelled);
  const { recurrence: _recurrence, ...rest } = item;
  const changes = difference(before.attendees, merged);
  const next: CalendarItem = {
    ...rest,
    ...(recurrence === undefined ? {} : { recurrence }),
    ...(settled.meetingId === undefined ? {} : { meetingId: settled.meetingId }),
    details: settled.details,
    zone,
    startZoneName: zoneName,
    endZoneName: body.end === undefined ? item.endZoneName : windowsZone(body.end.zoneName),
    // A new time or pattern makes new occurrences: what was changed or cancelled one by one is lost.
    exceptions: rescheduled ? {} : carried(item, dates, changes),
    cancelled: rescheduled ? [] : item.cancelled.filter((date) => dates.has(date)),
    extendedProperties: { ...item.extendedProperties, ...body.extendedProperties },
    changedAt: world.clock.now(),
    version: world.store.next(),
  };
  world.items.save(next);
  world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
  tell(world, item, next, body, changes, rescheduled || reranged, rescheduled);
  return masterInstance(next);
}

/** The recurrence as JSON for reading again: an endDate of 0001 stands for none. */
function shortened(recurrence: Recurrence): Json {
  const { endDate, ...range } = recurrence.range;
  return {
    pattern: recurrence.pattern,
    range: recurrence.range.type === 'endDate' ? { ...range, endDate } : range,
  };
}

function datesUntil(recurrence: Recurrence, ...lists: string[][]): Set<string> {
  const wanted = lists.flat();
  const last = wanted.sort().at(-1) ?? '';
  const found = new Set<string>();
  for (const date of recurrenceDates(recurrence)) {
    if (date > last) break;
    found.add(date);
  }
  return found;
}

/** Exceptions inside the new range stay, and follow who was added to or taken from the series. */
function carried(
  item: CalendarItem,
  dates: Set<string>,
  changes: { added: Attendee[]; removed: Attendee[] },
): Record<string, Exception> {
  const kept: Record<string, Exception> = {};
  for (const [date, exception] of Object.entries(item.exceptions)) {
    if (!dates.has(date)) continue;
    const own = exception.own.attendees;
    if (own === undefined) {
      kept[date] = exception;
      continue;
    }
    const left = own.filter(
      (attendee) => !changes.removed.some((gone) => sameAddress(gone.address, attendee.address)),
    );
    const added = changes.added.filter(
      (extra) => !left.some((attendee) => sameAddress(attendee.address, extra.address)),
    );
    kept[date] = { ...exception, own: { ...exception.own, attendees: [...left, ...added] } };
  }
  return kept;
}

function tell(
  world: World,
  before: CalendarItem,
  after: CalendarItem,
  body: EventBody,
  changes: { added: Attendee[]; removed: Attendee[]; kept: Attendee[] },
  timeChanged: boolean,
  reset: boolean,
): void {
  if (!after.isOrganizer || after.isDraft) return;
  const master = masterInstance(after);
  sendCancellation(world, masterInstance(before), changes.removed);
  sendMeeting(world, 'invitation', master, changes.added, true);
  const toAll =
    !onlyNamed(body, 'attendees') &&
    ([...body.named].some((name) => !personal.has(name) && name !== 'attendees') || timeChanged);
  if (toAll) sendMeeting(world, 'update', master, changes.kept, reset);
  // Once more for each edited occurrence (event-update), so that it keeps what is its own.
  for (const exception of exceptionsOf(after)) {
    const addressed = toAll ? exception.details.attendees : changes.added;
    sendMeeting(world, 'update', exception, addressed, false);
  }
}

function changeOccurrence(
  world: World,
  owner: Person,
  item: CalendarItem,
  date: string,
  body: EventBody,
): Instance {
  refuseForeign(item, body);
  const instance = occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  if (body.recurrence !== undefined && body.recurrence !== null) {
    throw badRequest('An occurrence has no recurrence of its own.', 'ErrorInvalidPropertySet');
  }
  const before = instance.details;
  const zone = item.zone;
  const start = body.start === undefined ? before.start : inZone(body.start, zone);
  let end = body.end === undefined ? before.end : inZone(body.end, zone);
  if (body.start !== undefined && body.end === undefined) {
    end = wallOf(instantOf(start, zone) + (spanOf(instance).to - spanOf(instance).from), zone);
  }
  checkTimes(start, end, body.details.isAllDay ?? before.isAllDay, zone);
  if (start !== before.start) refuseCrossing(item, date, start);
  const moved = start !== before.start || end !== before.end;
  const merged =
    body.details.attendees === undefined
      ? before.attendees
      : mergeAttendees(before.attendees, body.details.attendees);
  const attendees = moved ? asked(merged) : merged;
  const settled = settleMeeting(world, owner, { ...item, details: before }, body, {
    ...before,
    ...body.details,
    attendees,
    start,
    end,
  });
  const own: Partial<Details> = {
    ...item.exceptions[date]?.own,
    ...body.details,
    ...(body.details.body === undefined && body.details.isOnlineMeeting === undefined
      ? {}
      : { body: settled.details.body, isOnlineMeeting: settled.details.isOnlineMeeting }),
    ...(moved ? { start, end } : {}),
    ...(moved || body.details.attendees !== undefined ? { attendees } : {}),
  };
  const next: CalendarItem = {
    ...item,
    exceptions: {
      ...item.exceptions,
      [date]: {
        own,
        version: world.store.next(),
        changedAt: world.clock.now(),
        extendedProperties: { ...item.exceptions[date]?.extendedProperties, ...body.extendedProperties },
      },
    },
  };
  world.items.save(next);
  world.changed({ mailbox: item.mailbox, key: item.key, date, type: 'updated' });
  world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
  const after = occurrenceOn(next, date);
  if (after === undefined) throw itemNotFound();
  if (item.isOrganizer && !item.isDraft) {
    const changes = difference(before.attendees, merged);
    sendCancellation(world, instance, changes.removed);
    sendMeeting(world, 'invitation', after, changes.added, true);
    const toAll = [...body.named].some((name) => !personal.has(name) && name !== 'attendees');
    if (toAll) sendMeeting(world, 'update', after, changes.kept, moved);
  }
  return after;
}
