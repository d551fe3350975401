// The reviews of a series, month by month.
import { randomBytes } from 'node:crypto';
import { monthsOf, occurrenceIn } from '@medspill/domain/book/occurrences';
import type { ReviewId } from '@medspill/domain/ids';
import { emptyPart } from '@medspill/domain/prepare/preparation';
import { type RatedBefore, ratedStagesOf } from '@medspill/domain/prepare/rated-stages';
import { instantOf, type MonthText, type OccurrenceTime } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument, SeriesDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { openContent } from '../sign/content.ts';

/**
 * Makes the reviews of all months of the series, so that any of them can be moved, skipped or prepared ahead; brings
 * back those that a stopped series had put aside, and narrows the stages to rate once the meeting before has chosen its
 * focus. Repeating it changes nothing.
 */
export async function ensureReviews(app: App, scope: Scope, pair: PairDocument): Promise<ReviewDocument[]> {
  const { series } = pair;
  const existing = await app.store.reviews.ofPair(scope, pair._id);
  if (series === undefined || pair.endsAt !== 'open' || series.state === 'stopped') return existing;
  const byMonth = new Map(existing.filter(({ ordinal }) => ordinal === 1).map((one) => [one.month, one]));
  const earlier = await ratedBefore(app, scope, pair, existing);
  const months = monthsOf(series.firstMonth, series.months);
  const firstMonth = firstOf(pair, existing, months);
  const made = await Promise.all(
    months.map((month) => {
      const known = byMonth.get(month);
      const plan: Plan = { pair, series, month, first: month === firstMonth, earlier };
      return known === undefined ? make(app, scope, plan) : refresh(app, scope, plan, known);
    }),
  );
  const others = existing.filter(({ ordinal, month }) => ordinal > 1 || !months.includes(month));
  return [...made, ...others];
}

type Plan = {
  pair: PairDocument;
  series: SeriesDocument;
  month: MonthText;
  first: boolean;
  earlier: RatedBefore[];
};

/** The month of the pair's first review: the earliest that was not skipped. */
function firstOf(pair: PairDocument, existing: ReviewDocument[], months: MonthText[]): MonthText | undefined {
  const held = existing
    .filter(({ state }) => state !== 'skipped' && state !== 'planned')
    .map(({ month }) => month);
  const ahead = months.filter((month) => !pair.rhythm.skippedMonths.includes(month));
  return [...held, ...ahead].sort()[0];
}

async function make(
  app: App,
  scope: Scope,
  { pair, series, month, first, earlier }: Plan,
): Promise<ReviewDocument> {
  const review: ReviewDocument = {
    ...blankReview(app, scope, pair, month, 1),
    first,
    length: lengthOf(series.minutes, first),
    occurrence: occurrenceIn(month, series.pattern, series.time, series.zone, series.minutes),
    ratedStages: ratedStagesOf(month, earlier),
  };
  if (await app.store.reviews.insert(scope, review)) return review;
  return (await app.store.reviews.get(scope, review._id)) ?? review;
}

/** One more review of a month that has had its own, or skipped it: planned by hand, at its own time. */
export async function extraReview(
  app: App,
  scope: Scope,
  pair: PairDocument,
  existing: ReviewDocument[],
  at: { month: MonthText; ordinal: number; minutes: SeriesDocument['minutes']; occurrence: OccurrenceTime },
): Promise<ReviewDocument> {
  const earlier = await ratedBefore(app, scope, pair, existing);
  return {
    ...blankReview(app, scope, pair, at.month, at.ordinal),
    first: false,
    length: lengthOf(at.minutes, false),
    occurrence: at.occurrence,
    ratedStages: ratedStagesOf(at.month, earlier),
  };
}

function blankReview(app: App, scope: Scope, pair: PairDocument, month: MonthText, ordinal: number) {
  const id = app.newId.review(pair._id, month, ordinal);
  return {
    _id: id,
    shard: shardOf(scope, pair._id),
    tenantId: scope.tenantId,
    version: 1,
    outbox: [],
    outboxDue: 'none' as const,
    pairId: pair._id,
    sellerId: pair.sellerId,
    managerId: pair.managerId,
    month,
    ordinal,
    state: 'planned' as const,
    preparation: { manager: emptyPart, seller: emptyPart },
    confirmations: {},
    clients: [],
    salt: randomBytes(32).toString('hex'),
    recordId: app.newId.record(id),
  };
}

