// Reminders are laid out a day ahead by the daily job and sent at nine in the zone of whom they are for; when they may
// be sent is said in quiet.ts, and whether they still should in still-wanted.ts.
import { reminderTime } from '@medspill/domain/follow-up/reminder-time';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { Person } from '@medspill/domain/people';
import { type DateText, dateIn, type Zone } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { Notice } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';

const reminderKinds = new Set<Notice['kind']>([
  'prep_reminder',
  'checkpoint_due',
  'promise_due',
  'cadence_late',
  'moment_nudge',
  'weekly_digest',
]);
const signReminder = 'sign_reminder/';
const helpReminder = 'help_reminder/';

/** What somebody has just done is told at once; a reminder is nobody's doing and can wait. */
export function isReminder({ id, kind }: Notice): boolean {
  return reminderKinds.has(kind) || isSignReminder(id) || id.startsWith(helpReminder);
}

export function helpReminderId(goalId: string, checkpoint: number): string {
  return `${helpReminder}${goalId}/${checkpoint}`;
}

export function isSignReminder(id: string): boolean {
  return id.startsWith(signReminder);
}

export function signReminderId(recordId: string, deadline: DateText): string {
  return `${signReminder}${recordId}/${deadline}`;
}

/** The latest date that it is anywhere a day from now: what comes at nine in Auckland is laid out the day before. */
export function horizon(app: App): DateText {
  return dateIn(app.clock.now().add({ hours: 24 }), 'Pacific/Kiritimati');
}

/** The Monday of a date's week: what comes once a week is named after it. */
export function mondayOf(date: DateText): DateText {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString() as DateText;
}

type WithoutReader<N> = N extends unknown ? Omit<N, 'to'> : never;

/** Lays out one reminder; its id makes a repeat of it none. */
export async function addReminder(
  app: App,
  scope: Scope,
  person: Person,
  notice: WithoutReader<Notice>,
  on: DateText,
): Promise<void> {
  await app.store.notices.add(scope, {
    _id: notice.id,
    shard: shardOf(scope, person.id),
    tenantId: scope.tenantId,
    notice: { ...notice, to: person.id },
    dueAt: reminderTime(on, person.zone as Zone, app.clock.now(), isPublicHoliday),
    state: 'waiting',
  });
}
