import type { prepareRoutes } from '@medspill/domain/prepare/contract';
import { readinessOf } from '@medspill/domain/prepare/readiness';
import { done } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { getReview, listReviews, savePreparation, setReady } from './use-cases.ts';

export function prepareHandlers(app: App): Handlers<typeof prepareRoutes> {
  return {
    getReview: ({ params }, caller) => getReview(app, caller, params.reviewId),
    listReviews: async ({ params }, caller) => {
      const reviews = await listReviews(app, caller, params.pairId);
      return reviews.ok ? done({ reviews: reviews.value }) : reviews;
    },
    savePreparation: async ({ params, body }, caller) => {
      const saved = await savePreparation(app, caller, params.reviewId, body);
      if (!saved.ok) return saved;
      const { review, side } = saved.value;
      return done({ part: review.preparation[side], readiness: readinessOf(review.preparation) });
    },
    setReady: ({ params, body }, caller) => setReady(app, caller, params.reviewId, body.ready),
  };
}
