// Checkpoints and promises that are due become notices; the notices' ids make each of them come once.

import { nextCheckpointOn } from '@medspill/domain/follow-up/checkpoints';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { DateText, InstantText, Zone } from '@medspill/domain/time';
import { dateIn, occurrenceTime, toInstantText, type WallTime } from '@medspill/domain/time';
import { workingDayFrom } from '@medspill/domain/working-days';
import type { App } from '../app.ts';
import type { GoalDocument, Notice, PairDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';

const page = 200;
/** Notices come in the working day of whom they are for, never at night. */
const sendAt = '09:00' as WallTime;

export async function followUpDaily(app: App, scope: Scope): Promise<void> {
  // The latest date that it is anywhere: what is due tomorrow in Kathmandu is prepared tonight, and sent at nine there.
  const latest = dateIn(app.clock.now(), 'Pacific/Kiritimati');
  for (;;) {
    const due = await app.store.goals.checkpointsDue(scope, latest, page);
    for (const goal of due) await remindOfCheckpoint(app, scope, goal, latest);
    if (due.length < page) return;
  }
}

async function remindOfCheckpoint(
  app: App,
  scope: Scope,
  goal: GoalDocument,
  latest: DateText,
): Promise<void> {
  const pair = await app.store.pairs.get(scope, goal.pairId);
  const checkpoint = goal.checkpoints.find((one) => one.dueOn === goal.nextCheckpointOn);
  if (pair !== undefined && pair.endsAt === 'open' && checkpoint !== undefined) {
    await addNotice(
      app,
      scope,
      pair,
      {
        id: `checkpoint_due/${goal._id}/${checkpoint.number}`,
        to: pair.sellerId,
        kind: 'checkpoint_due',
        pairId: pair._id,
        target: { page: 'goal', id: goal._id },
        values: {},
      },
      noticeTime(checkpoint.dueOn, pair.seller.zone as Zone),
    );
  }
  // Moves the pointer on, so that the next sweep reads only what is new; a lost race is read again tomorrow.
  const next = nextCheckpointOn(goal.checkpoints, latest);
  await app.store.goals.replace(scope, { ...goal, nextCheckpointOn: next });
}

function noticeTime(date: DateText, zone: Zone): InstantText {
  return occurrenceTime(workingDayFrom(date, isPublicHoliday), sendAt, zone, 15).start;
}

async function addNotice(
  app: App,
  scope: Scope,
  pair: PairDocument,
  notice: Notice,
  dueAt: InstantText,
): Promise<void> {
  const now = toInstantText(app.clock.now());
  await app.store.notices.add(scope, {
    _id: notice.id,
    shard: shardOf(scope, notice.to),
    tenantId: pair.tenantId,
    notice,
    dueAt: dueAt > now ? dueAt : now,
    state: 'waiting',
  });
}
