import type { Person } from '../../people.ts';
import { badRequest } from '../graph-error.ts';
import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import type { CalendarItem, Details, Instance } from './event.ts';
import { type EventBody, readEvent, type ZonedWall } from './event-body.ts';
import { checkTimes, inZone, onFirstDate } from './event-times.ts';
import { newKey, newUid } from './ids.ts';
import { sendMeeting } from './mail.ts';
import { masterInstance } from './occurrences.ts';
import { withMeeting } from './online-meeting.ts';
import { type Recurrence, readRecurrence } from './recurrence.ts';
import { windowsZone } from './zones.ts';

const hour = 3_600_000;

/** Undocumented; the control interface can set another. */
const transactionIdLife = hour;

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
