// The shared form: one append-only log for each review. The unique number of an update decides every race; whoever
// loses it reads what was first and checks again.
import type { ReviewId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { type FormContent, readForm } from '@medspill/domain/run/form';
import { checkUpdate } from '@medspill/domain/run/update';
import { toInstantText } from '@medspill/domain/time';
import type { LiveUpdateDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { announce } from './announce.ts';
import { compactInTurn, updatesBeforeCompaction } from './compaction.ts';
import {
  type FormState,
  forget,
  inTurn,
  knownForm,
  type LiveApp,
  type LiveForm,
  merge,
  mergedDoc,
  readOn,
} from './live-form.ts';

export type LoadedForm = { content: FormContent; seq: number; state: FormState };

/** The form with everything that was acknowledged before the call. */
export function loadForm(app: LiveApp, scope: Scope, reviewId: ReviewId): Promise<LoadedForm> {
  return inTurn(app, reviewId, async () => {
    const form = await readOn(app, scope, reviewId);
    return { content: readForm(mergedDoc(form)), seq: form.seq, state: form.state };
  });
}

export type LiveNews = {
  seq: number;
  head?: Uint8Array;
  updates: { seq: number; update: Uint8Array }[];
  state: FormState;
};

/** What came after a number, behind the head where the log no longer holds it all; nothing is merged for it. */
export function newsSince(app: LiveApp, scope: Scope, reviewId: ReviewId, since: number): Promise<LiveNews> {
  return inTurn(app, reviewId, async () => {
    const { seq, state, head, headSeq, tail } = await readOn(app, scope, reviewId);
    const updates = tail.filter((update) => update.seq > since).map(({ seq, update }) => ({ seq, update }));
    return { seq, ...(head === undefined || since >= headSeq ? {} : { head }), updates, state };
  });
}

export type Write = {
  by: Side;
  /** Every client id issued to the writer's side. */
  allowedClients: readonly number[];
  updateId: string;
  update: Uint8Array;
};

const maxTries = 50;

/**
 * Stores one update and answers its number. The same update twice is stored once. Refusals: frozen, sealed,
 * bad_update, too_large; a refused update has changed nothing.
 */
export async function appendUpdate(
  app: LiveApp,
  scope: Scope,
  reviewId: ReviewId,
  write: Write,
): Promise<Outcome<{ seq: number }>> {
  const written = await inTurn(app, reviewId, () => tryAppend(app, scope, reviewId, write));
  if (written.ok) announce(app, reviewId, { seq: written.value.seq });
  return written;
}

async function tryAppend(
  app: LiveApp,
  scope: Scope,
  reviewId: ReviewId,
  write: Write,
): Promise<Outcome<{ seq: number }>> {
  // What this process knows is enough to try: if it is behind, the number is taken.
  let form = await knownForm(app, scope, reviewId);
  for (let attempt = 1; attempt <= maxTries; attempt++) {
    const known = form.tail.find((update) => update.updateId === write.updateId);
    if (known !== undefined) return done({ seq: known.seq });
    const decided = decide(form, write);
    if (!decided.ok && attempt === 1) {
      // What seems wrong may only be unknown here: another process may have taken in what it builds on.
      form = await readOn(app, scope, reviewId);
      continue;
    }
    if (!decided.ok || !decided.value.isNew) {
      const earlier = await app.store.live.byUpdateId(scope, reviewId, write.updateId);
      if (earlier !== undefined) return done({ seq: earlier.seq });
      return decided.ok ? done({ seq: form.seq }) : decided;
    }
    const next = logged(app, scope, reviewId, form, write, decided.value.update);
    if (await appendOrForget(app, scope, reviewId, next)) {
      merge(form, next);
      if (form.tail.length > updatesBeforeCompaction) compactSoon(app, scope, reviewId);
      return done({ seq: next.seq });
    }
    const before = form.seq;
    form = await readOn(app, scope, reviewId);
    if (form.seq === before) {
      // Either our own id stands earlier in the log, or the read is a moment behind the winner.
      const earlier = await app.store.live.byUpdateId(scope, reviewId, write.updateId);
      if (earlier !== undefined) return done({ seq: earlier.seq });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * attempt));
    }
  }
  throw new Error(`No number of review ${reviewId} could be had in ${maxTries} tries`);
}

function decide(form: LiveForm, write: Write): ReturnType<typeof checkUpdate> {
  if (form.state !== 'open') return refuse({ code: form.state });
  return checkUpdate({ state: mergedDoc(form), update: write.update, allowedClients: write.allowedClients });
}

function logged(
  { clock }: LiveApp,
  scope: Scope,
  reviewId: ReviewId,
  form: LiveForm,
  { by, updateId }: Write,
  update: Uint8Array,
): LiveUpdateDocument {
  return {
    // The id of the update is part of the document's: the same one cannot stand twice, whatever its number.
    _id: `${reviewId}/${updateId}`,
    shard: shardOf(scope, reviewId),
    reviewId,
    seq: form.seq + 1,
    updateId,
    by,
    at: toInstantText(clock.now()),
    update,
  };
}

/** After a fault nobody knows whether the update stands: what this process knew is forgotten. */
async function appendOrForget(
  app: LiveApp,
  scope: Scope,
  reviewId: ReviewId,
  next: LiveUpdateDocument,
): Promise<boolean> {
  try {
    return await app.store.live.append(scope, next);
  } catch (error) {
    forget(app, reviewId);
    throw error;
  }
}

function compactSoon(app: LiveApp, scope: Scope, reviewId: ReviewId): void {
  inTurn(app, reviewId, () => compactInTurn(app, scope, reviewId)).catch((error) => {
    app.log('warn', {
      event: 'compaction',
      reviewId,
      error: error instanceof Error ? error.name : 'unknown',
    });
  });
}

/**
 * Puts a freeze, thaw or seal at `seq`. False: something was written there first, and the caller has not seen it.
 * What is in the log before the marker counts; words that come after it are refused.
 */
export async function appendMarker(
  app: LiveApp,
  scope: Scope,
  reviewId: ReviewId,
  seq: number,
  marker: NonNullable<LiveUpdateDocument['marker']>,
  by: Side,
): Promise<boolean> {
  const won = await inTurn(app, reviewId, async () => {
    const next: LiveUpdateDocument = {
      _id: `${reviewId}/${marker}/${seq}`,
      shard: shardOf(scope, reviewId),
      reviewId,
      seq,
      updateId: `${marker}/${seq}`,
      by,
      at: toInstantText(app.clock.now()),
      marker,
      update: new Uint8Array(),
    };
    const appended = await appendOrForget(app, scope, reviewId, next);
    forget(app, reviewId);
    return appended;
  });
  if (won) announce(app, reviewId, { seq });
  return won;
}
