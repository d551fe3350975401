// The steps of a goal in the To Do of whoever asks: sent by a click, read back when the goal is opened again.

import type { Goal } from '@medspill/domain/follow-up/contract';
import { mergedTick } from '@medspill/domain/follow-up/to-do';
import type { GoalId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import { actorOf } from '../book/actor.ts';
import type { GoalDocument, PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { ToDoStep } from '../ports.ts';
import { changeGoal } from './goals.ts';

/** Makes tasks of the steps, and brings both places into step. */
export function sendToDo(app: App, caller: Caller, goalId: GoalId): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'either', (goal, pair, side) =>
    compare(app, caller, goal, pair, side, 'all'),
  );
}

/** Brings both places into step; what was deleted there stays away. */
export function readToDo(app: App, caller: Caller, goalId: GoalId): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'either', async (goal, pair, side) =>
    isInToDo(goal, side) ? compare(app, caller, goal, pair, side, 'found') : done(goal),
  );
}

/** As these words: a goal that was changed since is sent anew. */
export function isInToDo({ toDo, earlier }: GoalDocument, side: Side): boolean {
  return toDo?.[side]?.edition === earlier.length;
}

async function compare(
  app: App,
  caller: Caller,
  goal: GoalDocument,
  pair: PairDocument,
  side: Side,
  which: 'all' | 'found',
): Promise<Outcome<GoalDocument>> {
  const actor = actorOf(caller);
  const steps = stepsOf(goal, pair[side].zone);
  const there = await app.toDo.read(
    actor,
    steps.map(({ key }) => key),
  );
  if (!there.ok) return there;
  const before = isInToDo(goal, side) ? goal.toDo?.[side]?.done : undefined;
  const merged = steps.map((step, index) => {
    const ticked = there.value[index];
    const here = step.done;
    return ticked === undefined ? here : mergedTick({ here, there: ticked, before: before?.[index] ?? here });
  });
  const wanted = steps
    .map((step, index) => ({ ...step, done: merged[index] ?? step.done }))
    .filter((_, index) => which === 'all' || there.value[index] !== undefined);
  const put = await app.toDo.put(actor, wanted, { page: 'goal', id: goal._id });
  if (!put.ok) return put;
  const isSame = before !== undefined && merged.every((one, index) => one === before[index]);
  if (isSame && steps.every((step, index) => step.done === merged[index])) return done(goal);
  return done({
    ...goal,
    actions: goal.actions.map((action, index) => ({ ...action, done: merged[index] ?? action.done })),
    toDo: { ...goal.toDo, [side]: { edition: goal.earlier.length, done: merged } },
  });
}

/** A goal without steps is one task, whose tick says nothing here: how a goal stands is told by its checkpoints. */
function stepsOf(goal: GoalDocument, zone: string): ToDoStep[] {
  const steps =
    goal.actions.length > 0 ? goal.actions : [{ text: goal.text, dueOn: goal.dueOn, done: false }];
  return steps.map(({ text, dueOn, done }, index) => ({
    key: `${goal._id}/${goal.earlier.length}/${index}`,
    text,
    ...(dueOn === undefined ? {} : { dueOn }),
    zone,
    done,
  }));
}
