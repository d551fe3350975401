// What either person does to the series in Outlook or Teams, followed into the pair: never guessed, only read again.
import { dateInMonth, monthsOf, occurrenceIn } from '@medspill/domain/book/occurrences';
import type { PersonId } from '@medspill/domain/ids';
import { movedTo } from '@medspill/domain/prepare/phase';
import {
  type DateText,
  dateIn,
  type InstantText,
  instantOf,
  monthOf,
  type OccurrenceTime,
  occurrenceTime,
  toInstantText,
  type WallTime,
  type Zone,
} from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument, SeriesDocument, SubscriptionDocument } from '../documents.ts';
import { faultText } from '../http/route.ts';
import type { Actor, SeriesStanding } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { changeSeries } from './booking.ts';
import { rememberSkip } from './cancel-review.ts';
import { changeReview } from './reviews.ts';

const itself: Actor = { kind: 'app' };
const page = 100;

/** For the sweep: reads again what Graph has said has changed. */
export async function followChanges(app: App, scope: Scope): Promise<void> {
  for (const subscription of await app.store.subscriptions.changed(scope, page)) {
    try {
      await followSubscription(app, scope, subscription);
    } catch (error) {
      // The next minute reads it again; the other calendars do not wait for it.
      app.log('warn', { event: 'follow', managerId: subscription.managerId, error: faultText(error) });
    }
  }
}

export async function followSubscription(
  app: App,
  scope: Scope,
  { managerId, changed }: SubscriptionDocument,
): Promise<void> {
  if (changed.length === 0) return;
  const pairs = (await app.store.pairs.ofManager(scope, managerId)).filter(isFollowed);
  const affected = new Set<PairDocument>();
  for (const eventId of changed) {
    for (const pair of await affectedBy(app, scope, managerId, pairs, eventId)) affected.add(pair);
  }
  for (const pair of affected) await followPair(app, scope, pair);
  await app.store.subscriptions.clear(scope, managerId, changed);
}

export async function isBooking(app: App, scope: Scope, managerId: PersonId): Promise<boolean> {
  const pairs = await app.store.pairs.ofManager(scope, managerId);
  const now = toInstantText(app.clock.now());
  return pairs.some(({ series }) => series?.state === 'booking' || (series?.claimedUntil ?? '') > now);
}

/** A series whose booking is under way is read by the booking itself. */
function isFollowed({ series, endsAt }: PairDocument): boolean {
  return endsAt === 'open' && series?.state === 'booked' && series.eventId !== undefined;
}

async function affectedBy(
  app: App,
  scope: Scope,
  managerId: PersonId,
  pairs: PairDocument[],
  eventId: string,
): Promise<PairDocument[]> {
  if (eventId === '*') return pairs;
  const own = pairs.filter(({ series }) => series?.eventId === eventId);
  if (own.length > 0) return own;
  // Our private blocks are nobody's review.
  if (pairs.some(({ series }) => series?.reflectBlockId === eventId || series?.prepBlockId === eventId)) {
    return [];
  }
  const single = await pairOfSingle(app, scope, pairs, eventId);
  if (single !== undefined) return [single];
  const item = await app.calendar.identify(itself, managerId, eventId);
  if (!item.ok || item.value?.seriesMasterId === undefined) return [];
  const { seriesMasterId } = item.value;
  return pairs.filter(({ series }) => series?.eventId === seriesMasterId);
}

async function pairOfSingle(
  app: App,
  scope: Scope,
  pairs: PairDocument[],
  eventId: string,
): Promise<PairDocument | undefined> {
  const ids = pairs.map(({ _id }) => _id);
  const from = monthOf(dateIn(app.clock.now().subtract({ hours: 24 * 31 }), 'UTC'));
  const reviews = ids.length === 0 ? [] : await app.store.reviews.ofPairs(scope, ids, from);
  const found = reviews.find(
    ({ single }) => single !== undefined && single !== 'wanted' && single.eventId === eventId,
  );
  return pairs.find(({ _id }) => _id === found?.pairId);
}

