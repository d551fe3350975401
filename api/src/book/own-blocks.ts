// The seller's private time around the reviews. Their calendar can be written only while they are here, so what has
// moved since is known by what was written last, and catches up when they next open the app.
import type { PairView } from '@medspill/domain/book/contract';
import type { PairId } from '@medspill/domain/ids';
import { done, type Outcome } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Caller } from '../http/token.ts';
import { actorOf } from './actor.ts';
import { changePair } from './booking.ts';
import { viewOfPair } from './pair-view.ts';
import { blocksOf, lineOf } from './seller-blocks.ts';
import { openPair } from './use-cases.ts';

export async function setOwnBlocks(
  app: App,
  caller: Caller,
  pairId: PairId,
  wanted: boolean,
): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'seller');
  if (!opened.ok) return opened;
  // The wish is kept first: where Outlook does not answer now, it is fulfilled the next time.
  const wished = await changePair(app, caller.scope, opened.value.pair, (stored) => ({
    ...stored,
    sellerBlocks: { wanted, standing: stored.sellerBlocks?.standing ?? [] },
  }));
  const reviews = await app.store.reviews.ofPair(caller.scope, pairId);
  const blocks = blocksOf(app, wished, reviews);
  const aligned = await app.calendar.alignBlocks(actorOf(caller), wished, blocks);
  if (!aligned.ok) return aligned;
  const kept = await changePair(app, caller.scope, wished, (stored) => ({
    ...stored,
    sellerBlocks: { wanted: stored.sellerBlocks?.wanted ?? wanted, standing: blocks.map(lineOf) },
  }));
  return done(await viewOfPair(app, caller.scope, kept, 'seller'));
}
