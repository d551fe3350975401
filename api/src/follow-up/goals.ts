import { sideOf } from '@medspill/domain/access';
import { checkpointState, goalState, nextCheckpointOn } from '@medspill/domain/follow-up/checkpoints';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { nineOn } from '@medspill/domain/follow-up/reminder-time';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { GoalId, PromiseId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { otherSide } from '@medspill/domain/sides';
import { type DateText, dateIn, toInstantText, type Zone } from '@medspill/domain/time';
import { addWorkingDays } from '@medspill/domain/working-days';
import type { App } from '../app.ts';
import type { GoalDocument, OutboxEntry, PairDocument, PromiseDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import { keepAgreedEntry } from './keep-agreed.ts';
import { helpReminderId } from './reminders.ts';
import { isInToDo } from './to-do.ts';

/** A call for help is answered within so many (capability 36). */
const helpWorkingDays = 2;

export type CheckpointAnswer = {
  done: string;
  learned: string;
  state: 'on_track' | 'at_risk' | 'stuck' | 'done';
  needHelp: string;
};

/** A goal as it reads today: states follow from answers and dates, and are stored nowhere twice. What stands in To Do is told to its reader alone. */
export function goalView(goal: GoalDocument, today: DateText, reader?: Side): Goal {
  return {
    id: goal._id,
    version: goal.version,
    pairId: goal.pairId,
    reviewId: goal.reviewId,
    slot: goal.slot,
    horizon: goal.horizon,
    kind: goal.kind,
    stage: goal.stage,
    text: goal.text,
    measure: goal.measure,
    ifThen: goal.ifThen,
    priority: goal.priority,
    dueOn: goal.dueOn,
    doer: goal.doer,
    follower: goal.follower,
    confidence: goal.confidence,
    attractive: goal.attractive,
    actions: goal.actions,
    state: stateOf(goal, today),
    checkpoints: goal.checkpoints.map((one) => ({ ...one, state: checkpointState(one, today) })),
    earlier: goal.earlier,
    ...(goal.proposal === undefined ? {} : { proposal: goal.proposal }),
    ...(goal.declined === undefined ? {} : { declined: goal.declined }),
    ...(goal.ended === undefined ? {} : { ended: goal.ended }),
    ...(reader !== undefined && isInToDo(goal, reader) ? { inToDo: true } : {}),
  };
}

export function stateOf({ ended, checkpoints }: GoalDocument, today: DateText): Goal['state'] {
  return ended === undefined ? goalState(checkpoints, today) : 'ended';
}

export type PromiseView = {
  id: PromiseId;
  pairId: PromiseDocument['pairId'];
  reviewId: PromiseDocument['reviewId'];
  version: number;
  text: string;
  dueOn: DateText;
  keptAt?: PromiseDocument['keptAt'];
  receivedAt?: PromiseDocument['receivedAt'];
  overdue: boolean;
};

export function promiseView(promise: PromiseDocument, today: DateText): PromiseView {
  const { _id, pairId, reviewId, version, text, dueOn, keptAt, receivedAt } = promise;
  return {
    id: _id,
    pairId,
    reviewId,
    version,
    text,
    dueOn,
    ...(keptAt === undefined ? {} : { keptAt }),
    ...(receivedAt === undefined ? {} : { receivedAt }),
    overdue: keptAt === undefined && receivedAt === undefined && dueOn < today,
  };
}

/** The date that it is for a pair: the seller's, whose day the checkpoints are. */
export function todayOf(app: App, pair: PairDocument): DateText {
  return dateIn(app.clock.now(), pair.seller.zone);
}

export async function answerCheckpoint(
  app: App,
  caller: Caller,
  goalId: GoalId,
  number: number,
  answer: CheckpointAnswer,
): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'seller', (goal, pair) => {
    const today = todayOf(app, pair);
    const checkpoint = goal.checkpoints.find((one) => one.number === number);
    if (checkpoint === undefined) return refuse({ code: 'not_found' });
    if (checkpoint.answer !== undefined) return refuse({ code: 'already_answered' });
    if (today < checkpoint.dueOn) return refuse({ code: 'checkpoint_not_due', dueOn: checkpoint.dueOn });
    const at = toInstantText(app.clock.now());
    const checkpoints = goal.checkpoints.map((one) =>
      one === checkpoint ? { ...one, answer: { ...answer, at } } : one,
    );
    const wantsHelp = answer.needHelp.trim() !== '' || answer.state === 'at_risk' || answer.state === 'stuck';
    return done({
      ...goal,
      checkpoints,
      nextCheckpointOn: nextCheckpointOn(checkpoints, checkpoint.dueOn),
      outbox: wantsHelp
        ? [
            ...goal.outbox,
            helpNotice(app, goal, pair, number, 'help_wanted'),
            helpReminder(app, goal, pair, number),
          ]
        : goal.outbox,
    });
  });
}

