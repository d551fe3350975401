import type { ReviewId } from '@medspill/domain/ids';
import type { App } from '../app.ts';
import type { ReviewDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';

/** Moves a review's state by guarded writes; a sealed review never moves back. */
export async function moveReview(
  app: App,
  scope: Scope,
  reviewId: ReviewId,
  state: ReviewDocument['state'],
): Promise<ReviewDocument | undefined> {
  for (;;) {
    const review = await app.store.reviews.get(scope, reviewId);
    if (review === undefined || review.state === state) return review;
    if (review.state === 'sealed' || review.state === 'closed_unsigned') return review;
    const replaced = await app.store.reviews.replace(scope, { ...review, state });
    if (replaced !== undefined) return replaced;
  }
}

/**
 * Makes an open review say whether somebody has signed. Signatures and withdrawals at the same moment may each come
 * here late: whoever has written looks again, so that the last one to write has seen how the record stands.
 */
export async function alignReview(
  app: App,
  scope: Scope,
  reviewId: ReviewId,
): Promise<ReviewDocument | undefined> {
  for (;;) {
    const review = await app.store.reviews.get(scope, reviewId);
    if (review === undefined || review.state === 'sealed' || review.state === 'closed_unsigned')
      return review;
    const record = await app.store.records.get(scope, review.recordId);
    // What follows a seal is the outbox's.
    const isSigned = record !== undefined;
    if (isSigned === (review.state === 'signing')) return review;
    const state = isSigned ? 'signing' : 'running';
    await app.store.reviews.replace(scope, { ...review, state });
  }
}
