// What the workplace page shows: read-only views of the tenant, in epoch milliseconds and plain words.

import { attachmentsOf, contentOf } from './calendar/attachments.ts';
import type { Attendee, Instance, Response } from './calendar/event.ts';
import { eventId, parseEventId } from './calendar/ids.ts';
import type { Mail } from './calendar/mail.ts';
import { instancesIn, masterInstance, occurrenceOn, spanOf } from './calendar/occurrences.ts';
import type { Recurrence } from './calendar/recurrence.ts';
import type { Json } from './json.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';
import type { Activity } from './teams/activity.ts';
import { type Chat, chatIsReady, chatMembers } from './teams/meetings.ts';
import type { Throttle } from './throttling.ts';
import { personOf, type World } from './world.ts';

export type CalendarEntry = {
  /** The immutable id, as Graph gives it with `Prefer: IdType="ImmutableId"`. */
  id: string;
  seriesMasterId?: string;
  uid: string;
  type: Instance['type'];
  subject: string;
  /** Epoch milliseconds. */
  start: number;
  end: number;
  isAllDay: boolean;
  showAs: string;
  sensitivity: string;
  isOrganizer: boolean;
  isDraft: boolean;
  isCancelled: boolean;
  response: Response;
  organizer: { address: string; name: string };
  attendees: Attendee[];
  location: string;
  bodyHtml: string;
  recurrence?: Recurrence;
  /** IANA zone that the series runs in. */
  timeZone: string;
  meeting?: { joinUrl: string; threadId: string };
  attachments: {
    id: string;
    name: string;
    contentType: string;
    size: number;
    readonly contentBytes: string;
  }[];
  categories: string[];
};

export type ChatView = {
  id: string;
  topic: string;
  hidden: boolean;
  ready: boolean;
  members: { id: string; displayName: string }[];
  installedAppIds: string[];
  tabs: { id: string; appId: string; displayName: string }[];
  messages: Chat['messages'];
};

export type GraphState = {
  /** Everything that overlaps the window, in order of start. */
  calendar(personId: string, from: number, to: number): CalendarEntry[];
  /** An event or occurrence by its id; undefined when it is not (any longer) in that mailbox. */
  event(personId: string, id: string): CalendarEntry | undefined;
  /** Newest last. Also for addresses outside the organisation. */
  mails(personIdOrAddress: string): Mail[];
  activityFeed(personId: string): Activity[];
  chats(personId: string): ChatView[];
  /** Tasks of all lists in To Do, as Graph has them, with the name of their list. */
  tasks(personId: string): (Json & { list: unknown })[];
  /** Catalogue ids of the apps that the person has. */
  installedApps(personId: string): string[];
  subscriptions(): Subscription[];
  /** The most requests that were in flight at a time for one app and mailbox. */
  highestConcurrency(): number;
  /** The same over all mailboxes. */
  highestConcurrencyOfApp(): number;
};

function entry(world: World, instance: Instance): CalendarEntry {
  const { item, details } = instance;
  const meeting = item.meetingId === undefined ? undefined : world.meetings.get(item.meetingId);
  const span = spanOf(instance);
  return {
    id: eventId(item.key, instance.date, true),
    ...(instance.date === undefined ? {} : { seriesMasterId: eventId(item.key, undefined, true) }),
    uid: item.uid,
    type: instance.type,
    subject: details.subject,
    start: span.from,
    end: span.to,
    isAllDay: details.isAllDay,
    showAs: details.showAs,
    sensitivity: details.sensitivity,
    isOrganizer: item.isOrganizer,
    isDraft: item.isDraft,
    isCancelled: details.isCancelled,
    response: details.response,
    organizer: item.organizer,
    attendees: details.attendees,
    location: String(details.locations[0]?.displayName ?? ''),
    bodyHtml: details.body.content,
    ...(item.recurrence === undefined ? {} : { recurrence: item.recurrence }),
    timeZone: item.zone,
    ...(details.isOnlineMeeting && meeting !== undefined
      ? { meeting: { joinUrl: meeting.joinUrl, threadId: meeting.threadId } }
      : {}),
    attachments: attachmentsOf(world, instance).map((attachment) => ({
      id: attachment.id,
      name: attachment.name,
      contentType: attachment.contentType,
      size: attachment.size,
      // Read when somebody opens it: a calendar view has many.
      get contentBytes() {
        return contentOf(world, attachment);
      },
    })),
    categories: details.categories,
  };
}

export function createState(world: World, subscriptions: Subscriptions, throttle: Throttle): GraphState {
  return {
    calendar: (personId, from, to) =>
      world.items
        .inMailbox(personId)
        .flatMap((item) => instancesIn(item, { from, to }))
        .map((instance) => entry(world, instance))
        .sort((a, b) => a.start - b.start),
    event(personId, id) {
      const parsed = parseEventId(id);
      const item = parsed === undefined ? undefined : world.items.get(parsed.key);
      if (item === undefined || item.mailbox !== personId) return undefined;
      const instance = parsed?.date === undefined ? masterInstance(item) : occurrenceOn(item, parsed.date);
      return instance === undefined ? undefined : entry(world, instance);
    },
    mails: (name) => world.mails.ownedBy(world.people.find(name)?.id ?? name.toLowerCase()),
    activityFeed: (personId) => world.activities.ownedBy(personId),
    chats(personId) {
      personOf(world, personId);
      return world.chats
        .all()
        .map((chat) => ({ chat, members: chatMembers(world, chat) }))
        .filter(({ members }) => members.some((member) => member.id === personId))
        .map(({ chat, members }) => ({
          id: chat.id,
          topic: chat.topic,
          hidden: chat.hidden,
          ready: chatIsReady(world, chat),
          members: members.map(({ id, displayName }) => ({ id, displayName })),
          installedAppIds: chat.installedApps.map((install) => install.appId),
          tabs: chat.tabs.map(({ id, appId, displayName }) => ({ id, appId, displayName })),
          messages: chat.messages,
        }));
    },
    tasks: (personId) =>
      world
        .documents('todoList')
        .ownedBy(personId)
        .flatMap((list) =>
          world
            .documents('todoTask')
            .ownedBy(String(list.id))
            .map((task) => ({ ...task, list: list.displayName })),
        ),
    installedApps: (personId) => world.personalInstalls.ownedBy(personId).map((install) => install.appId),
    subscriptions: () => subscriptions.list(),
    highestConcurrency: () => throttle.highest(),
    highestConcurrencyOfApp: () => throttle.highestOfApp(),
  };
}
