import { sideOf } from '@medspill/domain/access';
import type { ReviewId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument, SeriesDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';

type Opened = { review: ReviewDocument; pair: PairDocument; series: SeriesDocument };

/** Refusals: not_found to everybody but the manager of the pair, no_series, sealed. */
export async function openReview(app: App, caller: Caller, reviewId: ReviewId): Promise<Outcome<Opened>> {
  const review = await app.store.reviews.get(caller.scope, reviewId);
  const pair = review === undefined ? undefined : await app.store.pairs.get(caller.scope, review.pairId);
  if (review === undefined || pair === undefined) return refuse({ code: 'not_found' });
  if (sideOf(pair, caller.personId, toInstantText(app.clock.now())) !== 'manager') {
    return refuse({ code: 'not_found' });
  }
  const { series } = pair;
  if (series === undefined || series.state === 'stopped') return refuse({ code: 'no_series' });
  if (['signing', 'sealed', 'closed_unsigned'].includes(review.state)) return refuse({ code: 'sealed' });
  return done({ review, pair, series });
}
