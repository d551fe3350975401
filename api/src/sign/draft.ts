// The record as it would be signed now.
import { createHash } from 'node:crypto';
import catalogue from '@medspill/domain/content.json' with { type: 'json' };
import type { ReviewId } from '@medspill/domain/ids';
import { revealOf } from '@medspill/domain/prepare/phase';
import { type GoalSlot, goalSlots } from '@medspill/domain/run/form';
import { canonicalGoal } from '@medspill/domain/run/goal';
import {
  buildRecord,
  type RecordMissing,
  type RecordSource,
  recordMissing,
} from '@medspill/domain/sign/build-record';
import type { RecordContent } from '@medspill/domain/sign/contract';
import { dateIn, instantOf } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, ReviewDocument } from '../documents.ts';
import { roomBeside } from '../run/goal-room.ts';
import { loadForm } from '../run/live.ts';
import type { Scope } from '../scope.ts';
import type { SaltedContent } from './content.ts';
import { digestOf } from './digest.ts';
import { place } from './verify.ts';

export type Draft = {
  salted: SaltedContent;
  digest: string;
  previousDigest: string | null;
  /** The newest number of the log that the draft was built from, markers counted. */
  seq: number;
  missing: RecordMissing[];
};

export async function draftRecord(
  app: App,
  scope: Scope,
  review: ReviewDocument,
  pair: PairDocument,
): Promise<Draft> {
  const [form, chain, room] = await Promise.all([
    loadForm(app, scope, review._id as ReviewId),
    app.store.records.ofPair(scope, review.pairId),
    roomBeside(app, scope, review, pair),
  ]);
  const before = chain
    .filter((record) => record.state !== 'awaiting_second' && place(record) < place(review))
    .sort((a, b) => place(b).localeCompare(place(a)))[0];
  const previousDigest = before?.digest ?? null;
  const { zone } = review.occurrence;
  const heldOn = dateIn(instantOf(review.startedAt ?? review.occurrence.start), zone);
  const content: RecordContent = buildRecord({
    recordId: review.recordId,
    reviewId: review._id,
    pairId: review.pairId,
    month: review.month,
    ordinal: review.ordinal,
    heldOn,
    manager: pair.manager,
    seller: pair.seller,
    template: {
      length: form.content.isShort ? 'short15' : review.length,
      version: 'standard-1',
      textVersion: catalogue.meta.version,
    },
    form: form.content,
    ratings: ratingsOf(app, review),
    confirmations: review.confirmations,
    goalHashes: Object.fromEntries(
      goalSlots.map((slot) => [
        slot,
        createHash('sha256').update(canonicalGoal(form.content.goals[slot])).digest('hex'),
      ]),
    ) as Record<GoalSlot, string>,
    previousDigest,
  });
  const salted = { content, salt: review.salt };
  return {
    salted,
    digest: digestOf(salted),
    previousDigest,
    seq: form.seq,
    missing: recordMissing(content, room),
  };
}

/** A preview before the answers have opened must not open them. */
function ratingsOf(app: App, review: ReviewDocument): RecordSource['ratings'] {
  const { manager, seller } = review.preparation;
  return revealOf(review, app.clock.now()) === undefined
    ? { manager: {}, seller: {} }
    : { manager: manager.ratings, seller: seller.ratings };
}
