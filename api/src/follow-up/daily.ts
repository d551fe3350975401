// Checkpoints and promises that are due and reviews that are late become reminders; their ids make each come once.
import { cadence } from '@medspill/domain/follow-up/cadence';
import { nextCheckpointOn } from '@medspill/domain/follow-up/checkpoints';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { PairId, PersonId } from '@medspill/domain/ids';
import { type DateText, dateIn } from '@medspill/domain/time';
import { addWorkingDays } from '@medspill/domain/working-days';
import type { App } from '../app.ts';
import type { GoalDocument, PairDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { openTeam, remindOfWeek } from './digest.ts';
import { nudge } from './nudge.ts';
import { addReminder, horizon, mondayOf } from './reminders.ts';

const goalPage = 200;
const pairPage = 100;
/** A promise is called to mind this long before it is due. */
const promiseWorkingDays = 2;

export async function followUpDaily(app: App, scope: Scope): Promise<void> {
  await remindOfCheckpoints(app, scope);
  const teamSizes = new Map<PersonId, number>();
  for (let after: PairId | undefined; ; ) {
    const pairs = await app.store.pairs.withSeries(scope, after, pairPage);
    const open = pairs.filter((pair) => pair.endsAt === 'open' && pair.confirmedAt !== undefined);
    await remindOfPromises(app, scope, open);
    await nudge(app, scope, open);
    for (const pair of open) {
      await remindOfCadence(app, scope, pair);
      const size = teamSizes.get(pair.managerId) ?? (await openTeam(app, scope, pair.managerId)).length;
      teamSizes.set(pair.managerId, size);
      await remindOfWeek(app, scope, pair, size);
    }
    after = pairs.at(-1)?._id;
    if (pairs.length < pairPage) return;
  }
}

export async function remindOfCheckpoints(app: App, scope: Scope): Promise<void> {
  const latest = horizon(app);
  for (;;) {
    const due = await app.store.goals.checkpointsDue(scope, latest, goalPage);
    for (const goal of due) await remindOfCheckpoint(app, scope, goal, latest);
    if (due.length < goalPage) return;
  }
}

async function remindOfCheckpoint(
  app: App,
  scope: Scope,
  goal: GoalDocument,
  latest: DateText,
): Promise<void> {
  const pair = await app.store.pairs.get(scope, goal.pairId);
  // After days without a job only the newest is worth a notice; the card shows them all.
  const checkpoint = goal.checkpoints.findLast((one) => one.answer === undefined && one.dueOn <= latest);
  if (pair !== undefined && pair.endsAt === 'open' && checkpoint !== undefined) {
    // Goals of one review share their days, and one notice.
    const id = `checkpoint_due/${goal.reviewId}/${checkpoint.dueOn}`;
    const target = { page: 'goal', id: goal._id } as const;
    const notice = { id, kind: 'checkpoint_due', pairId: pair._id, target, values: {} } as const;
    await addReminder(app, scope, pair.seller, notice, checkpoint.dueOn);
  }
  // Moves the pointer on, so that the next sweep reads only what is new; a lost race is read again.
  const next = nextCheckpointOn(goal.checkpoints, latest);
  await app.store.goals.replace(scope, { ...goal, nextCheckpointOn: next });
}

/** One notice a manager and day, however many promises it is about. */
async function remindOfPromises(app: App, scope: Scope, pairs: PairDocument[]): Promise<void> {
  if (pairs.length === 0) return;
  const today = dateIn(app.clock.now(), 'Pacific/Pago_Pago');
  const last = addWorkingDays(horizon(app), promiseWorkingDays, isPublicHoliday);
  const ids = pairs.map((pair) => pair._id);
  for (const promise of await app.store.promises.dueOfPairs(scope, ids, today, last)) {
    const pair = pairs.find((one) => one._id === promise.pairId);
    if (pair === undefined || promise.keptAt !== undefined || promise.receivedAt !== undefined) continue;
    const on = addWorkingDays(promise.dueOn, -promiseWorkingDays, isPublicHoliday);
    const id = `promise_due/${pair.managerId}/${on}`;
    const target = { page: 'home', id: pair.managerId } as const;
    await addReminder(
      app,
      scope,
      pair.manager,
      { id, kind: 'promise_due', pairId: pair._id, target, values: {} },
      on,
    );
  }
}

/** Once a week to a manager with reviews that are late, however many they are; July is holiday time. */
async function remindOfCadence(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  const { lastHeldOn, skippedMonths } = pair.rhythm;
  const today = dateIn(app.clock.now(), pair.manager.zone);
  if (today.slice(5, 7) === '07' || cadence(lastHeldOn, skippedMonths, today, pair.absences).colour !== 'red')
    return;
  const monday = mondayOf(today);
  const id = `cadence_late/${pair.managerId}/${monday}`;
  const target = { page: 'home', id: pair.managerId } as const;
  await addReminder(
    app,
    scope,
    pair.manager,
    { id, kind: 'cadence_late', pairId: pair._id, target, values: {} },
    monday,
  );
}
