// Reading the event of a POST or PATCH: what Graph takes, what it refuses, what it silently drops.
import { Temporal } from 'temporal-polyfill';
import { badRequest } from '../graph-error.ts';
import {
  asJson,
  type Json,
  optionalFlag,
  optionalInteger,
  optionalJson,
  optionalList,
  optionalMember,
  optionalText,
  refuseUnknown,
} from '../json.ts';
import type { Directory } from '../people/directory.ts';
import { type Attendee, type Details, sameAddress } from './event.ts';
import { cleanHtml, htmlFromText } from './teams-block.ts';
import { ianaZone } from './zones.ts';

/** What Graph's event has; anything else is refused, in a body as in `$select`. */
export const eventProperties: ReadonlySet<string> = new Set([
  'id',
  'categories',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
  'allowNewTimeProposals',
  'attendees',
  'body',
  'bodyPreview',
  'cancelledOccurrences',
  'end',
  'hasAttachments',
  'hideAttendees',
  'iCalUId',
  'importance',
  'isAllDay',
  'isCancelled',
  'isDraft',
  'isOnlineMeeting',
  'isOrganizer',
  'isReminderOn',
  'location',
  'locations',
  'onlineMeeting',
  'onlineMeetingProvider',
  'onlineMeetingUrl',
  'organizer',
  'originalEndTimeZone',
  'originalStart',
  'originalStartTimeZone',
  'recurrence',
  'reminderMinutesBeforeStart',
  'responseRequested',
  'responseStatus',
  'sensitivity',
  'seriesMasterId',
  'showAs',
  'start',
  'subject',
  'transactionId',
  'type',
  'webLink',
  'attachments',
  'calendar',
  'exceptionOccurrences',
  'extensions',
  'instances',
  'multiValueExtendedProperties',
  'singleValueExtendedProperties',
]);

export type ZonedWall = { wall: string; zone: string; zoneName: string };

/** A dateTimeTimeZone: local wall time and a zone by name; an offset in the time is refused. */
export function readTime(value: unknown, name: string): ZonedWall {
  const body = asJson(value, name);
  const text = optionalText(body, 'dateTime');
  const zoneName = optionalText(body, 'timeZone') ?? 'UTC';
  const zone = ianaZone(zoneName);
  if (zone === undefined) {
    throw badRequest(
      `The TimeZone value of '${zoneName}' supplied is not supported.`,
      'TimeZoneNotSupportedException',
    );
  }
  const invalid = () =>
    badRequest(
      `The dateTime '${text}' of '${name}' is not a local date and time.`,
      'ErrorPropertyValidationFailure',
    );
  const local = zone === 'UTC' ? text?.replace(/Z$/, '') : text;
  if (local === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/.test(local))
    throw invalid();
  try {
    const wall = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
    return { wall: wall.toString({ smallestUnit: 'second' }), zone, zoneName };
  } catch {
    throw invalid();
  }
}

function readAttendees(list: unknown[], people: Directory, organizer: string): Attendee[] {
  if (list.length > 500) throw badRequest('An event takes at most 500 attendees.', 'ErrorTooManyAttendees');
  const attendees: Attendee[] = [];
  for (const value of list) {
    const body = asJson(value, 'attendees');
    const address = optionalText(optionalJson(body, 'emailAddress') ?? {}, 'address');
    if (address === undefined || !/^[^\s@]+@[^\s@]+$/.test(address)) {
      throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients');
    }
    // The organizer is no attendee of their own meeting, and nobody is twice.
    if (sameAddress(address, organizer)) continue;
    if (attendees.some((attendee) => sameAddress(attendee.address, address))) continue;
    const name = optionalText(optionalJson(body, 'emailAddress') ?? {}, 'name');
    attendees.push({
      address,
      name: name ?? people.find(address)?.displayName ?? address,
      type: optionalMember(body, 'type', ['required', 'optional', 'resource']) ?? 'required',
      response: 'none',
    });
  }
  return attendees;
}

function readLocations(body: Json): Json[] | undefined {
  const list = optionalList(body, 'locations')?.map((value) => asJson(value, 'locations'));
  const single = optionalJson(body, 'location');
  if (list === undefined && single === undefined) return undefined;
  const all = list !== undefined && list.length > 0 ? list : single === undefined ? [] : [single];
  return all
    .filter((location) => (optionalText(location, 'displayName') ?? '') !== '')
    .map((location) => ({
      displayName: optionalText(location, 'displayName') ?? '',
      locationType: optionalText(location, 'locationType') ?? 'default',
      uniqueId: optionalText(location, 'uniqueId') ?? optionalText(location, 'displayName') ?? '',
      uniqueIdType: 'private',
    }));
}

