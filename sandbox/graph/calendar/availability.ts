// getSchedule and findMeetingTimes: who is free when.
import { Temporal } from 'temporal-polyfill';
import type { Person } from '../../people.ts';
import { badRequest } from '../graph-error.ts';
import {
  asJson,
  eitherCase,
  isJson,
  type Json,
  optionalInteger,
  optionalJson,
  optionalList,
  optionalText,
} from '../json.ts';
import { hasMailbox } from '../people/directory.ts';
import { settingsOf, workingHoursOf } from '../people/mailbox-settings.ts';
import type { Preferences } from '../preferences.ts';
import type { World } from '../world.ts';
import type { Details } from './event.ts';
import { readTime } from './event-body.ts';
import { instancesIn, spanOf, type Window } from './occurrences.ts';
import { graphWall, ianaZone, instantOf } from './zones.ts';

const minute = 60_000;
const digits: Record<Details['showAs'], string> = {
  free: '0',
  tentative: '1',
  busy: '2',
  oof: '3',
  workingElsewhere: '4',
  unknown: '0',
};

export type Busy = Window & {
  showAs: Details['showAs'];
  subject: string;
  location: string;
  isPrivate: boolean;
};

/** What takes time in a calendar, cancelled and declined meetings left out. */
export function busyTimes(world: World, person: Person, window: Window): Busy[] {
  return world.items
    .inMailbox(person.id)
    .flatMap((item) => instancesIn(item, window))
    .filter(({ details }) => !details.isCancelled && details.response !== 'declined')
    .map((instance) => ({
      ...spanOf(instance),
      showAs: instance.details.showAs,
      subject: instance.details.subject,
      location: String(instance.details.locations[0]?.displayName ?? ''),
      isPrivate:
        instance.details.sensitivity === 'private' || instance.details.sensitivity === 'confidential',
    }))
    .sort((a, b) => a.from - b.from);
}

function readInstant(body: Json, name: string): number {
  const value = eitherCase(body, name);
  if (value === undefined || value === null) {
    throw badRequest(`The parameter '${name}' is required.`, 'ErrorInvalidRequest');
  }
  const { wall, zone } = readTime(value, name);
  return instantOf(wall, zone);
}

export function schedule(
  world: World,
  value: unknown,
  preferences: Preferences,
  viewer: Person | undefined,
): Json {
  const body = asJson(value, 'getSchedule');
  const from = readInstant(body, 'startTime');
  const to = readInstant(body, 'endTime');
  const listed = eitherCase(body, 'schedules');
  const addresses = (Array.isArray(listed) ? listed : []).map(String);
  if (addresses.length === 0) throw badRequest("The parameter 'schedules' is required.");
  if (addresses.length > 100) throw badRequest('Too many mailboxes in one request.', 'ErrorTooManyMailboxes');
  if (to <= from)
    throw badRequest('The end of the time window is before its start.', 'ErrorTimeIntervalTooShort');
  if (to - from > 62 * 24 * 60 * minute) {
    throw badRequest('The requested time duration exceeds 62 days.', 'ErrorTimeIntervalTooBig');
  }
  const interval = Number(eitherCase(body, 'availabilityViewInterval') ?? 30);
  if (!Number.isInteger(interval) || interval < 5 || interval > 1440) {
    throw badRequest(
      'The interval must be between 5 and 1440 minutes.',
      'ErrorInvalidMergedFreeBusyInterval',
    );
  }
  return {
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.scheduleInformation)',
    value: addresses.map((address) =>
      scheduleOf(world, address, { from, to }, interval, preferences, viewer),
    ),
  };
}

function scheduleOf(
  world: World,
  address: string,
  window: Window,
  interval: number,
  preferences: Preferences,
  viewer: Person | undefined,
): Json {
  const person = world.people.find(address);
  if (person === undefined || !hasMailbox(person)) {
    return {
      scheduleId: address,
      error: {
        message: `Unable to resolve e-mail address ${address} to an Active Directory object.`,
        responseCode: 'ErrorMailRecipientNotFound',
      },
    };
  }
  if (world.faults.current().unreadableSchedules?.includes(address)) {
    return {
      scheduleId: address,
      error: {
        message: 'Proxy web request failed.',
        responseCode: 'ErrorProxyRequestProcessingFailed',
      },
    };
  }
  const busy = busyTimes(world, person, window);
  let view = '';
  for (let at = window.from; at < window.to; at += interval * minute) {
    const end = Math.min(at + interval * minute, window.to);
    const here = busy.filter((slot) => slot.from < end && slot.to > at).map((slot) => digits[slot.showAs]);
    view += here.length === 0 ? '0' : here.includes('3') ? '3' : here.sort().at(-1);
  }
  const own = viewer?.id === person.id;
  return {
    scheduleId: address,
    availabilityView: view,
    scheduleItems: busy.map((slot) => ({
      ...(own ? { isPrivate: slot.isPrivate } : {}),
      status: slot.showAs,
      // Others see when, not what: the organisation shares free/busy only.
      ...(own && !slot.isPrivate ? { subject: slot.subject, location: slot.location } : {}),
      start: { dateTime: graphWall(slot.from, preferences.zone), timeZone: preferences.zoneName },
      end: { dateTime: graphWall(slot.to, preferences.zone), timeZone: preferences.zoneName },
    })),
    workingHours: workingHoursOf(settingsOf(world, person)),
  };
}

