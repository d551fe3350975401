import { sideOf } from '@medspill/domain/access';
import type { PairId, ReviewId } from '@medspill/domain/ids';
import type { Reflection } from '@medspill/domain/learn/contract';
import { type GrowthMonth, growthOf } from '@medspill/domain/learn/growth';
import { saveReflection as decideReflection, emptyReflection } from '@medspill/domain/learn/reflection';
import { revealOf } from '@medspill/domain/prepare/phase';
import { bothViews } from '@medspill/domain/prepare/reveal';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import { stateOf, todayOf } from '../follow-up/goals.ts';
import type { Caller } from '../http/token.ts';
import { openOwn } from '../prepare/review-access.ts';
import { shardOf } from '../shard.ts';

/** Only the author's own: the id and the shard both carry who asks. */
export async function readReflection(app: App, caller: Caller, id: ReviewId): Promise<Outcome<Reflection>> {
  const opened = await openOwn(app, caller, id);
  if (!opened.ok) return opened;
  const stored = await app.store.private.get(caller.scope, reflectionId(caller, id));
  return done({ rev: stored?.rev ?? 0, answers: stored?.answers ?? {} });
}

export async function saveReflection(
  app: App,
  caller: Caller,
  id: ReviewId,
  given: Reflection,
): Promise<Outcome<Reflection>> {
  const opened = await openOwn(app, caller, id);
  if (!opened.ok) return opened;
  const { review, side } = opened.value;
  const stored = await app.store.private.get(caller.scope, reflectionId(caller, id));
  const before = stored === undefined ? emptyReflection : { rev: stored.rev, answers: stored.answers ?? {} };
  const decided = decideReflection(side, before, given);
  if (!decided.ok || decided.value === before) return decided;
  const written =
    stored === undefined
      ? await app.store.private.insert(caller.scope, {
          _id: reflectionId(caller, id),
          shard: shardOf(caller.scope, caller.personId),
          tenantId: caller.tenantId,
          version: 1,
          outbox: [],
          outboxDue: 'none',
          authorId: caller.personId,
          kind: 'reflection',
          pairId: review.pairId,
          reviewId: id,
          month: review.month,
          ...decided.value,
        })
      : (await app.store.private.replace(caller.scope, { ...stored, ...decided.value })) !== undefined;
  // Another window of the same person was first: their words are not overwritten.
  return written ? decided : refuse({ code: 'stale', currentVersion: before.rev + 1 });
}

export function reflectionId({ personId }: Caller, id: ReviewId): string {
  return `reflection/${id}/${personId}`;
}

/** What both may see anyway, side by side over the months. */
export async function growth(app: App, caller: Caller, pairId: PairId): Promise<Outcome<GrowthMonth[]>> {
  const { scope } = caller;
  const now = app.clock.now();
  const pair = await app.store.pairs.get(scope, pairId);
  if (pair === undefined || sideOf(pair, caller.personId, toInstantText(now)) === undefined) {
    return refuse({ code: 'not_found' });
  }
  const [reviews, goals, promises] = await Promise.all([
    app.store.reviews.ofPair(scope, pairId),
    app.store.goals.ofPair(scope, pairId),
    app.store.promises.ofPairs(scope, [pairId]),
  ]);
  const views = reviews.map((review) => ({
    id: review._id,
    month: review.month,
    ordinal: review.ordinal,
    stages: bothViews(review.preparation, revealOf(review, now)),
  }));
  const today = todayOf(app, pair);
  const reached = goals.map((goal) => ({ reviewId: goal.reviewId, state: stateOf(goal, today) }));
  return done(growthOf(views, reached, promises));
}
