// Who stands before a review, and changes to it that two people make at the same time.
import { sideOf } from '@medspill/domain/access';
import type { PairId, ReviewId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';

/** A review with its pair, and the side of it that the caller is. */
export type OpenedReview = { review: ReviewDocument; pair: PairDocument; side: Side };

/** Refusals: not_found (to anybody else it does not exist), not_confirmed. */
export async function openReview(app: App, caller: Caller, id: ReviewId): Promise<Outcome<OpenedReview>> {
  const found = await findReview(app, caller, id);
  if (found === undefined) return refuse({ code: 'not_found' });
  const side = sideOf(found.pair, caller.personId, toInstantText(app.clock.now()));
  if (side === undefined) return refuse({ code: 'not_found' });
  // Reporting lines in Entra are often wrong: until the seller has said yes, neither sees or writes a word.
  if (found.pair.confirmedAt === undefined) return refuse({ code: 'not_confirmed' });
  const { startsAt } = found.pair;
  if (startsAt > toInstantText(app.clock.now())) return refuse({ code: 'not_begun', startsAt });
  return done({ ...found, side });
}

/** For what is its author's alone: it stays theirs when the pair has ended. Refusal: not_found. */
export async function openOwn(app: App, caller: Caller, id: ReviewId): Promise<Outcome<OpenedReview>> {
  const found = await findReview(app, caller, id);
  if (found?.pair.sellerId === caller.personId) return done({ ...found, side: 'seller' });
  if (found?.pair.managerId === caller.personId) return done({ ...found, side: 'manager' });
  return refuse({ code: 'not_found' });
}

/** Which pair a review belongs to never changes: once known, both are read at the same time. */
const pairIds = new Map<ReviewId, PairId>();
const keptPairIds = 10_000;

/** Whether this process has met the review: then there is one, and something may be read for it in advance. */
export function isKnownReview(id: ReviewId): boolean {
  return pairIds.has(id);
}

async function findReview(
  app: App,
  { scope }: Caller,
  id: ReviewId,
): Promise<Omit<OpenedReview, 'side'> | undefined> {
  const known = pairIds.get(id);
  const [review, early] = await Promise.all([
    app.store.reviews.get(scope, id),
    known === undefined ? undefined : app.store.pairs.get(scope, known),
  ]);
  if (review === undefined) return undefined;
  const pair = early ?? (await app.store.pairs.get(scope, review.pairId));
  if (pairIds.size >= keptPairIds) pairIds.clear();
  pairIds.set(id, review.pairId);
  return pair === undefined ? undefined : { review, pair };
}

const maxTries = 10;

/**
 * Loads, decides and writes until no one was faster: both sides write into the same document, each in their own part.
 * `decide` answers the review as given when there is nothing to write.
 */
export async function changeReview(
  app: App,
  caller: Caller,
  id: ReviewId,
  decide: (opened: OpenedReview) => Outcome<ReviewDocument> | Promise<Outcome<ReviewDocument>>,
): Promise<Outcome<OpenedReview>> {
  for (let attempt = 1; attempt <= maxTries; attempt++) {
    const opened = await openReview(app, caller, id);
    if (!opened.ok) return opened;
    const decided = await decide(opened.value);
    if (!decided.ok) return decided;
    if (decided.value === opened.value.review) return opened;
    const saved = await app.store.reviews.replace(caller.scope, decided.value);
    if (saved !== undefined) return done({ ...opened.value, review: saved });
    // A read may be a moment behind the write that was first.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
  }
  throw new Error(`Review ${id} changed ${maxTries} times while it was being written`);
}