export async function replyToCheckpoint(
  app: App,
  caller: Caller,
  goalId: GoalId,
  number: number,
  text: string,
): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'manager', (goal, pair) => {
    const checkpoint = goal.checkpoints.find((one) => one.number === number);
    if (checkpoint?.answer === undefined) return refuse({ code: 'not_found' });
    if (checkpoint.reply !== undefined) return refuse({ code: 'already_answered' });
    const reply = { at: toInstantText(app.clock.now()), text };
    return done({
      ...goal,
      checkpoints: goal.checkpoints.map((one) => (one === checkpoint ? { ...one, reply } : one)),
      outbox: [...goal.outbox, helpNotice(app, goal, pair, number, 'help_answered')],
    });
  });
}

export async function tickAction(
  app: App,
  caller: Caller,
  goalId: GoalId,
  index: number,
  isDone: boolean,
): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'either', (goal) => {
    if (goal.actions[index] === undefined) return refuse({ code: 'not_found' });
    const actions = goal.actions.map((action, at) => (at === index ? { ...action, done: isDone } : action));
    return done({ ...goal, actions });
  });
}

/** The manager marks a promise as kept, the seller as received; each only their own mark. */
export async function keepPromise(
  app: App,
  caller: Caller,
  promiseId: PromiseId,
  isDone: boolean,
): Promise<Outcome<PromiseView>> {
  for (;;) {
    const promise = await app.store.promises.get(caller.scope, promiseId);
    const pair = promise && (await app.store.pairs.get(caller.scope, promise.pairId));
    const side = pair && sideOf(pair, caller.personId, toInstantText(app.clock.now()));
    if (promise === undefined || pair === undefined || side === undefined)
      return refuse({ code: 'not_found' });
    const mark = side === 'manager' ? 'keptAt' : 'receivedAt';
    const { [mark]: before, ...rest } = promise;
    const at = before ?? toInstantText(app.clock.now());
    const outbox = [...promise.outbox, keepAgreedEntry(app)];
    const next = isDone ? { ...rest, outbox, [mark]: at } : { ...rest, outbox };
    const saved = await app.store.promises.replace(caller.scope, next);
    if (saved === undefined) continue;
    await dispatch(app, caller.scope, app.store.promises, saved);
    return done(promiseView(saved, todayOf(app, pair)));
  }
}

/** Load, decide, save; again when somebody was first. */
export async function changeGoal(
  app: App,
  caller: Caller,
  goalId: GoalId,
  wanted: Side | 'either',
  decide: (
    goal: GoalDocument,
    pair: PairDocument,
    side: Side,
  ) => Outcome<GoalDocument> | Promise<Outcome<GoalDocument>>,
): Promise<Outcome<Goal>> {
  for (;;) {
    const goal = await app.store.goals.get(caller.scope, goalId);
    const pair = goal && (await app.store.pairs.get(caller.scope, goal.pairId));
    const side = pair && sideOf(pair, caller.personId, toInstantText(app.clock.now()));
    if (goal === undefined || pair === undefined || side === undefined) return refuse({ code: 'not_found' });
    if (wanted !== 'either' && side !== wanted) return refuse({ code: 'not_allowed' });
    const decided = await decide(goal, pair, side);
    if (!decided.ok) return decided;
    // The same command again: what it did stands already.
    if (decided.value === goal) return done(goalView(goal, todayOf(app, pair), side));
    const outbox = [...decided.value.outbox, keepAgreedEntry(app)];
    const saved = await app.store.goals.replace(caller.scope, { ...decided.value, outbox });
    if (saved === undefined) continue;
    await dispatch(app, caller.scope, app.store.goals, saved);
    return done(goalView(saved, todayOf(app, pair), side));
  }
}

function helpNotice(
  app: App,
  goal: GoalDocument,
  pair: PairDocument,
  number: number,
  kind: 'help_wanted' | 'help_answered',
): Extract<OutboxEntry, { kind: 'notify' }> {
  const reader: Side = kind === 'help_wanted' ? 'manager' : 'seller';
  return {
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `${kind}/${goal._id}/${number}`,
      to: pair[reader].id,
      kind,
      pairId: pair._id,
      target: { page: 'goal', id: goal._id },
      values: { name: pair[otherSide(reader)].name },
    },
  };
}

/** On the second working day, the last that an answer is due on (capability 36); dropped when it has come. */
function helpReminder(app: App, goal: GoalDocument, pair: PairDocument, number: number): OutboxEntry {
  const { zone } = pair.manager;
  const on = addWorkingDays(dateIn(app.clock.now(), zone), helpWorkingDays, isPublicHoliday);
  const entry = helpNotice(app, goal, pair, number, 'help_wanted');
  return {
    ...entry,
    due: nineOn(on, zone as Zone, isPublicHoliday),
    notice: { ...entry.notice, id: helpReminderId(goal._id, number) },
  };
}
