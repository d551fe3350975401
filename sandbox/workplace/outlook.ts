// What Outlook shows of a mailbox and does for its owner, over the simulated tenant.
import type { GraphServer } from '../graph/server.ts';
import type { CalendarEntry } from '../graph/state.ts';
import type { Appointment, DraftToSend, Letter, MeetingChat, OpenAppointment } from './model.ts';

type State = GraphServer['state'];

const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

export function appointmentOf(entry: CalendarEntry): Appointment {
  return {
    id: entry.id,
    ...(entry.seriesMasterId === undefined ? {} : { seriesId: entry.seriesMasterId }),
    subject: entry.subject,
    start: iso(entry.start),
    end: iso(entry.end),
    zone: entry.timeZone,
    isAllDay: entry.isAllDay,
    isOrganizer: entry.isOrganizer,
    organizer: entry.organizer,
    invitees: entry.attendees.map(({ name, address, response, proposed }) => ({
      name,
      address,
      response,
      ...(proposed === undefined ? {} : { proposed: { start: iso(proposed.start), end: iso(proposed.end) } }),
    })),
    response: entry.response,
    showAs: entry.showAs,
    isPrivate: entry.sensitivity === 'private',
    isCancelled: entry.isCancelled,
    isRecurring: entry.recurrence !== undefined,
    isException: entry.type === 'exception',
    location: entry.location,
    ...(entry.meeting === undefined ? {} : { joinUrl: entry.meeting.joinUrl }),
  };
}

/** Teams names a meeting by its chat, in Base64. */
function teamsMeetingId(threadId: string): string {
  return Buffer.from(`0#${threadId}#0`).toString('base64');
}

export function openAppointment(
  state: State,
  personId: string,
  id: string,
  appId: string,
): OpenAppointment | undefined {
  const entry = state.event(personId, id);
  if (entry === undefined) return undefined;
  const { meeting, recurrence } = entry;
  const chat = state.chats(personId).find((one) => one.id === meeting?.threadId && one.ready);
  return {
    ...appointmentOf(entry),
    bodyHtml: entry.bodyHtml,
    attachments: entry.attachments.map(({ contentBytes: _bytes, ...file }) => file),
    ...(chat === undefined
      ? {}
      : {
          meeting: {
            meetingId: teamsMeetingId(chat.id),
            chatId: chat.id,
            hasApp: chat.installedAppIds.includes(appId),
          },
        }),
    ...(recurrence === undefined
      ? {}
      : { recurrence: { pattern: { ...recurrence.pattern }, range: { ...recurrence.range } } }),
  };
}

/** Each Teams meeting once: its next occurrence, or the last one when all are over. */
export function meetingsOf(state: State, personId: string, now: number): MeetingChat[] {
  const meetings = new Map<string, CalendarEntry>();
  for (const entry of state.calendar(personId, now - 60 * day, now + 400 * day)) {
    if (entry.meeting === undefined || entry.isCancelled || entry.isDraft) continue;
    const known = meetings.get(entry.meeting.threadId);
    if (known === undefined || known.end < now) meetings.set(entry.meeting.threadId, entry);
  }
  return [...meetings].map(([chatId, entry]) => ({
    chatId,
    subject: entry.subject,
    appointmentId: entry.id,
    start: iso(entry.start),
    with: [entry.organizer, ...entry.attendees].map((one) => one.name),
  }));
}

/** The next meeting that our app belongs to. */
export function nextReview(state: State, personId: string, appId: string, now: number): string | undefined {
  const ours = new Set(
    state
      .chats(personId)
      .filter((chat) => chat.installedAppIds.includes(appId))
      .map((chat) => chat.id),
  );
  const next = state
    .calendar(personId, now, now + 70 * day)
    .find((entry) => entry.meeting !== undefined && ours.has(entry.meeting.threadId) && entry.start > now);
  return next === undefined ? undefined : iso(next.start);
}

export function lettersOf(state: State, personId: string, now: number): Letter[] {
  const mails = state.mails(personId);
  const entries = mails.length === 0 ? [] : state.calendar(personId, now - 60 * day, now + 400 * day);
  return mails
    .map((mail): Letter => {
      const about = entries.filter((entry) => entry.uid === mail.uid);
      const named = mail.date === undefined ? undefined : about.find((entry) => dateOf(entry) === mail.date);
      const appointment = named ?? about[0];
      return {
        id: mail.id,
        at: iso(mail.at),
        kind: mail.kind,
        from: mail.from,
        subject: mail.subject,
        bodyHtml: mail.body,
        ...(mail.comment === undefined ? {} : { comment: mail.comment }),
        attachments: mail.attachments.map(({ name, size }) => ({ name, size })),
        ...(appointment === undefined ? {} : { appointmentId: appointment.id }),
      };
    })
    .reverse();
}

function dateOf(entry: CalendarEntry): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: entry.timeZone, dateStyle: 'short' });
  return parts.format(entry.start);
}

/** A composed appointment as Graph takes it. */
export function graphEvent(
  draft: DraftToSend,
  addressOf: (personId: string) => object,
): Record<string, unknown> {
  const time = (at: string) => ({ dateTime: at, timeZone: draft.zone });
  return {
    subject: draft.subject,
    body: { contentType: 'html', content: draft.bodyHtml },
    start: time(draft.start),
    end: time(draft.end),
    attendees: draft.invitees.map((id) => ({ type: 'required', emailAddress: addressOf(id) })),
    isOnlineMeeting: draft.isOnlineMeeting,
    ...(draft.recurrence === undefined ? {} : { recurrence: draft.recurrence }),
  };
}
