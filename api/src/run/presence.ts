// Who is writing where, for half a minute and in memory only: presence is a courtesy, kept nowhere.
import type { ReviewId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import type { InstantText } from '@medspill/domain/time';

const lifeMs = 30_000;

export type Present = { side: Side; field: string; at: InstantText };
export type Presence = {
  /** An empty field says that the side has stopped writing. */
  show(reviewId: ReviewId, present: Present): void;
  of(reviewId: ReviewId): Present[];
};

/** `now` in milliseconds of a clock that never steps back. */
export function createPresence(now: () => number): Presence {
  const reviews = new Map<ReviewId, Map<Side, Present & { until: number }>>();
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
      if (present.field === '') sides.delete(present.side);
      else sides.set(present.side, { ...present, until: now() + lifeMs });
      reviews.set(reviewId, sides);
    },
    of(reviewId) {
      const sides = [...(reviews.get(reviewId)?.values() ?? [])];
      return sides.filter(({ until }) => until > now()).map(({ side, field, at }) => ({ side, field, at }));
    },
  };
}
