import type { ReviewView } from '@medspill/domain/prepare/contract';
import type { ReviewPart } from './pages.ts';

/** Milliseconds to the next start or end that is near enough to wait for. */
export function nextTurn({ start, end }: { start: string; end: string }, nowMs: number): number | undefined {
  const ahead = [start, end].map((instant) => Date.parse(instant) - nowMs).filter((ms) => ms > 0);
  const next = Math.min(...ahead);
  return next < 86_400_000 ? next + 1000 : undefined;
}

/** The part that fits where the review stands. */
export function partOf(review: Pick<ReviewView, 'state' | 'phase'>): ReviewPart {
  if (review.state === 'running') return 'run';
  if (review.state === 'planned') return review.phase === 'before' ? 'prepare' : 'run';
  return 'sign';
}
