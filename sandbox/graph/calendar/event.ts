// A calendar item as the mailbox keeps it. Occurrences are not stored: they follow from the master (occurrences.ts).
import type { Json } from '../json.ts';
import type { Recurrence } from './recurrence.ts';

export const responses = [
  'none',
  'organizer',
  'tentativelyAccepted',
  'accepted',
  'declined',
  'notResponded',
] as const;
export type Response = (typeof responses)[number];

export type Attendee = {
  address: string;
  name: string;
  type: 'required' | 'optional' | 'resource';
  response: Response;
  /** Epoch milliseconds. */
  respondedAt?: number;
  proposed?: { start: number; end: number };
};

/** What an occurrence can have of its own. Wall times are local to `zone`. */
export type Details = {
  subject: string;
  body: { contentType: 'html' | 'text'; content: string };
  importance: 'low' | 'normal' | 'high';
  sensitivity: 'normal' | 'personal' | 'private' | 'confidential';
  showAs: 'unknown' | 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere';
  isAllDay: boolean;
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  responseRequested: boolean;
  allowNewTimeProposals: boolean;
  hideAttendees: boolean;
  categories: string[];
  locations: Json[];
  attendees: Attendee[];
  start: string;
  end: string;
  isOnlineMeeting: boolean;
  isCancelled: boolean;
  /** The mailbox owner's own answer. */
  response: Response;
  respondedAt?: number;
};

export type Exception = {
  own: Partial<Details>;
  version: number;
  changedAt: number;
  extendedProperties: Record<string, string>;
};

export type CalendarItem = {
  key: string;
  mailbox: string;
  /** The same in every mailbox the meeting stands in. */
  uid: string;
  /** IANA zone the item is expanded in, and the names the client gave. */
  zone: string;
  startZoneName: string;
  endZoneName: string;
  details: Details;
  organizer: { address: string; name: string };
  /** The original date, in the mailbox of somebody invited to that one occurrence of a series alone. */
  ofDate?: string;
  isOrganizer: boolean;
  isDraft: boolean;
  recurrence?: Recurrence;
  /** Keyed by the original local date. */
  exceptions: Record<string, Exception>;
  cancelled: string[];
  transactionId?: string;
  extendedProperties: Record<string, string>;
  extensions: Json[];
  /** The online meeting, kept when the body drops it: a body cannot bring it back. */
  meetingId?: string;
  createdAt: number;
  changedAt: number;
  version: number;
};

/** One thing in a calendar: a single appointment, a master, or one date of it. */
export type Instance = {
  item: CalendarItem;
  type: 'singleInstance' | 'seriesMaster' | 'occurrence' | 'exception';
  date?: string;
  details: Details;
  version: number;
  changedAt: number;
  extendedProperties: Record<string, string>;
};

export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function attendeeOf(details: Details, address: string): Attendee | undefined {
  return details.attendees.find((attendee) => sameAddress(attendee.address, address));
}