const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Whether the whole slot lies in the person's working hours. */
export function atWork(settings: Json, slot: Window): boolean {
  const hours = workingHoursOf(settings);
  const zone = ianaZone(String(isJson(hours.timeZone) ? hours.timeZone.name : 'UTC')) ?? 'UTC';
  const start = Temporal.Instant.fromEpochMilliseconds(slot.from).toZonedDateTimeISO(zone);
  const end = Temporal.Instant.fromEpochMilliseconds(slot.to).toZonedDateTimeISO(zone);
  const days = Array.isArray(hours.daysOfWeek) ? hours.daysOfWeek : [];
  const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'second' });
  return (
    days.includes(dayNames[start.dayOfWeek - 1]) &&
    start.toPlainDate().equals(end.toPlainDate()) &&
    clock(start) >= String(hours.startTime).slice(0, 8) &&
    clock(end) <= String(hours.endTime).slice(0, 8)
  );
}

/** Suggestions at full and half hours, in working hours of all, best first. */
export function findMeetingTimes(
  world: World,
  value: unknown,
  organizer: Person,
  preferences: Preferences,
): Json {
  const body = value === undefined ? {} : asJson(value, 'findMeetingTimes');
  const duration =
    Temporal.Duration.from(optionalText(body, 'meetingDuration') ?? 'PT30M').total({ unit: 'minute' }) *
    minute;
  const attendees = (optionalList(body, 'attendees') ?? []).map((entry) => {
    const address =
      optionalText(optionalJson(asJson(entry, 'attendees'), 'emailAddress') ?? {}, 'address') ?? '';
    return { address, person: world.people.find(address) };
  });
  const most = optionalInteger(body, 'maxCandidates') ?? 10;
  const minimum = typeof body.minimumAttendeePercentage === 'number' ? body.minimumAttendeePercentage : 50;
  const constraint = optionalJson(body, 'timeConstraint');
  const slots = (optionalList(constraint ?? {}, 'timeSlots') ?? []).map((entry) => {
    const slot = asJson(entry, 'timeSlots');
    return { from: readInstant(slot, 'start'), to: readInstant(slot, 'end') };
  });
  const now = world.clock.now();
  const windows = slots.length > 0 ? slots : [{ from: now, to: now + 7 * 24 * 60 * minute }];
  const unrestricted = optionalText(constraint ?? {}, 'activityDomain') === 'unrestricted';

  const suggestions: { slot: Window; confidence: number; availability: string[]; organizer: string }[] = [];
  for (const window of windows) {
    const own = busyTimes(world, organizer, window);
    const theirs = attendees.map(({ person }) =>
      person === undefined || !hasMailbox(person) ? undefined : busyTimes(world, person, window),
    );
    for (
      let at = Math.ceil(window.from / (30 * minute)) * 30 * minute;
      at + duration <= window.to;
      at += 30 * minute
    ) {
      const slot = { from: at, to: at + duration };
      if (at < now) continue;
      if (!unrestricted && !atWork(settingsOf(world, organizer), slot)) continue;
      const taken = (busy: Busy[]) =>
        busy.find((entry) => entry.from < slot.to && entry.to > slot.from && entry.showAs !== 'free');
      const organizersOwn = taken(own)?.showAs ?? 'free';
      if (organizersOwn !== 'free' && body.isOrganizerOptional !== true) continue;
      const availability = theirs.map((busy, index) => {
        const person = attendees[index]?.person;
        if (busy === undefined || person === undefined) return 'unknown';
        if (!unrestricted && !atWork(settingsOf(world, person), slot)) return 'busy';
        return taken(busy)?.showAs ?? 'free';
      });
      const chance = {
        free: 100,
        unknown: 49,
        tentative: 49,
        workingElsewhere: 100,
        busy: 0,
        oof: 0,
      } as Record<string, number>;
      const confidence =
        availability.length === 0
          ? 100
          : availability.reduce((sum, one) => sum + (chance[one] ?? 0), 0) / availability.length;
      if (confidence < minimum) continue;
      suggestions.push({ slot, confidence, availability, organizer: organizersOwn });
    }
  }
  suggestions.sort((a, b) => b.confidence - a.confidence || a.slot.from - b.slot.from);
  const zoned = (instant: number) => ({
    dateTime: graphWall(instant, preferences.zone),
    timeZone: preferences.zoneName,
  });
  return {
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.meetingTimeSuggestionsResult',
    emptySuggestionsReason:
      suggestions.length > 0
        ? ''
        : attendees.some(({ person }) => person === undefined)
          ? 'AttendeesUnavailableOrUnknown'
          : 'AttendeesUnavailable',
    meetingTimeSuggestions: suggestions.slice(0, most).map((suggestion, index) => ({
      confidence: suggestion.confidence,
      order: index + 1,
      organizerAvailability: suggestion.organizer,
      ...(body.returnSuggestionReasons === true
        ? {
            suggestionReason:
              'Suggested because it is one of the nearest times when all attendees are available.',
          }
        : {}),
      attendeeAvailability: attendees.map(({ address }, at) => ({
        availability: suggestion.availability[at] ?? 'unknown',
        attendee: { emailAddress: { address } },
      })),
      locations: [],
      meetingTimeSlot: { start: zoned(suggestion.slot.from), end: zoned(suggestion.slot.to) },
    })),
  };
}

/** Whether somebody is in a meeting now; the workplace page's presence. */
export function busyNow(world: World, person: Person): Busy | undefined {
  const now = world.clock.now();
  return busyTimes(world, person, { from: now, to: now + 1 }).find((slot) => slot.showAs !== 'free');
}
