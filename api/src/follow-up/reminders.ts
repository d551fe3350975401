// Reminders are laid out a day ahead by the daily job and sent at nine in the zone of whom they are for: one a day, and
// never while that person is in a review.
import { reminderTime } from '@medspill/domain/follow-up/reminder-time';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { RecordId, ReviewId } from '@medspill/domain/ids';
import type { Person } from '@medspill/domain/people';
import { readinessOf } from '@medspill/domain/prepare/readiness';
import {
  type DateText,
  dateIn,
  type InstantText,
  instantOf,
  type MonthText,
  monthOf,
  toInstantText,
  type Zone,
} from '@medspill/domain/time';
import { addWorkingDays } from '@medspill/domain/working-days';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { Notice, NoticeDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';

const reminderKinds = new Set<Notice['kind']>([
  'prep_reminder',
  'checkpoint_due',
  'promise_due',
  'cadence_late',
]);
const signReminder = 'sign_reminder/';

/** What somebody has just done is told at once; a reminder is nobody's doing and can wait. */
export function isReminder({ id, kind }: Notice): boolean {
  return reminderKinds.has(kind) || id.startsWith(signReminder);
}

export function signReminderId(recordId: string, deadline: DateText): string {
  return `${signReminder}${recordId}/${deadline}`;
}

/** Whether what a reminder is about is still to be done. */
export async function isStillWanted(app: App, scope: Scope, notice: Notice): Promise<boolean> {
  const now = app.clock.now();
  const { id, kind, target, to } = notice;
  if (id.startsWith(signReminder)) {
    const record = await app.store.records.get(scope, id.split('/')[1] as RecordId);
    return record?.state === 'awaiting_second';
  }
  if (kind === 'prep_reminder') {
    const review = await app.store.reviews.get(scope, target.id as ReviewId);
    if (review?.state !== 'planned') return false;
    if (Temporal.Instant.compare(instantOf(review.occurrence.start), now) <= 0) return false;
    return !readinessOf(review.preparation)[review.sellerId === to ? 'seller' : 'manager'].ready;
  }
  if (kind === 'checkpoint_due') {
    const pair = await app.store.pairs.get(scope, notice.pairId);
    if (pair === undefined) return false;
    const today = dateIn(now, pair.seller.zone);
    const goals = await app.store.goals.ofPair(scope, pair._id);
    return goals.some(({ checkpoints }) =>
      checkpoints.some((one) => one.answer === undefined && one.dueOn <= today),
    );
  }
  return true;
}

/** The latest date that it is anywhere a day from now: what comes at nine in Auckland is laid out the day before. */
export function horizon(app: App): DateText {
  return dateIn(app.clock.now().add({ hours: 24 }), 'Pacific/Kiritimati');
}

/** Lays out one reminder; its id makes a repeat of it none. */
export async function addReminder(
  app: App,
  scope: Scope,
  person: Person,
  notice: Omit<Notice, 'to'>,
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

/** Until when a reminder has to wait; undefined when it may go now, and then no other may go today. */
export async function waitOf(
  app: App,
  scope: Scope,
  { notice }: NoticeDocument,
  reader: Person,
): Promise<InstantText | undefined> {
  const now = app.clock.now();
  const today = dateIn(now, reader.zone);
  const zone = reader.zone as Zone;
  const atWork = reminderTime(today, zone, now, isPublicHoliday);
  if (Temporal.Instant.compare(instantOf(atWork), now) > 0) return atWork;
  const free = await endOfReview(app, scope, reader);
  if (free !== undefined) return free;
  const id = `reminder_day/${notice.to}/${today}`;
  const isFirst = await app.store.notices.add(scope, {
    _id: id,
    shard: shardOf(scope, notice.to),
    tenantId: scope.tenantId,
    notice,
    dueAt: toInstantText(now),
    state: 'sent',
  });
  if (isFirst) return undefined;
  const first = await app.store.notices.get(scope, id);
  // A process that died between taking the day and sending takes the same day again.
  if (first?.notice.id === notice.id) return undefined;
  return reminderTime(addWorkingDays(today, 1, isPublicHoliday), zone, now, isPublicHoliday);
}

async function endOfReview(app: App, scope: Scope, reader: Person): Promise<InstantText | undefined> {
  const now = app.clock.now();
  const [team, own] = await Promise.all([
    app.store.pairs.ofManager(scope, reader.id),
    app.store.pairs.ofSeller(scope, reader.id),
  ]);
  const ids = [...team, ...own].filter((pair) => pair.endsAt === 'open').map((pair) => pair._id);
  if (ids.length === 0) return undefined;
  const from: MonthText = monthOf(dateIn(now.subtract({ hours: 24 * 40 }), 'UTC'));
  const reviews = await app.store.reviews.ofPairs(scope, ids, from);
  return reviews.find(
    ({ state, occurrence: { start, end } }) =>
      state !== 'skipped' &&
      Temporal.Instant.compare(instantOf(start), now) <= 0 &&
      Temporal.Instant.compare(now, instantOf(end)) < 0,
  )?.occurrence.end;
}
