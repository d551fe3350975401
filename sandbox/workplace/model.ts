// What the workplace page and its server say to each other. Instants are ISO 8601 in UTC, wall times have no offset.

export type Colleague = {
  id: string;
  /** The part of the mail address before the @: stands in the page's address. */
  key: string;
  name: string;
  givenName: string;
  mail: string;
  jobTitle: string;
  zone: string;
  language: 'nb' | 'en';
  managerId?: string;
  isGuest: boolean;
};

export type Organisation = {
  name: string;
  tenantId: string;
  clientId: string;
  teamsAppId: string;
  /** Where the tab lives, as in Teams: another origin than the page. */
  tabOrigin: string;
  /** Address of each tab below its origin, from the app package. */
  pages: { personal: string; meeting: string; pane: string };
  entityIds: { personal: string; meeting: string };
  colleagues: Colleague[];
};

export type Answered =
  | 'none'
  | 'organizer'
  | 'tentativelyAccepted'
  | 'accepted'
  | 'declined'
  | 'notResponded';

export type Invitee = {
  name: string;
  address: string;
  response: Answered;
  proposed?: { start: string; end: string };
};

export type Appointment = {
  id: string;
  seriesId?: string;
  subject: string;
  start: string;
  end: string;
  /** Zone the meeting was made in. */
  zone: string;
  isAllDay: boolean;
  isOrganizer: boolean;
  organizer: { name: string; address: string };
  invitees: Invitee[];
  response: Answered;
  showAs: string;
  isPrivate: boolean;
  isCancelled: boolean;
  isRecurring: boolean;
  isException: boolean;
  location: string;
  joinUrl?: string;
};

export type OpenAppointment = Appointment & {
  bodyHtml: string;
  attachments: { id: string; name: string; size: number; contentType: string }[];
  meeting?: MeetingPlace;
  /** Of the series, in Graph's words. */
  recurrence?: { pattern: Record<string, unknown>; range: Record<string, unknown> };
};

export type MeetingPlace = {
  meetingId: string;
  chatId: string;
  /** Our app is installed in the meeting's chat. */
  hasApp: boolean;
};

export type MeetingChat = {
  chatId: string;
  subject: string;
  /** The next occurrence, or the last one held. */
  appointmentId: string;
  start: string;
  with: string[];
};

export type Letter = {
  id: string;
  at: string;
  kind: 'invitation' | 'update' | 'cancellation' | 'response' | 'message';
  from: { name: string; address: string };
  subject: string;
  bodyHtml: string;
  comment?: string;
  attachments: { name: string; size: number }[];
  appointmentId?: string;
};

export type Notice = {
  id: string;
  at: string;
  title: string;
  text: string;
  /** A Teams deep link, or the address the app gave. */
  link: string;
  isRead: boolean;
};

export type ClockReading = { now: string; nextReview?: string };

export type DraftToSend = {
  subject: string;
  /** Wall times in `zone`. */
  start: string;
  end: string;
  zone: string;
  invitees: string[];
  bodyHtml: string;
  isOnlineMeeting: boolean;
  /** In Graph's words. */
  recurrence?: { pattern: Record<string, unknown>; range: Record<string, unknown> };
};

export type TokenWanted = { person: string; client: 'teams-web' | 'outlook-web'; claims?: string };
export type TokenAnswer = { token: string } | { error: string };