/** Reads one series again and takes over what it says. Repeating it changes nothing. */
export async function followPair(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  const { series } = pair;
  if (series === undefined || !isFollowed(pair)) return;
  const read = await app.calendar.standing(itself, pair);
  if (!read.ok) {
    app.log('warn', { event: 'follow', pairId: pair._id, outcome: read.refusal.code });
    return;
  }
  const standing = read.value;
  // What was read is of this series; another may have taken its place meanwhile.
  const ofThis = (stored: SeriesDocument) => stored.eventId === series.eventId;
  if (standing.gone) {
    await changeSeries(app, scope, pair, (stored) =>
      ofThis(stored) ? { ...stored, state: 'failed', problem: 'series_gone' } : stored,
    );
    return;
  }
  const problem = standing.sellerAnswer === 'declined' ? 'seller_declined' : undefined;
  if (problem !== series.problem) {
    await changeSeries(app, scope, pair, (stored) => {
      if (!ofThis(stored)) return stored;
      const { problem: _before, ...rest } = stored;
      return { ...rest, ...(problem === undefined ? {} : { problem }) };
    });
  }
  for (const review of await app.store.reviews.ofPair(scope, pair._id)) {
    if (review.state !== 'planned') continue;
    if (review.single !== undefined) await followSingle(app, scope, pair, review, review.single);
    else if (review.ordinal === 1) {
      await followReview(app, scope, pair, series, review, standing);
    }
  }
}

async function followSingle(
  app: App,
  scope: Scope,
  pair: PairDocument,
  review: ReviewDocument,
  single: NonNullable<ReviewDocument['single']>,
): Promise<void> {
  // What is not in Outlook yet is the outbox' to put there.
  if (single === 'wanted') return;
  const read = await app.calendar.readSingle(itself, pair, single.eventId);
  if (!read.ok) return;
  const standing = read.value;
  await changeReview(app, scope, review._id, (stored) => {
    if (stored.state !== 'planned' || stored.single === undefined || stored.single === 'wanted')
      return stored;
    if (standing === undefined) return { ...stored, state: 'skipped' };
    const { start, end } = stored.occurrence;
    if (standing.start === start && standing.end === end) return stored;
    return movedTo(stored, timeBetween(standing, stored.occurrence.zone), app.clock.now());
  });
}

async function followReview(
  app: App,
  scope: Scope,
  pair: PairDocument,
  series: SeriesDocument,
  review: ReviewDocument,
  standing: SeriesStanding,
): Promise<void> {
  const original = dateInMonth(review.month, series.pattern);
  if (!monthsOf(series.firstMonth, series.months).includes(review.month)) return;
  if (standing.cancelled.includes(original)) {
    // Cancelled without a reason of ours: the cadence guard asks for one.
    await changeReview(app, scope, review._id, (stored) =>
      stored.state === 'planned' ? { ...stored, state: 'skipped' } : stored,
    );
    await rememberSkip(app, scope, pair, review.month);
    return;
  }
  const occurrence = timeOf(series, review, original, standing);
  if (occurrence.start === review.occurrence.start && occurrence.end === review.occurrence.end) return;
  await changeReview(app, scope, review._id, (stored) =>
    stored.state === 'planned' ? movedTo(stored, occurrence, app.clock.now()) : stored,
  );
}

function timeOf(
  series: SeriesDocument,
  review: ReviewDocument,
  original: DateText,
  { moved }: SeriesStanding,
): OccurrenceTime {
  const elsewhere = moved.find((one) => one.original === original);
  if (elsewhere === undefined) {
    return occurrenceIn(review.month, series.pattern, series.time, series.zone, series.minutes);
  }
  return timeBetween(elsewhere, series.zone);
}

function timeBetween({ start, end }: { start: InstantText; end: InstantText }, zone: Zone): OccurrenceTime {
  const local = instantOf(start).toZonedDateTimeISO(zone);
  const minutes = instantOf(start).until(instantOf(end)).total('minutes');
  return occurrenceTime(
    local.toPlainDate().toString() as DateText,
    local.toPlainTime().toString({ smallestUnit: 'minute' }) as WallTime,
    zone,
    Math.min(120, Math.max(15, Math.round(minutes))),
  );
}
