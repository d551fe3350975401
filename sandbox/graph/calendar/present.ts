// An item as Graph writes it: UTC unless `Prefer: outlook.timezone`, one id form or the other.
import { isJson, type Json } from '../json.ts';
import { parseFilter } from '../odata/filter.ts';
import type { Preferences } from '../preferences.ts';
import type { World } from '../world.ts';
import { attachmentJson, attachmentsOf } from './attachments.ts';
import type { Attendee, Instance, Response } from './event.ts';
import { eventId, occurrenceId, uidOf } from './ids.ts';
import { exceptionsOf, spanOf } from './occurrences.ts';
import { textFromHtml } from './teams-block.ts';
import { graphInstant, graphWall, instantOf } from './zones.ts';

const never = '0001-01-01T00:00:00Z';

function status(response: Response, at: number | undefined): Json {
  return { response, time: at === undefined ? never : graphInstant(at) };
}

function attendeeJson(attendee: Attendee, preferences: Preferences): Json {
  const slot = attendee.proposed;
  return {
    type: attendee.type,
    status: status(attendee.response, attendee.respondedAt),
    emailAddress: { name: attendee.name, address: attendee.address },
    ...(slot === undefined
      ? {}
      : {
          proposedNewTime: {
            start: { dateTime: graphWall(slot.start, preferences.zone), timeZone: preferences.zoneName },
            end: { dateTime: graphWall(slot.end, preferences.zone), timeZone: preferences.zoneName },
          },
        }),
  };
}

/** Splits `a,b($filter=…;$select=x,y)` at its outer commas. */
function expansions(text: string | null): { name: string; options: string }[] {
  return [...(text ?? '').matchAll(/([A-Za-z]+)(?:\(((?:[^()']|'[^']*'|\([^()]*\))*)\))?\s*(?:,|$)/g)].map(
    ([, name = '', options = '']) => ({ name, options }),
  );
}

export function changeKey(instance: Instance): string {
  return Buffer.from(`dh0BmA#${String(instance.version).padStart(9, '0')}`).toString('base64');
}

/** The whole event; `query` says what to expand (`$expand`, and `$select` for cancelledOccurrences). */
export function eventJson(
  world: World,
  instance: Instance,
  preferences: Preferences,
  query = new URLSearchParams(),
): Json {
  const { item, details, date } = instance;
  const { zone, zoneName } = preferences;
  const span = spanOf(instance);
  const id = eventId(item.key, date, preferences.immutableIds);
  const masterId = eventId(item.key, undefined, preferences.immutableIds);
  const meeting = item.meetingId === undefined ? undefined : world.meetings.get(item.meetingId);
  const preview = textFromHtml(details.body.content);
  const locations = details.locations;
  // An all-day event is a date: it is not moved to the reader's zone.
  const dateTime = (wall: string, instant: number) =>
    details.isAllDay
      ? { dateTime: `${wall}.0000000`, timeZone: zoneName }
      : { dateTime: graphWall(instant, zone), timeZone: zoneName };
  const key = changeKey(instance);
  const json: Json = {
    '@odata.etag': `W/"${key}"`,
    id,
    createdDateTime: graphInstant(item.createdAt),
    lastModifiedDateTime: graphInstant(instance.changedAt),
    changeKey: key,
    categories: details.categories,
    transactionId: item.transactionId ?? null,
    originalStartTimeZone: item.startZoneName,
    originalEndTimeZone: item.endZoneName,
    iCalUId: uidOf(item.uid, date ?? item.ofDate),
    reminderMinutesBeforeStart: details.reminderMinutesBeforeStart,
    isReminderOn: details.isReminderOn,
    hasAttachments: attachmentsOf(world, instance).some((attachment) => !attachment.isInline),
    subject: details.subject,
    bodyPreview: preview.slice(0, 255),
    importance: details.importance,
    sensitivity: details.sensitivity,
    isAllDay: details.isAllDay,
    isCancelled: details.isCancelled,
    isOrganizer: item.isOrganizer,
    responseRequested: details.responseRequested,
    seriesMasterId: date === undefined ? null : masterId,
    showAs: details.showAs,
    type: instance.type,
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
    onlineMeetingUrl: null,
    isOnlineMeeting: details.isOnlineMeeting,
    onlineMeetingProvider: details.isOnlineMeeting ? 'teamsForBusiness' : 'unknown',
    allowNewTimeProposals: details.allowNewTimeProposals,
    isDraft: item.isDraft,
    hideAttendees: details.hideAttendees,
    responseStatus: status(details.response, details.respondedAt),
    body: preferences.bodyAsText ? { contentType: 'text', content: preview } : details.body,
    start: dateTime(details.start, span.from),
    end: dateTime(details.end, span.to),
    location: locations[0] ?? {
      displayName: '',
      locationType: 'default',
      uniqueIdType: 'unknown',
      address: {},
      coordinates: {},
    },
    locations,
    recurrence: instance.type === 'seriesMaster' ? (item.recurrence ?? null) : null,
    attendees:
      details.hideAttendees && !item.isOrganizer
        ? []
        : details.attendees.map((attendee) => attendeeJson(attendee, preferences)),
    organizer: { emailAddress: { name: item.organizer.name, address: item.organizer.address } },
    onlineMeeting: details.isOnlineMeeting && meeting !== undefined ? { joinUrl: meeting.joinUrl } : null,
  };
  if (date !== undefined) {
    json.originalStart = graphInstant(instantOf(`${date}${item.details.start.slice(10)}`, item.zone));
  }
  const selected = (query.get('$select') ?? '').split(',').map((name) => name.trim());
  if (instance.type === 'seriesMaster' && selected.includes('cancelledOccurrences')) {
    json.cancelledOccurrences = item.cancelled.map((cancelled) => occurrenceId(masterId, cancelled));
  }
  for (const { name, options } of expansions(query.get('$expand'))) {
    expand(world, json, instance, preferences, name, options);
  }
  return json;
}

function expand(
  world: World,
  json: Json,
  instance: Instance,
  preferences: Preferences,
  name: string,
  options: string,
): void {
  const filter = options.match(/\$filter=([^;]*)/)?.[1];
  switch (name) {
    case 'singleValueExtendedProperties': {
      // Graph gives none without a filter that names them.
      const all: Json[] = Object.entries(instance.extendedProperties).map(([id, value]) => ({ id, value }));
      const found = filter === undefined ? [] : all.filter(parseFilter(filter));
      if (found.length > 0) json.singleValueExtendedProperties = found;
      break;
    }
    case 'exceptionOccurrences':
      if (instance.type === 'seriesMaster') {
        const names = options
          .match(/\$select=([^;]*)/)?.[1]
          ?.split(',')
          .map((part) => part.trim());
        json.exceptionOccurrences = exceptionsOf(instance.item).map((exception) => {
          const whole = eventJson(world, exception, preferences);
          if (names === undefined) return whole;
          return Object.fromEntries(
            Object.entries(whole).filter(
              ([key]) => key === 'id' || key.startsWith('@') || names.includes(key),
            ),
          );
        });
      }
      break;
    case 'attachments':
      json.attachments = attachmentsOf(world, instance).map((one) => attachmentJson(world, one));
      break;
    case 'extensions':
      json.extensions =
        filter === undefined
          ? instance.item.extensions
          : instance.item.extensions.filter(
              (extension) => isJson(extension) && parseFilter(filter)(extension),
            );
      break;
    default:
      break;
  }
}
