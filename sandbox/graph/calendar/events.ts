// What can be done to a calendar item: create, change, cancel, delete, answer. Who gets mail follows from each.
import type { Person } from '../../people.ts';
import { badRequest, GraphError, itemNotFound } from '../graph-error.ts';
import type { Json } from '../json.ts';
import { openMeeting } from '../teams/meetings.ts';
import type { World } from '../world.ts';
import { attachmentPlace } from './attachments.ts';
import {
  type Attendee,
  attendeeOf,
  type CalendarItem,
  type Details,
  type Exception,
  type Instance,
  sameAddress,
} from './event.ts';
import { type EventBody, readEvent, type ZonedWall } from './event-body.ts';
import { newKey, newUid } from './ids.ts';
import { type Answer, sendCancellation, sendMeeting, sendResponse, shownAs } from './mail.ts';
import { exceptionsOf, masterInstance, occurrenceOn, refuseCrossing, spanOf } from './occurrences.ts';
import { type Recurrence, readRecurrence, recurrenceDates, samePattern } from './recurrence.ts';
import { keepsMeeting, teamsBlock, withBlock } from './teams-block.ts';
import { instantOf, wallOf, windowsZone } from './zones.ts';

const hour = 3_600_000;
/** Undocumented; the control interface can set another. */
const transactionIdLife = hour;

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

