import type { PairView } from '@medspill/domain/book/contract';
import type { Side } from '@medspill/domain/people';
import { instantOf } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { pendingTakeover } from '../trust/takeover.ts';
import { ownBlocksView } from './seller-blocks.ts';

export function pairView(pair: PairDocument, side: Side, next: ReviewDocument | undefined): PairView {
  const { series } = pair;
  return {
    id: pair._id,
    version: pair.version,
    manager: pair.manager,
    seller: pair.seller,
    side,
    startsAt: pair.startsAt,
    endsAt: pair.endsAt,
    ...(pair.confirmedAt === undefined ? {} : { confirmedAt: pair.confirmedAt }),
    ...(pair.takesOver === undefined ? {} : { takesOver: pair.takesOver }),
    absences: pair.absences ?? [],
    ...(series === undefined ? {} : { series }),
    ...(next === undefined
      ? {}
      : {
          nextReview: {
            id: next._id,
            month: next.month,
            occurrence: next.occurrence,
            ...(next.single === 'wanted' ? { waiting: true as const } : {}),
            ...joinUrlOf(pair, next),
          },
        }),
  };
}

/** A review with a meeting of its own is never joined through the series. */
export function joinUrlOf({ series }: PairDocument, { single }: ReviewDocument): { joinUrl?: string } {
  const joinUrl = single === undefined ? series?.joinUrl : single === 'wanted' ? undefined : single.joinUrl;
  return joinUrl === undefined ? {} : { joinUrl };
}

/** The review that is on or comes next, by time. */
export function nextReview(reviews: ReviewDocument[], now: Temporal.Instant): ReviewDocument | undefined {
  return reviews
    .filter(
      ({ state, occurrence }) =>
        (state === 'planned' || state === 'running') &&
        Temporal.Instant.compare(instantOf(occurrence.end), now) > 0,
    )
    .sort((a, b) => a.occurrence.start.localeCompare(b.occurrence.start))[0];
}

export async function viewOfPair(app: App, scope: Scope, pair: PairDocument, side: Side): Promise<PairView> {
  const [reviews, pairs] = await Promise.all([
    app.store.reviews.ofPair(scope, pair._id),
    app.store.pairs.ofSeller(scope, pair.sellerId),
  ]);
  const view = {
    ...pairView(pair, side, nextReview(reviews, app.clock.now())),
    ...(side === 'seller' ? ownBlocksView(app, pair, reviews) : {}),
  };
  const pending = pair.endsAt === 'open' ? pendingTakeover(pairs, pair) : undefined;
  if (pending === undefined) return view;
  const { _id: pairId, manager, startsAt, confirmedAt } = pending;
  const incoming = { pairId, manager: manager.name, startsAt, confirmed: confirmedAt !== undefined };
  return { ...view, incoming };
}
