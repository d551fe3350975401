// What becomes of a booked series: one month moved or skipped, the whole stopped or taken back. Outlook first, since it
// may say no; our own write after it is repeated until it holds, and the change notifications heal what a crash leaves.
import type { PairView } from '@medspill/domain/book/contract';
import { dateInMonth, monthAfter, staysBetweenNeighbours } from '@medspill/domain/book/occurrences';
import type { PairId, ReviewId } from '@medspill/domain/ids';
import { movedTo } from '@medspill/domain/prepare/phase';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import {
  type DateText,
  instantOf,
  type MonthText,
  occurrenceTime,
  toInstantText,
  type WallTime,
} from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { OutboxEntry, PairDocument, ReviewDocument, SeriesDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Scope } from '../scope.ts';
import { actorOf } from './actor.ts';
import { changePair, changeSeries } from './booking.ts';
import { cancelReview } from './cancel-review.ts';
import { bookingEntries } from './new-series.ts';
import { openReview } from './open-review.ts';
import { viewOfPair } from './pair-view.ts';
import { changeReview } from './reviews.ts';
import { cancelSingles, putSingle } from './single-reviews.ts';
import { openPair } from './use-cases.ts';

const undoHours = 24;

export async function moveReview(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
  to: { date: DateText; time: WallTime },
): Promise<Outcome<PairView>> {
  const opened = await openReview(app, caller, reviewId);
  if (!opened.ok) return opened;
  const { review, pair, series } = opened.value;
  const occurrence = occurrenceTime(to.date, to.time, series.zone, review.occurrence.minutes);
  if (Temporal.Instant.compare(instantOf(occurrence.start), app.clock.now()) <= 0) {
    return refuse({ code: 'slot_in_the_past' });
  }
  if (review.single !== undefined) {
    const put = await putSingle(app, caller, pair, review, occurrence);
    return put.ok ? done(await viewOfPair(app, caller.scope, pair, 'manager')) : put;
  }
  const neighbours = await neighboursOf(app, caller, opened.value);
  // Exchange would refuse it too, but only after a call, and it does not say which month is in the way.
  if (!staysBetweenNeighbours(to.date, neighbours)) return refuse({ code: 'crosses_neighbour' });
  const moved = await app.calendar.moveOccurrence(actorOf(caller), pair, review.occurrence, occurrence);
  if (!moved.ok) return moved;
  await changeReview(app, caller.scope, reviewId, (stored) => movedTo(stored, occurrence, app.clock.now()));
  return done(await viewOfPair(app, caller.scope, pair, 'manager'));
}

/** The dates of the reviews before and after, which a month of a series cannot cross. One beside it crosses none. */
export async function neighboursOf(
  app: App,
  caller: Caller,
  { review, pair, series }: { review: ReviewDocument; pair: PairDocument; series: SeriesDocument },
): Promise<{ before?: DateText | undefined; after?: DateText | undefined }> {
  if (review.single !== undefined) return {};
  const reviews = await app.store.reviews.ofPair(caller.scope, pair._id);
  return {
    before: neighbour(series, reviews, review.month, -1),
    after: neighbour(series, reviews, review.month, 1),
  };
}

function neighbour(
  series: SeriesDocument,
  reviews: ReviewDocument[],
  month: MonthText,
  step: -1 | 1,
): DateText | undefined {
  const next = monthAfter(month, step);
  if (next < series.firstMonth || next >= monthAfter(series.firstMonth, series.months)) return undefined;
  const known = reviews.find((one) => one.month === next && one.ordinal === 1);
  return known?.occurrence.date ?? dateInMonth(next, series.pattern);
}

export async function skipReview(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
  reason: NonNullable<ReviewDocument['skipReason']>,
): Promise<Outcome<PairView>> {
  const opened = await openReview(app, caller, reviewId);
  if (!opened.ok) return opened;
  const { review, pair } = opened.value;
  const skipped = await cancelReview(app, caller.scope, actorOf(caller), pair, review, reason);
  return skipped.ok ? done(await viewOfPair(app, caller.scope, skipped.value, 'manager')) : skipped;
}

