import type { BothViews } from '../prepare/reveal.ts';
import { stageKeys } from '../prepare/stages.ts';
import type { MonthText } from '../time.ts';

export type GrowthMonth = {
  month: MonthText;
  stages: BothViews[];
  goalsReached: number;
  goalsSet: number;
  promisesKept: number;
  promisesMade: number;
};

type Rated = { id: string; month: MonthText; ordinal: number; stages: BothViews[] };
type GoalSet = { reviewId: string; state: string };
type PromiseMade = { reviewId: string; keptAt?: string | undefined };

/**
 * Both views of each stage over the months, oldest first, with what came of the goals and promises made in each. No
 * total and no ranking: a number for a person is what this must never give. A goal replaced by a new version is one goal.
 */
export function growthOf(
  reviews: readonly Rated[],
  goals: readonly GoalSet[],
  promises: readonly PromiseMade[],
): GrowthMonth[] {
  const months = new Map<MonthText, GrowthMonth>();
  for (const review of [...reviews].sort((a, b) => a.month.localeCompare(b.month) || a.ordinal - b.ordinal)) {
    const set = goals.filter(
      (goal) => goal.reviewId === review.id && goal.state !== 'changed' && goal.state !== 'ended',
    );
    const made = promises.filter((promise) => promise.reviewId === review.id);
    if (review.stages.length === 0 && set.length === 0 && made.length === 0) continue;
    const month = months.get(review.month) ?? {
      month: review.month,
      stages: [],
      goalsReached: 0,
      goalsSet: 0,
      promisesKept: 0,
      promisesMade: 0,
    };
    months.set(review.month, {
      month: review.month,
      stages: merged(month.stages, review.stages),
      goalsReached: month.goalsReached + set.filter((goal) => goal.state === 'done').length,
      goalsSet: month.goalsSet + set.length,
      promisesKept: month.promisesKept + made.filter((promise) => promise.keptAt !== undefined).length,
      promisesMade: month.promisesMade + made.length,
    });
  }
  return [...months.values()];
}

/** An extra review in the same month says it anew for the stages it rated. */
function merged(earlier: BothViews[], later: BothViews[]): BothViews[] {
  return stageKeys.flatMap((stage) => {
    const views = [...earlier, ...later].filter((view) => view.stage === stage);
    return views.length === 0 ? [] : [Object.assign({}, ...views) as BothViews];
  });
}
