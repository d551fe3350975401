import { sideOf } from '@medspill/domain/access';
import type { PairId, ReviewId } from '@medspill/domain/ids';
import { lessonFor } from '@medspill/domain/learn/lesson';
import type { Side } from '@medspill/domain/people';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { newReferences, type Tray } from '@medspill/domain/prepare/evidence';
import { mayWrite, phaseOf, revealOf, stateOf } from '@medspill/domain/prepare/phase';
import { type Saved, savePart } from '@medspill/domain/prepare/preparation';
import { canBeReady, halvesOf, missingOf, readinessOf } from '@medspill/domain/prepare/readiness';
import { othersPart } from '@medspill/domain/prepare/reveal';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { otherSide } from '@medspill/domain/sides';
import { type InstantText, toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import { joinUrlOf } from '../book/pair-view.ts';
import type { Notice, PairDocument, ReviewDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import { announce } from '../run/announce.ts';
import { changeReview, type OpenedReview, openReview } from './review-access.ts';

export async function getReview(app: App, caller: Caller, id: ReviewId): Promise<Outcome<ReviewView>> {
  const opened = await openReview(app, caller, id);
  return opened.ok ? done(await viewOf(app, caller, opened.value)) : opened;
}

/** What a side sees of a review: all of its own, and of the other's only what is open and marked ready. */
export async function viewOf(
  app: App,
  caller: Caller,
  { review, pair, side }: OpenedReview,
): Promise<ReviewView> {
  const now = app.clock.now();
  const opened = revealOf(review, now);
  const others = othersPart(side, review.preparation, opened);
  const lesson =
    side === 'manager'
      ? lessonFor(review.month, await app.store.private.reflections(caller.scope, pair._id))
      : undefined;
  return {
    ...lineOf(review, now),
    pairId: pair._id,
    first: review.first,
    length: review.length,
    side,
    manager: pair.manager,
    seller: pair.seller,
    ratedStages: review.ratedStages,
    readiness: readinessOf(review.preparation),
    mine: review.preparation[side],
    ...(opened === undefined ? {} : { revealedAt: opened }),
    ...(others === undefined ? {} : { others }),
    ...(lesson === undefined ? {} : { lesson }),
    ...joinUrlOf(pair, review),
    ...(review.startedAt === undefined ? {} : { startedAt: review.startedAt }),
  };
}

type Line = Pick<ReviewView, 'id' | 'month' | 'ordinal' | 'occurrence' | 'phase' | 'state'>;

function lineOf(review: ReviewDocument, now: Parameters<typeof phaseOf>[1]): Line {
  return {
    id: review._id,
    month: review.month,
    ordinal: review.ordinal,
    occurrence: review.occurrence,
    phase: phaseOf(review, now),
    state: stateOf(review, now),
  };
}

export async function listReviews(app: App, caller: Caller, pairId: PairId): Promise<Outcome<Line[]>> {
  const pair = await app.store.pairs.get(caller.scope, pairId);
  const now = app.clock.now();
  if (pair === undefined || sideOf(pair, caller.personId, toInstantText(now)) === undefined) {
    return refuse({ code: 'not_found' });
  }
  const reviews = await app.store.reviews.ofPair(caller.scope, pairId);
  return done(reviews.map((review) => lineOf(review, now)));
}

/** Saves the caller's own part; the other's is never read or written by it. */
export async function savePreparation(
  app: App,
  caller: Caller,
  id: ReviewId,
  given: Saved,
): Promise<Outcome<OpenedReview>> {
  const saved = await changeReview(app, caller, id, async ({ review, side }) => {
    const open = mayWrite(review);
    if (!open.ok) return open;
    const stored = review.preparation[side];
    const part = savePart(side, stored, given, review.ratedStages);
    if (!part.ok) return part;
    const found = await lookUp(app, caller, review, stored.evidence ?? {}, part.value.evidence ?? {});
    if (!found.ok) return found;
    return done(
      part.value === stored
        ? review
        : { ...review, preparation: { ...review.preparation, [side]: part.value } },
    );
  });
  if (saved.ok) announce(app, id, { review: true });
  return saved;
}

/** Evidence points only to moments of this pair, and to records of this seller that both may read. */
async function lookUp(
  app: App,
  { scope }: Caller,
  review: ReviewDocument,
  stored: Tray,
  given: Tray,
): Promise<Outcome<true>> {
  const missing = await Promise.all(
    newReferences(stored, given).map(async (reference) => {
      if (reference.kind === 'moment') {
        const moment = await app.store.moments.get(scope, reference.momentId);
        return moment?.pairId === review.pairId ? [] : [reference.id];
      }
      const record = await app.store.records.get(scope, reference.recordId);
      const readByBoth = record?.pairId === review.pairId || record?.state === 'sealed';
      return record?.sellerId === review.sellerId && readByBoth ? [] : [reference.id];
    }),
  );
  const issues = missing
    .flat()
    .map((id) => ({ path: `body.evidence.${id}`, message: 'there is no such thing' }));
  return issues.length === 0 ? done(true) : refuse({ code: 'invalid_input', issues });
}

/** The second "ready" opens the answers of both. Taking it back does nothing once they are open. */
export async function setReady(
  app: App,
  caller: Caller,
  id: ReviewId,
  ready: boolean,
): Promise<Outcome<ReviewView>> {
  const saved = await changeReview(app, caller, id, ({ review, pair, side }) => {
    const open = mayWrite(review);
    if (!open.ok) return open;
    const now = app.clock.now();
    return ready
      ? becomeReady(app, review, pair, side, toInstantText(now))
      : done(revealOf(review, now) === undefined ? withReadyAt(review, side, undefined) : review);
  });
  if (!saved.ok) return saved;
  await dispatch(app, caller.scope, app.store.reviews, saved.value.review);
  announce(app, id, { review: true });
  return done(await viewOf(app, caller, saved.value));
}

function becomeReady(
  app: App,
  review: ReviewDocument,
  pair: PairDocument,
  side: Side,
  at: InstantText,
): Outcome<ReviewDocument> {
  if (review.preparation[side].readyAt !== undefined) return done(review);
  const halves = halvesOf(side, review.preparation[side]);
  if (!canBeReady(halves)) return refuse({ code: 'not_ready', missing: missingOf(halves) });
  const next = withReadyAt(review, side, at);
  const other = otherSide(side);
  if (review.preparation[other].readyAt === undefined || revealOf(review, app.clock.now()) !== undefined) {
    return done(next);
  }
  return done({
    ...next,
    revealedAt: at,
    outbox: [
      ...next.outbox,
      {
        id: app.newId.outbox(),
        kind: 'notify',
        due: at,
        attempts: 0,
        notice: bothReady(review, pair, other),
      },
    ],
  });
}

/** To the one who waited; the other sees it on the screen. */
function bothReady(review: ReviewDocument, pair: PairDocument, to: Side): Notice {
  return {
    id: `both_ready/${review._id}/${to}`,
    to: pair[to].id,
    kind: 'both_ready',
    pairId: pair._id,
    target: { page: 'review', id: review._id },
    values: {},
  };
}

function withReadyAt(review: ReviewDocument, side: Side, at: InstantText | undefined): ReviewDocument {
  const { readyAt, ...part } = review.preparation[side];
  if (readyAt === at) return review;
  const next = at === undefined ? part : { ...part, readyAt: at };
  return { ...review, preparation: { ...review.preparation, [side]: next } };
}
