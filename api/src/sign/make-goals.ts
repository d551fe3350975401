// What a finished record sets in motion: goals with their checkpoints, promises, the pair's rhythm. Deterministic ids
// make every step repeatable.
import { nextCheckpointOn, planCheckpoints } from '@medspill/domain/follow-up/checkpoints';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { PairId } from '@medspill/domain/ids';
import type { DateText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { GoalDocument, PairDocument, PromiseDocument, RecordDocument } from '../documents.ts';
import { keepAgreed } from '../follow-up/keep-agreed.ts';
import { compact } from '../run/compaction.ts';
import { appendMarker, loadForm } from '../run/live.ts';
import type { Scope } from '../scope.ts';
import { openContent } from './content.ts';
import { moveReview } from './move-review.ts';

/** Throws when the words cannot be read: the outbox then tries again and logs it. */
export async function makeGoals(app: App, scope: Scope, record: RecordDocument): Promise<void> {
  const salted = await openContent(app.keys, record);
  if (salted === undefined) throw new Error('The record cannot be read');
  const { content } = salted;
  const { _id: pairId, managerId } = await presentPairOf(app, scope, record);
  for (const goal of content.goals) {
    const checkpoints = planCheckpoints(content.heldOn, goal.dueOn, isPublicHoliday);
    const { actions, ...words } = goal;
    const document: GoalDocument = {
      ...words,
      _id: app.newId.goal(record.reviewId, goal.slot),
      shard: record.shard,
      tenantId: record.tenantId,
      version: 1,
      outbox: [],
      outboxDue: 'none',
      pairId,
      reviewId: record.reviewId,
      sellerId: record.sellerId,
      managerId,
      state: 'on_track',
      actions: actions.map((action) => ({ ...action, done: false })),
      checkpoints: checkpoints.map((one) => ({ ...one, state: 'coming' })),
      earlier: [],
      nextCheckpointOn: nextCheckpointOn(checkpoints, content.heldOn),
    };
    await app.store.goals.insert(scope, document);
  }
  for (const promise of content.promises) {
    const document: PromiseDocument = {
      _id: app.newId.promise(record.reviewId, promise.slot),
      shard: record.shard,
      tenantId: record.tenantId,
      version: 1,
      outbox: [],
      outboxDue: 'none',
      pairId: record.pairId,
      reviewId: record.reviewId,
      sellerId: record.sellerId,
      managerId: record.managerId,
      text: promise.text,
      dueOn: promise.dueOn,
    };
    await app.store.promises.insert(scope, document);
  }
  await keepRhythm(app, scope, record);
  await keepAgreed(app, scope, record.pairId);
  await sealForm(app, scope, record);
  await moveReview(app, scope, record.reviewId, record.state === 'sealed' ? 'sealed' : 'closed_unsigned');
}

/** A record that closes after a change of manager leaves its goals to the pair that goes on. */
async function presentPairOf(
  app: App,
  scope: Scope,
  record: RecordDocument,
): Promise<Pick<PairDocument, '_id' | 'managerId'>> {
  let present: Pick<PairDocument, '_id' | 'managerId' | 'followedBy'> = {
    _id: record.pairId,
    managerId: record.managerId,
  };
  for (let next: PairId | undefined = record.pairId; next !== undefined; next = present.followedBy) {
    const pair = await app.store.pairs.get(scope, next);
    if (pair === undefined) break;
    present = pair;
  }
  return present;
}

async function keepRhythm(app: App, scope: Scope, record: RecordDocument): Promise<void> {
  for (;;) {
    const pair = await app.store.pairs.get(scope, record.pairId);
    if (pair === undefined) return;
    const last: DateText | undefined = pair.rhythm.lastHeldOn;
    if (last !== undefined && last >= record.heldOn) return;
    const rhythm = { ...pair.rhythm, lastHeldOn: record.heldOn };
    if ((await app.store.pairs.replace(scope, { ...pair, rhythm })) !== undefined) return;
  }
}

/** After the seal only a freshly encoded form is kept: what was struck before is gone for good. */
async function sealForm(app: App, scope: Scope, record: RecordDocument): Promise<void> {
  for (;;) {
    const form = await loadForm(app, scope, record.reviewId);
    if (form.state === 'sealed') break;
    if (await appendMarker(app, scope, record.reviewId, form.seq + 1, 'seal', 'manager')) break;
  }
  await compact(app, scope, record.reviewId);
}
