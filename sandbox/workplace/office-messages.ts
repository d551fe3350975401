// What the sandbox's office.js in the task pane and the Outlook page around it say to each other.

export type OfficeRecurrence = {
  recurrenceType: 'daily' | 'weekday' | 'weekly' | 'monthly' | 'yearly';
  recurrenceProperties: Record<string, unknown>;
  recurrenceTimeZone: { name: string };
  /** Office.js makes a SeriesTime object of it. */
  series: { startDate: string; endDate?: string; startTime: string; minutes: number };
};

/** An appointment as its organizer composes it. */
export type OfficeItem = {
  /** In the form of Exchange Web Services; `convertToRestId` makes it Graph's. Absent on an unsaved draft. */
  itemId?: string;
  seriesId?: string;
  subject: string;
  start: string;
  end: string;
  requiredAttendees: OfficePerson[];
  optionalAttendees: OfficePerson[];
  organizer: OfficePerson;
  location: string;
  body: string;
  recurrence: OfficeRecurrence | null;
};

export type OfficePerson = { displayName: string; emailAddress: string };

export type OfficeHello = {
  user: OfficePerson & { timeZone: string };
  language: string;
  theme: { dark: boolean; background: string; foreground: string };
  item: OfficeItem;
  /** Whose calendar it is, when it is not the user's own. */
  sharedOwner?: string;
};

export type OfficeCall = { officeCall: number; name: string; args: unknown[] };
export type OfficeReply = { officeReply: number; value?: unknown; error?: { code: number; message: string } };
export type OfficeEvent = { officeEvent: string; args: unknown };

export function isOfficeCall(data: unknown): data is OfficeCall {
  return typeof data === 'object' && data !== null && 'officeCall' in data;
}
