// What runs without a person: the minute's sweep, the day's round, and the sending of notices.
import { reminderTime } from '@medspill/domain/follow-up/reminder-time';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { TenantId } from '@medspill/domain/ids';
import type { Person } from '@medspill/domain/people';
import {
  type DateText,
  dateIn,
  instantOf,
  type OccurrenceTime,
  occurrenceTime,
  toInstantText,
  type WallTime,
  type Zone,
} from '@medspill/domain/time';
import type { App } from '../app.ts';
import { bookDaily } from '../book/daily.ts';
import { followChanges } from '../book/follow.ts';
import type { Notice, Stored } from '../documents.ts';
import { followUpDaily } from '../follow-up/daily.ts';
import { reviewEnd, waitOf } from '../follow-up/quiet.ts';
import { isReminder } from '../follow-up/reminders.ts';
import { asItStands } from '../follow-up/still-wanted.ts';
import type { Documents } from '../ports.ts';
import { type Scope, scopeOfJob } from '../scope.ts';
import { signDaily } from '../sign/daily.ts';
import { trustDaily } from '../trust/daily.ts';
import { dispatch } from './dispatch.ts';

/** One message per notice on the queue; it carries ids only. */
export type NoticeMessage = { tenantId: TenantId; noticeId: string };

const page = 200;

/** Heals lost outboxes and claims the notices that are due. The answer goes to the queue. */
export async function sweep(app: App): Promise<NoticeMessage[]> {
  const messages: NoticeMessage[] = [];
  for (const scope of jobScopes(app)) {
    await sweepOutbox(app, scope, app.store.pairs);
    await sweepOutbox(app, scope, app.store.reviews);
    await sweepOutbox(app, scope, app.store.records);
    await sweepOutbox(app, scope, app.store.goals);
    await sweepOutbox(app, scope, app.store.promises);
    await sweepOutbox(app, scope, app.store.moments);
    await sweepOutbox(app, scope, app.store.access);
    await followChanges(app, scope);
    const claimed = await app.store.notices.claim(scope, toInstantText(app.clock.now()), page);
    for (const notice of claimed) messages.push({ tenantId: scope.tenantId, noticeId: notice._id });
  }
  return messages;
}

async function sweepOutbox<D extends Stored<string>>(
  app: App,
  scope: Scope,
  documents: Documents<D>,
): Promise<void> {
  for (const document of await documents.due(scope, toInstantText(app.clock.now()), page)) {
    await dispatch(app, scope, documents, document);
  }
}

/** Once a day: new months, renewals, due checkpoints, deadlines. Each part is idempotent and fails alone. */
export async function daily(app: App): Promise<void> {
  for (const scope of jobScopes(app)) {
    for (const [name, work] of [
      ['book', bookDaily],
      ['sign', signDaily],
      ['follow-up', followUpDaily],
      ['trust', trustDaily],
    ] as const) {
      try {
        await work(app, scope);
      } catch (error) {
        app.log('error', {
          event: 'daily',
          part: name,
          error: error instanceof Error ? error.name : typeof error,
        });
      }
    }
  }
}

/** Sends one notice at most once: it is marked as sent before it is, because twice is worse than never. */
export async function sendNotice(app: App, message: NoticeMessage): Promise<void> {
  const scope = scopeOfJob(message.tenantId);
  const stored = await app.store.notices.get(scope, message.noticeId);
  if (stored === undefined || stored.state !== 'queued') return;
  const { notice } = stored;
  const choices = await app.store.private.get(scope, `choices/${notice.to}`);
  if (choices?.off?.some((kind) => kind === notice.kind)) {
    await app.store.notices.mark(scope, notice.id, 'queued', 'dropped');
    return;
  }
  const pair = await app.store.pairs.get(scope, notice.pairId);
  if (pair === undefined) return;
  const reader = pair.sellerId === notice.to ? pair.seller : pair.manager;
  const standing = await asItStands(app, scope, notice, pair);
  if (standing === 'gone') {
    await app.store.notices.mark(scope, notice.id, 'queued', 'dropped');
    return;
  }
  const later = toInstantText(app.clock.now().add({ minutes: 2 }));
  const until =
    standing === 'later'
      ? later
      : isReminder(notice)
        ? await waitOf(app, scope, stored, pair, reader)
        : await reviewEnd(app, scope, reader);
  if (standing === 'later' || until !== undefined) {
    await app.store.notices.mark(scope, notice.id, 'queued', 'waiting', until);
    return;
  }
  if (!(await app.store.notices.mark(scope, notice.id, 'queued', 'sent'))) return;
  const result = await tell(app, standing, reader).catch(async (error) => {
    // A fault is a no for sure (a credential, a notice that Graph does not take): somebody has to mend it first.
    const anHour = toInstantText(app.clock.now().add({ hours: 1 }));
    await app.store.notices.mark(scope, notice.id, 'sent', 'waiting', anHour);
    throw error;
  });
  if (result === 'later') {
    await app.store.notices.mark(scope, notice.id, 'sent', 'waiting', later);
  } else if (result === 'gone') {
    await app.store.notices.mark(scope, notice.id, 'sent', 'dropped');
  }
}

async function tell(app: App, notice: Notice, reader: Person): Promise<'sent' | 'gone' | 'later'> {
  const result = await app.notifier.send(notice, reader.language);
  if (result !== 'gone') return result;
  return app.notifier.remindInOutlook(notice, reader, nextQuarter(app, reader.zone as Zone));
}

/** A quarter of an hour that is about to begin: Outlook reminds of nothing that has begun. */
function nextQuarter(app: App, zone: Zone): OccurrenceTime {
  const now = app.clock.now();
  const at = instantOf(reminderTime(dateIn(now, zone), zone, now, isPublicHoliday)).toZonedDateTimeISO(zone);
  const start = at.round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'ceil' });
  const time = start.toPlainTime().toString({ smallestUnit: 'minute' }) as WallTime;
  return occurrenceTime(start.toPlainDate().toString() as DateText, time, zone, 15);
}

export type Backlog = { outboxSeconds: number; subscriptionsEnding: number };

/** A day: the daily round renews what would end in the next day and a half. */
const endingHours = 24;

export async function backlogOf(app: App): Promise<Backlog> {
  const now = app.clock.now();
  const { pairs, reviews, records, goals, moments, subscriptions } = app.store;
  let outboxSeconds = 0;
  let subscriptionsEnding = 0;
  for (const scope of jobScopes(app)) {
    for (const documents of [pairs, reviews, records, goals, moments]) {
      const [oldest] = await documents.due(scope, toInstantText(now), 1);
      if (oldest === undefined || oldest.outboxDue === 'none') continue;
      const due = instantOf(oldest.outboxDue).epochMilliseconds;
      outboxSeconds = Math.max(outboxSeconds, Math.round((now.epochMilliseconds - due) / 1000));
    }
    const ending = await subscriptions.ending(scope, toInstantText(now.add({ hours: endingHours })), page);
    subscriptionsEnding += ending.length;
  }
  return { outboxSeconds, subscriptionsEnding };
}

function jobScopes(app: App): Scope[] {
  return app.config.tenantIds.map((tenantId) => scopeOfJob(tenantId as TenantId));
}
