// The day's round of booking: months to come, their preparation blocks and reminders, what changed in Outlook, renewals.
import { type Absence, absentOn, isSpent } from '@medspill/domain/book/absence';
import { prepBlock } from '@medspill/domain/book/blocks';
import { monthsLeft } from '@medspill/domain/book/occurrences';
import { renewsItselfWhenLeft } from '@medspill/domain/book/renewal';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { PairId, PersonId } from '@medspill/domain/ids';
import { readinessOf } from '@medspill/domain/prepare/readiness';
import {
  dateIn,
  instantOf,
  occurrenceTime,
  toInstantText,
  type WallTime,
  type Zone,
} from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';
import { faultText } from '../http/route.ts';
import type { Actor } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { changePair } from './booking.ts';
import { followPair } from './follow.ts';
import { extend } from './renewal.ts';
import { ensureReviews } from './reviews.ts';
import { keepWatching, renewSubscriptions } from './watching.ts';

const page = 200;
const remindAt = '09:00' as WallTime;
/** Reminders are laid out this long ahead, so that a daily job that fails once loses none. */
const remindWithinDays = 4;
const agendaDaysBefore = 3;
const itself: Actor = { kind: 'app' };

export async function bookDaily(app: App, scope: Scope): Promise<void> {
  const managers = new Set<PersonId>();
  for (let after: PairId | undefined; ; ) {
    const pairs = await app.store.pairs.withSeries(scope, after, page);
    for (const pair of pairs) {
      if (pair.endsAt !== 'open') continue;
      managers.add(pair.managerId);
      await one(app, scope, pair);
    }
    after = pairs.at(-1)?._id;
    if (pairs.length < page) break;
  }
  for (const managerId of managers) {
    if ((await app.store.subscriptions.ofManager(scope, managerId))?.subscriptionId === undefined) {
      await keepWatching(app, scope, managerId);
    }
  }
  await renewSubscriptions(app, scope);
}

/** One pair that fails must not keep the others waiting. */
async function one(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  try {
    await followPair(app, scope, pair);
    const reviews = await ensureReviews(app, scope, (await app.store.pairs.get(scope, pair._id)) ?? pair);
    for (const review of reviews) {
      if (review.state !== 'planned') continue;
      await remindToPrepare(app, scope, pair, review);
    }
    const next = comingReview(app, reviews);
    if (next !== undefined) await prepareMonth(app, pair, next);
    await renewSeries(app, scope, pair);
    await dropSpentAbsences(app, scope, pair);
  } catch (error) {
    app.log('error', { event: 'daily', pairId: pair._id, error: faultText(error) });
  }
}

/** The manager's block of preparation, and in the last days the month's own agenda in the invitation. */
async function prepareMonth(app: App, pair: PairDocument, next: ReviewDocument): Promise<void> {
  if (pair.series?.privateBlocks) {
    await app.calendar.bookPreparation(itself, pair, next.month, next.occurrence);
  }
  const from = instantOf(next.occurrence.start).subtract({ hours: agendaDaysBefore * 24 });
  if (Temporal.Instant.compare(app.clock.now(), from) >= 0) {
    await app.calendar.writeAgenda(itself, pair, next);
  }
}

/** A series that nobody has renewed or stopped gets another year, so that no rhythm ends unseen. */
async function renewSeries(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  const { series } = pair;
  if (series === undefined) return;
  const left = monthsLeft(series, app.clock.now()).length;
  if (left === 0 || left > renewsItselfWhenLeft) return;
  await extend(app, scope, itself, pair, series);
}

async function dropSpentAbsences(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  const isDone = (absence: Absence) =>
    isSpent(absence, pair.rhythm.lastHeldOn, dateIn(app.clock.now(), pair[absence.side].zone));
  if (!(pair.absences ?? []).some(isDone)) return;
  await changePair(app, scope, pair, (stored) => ({
    ...stored,
    absences: (stored.absences ?? []).filter((one) => !isDone(one)),
  }));
}

function comingReview(app: App, reviews: ReviewDocument[]): ReviewDocument | undefined {
  const now = app.clock.now();
  return reviews
    .filter(({ state, occurrence, ordinal }) => {
      const isAhead = Temporal.Instant.compare(instantOf(occurrence.start), now) > 0;
      return state === 'planned' && ordinal === 1 && isAhead;
    })
    .sort((a, b) => a.occurrence.start.localeCompare(b.occurrence.start))[0];
}

/** At nine on the day of preparation, to whoever is not ready yet. */
/** Lays out what calls both to prepare, for whoever is not ready. */
export async function remindToPrepare(
  app: App,
  scope: Scope,
  pair: PairDocument,
  review: ReviewDocument,
): Promise<void> {
  const now = app.clock.now();
  const { date } = prepBlock(review.occurrence, isPublicHoliday);
  const readiness = readinessOf(review.preparation);
  for (const side of ['manager', 'seller'] as const) {
    const person = pair[side];
    const at = instantOf(occurrenceTime(date, remindAt, person.zone as Zone, 15).start);
    const isNear = Temporal.Instant.compare(at, now.add({ hours: remindWithinDays * 24 })) < 0;
    const isPast = Temporal.Instant.compare(instantOf(review.occurrence.start), now) <= 0;
    if (!isNear || isPast || readiness[side].ready || pair.confirmedAt === undefined) continue;
    if (absentOn(pair.absences, date, side)) continue;
    const id = `prep_reminder/${review._id}/${side}/${review.occurrence.date}`;
    await app.store.notices.add(scope, {
      _id: id,
      shard: shardOf(scope, person.id),
      tenantId: scope.tenantId,
      notice: {
        id,
        to: person.id,
        kind: 'prep_reminder',
        pairId: pair._id,
        target: { page: 'review', id: review._id },
        values: {},
      },
      dueAt: toInstantText(at),
      state: 'waiting',
    });
  }
}
