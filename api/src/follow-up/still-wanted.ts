// A notice may wait for days: before it goes it is asked whether what it says still holds.
import type { GoalId, RecordId, ReviewId } from '@medspill/domain/ids';
import { readinessOf } from '@medspill/domain/prepare/readiness';
import { dateIn, instantOf } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { Notice, PairDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { digestOf, isGathered } from './digest.ts';
import { isSilent } from './nudge.ts';
import { isSignReminder } from './reminders.ts';

/** The notice as it reads now; `gone` when it is no longer wanted, `later` when what it tells has yet to happen. */
export async function asItStands(
  app: App,
  scope: Scope,
  notice: Notice,
  pair: PairDocument,
): Promise<Notice | 'gone' | 'later'> {
  if (await isGathered(app, scope, notice)) return 'gone';
  switch (notice.kind) {
    case 'booked':
      return bookedNow(notice, pair);
    case 'prep_reminder':
      return only(await isUnprepared(app, scope, notice), notice);
    case 'both_ready':
      return only(!(await hasBegun(app, scope, notice.target.id as ReviewId)), notice);
    case 'sign_request':
      return only(await isUnsigned(app, scope, notice), notice);
    case 'checkpoint_due':
      return only(await hasCheckpointDue(app, scope, pair), notice);
    case 'help_wanted':
      return only(await isUnanswered(app, scope, notice), notice);
    case 'moment_nudge':
      return only(await isSilent(app, scope, notice.to), notice);
    case 'weekly_digest': {
      const values = await digestOf(app, scope, notice);
      return values === undefined ? 'gone' : { ...notice, values };
    }
    default:
      return notice;
  }
}

function only(wanted: boolean, notice: Notice): Notice | 'gone' {
  return wanted ? notice : 'gone';
}

/** Who has not confirmed the manager yet is asked to, and that says it. */
function bookedNow(notice: Notice, { series, confirmedAt }: PairDocument): Notice | 'gone' | 'later' {
  if (series === undefined || confirmedAt === undefined) return 'gone';
  if (series.state === 'failed' || series.state === 'stopped') return 'gone';
  return series.state === 'booked' ? notice : 'later';
}

async function isUnprepared(app: App, scope: Scope, { target, to }: Notice): Promise<boolean> {
  const review = await app.store.reviews.get(scope, target.id as ReviewId);
  if (review?.state !== 'planned') return false;
  if (Temporal.Instant.compare(instantOf(review.occurrence.start), app.clock.now()) <= 0) return false;
  return !readinessOf(review.preparation)[review.sellerId === to ? 'seller' : 'manager'].ready;
}

async function hasBegun(app: App, scope: Scope, id: ReviewId): Promise<boolean> {
  const review = await app.store.reviews.get(scope, id);
  if (review?.state !== 'planned') return true;
  return Temporal.Instant.compare(instantOf(review.occurrence.start), app.clock.now()) <= 0;
}

async function isUnsigned(app: App, scope: Scope, { id, pairId, to }: Notice): Promise<boolean> {
  const records = isSignReminder(id)
    ? [await app.store.records.get(scope, id.split('/')[1] as RecordId)]
    : await app.store.records.ofPair(scope, pairId);
  return records.some(
    (record) =>
      record?.state === 'awaiting_second' &&
      !record.signatures.some(({ side }) => record[side === 'seller' ? 'sellerId' : 'managerId'] === to),
  );
}

/** Its id ends with the goal and the checkpoint, that of the news as that of the reminder. */
async function isUnanswered(app: App, scope: Scope, { id, target }: Notice): Promise<boolean> {
  const goal = await app.store.goals.get(scope, target.id as GoalId);
  const checkpoint = goal?.checkpoints.find(({ number }) => id.endsWith(`/${number}`));
  return checkpoint !== undefined && checkpoint.reply === undefined;
}

async function hasCheckpointDue(app: App, scope: Scope, pair: PairDocument): Promise<boolean> {
  const today = dateIn(app.clock.now(), pair.seller.zone);
  const goals = await app.store.goals.ofPair(scope, pair._id);
  return goals.some(({ checkpoints }) =>
    checkpoints.some((one) => one.answer === undefined && one.dueOn <= today),
  );
}
