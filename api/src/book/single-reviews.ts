// Reviews with a meeting of their own: one more in a month, or the rest of one that was interrupted. The review is
// written first, so that nothing is lost; the outbox puts its meeting into Outlook where the manager's own call did not.
import type { PairView } from '@medspill/domain/book/contract';
import type { RouteRequest } from '@medspill/domain/contract';
import type { PairId, ReviewId } from '@medspill/domain/ids';
import { movedTo, startOf } from '@medspill/domain/prepare/phase';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import {
  instantOf,
  monthOf,
  type OccurrenceTime,
  occurrenceTime,
  toInstantText,
} from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { OutboxEntry, PairDocument, ReviewDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Actor } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { actorOf } from './actor.ts';
import { openReview } from './open-review.ts';
import { viewOfPair } from './pair-view.ts';
import { changeReview, extraReview } from './reviews.ts';
import { openPair } from './use-cases.ts';

/** More than a review a week is no longer a development review. */
const mostInMonth = 4;
/** When the outbox takes over a meeting that its request has not finished. */
const takeOverMinutes = 2;

export async function addExtraReview(
  app: App,
  caller: Caller,
  pairId: PairId,
  wish: RouteRequest<'addExtraReview'>['body'],
): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'manager');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  if (pair.series === undefined || pair.endsAt !== 'open') return refuse({ code: 'no_series' });
  const occurrence = occurrenceTime(wish.date, wish.time, pair.series.zone, wish.minutes);
  if (isPast(app, occurrence)) return refuse({ code: 'slot_in_the_past' });
  const existing = await app.store.reviews.ofPair(caller.scope, pairId);
  const month = monthOf(wish.date);
  const ofMonth = existing.filter((one) => one.month === month);
  // A repeat of the same wish finds it fulfilled, or goes on with it.
  let review = ofMonth.find(
    ({ ordinal, state, occurrence: at }) =>
      ordinal > 1 && state === 'planned' && at.start === occurrence.start,
  );
  if (review === undefined) {
    const ordinal = Math.max(1, ...ofMonth.map((one) => one.ordinal)) + 1;
    if (ordinal > mostInMonth) return refuse({ code: 'limit_reached', limit: mostInMonth });
    const at = { month, ordinal, minutes: wish.minutes, occurrence };
    const made = await extraReview(app, caller.scope, pair, existing, at);
    const entry = singleEntry(app);
    review = { ...made, single: 'wanted', outbox: [entry], outboxDue: entry.due };
    // Another window was faster with this place in the month: the wish is looked at again.
    if (!(await app.store.reviews.insert(caller.scope, review))) {
      return addExtraReview(app, caller, pairId, wish);
    }
  }
  return answered(app, caller, pair, await bookMeeting(app, caller.scope, actorOf(caller), pair, review._id));
}

export async function continueReview(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
  wish: RouteRequest<'continueReview'>['body'],
): Promise<Outcome<PairView>> {
  const opened = await openReview(app, caller, reviewId);
  if (!opened.ok) return opened;
  const { review, pair, series } = opened.value;
  const occurrence = occurrenceTime(wish.date, wish.time, series.zone, wish.minutes);
  if (isPast(app, occurrence)) return refuse({ code: 'slot_in_the_past' });
  const isRepeat = review.single !== undefined && review.occurrence.start === occurrence.start;
  if (startOf(review, app.clock.now()) === undefined && !isRepeat) {
    return refuse({ code: 'too_early', startsAt: review.occurrence.start });
  }
  if (review.state === 'skipped') return refuse({ code: 'sealed' });
  const put = await putSingle(app, caller, pair, review, occurrence);
  return put.ok ? done(await viewOfPair(app, caller.scope, pair, 'manager')) : put;
}

/** Gives a review its own meeting at another time, or moves the one it has. What has opened stays open. */
export async function putSingle(
  app: App,
  caller: Caller,
  pair: PairDocument,
  { _id }: Pick<ReviewDocument, '_id'>,
  occurrence: OccurrenceTime,
): Promise<Outcome<true>> {
  const entry = singleEntry(app);
  await changeReview(app, caller.scope, _id, (stored) => {
    if (stored.state !== 'planned' && stored.state !== 'running') return stored;
    const now = app.clock.now();
    const hasBegun = startOf(stored, now) !== undefined;
    const { startedAt: _begun, ...rest } = movedTo(stored, occurrence, now);
    const outbox = [...stored.outbox.filter(({ kind }) => kind !== 'book_single'), entry];
    const interrupted = hasBegun ? { interruptedAt: toInstantText(now) } : {};
    return { ...rest, ...interrupted, state: 'planned', single: 'wanted', outbox };
  });
  const booked = await bookMeeting(app, caller.scope, actorOf(caller), pair, _id);
  return booked.ok || booked.refusal.code === 'microsoft_unavailable' ? done(true) : booked;
}

/** Takes the meetings beside the series away: for its stop and its undo. */
export async function cancelSingles(app: App, caller: Caller, pair: PairDocument): Promise<Outcome<true>> {
  for (const review of await app.store.reviews.ofPair(caller.scope, pair._id)) {
    if (review.single === undefined || review.state !== 'planned' || isPast(app, review.occurrence)) continue;
    const cancelled = await app.calendar.cancelSingle(actorOf(caller), pair, review);
    if (!cancelled.ok) return cancelled;
  }
  return done(true);
}

/** For the outbox. Throws where it should be tried again later. */
export async function deliverSingle(app: App, scope: Scope, { _id, pairId }: ReviewDocument): Promise<void> {
  const pair = await app.store.pairs.get(scope, pairId);
  if (pair === undefined || pair.endsAt !== 'open') return;
  const booked = await bookMeeting(app, scope, { kind: 'app' }, pair, _id);
  if (!booked.ok) throw new Error(`meeting: ${booked.refusal.code}`);
}

async function bookMeeting(
  app: App,
  scope: Scope,
  actor: Actor,
  pair: PairDocument,
  id: ReviewId,
): Promise<Outcome<true>> {
  const review = await app.store.reviews.get(scope, id);
  if (review?.single !== 'wanted' || review.state !== 'planned') return done(true);
  const booked = await app.calendar.bookSingle(actor, pair, review);
  if (!booked.ok) return booked;
  await changeReview(app, scope, id, (stored) => {
    // Moved again meanwhile: the entry of that move goes on with it.
    if (stored.single !== 'wanted' || stored.occurrence.start !== review.occurrence.start) return stored;
    return {
      ...stored,
      single: booked.value,
      outbox: stored.outbox.filter(({ kind }) => kind !== 'book_single'),
    };
  });
  return done(true);
}

async function answered(
  app: App,
  caller: Caller,
  pair: PairDocument,
  booked: Outcome<true>,
): Promise<Outcome<PairView>> {
  if (!booked.ok && booked.refusal.code !== 'microsoft_unavailable') return booked;
  return done(await viewOfPair(app, caller.scope, pair, 'manager'));
}

function singleEntry(app: App): OutboxEntry {
  const due = toInstantText(app.clock.now().add({ minutes: takeOverMinutes }));
  return { id: app.newId.outbox(), kind: 'book_single', due, attempts: 0 };
}

function isPast(app: App, { start }: OccurrenceTime): boolean {
  return Temporal.Instant.compare(instantOf(start), app.clock.now()) <= 0;
}