function checkTimes(start: string, end: string, isAllDay: boolean, zone: string): void {
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
function inZone(time: ZonedWall, zone: string): string {
  return time.zone === zone ? time.wall : wallOf(instantOf(time.wall, time.zone), zone);
}

/** A pattern that does not match the start moves the first meeting to the first date that does. */
function onFirstDate(
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

function withMeeting(world: World, item: CalendarItem, owner: Person): CalendarItem {
  const meeting = openMeeting(world, owner, item);
  const block = teamsBlock(meeting, owner.language);
  const { body } = item.details;
  return {
    ...item,
    meetingId: meeting.id,
    details: { ...item.details, body: { contentType: 'html', content: withBlock(body.content, block) } },
  };
}

/** Creates an event; with attendees the invitations go out at once. A transactionId still known gives the old event. */
export function createEvent(world: World, owner: Person, value: unknown): Instance {
  const body = readEvent(value, world.people, owner.mail);
  if (body.start === undefined || body.end === undefined) {
    throw badRequest(
      'The Start and End properties of an event are required.',
      'ErrorPropertyValidationFailure',
    );
  }
  if (body.transactionId !== undefined) {
    const earlier = repeated(world, owner, body.transactionId);
    if (earlier !== undefined) return masterInstance(earlier);
  }
  const item = build(world, owner, body, body.start, body.end);
  const stored = item.details.isOnlineMeeting ? withMeeting(world, item, owner) : item;
  world.items.save(stored);
  if (stored.transactionId !== undefined) {
    world
      .documents('transaction')
      .put({ id: `${owner.id}/${stored.transactionId}` }, { key: stored.key, at: world.clock.now() });
  }
  world.changed({ mailbox: owner.id, key: stored.key, type: 'created' });
  // The service says more than once that something happened.
  world.changed({ mailbox: owner.id, key: stored.key, type: 'updated' });
  sendMeeting(world, 'invitation', masterInstance(stored), stored.details.attendees, true);
  return masterInstance(stored);
}

function repeated(world: World, owner: Person, transactionId: string): CalendarItem | undefined {
  const life = world.faults.current().transactionIdLifeMs ?? transactionIdLife;
  const known = world.documents('transaction').get(`${owner.id}/${transactionId}`);
  if (known === undefined || typeof known.key !== 'string' || typeof known.at !== 'number') return undefined;
  return world.clock.now() - known.at < life ? world.items.get(known.key) : undefined;
}

function build(world: World, owner: Person, body: EventBody, start: ZonedWall, end: ZonedWall): CalendarItem {
  const { zone } = start;
  const wanted = body.details;
  const isAllDay = wanted.isAllDay ?? false;
  let times = { start: start.wall, end: inZone(end, zone) };
  checkTimes(times.start, times.end, isAllDay, zone);
  const startZoneName = windowsZone(start.zoneName);
  let recurrence: Recurrence | undefined;
  if (body.recurrence !== undefined && body.recurrence !== null) {
    recurrence = readRecurrence(body.recurrence, times.start.slice(0, 10), startZoneName);
    ({ recurrence, ...times } = onFirstDate(recurrence, times.start, times.end, zone));
  }
  const now = world.clock.now();
  // Without a Teams licence Exchange makes a plain appointment and says nothing.
  const online =
    (wanted.isOnlineMeeting ?? false) &&
    owner.hasTeamsLicence &&
    (body.onlineMeetingProvider ?? 'teamsForBusiness') === 'teamsForBusiness';
  const details: Details = {
    subject: '',
    body: { contentType: 'html', content: '' },
    importance: 'normal',
    sensitivity: 'normal',
    showAs: isAllDay ? 'free' : 'busy',
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    responseRequested: true,
    allowNewTimeProposals: true,
    hideAttendees: false,
    categories: [],
    locations: [],
    attendees: [],
    ...wanted,
    ...times,
    isAllDay,
    isOnlineMeeting: online,
    isCancelled: false,
    response: 'organizer',
  };
  return {
    key: newKey(),
    mailbox: owner.id,
    uid: newUid(),
    zone,
    startZoneName,
    endZoneName: windowsZone(end.zoneName),
    details,
    organizer: { address: owner.mail, name: owner.displayName },
    isOrganizer: true,
    isDraft: false,
    ...(recurrence === undefined ? {} : { recurrence }),
    exceptions: {},
    cancelled: [],
    ...(body.transactionId === undefined ? {} : { transactionId: body.transactionId }),
    extendedProperties: body.extendedProperties,
    extensions: body.extensions.map((extension) => storedExtension(extension)),
    createdAt: now,
    changedAt: now,
    version: world.store.next(),
  };
}

export function storedExtension(extension: Json): Json {
  const name = extension.extensionName;
  if (typeof name !== 'string' || name === '') {
    throw badRequest('An open extension needs an extensionName.', 'ErrorPropertyValidationFailure');
  }
  return {
    ...extension,
    '@odata.type': '#microsoft.graph.openTypeExtension',
    id: `Microsoft.OutlookServices.OpenTypeExtension.${name}`,
  };
}

function onlyNamed(body: EventBody, name: string): boolean {
  return [...body.named].every((key) => key === name || key === 'id');
}

/** Retained attendees keep their answers; the list itself is replaced. */
function mergeAttendees(before: Attendee[], after: Attendee[]): Attendee[] {
  return after.map((attendee) => {
    const known = before.find((candidate) => sameAddress(candidate.address, attendee.address));
    return known === undefined ? attendee : { ...known, name: attendee.name, type: attendee.type };
  });
}

function difference(
  before: Attendee[],
  after: Attendee[],
): { added: Attendee[]; removed: Attendee[]; kept: Attendee[] } {
  const has = (list: Attendee[], attendee: Attendee) =>
    list.some((candidate) => sameAddress(candidate.address, attendee.address));
  return {
    added: after.filter((attendee) => !has(before, attendee)),
    removed: before.filter((attendee) => !has(after, attendee)),
    kept: after.filter((attendee) => has(before, attendee)),
  };
}

function asked(attendees: Attendee[]): Attendee[] {
  return attendees.map(({ address, name, type }) => ({ address, name, type, response: 'none' }));
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

/** What the new body does to the online meeting, and what a wish for one does to the body. */
function settleMeeting(
  world: World,
  owner: Person,
  item: CalendarItem,
  body: EventBody,
  details: Details,
): { details: Details; meetingId?: string } {
  const meeting = item.meetingId === undefined ? undefined : world.meetings.get(item.meetingId);
  const wasOnline = item.details.isOnlineMeeting;
  let settled: Details = { ...details, isOnlineMeeting: wasOnline };
  if (wasOnline && meeting !== undefined && body.details.body !== undefined) {
    // Without the Teams block in the body the meeting is gone ("body property and online meetings").
    if (!keepsMeeting(settled.body.content, meeting.joinUrl))
      settled = { ...settled, isOnlineMeeting: false };
  }
  // isOnlineMeeting: false is ignored once it was true; true makes a meeting where there is none.
  if (
    !settled.isOnlineMeeting &&
    body.details.isOnlineMeeting === true &&
    item.isOrganizer &&
    owner.hasTeamsLicence
  ) {
    const fresh = withMeeting(world, { ...item, details: { ...settled, isOnlineMeeting: true } }, owner);
    return {
      details: fresh.details,
      ...(fresh.meetingId === undefined ? {} : { meetingId: fresh.meetingId }),
    };
  }
  return { details: settled, ...(item.meetingId === undefined ? {} : { meetingId: item.meetingId }) };
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

function removeWhole(world: World, item: CalendarItem): void {
  world.items.remove(item);
  const dates = [undefined, ...Object.keys(item.exceptions)];
  for (const date of dates) {
    for (const attachment of world.attachments.ownedBy(attachmentPlace(item.key, date))) {
      world.attachments.remove(attachment.id);
    }
  }
  world.changed({ mailbox: item.mailbox, key: item.key, type: 'deleted' });
}

function removeOccurrence(world: World, item: CalendarItem, date: string): void {
  const { [date]: _gone, ...exceptions } = item.exceptions;
  world.items.save({
    ...item,
    exceptions,
    cancelled: [...item.cancelled, date].sort(),
    changedAt: world.clock.now(),
    version: world.store.next(),
  });
  // A cancelled occurrence is only seen as a change of its master.
  world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
}

/** Takes the item or occurrence away; an organizer's removal is a cancellation for the others. */
export function removeEvent(
  world: World,
  item: CalendarItem,
  date: string | undefined,
  comment?: string,
): void {
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  const { attendees } = instance.details;
  if (date === undefined) removeWhole(world, item);
  else removeOccurrence(world, item, date);
  if (item.isOrganizer && !item.isDraft) sendCancellation(world, instance, attendees, comment);
}

export function cancelEvent(
  world: World,
  item: CalendarItem,
  date: string | undefined,
  comment?: string,
): void {
  if (!item.isOrganizer) {
    throw badRequest("Your request can't be completed. You need to be an organizer to cancel a meeting.");
  }
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance !== undefined && instance.details.attendees.length === 0) {
    throw badRequest("Your request can't be completed. The event has no attendees: delete it instead.");
  }
  removeEvent(world, item, date, comment);
}

/** An attendee's answer. A declined meeting leaves the attendee's calendar. */
export function answerEvent(
  world: World,
  owner: Person,
  item: CalendarItem,
  date: string | undefined,
  answer: Answer,
): void {
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  if (item.isOrganizer) {
    throw badRequest(
      "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
    );
  }
  if (instance.details.isCancelled) {
    throw badRequest(
      "Your request can't be completed. You can't respond to this meeting because it was cancelled.",
    );
  }
  if (answer.send && !instance.details.responseRequested) {
    throw badRequest("Your request can't be completed. The meeting organizer hasn't requested a response.");
  }
  if (answer.proposed !== undefined && !instance.details.allowNewTimeProposals) {
    throw new GraphError(400, 'ErrorInvalidRequest', 'The organizer does not take proposals for a new time.');
  }
  const now = world.clock.now();
  const given = {
    response: answer.response,
    respondedAt: now,
    showAs: shownAs(
      instance.details.showAs === 'tentative' ? 'busy' : instance.details.showAs,
      answer.response,
    ),
  };
  if (answer.response === 'declined') {
    if (date === undefined) removeWhole(world, item);
    else removeOccurrence(world, item, date);
  } else if (date === undefined) {
    const exceptions = Object.fromEntries(
      Object.entries(item.exceptions).map(([key, exception]) => [
        key,
        { ...exception, own: { ...exception.own, ...given } },
      ]),
    );
    world.items.save({
      ...item,
      exceptions,
      details: { ...item.details, ...given },
      changedAt: now,
      version: world.store.next(),
    });
    world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
  } else {
    const before = item.exceptions[date];
    world.items.save({
      ...item,
      exceptions: {
        ...item.exceptions,
        [date]: {
          own: { ...before?.own, ...given },
          version: world.store.next(),
          changedAt: now,
          extendedProperties: before?.extendedProperties ?? {},
        },
      },
    });
    world.changed({ mailbox: item.mailbox, key: item.key, date, type: 'updated' });
  }
  const about = instance.date ?? item.ofDate;
  if (answer.send) {
    sendResponse(world, { ...instance, ...(about === undefined ? {} : { date: about }) }, owner.mail, answer);
  }
}

/** An attachment mails nobody; on an occurrence it makes the occurrence an exception. */
export function touch(world: World, item: CalendarItem, date: string | undefined): void {
  const version = world.store.next();
  const changedAt = world.clock.now();
  if (date === undefined) world.items.save({ ...item, version, changedAt });
  else {
    const before = item.exceptions[date];
    world.items.save({
      ...item,
      exceptions: {
        ...item.exceptions,
        [date]: {
          own: before?.own ?? {},
          version,
          changedAt,
          extendedProperties: before?.extendedProperties ?? {},
        },
      },
    });
  }
  world.changed({
    mailbox: item.mailbox,
    key: item.key,
    ...(date === undefined ? {} : { date }),
    type: 'updated',
  });
}

export function isAttendee(item: CalendarItem, address: string): boolean {
  return (
    attendeeOf(item.details, address) !== undefined ||
    Object.values(item.exceptions).some((exception) =>
      exception.own.attendees?.some((attendee) => sameAddress(attendee.address, address)),
    )
  );
}
