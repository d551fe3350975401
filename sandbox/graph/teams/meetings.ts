// A Teams meeting and its chat: made with the event, one of each for a whole series, the chat a while later.
import { randomBytes, randomInt } from 'node:crypto';
import type { Person } from '../../people.ts';
import type { CalendarItem } from '../calendar/event.ts';
import { GraphError } from '../graph-error.ts';
import type { Call } from '../route.ts';
import type { World } from '../world.ts';

export type Meeting = {
  id: string;
  uid: string;
  organizerId: string;
  joinUrl: string;
  threadId: string;
  meetingCode: string;
  passcode: string;
  optionsUrl: string;
  createdAt: number;
  /** What PATCH may change: recording, transcription, lobby and the like, as Graph writes them. */
  settings: { [name: string]: unknown };
};

export type ChatTab = {
  id: string;
  appId: string;
  displayName: string;
  configuration: { [name: string]: unknown } | null;
};

export type Chat = {
  id: string;
  meetingId: string;
  uid: string;
  organizerId: string;
  topic: string;
  createdAt: number;
  /** Until then nobody finds it. */
  readyAt: number;
  /** Hidden until somebody opens or writes in it. */
  hidden: boolean;
  installedApps: { id: string; appId: string }[];
  tabs: ChatTab[];
  messages: { id: string; at: number; from: string; html: string }[];
  changedAt: number;
};

/** How long after the event its chat can be found, when no fault says otherwise. */
const usualChatDelay = 300;

export function openMeeting(world: World, owner: Person, item: CalendarItem): Meeting {
  const threadId = `19:meeting_${randomBytes(32).toString('base64').replace(/[+/=]/g, 'N')}@thread.v2`;
  const meetingCode = String(randomInt(200_000_000, 400_000_000)) + String(randomInt(1000, 9999));
  const now = world.clock.now();
  const meeting: Meeting = {
    id: Buffer.from(`1*${owner.id}*0**${threadId}`).toString('base64'),
    uid: item.uid,
    organizerId: owner.id,
    joinUrl: `https://teams.microsoft.com/meet/${meetingCode}?p=${randomBytes(13).toString('base64url')}`,
    threadId,
    meetingCode,
    passcode: randomBytes(6).toString('base64url'),
    optionsUrl: `https://teams.microsoft.com/meetingOptions/?organizerId=${owner.id}&tenantId=${world.tenantId}&threadId=${threadId.replaceAll(':', '_')}&messageId=0&language=${owner.language}`,
    createdAt: now,
    settings: {
      allowRecording: true,
      allowTranscription: true,
      recordAutomatically: false,
      allowMeetingChat: 'enabled',
      allowedPresenters: 'everyone',
      allowAttendeeToEnableCamera: true,
      allowAttendeeToEnableMic: true,
      isEntryExitAnnounced: false,
      lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
    },
  };
  world.meetings.put({ id: meeting.id, owner: owner.id, link: meeting.joinUrl }, meeting);
  const chat: Chat = {
    id: threadId,
    meetingId: meeting.id,
    uid: item.uid,
    organizerId: owner.id,
    topic: item.details.subject,
    createdAt: now,
    readyAt: now + (world.faults.current().chatDelayMs ?? usualChatDelay),
    hidden: true,
    installedApps: [],
    tabs: [],
    messages: [],
    changedAt: now,
  };
  world.chats.put({ id: chat.id, owner: owner.id, link: item.uid }, chat);
  return meeting;
}

export function chatIsReady(world: World, chat: Chat): boolean {
  return world.clock.now() >= chat.readyAt;
}

/** The organizer and whoever is invited to the meeting now. */
export function chatMembers(world: World, chat: Chat): Person[] {
  const item = world.items.copies(chat.uid).find((copy) => copy.isOrganizer);
  const addresses = new Set<string>();
  const organizer = world.people.find(chat.organizerId);
  if (organizer !== undefined) addresses.add(organizer.mail.toLowerCase());
  for (const attendee of item?.details.attendees ?? []) addresses.add(attendee.address.toLowerCase());
  for (const exception of Object.values(item?.exceptions ?? {})) {
    for (const attendee of exception.own.attendees ?? []) addresses.add(attendee.address.toLowerCase());
  }
  return [...addresses].map((address) => world.people.find(address)).filter((person) => person !== undefined);
}

export function saveChat(world: World, chat: Chat): void {
  world.chats.put({ id: chat.id, owner: chat.organizerId, link: chat.uid }, chat);
}

/** The chat of the path, once it is there and for those who are in it. */
export function chatOf(call: Call): Chat {
  const chat = call.world.chats.get(call.params.chat ?? '');
  if (chat === undefined || !chatIsReady(call.world, chat)) {
    throw new GraphError(404, 'NotFound', 'NotFound: the thread is not found.');
  }
  const { person } = call.caller;
  if (person !== undefined && !chatMembers(call.world, chat).some((member) => member.id === person.id)) {
    throw new GraphError(403, 'Forbidden', 'The user is not a member of the chat.');
  }
  return chat;
}
