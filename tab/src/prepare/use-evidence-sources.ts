import type { RouteAnswer } from '@medspill/domain/contract';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { useAnswer } from '../client/use-answer.ts';

export type Moment = RouteAnswer<'listMoments'>['moments'][number];
export type RecordLine = RouteAnswer<'listRecords'>['records'][number];

export type Sources = {
  /** Newest first; undefined while they are read, or when nobody needs them. */
  moments: Moment[] | undefined;
  /** The pair's own records, newest first. */
  records: RecordLine[] | undefined;
  /** Moments from before this instant belong to an earlier review. */
  since: string | undefined;
};

/** What evidence may point to, read only when something does or somebody picks. */
export function useEvidenceSources(
  review: ReviewView,
  needs: { moments: boolean; records: boolean },
): Sources {
  const pair = { params: { pairId: review.pairId } };
  const moments = useAnswer('listMoments', needs.moments ? pair : undefined);
  const reviews = useAnswer('listReviews', needs.moments || needs.records ? pair : undefined);
  const records = useAnswer('listRecords', needs.records ? {} : undefined);
  const earlier = reviews.value?.reviews.filter(
    ({ id, state, occurrence }) =>
      id !== review.id && state !== 'skipped' && occurrence.start < review.occurrence.start,
  );
  const ofPair = new Set(reviews.value?.reviews.map(({ id }) => id));
  return {
    moments: moments.value?.moments,
    records:
      reviews.value === undefined
        ? undefined
        : records.value?.records.filter(({ reviewId }) => ofPair.has(reviewId)),
    since: earlier?.[0]?.occurrence.start,
  };
}
