// Who is writing where and has read how far, for half a minute and in memory only: presence is a courtesy, kept nowhere.
// The bell carries it to who listens; this memory is for those who hear no bell and ask by themselves.
import type { ReviewId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import type { Present } from '@medspill/domain/run/contract';

const lifeMs = 30_000;

export type Presence = {
  /** Somebody who neither writes nor has read anything is not there. */
  show(reviewId: ReviewId, present: Present): void;
  of(reviewId: ReviewId): Present[];
};

/** `now` in milliseconds of a clock that never steps back. */
export function createPresence(now: () => number): Presence {
  const reviews = new Map<ReviewId, Map<Side, { present: Present; until: number }>>();
  const sweep = () => {
    for (const [id, sides] of reviews) {
      for (const [side, { until }] of sides) if (until <= now()) sides.delete(side);
      if (sides.size === 0) reviews.delete(id);
    }
  };
  return {
    show(reviewId, present) {
      if (reviews.size > 1000) sweep();
      const sides = reviews.get(reviewId) ?? new Map();
      if (present.field === '' && present.seen === undefined) sides.delete(present.side);
      else sides.set(present.side, { present, until: now() + lifeMs });
      reviews.set(reviewId, sides);
    },
    of(reviewId) {
      const sides = [...(reviews.get(reviewId)?.values() ?? [])];
      return sides.filter(({ until }) => until > now()).map(({ present }) => present);
    },
  };
}
