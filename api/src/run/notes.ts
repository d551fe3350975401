// Private notes beside the form: one document of one author, in the author's own shard.
import type { ReviewId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Caller } from '../http/token.ts';
import { openOwn } from '../prepare/review-access.ts';
import { shardOf } from '../shard.ts';

export type Notes = { rev: number; text: string };

export async function readNotes(app: App, caller: Caller, id: ReviewId): Promise<Outcome<Notes>> {
  const opened = await openOwn(app, caller, id);
  if (!opened.ok) return opened;
  const stored = await app.store.private.get(caller.scope, notesId(caller, id));
  return done({ rev: stored?.rev ?? 0, text: stored?.text ?? '' });
}

/** A save names the revision it builds on; a repeat of the one that got through is answered as the first was. */
export async function saveNotes(
  app: App,
  caller: Caller,
  id: ReviewId,
  given: Notes,
): Promise<Outcome<Notes>> {
  const opened = await openOwn(app, caller, id);
  if (!opened.ok) return opened;
  const { review } = opened.value;
  const stored = await app.store.private.get(caller.scope, notesId(caller, id));
  const rev = stored?.rev ?? 0;
  if (given.rev !== rev) {
    const repeated = stored !== undefined && given.rev === rev - 1 && stored.text === given.text;
    return repeated ? done({ rev, text: given.text }) : refuse({ code: 'stale', currentVersion: rev });
  }
  const next = { rev: rev + 1, text: given.text };
  const written =
    stored === undefined
      ? await app.store.private.insert(caller.scope, {
          _id: notesId(caller, id),
          shard: shardOf(caller.scope, caller.personId),
          tenantId: caller.tenantId,
          version: 1,
          outbox: [],
          outboxDue: 'none',
          authorId: caller.personId,
          kind: 'notes',
          pairId: review.pairId,
          reviewId: id,
          month: review.month,
          ...next,
        })
      : (await app.store.private.replace(caller.scope, { ...stored, ...next })) !== undefined;
  // Another window of the same person was first: their words are not overwritten.
  return written ? done(next) : refuse({ code: 'stale', currentVersion: rev + 1 });
}

function notesId({ personId }: Caller, id: ReviewId): string {
  return `notes/${id}/${personId}`;
}
