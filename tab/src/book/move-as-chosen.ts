import type { PairView } from '@medspill/domain/book/contract';
import { call } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import type { Moves } from './date-list.tsx';

/** Moves the months that the person chose another day for, one after the other, once the series stands. */
export async function moveAsChosen(
  pairId: string,
  moves: Moves,
  onProgress: (left: number) => void,
): Promise<{ pair?: PairView; problem?: Problem }> {
  const months = Object.keys(moves);
  if (months.length === 0) return {};
  const listed = await call('listReviews', { params: { pairId } });
  if (!listed.ok) return { problem: listed.problem };
  let pair: PairView | undefined;
  let left = months.length;
  for (const month of months) {
    const review = listed.value.reviews.find((one) => one.month === month && one.ordinal === 1);
    const date = moves[month];
    if (review === undefined || date === undefined) return { problem: { code: 'not_found' } };
    const moved = await call('moveReview', {
      params: { reviewId: review.id },
      body: { date, time: review.occurrence.time },
    });
    if (!moved.ok) return { problem: moved.problem };
    pair = moved.value;
    onProgress(--left);
  }
  return pair === undefined ? {} : { pair };
}
