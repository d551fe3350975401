// How many goals a review may still agree on, beside those that the pair has open from earlier ones.
import { roomForGoals } from '@medspill/domain/run/goal-limits';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';
import { goalView, todayOf } from '../follow-up/goals.ts';
import type { Scope } from '../scope.ts';

export async function roomBeside(
  app: App,
  scope: Scope,
  review: ReviewDocument,
  pair: PairDocument,
): Promise<{ short: number; long: number }> {
  const today = todayOf(app, pair);
  const earlier = (await app.store.goals.ofPair(scope, pair._id))
    .filter((goal) => goal.reviewId !== review._id)
    .map((goal) => goalView(goal, today));
  return roomForGoals(earlier, today);
}
