// What of the seller's private time should stand in their calendar, against what was written there last.
import { type Block, sellerBlocks } from '@medspill/domain/book/blocks';
import type { PairView } from '@medspill/domain/book/contract';
import { isPublicHoliday } from '@medspill/domain/holidays';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';

/** For the seller's own views; absent until they have been asked. */
export function ownBlocksView(
  app: App,
  pair: PairDocument,
  reviews: ReviewDocument[],
): Pick<PairView, 'ownBlocks'> {
  if (pair.sellerBlocks === undefined) return {};
  const { wanted, standing } = pair.sellerBlocks;
  const now = toInstantText(app.clock.now());
  const lines = blocksOf(app, pair, reviews).map(lineOf);
  const isMissing = lines.some((line) => !standing.includes(line));
  const isTooMuch = standing.some((line) => !lines.includes(line) && (line.split(' ')[1] ?? '') > now);
  return { ownBlocks: { wanted, behind: isMissing || isTooMuch } };
}

export function blocksOf(app: App, pair: PairDocument, reviews: ReviewDocument[]): Block[] {
  if (pair.endsAt !== 'open' || pair.sellerBlocks?.wanted !== true) return [];
  return sellerBlocks(reviews, app.clock.now(), isPublicHoliday);
}

/** How a block is kept in the pair. */
export function lineOf({ part, time }: Block): string {
  return `${part} ${time.start}`;
}