export type EventBody = {
  /** The properties the client named, as Graph counts "only attendees". */
  named: Set<string>;
  details: Partial<Omit<Details, 'start' | 'end'>>;
  start?: ZonedWall;
  end?: ZonedWall;
  /** As given; null removes it. Read against the final start. */
  recurrence?: unknown;
  onlineMeetingProvider?: string;
  transactionId?: string;
  extendedProperties: Record<string, string>;
  extensions: Json[];
};

/** Reads the JSON of an event for the mailbox of `organizer` (an address). Read-only properties are ignored. */
export function readEvent(value: unknown, people: Directory, organizer: string): EventBody {
  const body = asJson(value, 'event');
  refuseUnknown(body, eventProperties, 'microsoft.graph.event');
  const details: EventBody['details'] = {};
  const subject = optionalText(body, 'subject');
  if (subject !== undefined) {
    if (subject.length > 255) {
      throw badRequest('The subject is longer than 255 characters.', 'ErrorPropertyValidationFailure');
    }
    details.subject = subject;
  } else if (body.subject === null) details.subject = '';
  const content = optionalJson(body, 'body');
  if (content !== undefined) {
    const type = optionalMember(content, 'contentType', ['text', 'html', 'Text', 'HTML']) ?? 'text';
    const text = optionalText(content, 'content') ?? '';
    details.body = {
      contentType: 'html',
      content: type.toLowerCase() === 'html' ? cleanHtml(text) : cleanHtml(htmlFromText(text)),
    };
  }
  const importance = optionalMember(body, 'importance', ['low', 'normal', 'high']);
  if (importance !== undefined) details.importance = importance;
  const sensitivity = optionalMember(body, 'sensitivity', ['normal', 'personal', 'private', 'confidential']);
  if (sensitivity !== undefined) details.sensitivity = sensitivity;
  const showAs = optionalMember(body, 'showAs', [
    'unknown',
    'free',
    'tentative',
    'busy',
    'oof',
    'workingElsewhere',
  ]);
  if (showAs !== undefined) details.showAs = showAs;
  for (const flag of [
    'isAllDay',
    'isReminderOn',
    'responseRequested',
    'allowNewTimeProposals',
    'hideAttendees',
    'isOnlineMeeting',
  ] as const) {
    const set = optionalFlag(body, flag);
    if (set !== undefined) details[flag] = set;
  }
  const reminder = optionalInteger(body, 'reminderMinutesBeforeStart');
  if (reminder !== undefined) details.reminderMinutesBeforeStart = reminder;
  const categories = optionalList(body, 'categories');
  if (categories !== undefined) details.categories = categories.map(String);
  const locations = readLocations(body);
  if (locations !== undefined) details.locations = locations;
  const attendees = optionalList(body, 'attendees');
  if (attendees !== undefined) details.attendees = readAttendees(attendees, people, organizer);

  const extendedProperties: Record<string, string> = {};
  for (const property of optionalList(body, 'singleValueExtendedProperties') ?? []) {
    const { id, value: propertyValue } = readExtendedProperty(property);
    extendedProperties[id] = propertyValue;
  }
  const provider = optionalMember(body, 'onlineMeetingProvider', [
    'unknown',
    'skypeForBusiness',
    'skypeForConsumer',
    'teamsForBusiness',
  ]);
  const transactionId = optionalText(body, 'transactionId');
  return {
    named: new Set(Object.keys(body).filter((key) => !key.includes('@'))),
    details,
    ...(body.start === undefined || body.start === null ? {} : { start: readTime(body.start, 'start') }),
    ...(body.end === undefined || body.end === null ? {} : { end: readTime(body.end, 'end') }),
    ...('recurrence' in body ? { recurrence: body.recurrence } : {}),
    ...(provider === undefined ? {} : { onlineMeetingProvider: provider }),
    ...(transactionId === undefined ? {} : { transactionId }),
    extendedProperties,
    extensions: (optionalList(body, 'extensions') ?? []).map((extension) => asJson(extension, 'extensions')),
  };
}

function readExtendedProperty(value: unknown): { id: string; value: string } {
  const body = asJson(value, 'singleValueExtendedProperties');
  const id = optionalText(body, 'id');
  if (id === undefined || !extendedPropertyId(id)) {
    throw badRequest(
      'The property id is not in the form "{type} {guid} Name {name}".',
      'ErrorInvalidArgument',
    );
  }
  return { id: normalPropertyId(id), value: optionalText(body, 'value') ?? '' };
}

function extendedPropertyId(id: string): boolean {
  return /^(String|Integer|Boolean|Double|SystemTime|Guid) (\{[0-9a-f-]{36}\} (Name \S.*|Id 0x[0-9a-f]+)|0x[0-9a-f]+)$/i.test(
    id,
  );
}

/** The service writes the GUID in lower case whatever it was given. */
export function normalPropertyId(id: string): string {
  return id.replace(/\{[^}]+\}/, (guid) => guid.toLowerCase());
}
