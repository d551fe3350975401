// A head replaces the log below it: deleted words go for good, and a long-lived form opens as fast as a new one.
import type { ReviewId } from '@medspill/domain/ids';
import { newForm } from '@medspill/domain/run/form';
import * as Y from 'yjs';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { forget, inTurn, type LiveApp, mergedDoc, readOn } from './live-form.ts';

/** Updates that the log may hold before a head takes their place. */
export const updatesBeforeCompaction = 200;

/** Compacts now; for a form that is sealed and will not grow any more. */
export function compact(app: LiveApp, scope: Scope, reviewId: ReviewId): Promise<void> {
  return inTurn(app, reviewId, () => compactInTurn(app, scope, reviewId));
}

/**
 * First the head, then the emptying: if the process dies in between, the next compaction empties the rest. A freeze or
 * seal at the end stays in the log above the head, since the head knows of words only.
 */
export async function compactInTurn(app: LiveApp, scope: Scope, reviewId: ReviewId): Promise<void> {
  const form = await readOn(app, scope, reviewId);
  const seq = form.state === 'open' ? form.seq : form.wordsSeq;
  if (seq > form.headSeq) {
    const stored = await app.store.live.compact(scope, {
      _id: reviewId,
      shard: shardOf(scope, reviewId),
      version: form.headVersion,
      seq,
      state: freshlyEncoded(mergedDoc(form)),
    });
    // Our own head, or that of a process that was first: both are read anew.
    forget(app, reviewId);
    if (!stored) return;
  }
  await app.store.live.drop(scope, reviewId, seq);
}

/** A document that has applied the form once holds no text that was deleted before. */
function freshlyEncoded(doc: Y.Doc): Uint8Array {
  const fresh = newForm();
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
  return Y.encodeStateAsUpdate(fresh);
}