async function refresh(
  app: App,
  scope: Scope,
  { pair, series, first, earlier }: Plan,
  known: ReviewDocument,
): Promise<ReviewDocument> {
  const length = lengthOf(series.minutes, first);
  const comesBack =
    known.state === 'skipped' &&
    known.startedAt === undefined &&
    !pair.rhythm.skippedMonths.includes(known.month);
  if (comesBack) {
    const occurrence = occurrenceIn(known.month, series.pattern, series.time, series.zone, series.minutes);
    const back: ReviewDocument = { ...known, state: 'planned', occurrence, first, length };
    return (await app.store.reviews.replace(scope, back)) ?? known;
  }
  const ratedStages = ratedStagesOf(known.month, earlier);
  const untouched =
    Object.keys(known.preparation.manager.ratings).length === 0 &&
    Object.keys(known.preparation.seller.ratings).length === 0;
  const asPlanned = known.first === first && ratedStages.join() === known.ratedStages.join();
  if (known.state !== 'planned' || !untouched || asPlanned) return known;
  return (await app.store.reviews.replace(scope, { ...known, ratedStages, first, length })) ?? known;
}

/** The planned months of a series that got another pattern, time or length; one that it leaves out is no longer. */
export async function takeNewTimes(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  const { series } = pair;
  if (series === undefined) return;
  const { pattern, time, zone, minutes } = series;
  const months = monthsOf(series.firstMonth, series.months);
  const now = app.clock.now();
  const isAhead = ({ occurrence }: ReviewDocument) =>
    Temporal.Instant.compare(instantOf(occurrence.start), now) > 0;
  for (const review of await app.store.reviews.ofPair(scope, pair._id)) {
    if (review.ordinal > 1 || review.single !== undefined) continue;
    await changeReview(app, scope, review._id, (stored) => {
      if (stored.state !== 'planned') return stored;
      if (!months.includes(stored.month)) return isAhead(stored) ? { ...stored, state: 'skipped' } : stored;
      const occurrence = occurrenceIn(stored.month, pattern, time, zone, minutes);
      return { ...stored, occurrence, length: lengthOf(minutes, stored.first) };
    });
  }
}

const maxTries = 10;

/** Changes a review as it stands now, until nobody was faster. */
export async function changeReview(
  app: App,
  scope: Scope,
  id: ReviewId,
  change: (review: ReviewDocument) => ReviewDocument,
): Promise<void> {
  for (let attempt = 1; attempt <= maxTries; attempt++) {
    const stored = await app.store.reviews.get(scope, id);
    if (stored === undefined) return;
    const next = change(stored);
    if (next === stored || (await app.store.reviews.replace(scope, next)) !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
  }
  throw new Error(`Review ${id} changed ${maxTries} times while it was being written`);
}

/** The first review of an hour takes its own lengths (content.json, agenda). */
export function lengthOf(minutes: SeriesDocument['minutes'], first: boolean): ReviewDocument['length'] {
  if (minutes === 60) return first ? 'first60' : 'long60';
  return minutes === 45 ? 'standard45' : 'short30';
}

async function ratedBefore(
  app: App,
  scope: Scope,
  pair: PairDocument,
  reviews: ReviewDocument[],
): Promise<RatedBefore[]> {
  const held = reviews.filter(({ state }) => state === 'sealed' || state === 'closed_unsigned');
  if (held.length === 0) return [];
  const records = await app.store.records.ofPair(scope, pair._id);
  return Promise.all(
    held.map(async ({ _id, month, ratedStages }) => {
      const record = records.find((one) => one.reviewId === _id);
      const opened = record === undefined ? undefined : await openContent(app.keys, record);
      return { month, ratedStages, focus: opened?.content.focusStages.map(({ stage }) => stage) ?? [] };
    }),
  );
}
