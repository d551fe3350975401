import { done, type Outcome } from '@medspill/domain/refusals';
import type { MonthText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';
import type { Actor } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { changePair } from './booking.ts';
import { changeReview, ensureReviews } from './reviews.ts';

/** Cancels one review in Outlook with a word, and keeps why. What was written for it stays with its authors. */
export async function cancelReview(
  app: App,
  scope: Scope,
  actor: Actor,
  pair: PairDocument,
  review: ReviewDocument,
  reason: NonNullable<ReviewDocument['skipReason']>,
): Promise<Outcome<PairDocument>> {
  if (review.state !== 'skipped') {
    const cancelled =
      review.single === undefined
        ? await app.calendar.cancelOccurrence(actor, pair, review.occurrence)
        : await app.calendar.cancelSingle(actor, pair, review);
    if (!cancelled.ok) return cancelled;
  }
  await changeReview(app, scope, review._id, (stored) => ({
    ...stored,
    state: 'skipped',
    skipReason: reason,
  }));
  // Beside the series nothing is missing: the month has had its review, or never had one.
  if (review.ordinal > 1) return done(pair);
  const skipped = await rememberSkip(app, scope, pair, review.month);
  // A first month that is skipped makes the next one the first.
  await ensureReviews(app, scope, skipped);
  return done(skipped);
}

/** The series does not bring a skipped month back, and the cadence guard does not ask for it. */
export function rememberSkip(
  app: App,
  scope: Scope,
  pair: PairDocument,
  month: MonthText,
): Promise<PairDocument> {
  return changePair(app, scope, pair, (stored) => ({
    ...stored,
    rhythm: {
      ...stored.rhythm,
      skippedMonths: [...new Set([...stored.rhythm.skippedMonths, month])].sort(),
    },
  }));
}
