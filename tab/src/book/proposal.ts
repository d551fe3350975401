// What the appointment that is open in Outlook suggests for the booking. It is a proposal: the person decides.
import type { Pattern } from '@medspill/domain/book/pattern';

/** A composed appointment as Office.js gives it, in plain data. Instants are ISO 8601. */
export type Draft = {
  attendees: readonly { name: string; mail: string }[];
  subject: string;
  start?: string;
  end?: string;
  recurrence?: {
    type: string;
    interval?: number;
    dayOfMonth?: number;
    dayOfWeek?: string;
    weekNumber?: string;
  };
};

export type Proposal = {
  /** In the order of the attendees; the first who is a seller is chosen. */
  mails: readonly string[];
  minutes?: 30 | 45 | 60;
  pattern?: Pattern;
  /** Where the draft starts; only a draft that somebody has shaped tells a time of day. */
  start?: string;
};

export function proposalOf(draft: Draft): Proposal {
  const mails = draft.attendees.map(({ mail }) => mail.toLowerCase());
  const pattern = patternOf(draft.recurrence);
  const minutes = minutesOf(draft);
  // Outlook fills a new appointment with the next half hour, which nobody has chosen; another length of ours or a
  // monthly recurrence is somebody's choice.
  const isShaped = pattern !== undefined || minutes === 45 || minutes === 60;
  return {
    mails,
    ...(isShaped && minutes !== undefined ? { minutes } : {}),
    ...(pattern === undefined ? {} : { pattern }),
    ...(isShaped && draft.start !== undefined ? { start: draft.start } : {}),
  };
}

function minutesOf({ start, end }: Draft): 30 | 45 | 60 | undefined {
  if (start === undefined || end === undefined) return undefined;
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000;
  return minutes === 30 || minutes === 45 || minutes === 60 ? minutes : undefined;
}

const weeks = ['first', 'second', 'third', 'fourth', 'last'] as const;
const weekdays = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
} as const;

/** A monthly recurrence that our patterns can say; every second month, or a Sunday, they cannot. */
function patternOf(recurrence: Draft['recurrence']): Pattern | undefined {
  if (recurrence?.type !== 'monthly' || (recurrence.interval ?? 1) !== 1) return undefined;
  const { dayOfMonth, dayOfWeek = '', weekNumber } = recurrence;
  const week = weeks.find((one) => one === weekNumber);
  const name = dayOfWeek.slice(0, 3).toLowerCase();
  if (week !== undefined && name in weekdays) {
    return { kind: 'weekday', week, weekday: weekdays[name as keyof typeof weekdays] };
  }
  if (week === 'last' && /^weekday$/i.test(dayOfWeek)) return { kind: 'last_weekday' };
  if (dayOfMonth !== undefined && dayOfMonth >= 1 && dayOfMonth <= 31) {
    return { kind: 'date', day: dayOfMonth };
  }
  return undefined;
}