export async function stopSeries(app: App, caller: Caller, pairId: PairId): Promise<Outcome<PairView>> {
  const opened = await openSeries(app, caller, pairId);
  if (!opened.ok) return opened;
  const { pair, series } = opened.value;
  const now = app.clock.now();
  const ended = await stopFirst(app, caller.scope, pair, series, async () => {
    const cancelled = await cancelSingles(app, caller, pair);
    return cancelled.ok ? app.calendar.endSeries(actorOf(caller), pair, now) : cancelled;
  });
  if (!ended.ok) return ended;
  const stopped = ended.value;
  await putAside(app, caller.scope, pair, now);
  return done(await viewOfPair(app, caller.scope, stopped, 'manager'));
}

export async function undoBooking(app: App, caller: Caller, pairId: PairId): Promise<Outcome<undefined>> {
  const opened = await openSeries(app, caller, pairId);
  if (!opened.ok) return opened;
  const { pair, series } = opened.value;
  const now = app.clock.now();
  const reviews = await app.store.reviews.ofPair(caller.scope, pair._id);
  const held = reviews.some(
    ({ startedAt, interruptedAt, state, occurrence }) =>
      startedAt !== undefined ||
      interruptedAt !== undefined ||
      (state !== 'skipped' && Temporal.Instant.compare(instantOf(occurrence.start), now) <= 0),
  );
  const until = instantOf(series.bookedAt).add({ hours: undoHours });
  if (held || Temporal.Instant.compare(now, until) > 0) return refuse({ code: 'undo_too_late' });
  const cancelled = await stopFirst(app, caller.scope, pair, series, async () => {
    const singles = await cancelSingles(app, caller, pair);
    return singles.ok ? app.calendar.cancelSeries(actorOf(caller), pair) : singles;
  });
  if (!cancelled.ok) return cancelled;
  // The outbox looks once more: an attempt that died in the middle may have left something behind.
  const outbox: OutboxEntry[] = [
    ...bookingEntries(app),
    { id: app.newId.outbox(), kind: 'hang_up', due: toInstantText(now), attempts: 0 },
  ];
  await changePair(app, caller.scope, pair, (stored) => ({
    ...stored,
    endsAt: toInstantText(now),
    outbox: [...stored.outbox.filter(({ kind }) => kind !== 'go_on_booking'), ...outbox],
  }));
  await putAside(app, caller.scope, pair, now);
  return done(undefined);
}

/**
 * Says first that it is over, so that a booking under way stops and clears up after itself, then ends it in Outlook.
 * Where Outlook says no, it is not over.
 */
async function stopFirst(
  app: App,
  scope: Scope,
  pair: PairDocument,
  before: SeriesDocument,
  end: () => Promise<Outcome<true>>,
): Promise<Outcome<PairDocument>> {
  const stopped = await changeSeries(app, scope, pair, (stored) => ({ ...stored, state: 'stopped' }));
  const ended = await end();
  if (ended.ok) return done(stopped);
  await changeSeries(app, scope, pair, (stored) =>
    stored.generation === before.generation ? { ...stored, state: before.state } : stored,
  );
  return ended;
}

/** Reviews to come are no longer; what was written for them stays with their authors. */
export async function putAside(
  app: App,
  scope: Scope,
  pair: PairDocument,
  now: Temporal.Instant,
): Promise<void> {
  for (const review of await app.store.reviews.ofPair(scope, pair._id)) {
    const isAhead = Temporal.Instant.compare(instantOf(review.occurrence.start), now) > 0;
    if (review.state !== 'planned' || !isAhead) continue;
    await changeReview(app, scope, review._id, (stored) =>
      stored.state === 'planned' ? { ...stored, state: 'skipped' } : stored,
    );
  }
}

async function openSeries(
  app: App,
  caller: Caller,
  pairId: PairId,
): Promise<Outcome<{ pair: PairDocument; series: SeriesDocument }>> {
  const opened = await openPair(app, caller, pairId, 'manager');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  if (pair.series === undefined || pair.endsAt !== 'open') return refuse({ code: 'no_series' });
  return done({ pair, series: pair.series });
}
