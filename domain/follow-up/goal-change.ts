/**
 * A goal that both have agreed changes only by agreement: one proposes with a reason, the other accepts, and the words
 * as they were stay readable (capability 34). The step, the kind and who does what belong to the goal: other ones are
 * another goal.
 */
import { Temporal } from 'temporal-polyfill';
import type { Side } from '../people.ts';
import type { FormGoal, GoalSlot } from '../run/form.ts';
import { type GoalMissing, goalMissing } from '../run/goal.ts';
import type { DateText, InstantText } from '../time.ts';
import { type IsHoliday, isWorkingDay, workingDayFrom } from '../working-days.ts';
import type { StoredCheckpoint } from './checkpoints.ts';
import type { Goal, GoalProposal, GoalWords } from './contract.ts';

/** What a changed goal still lacks: the same as a new one, save that a step that is done need not come within a week. */
export function changeMissing(
  goal: Pick<Goal, 'slot' | 'horizon' | 'stage' | 'kind' | 'doer' | 'follower' | 'actions'>,
  words: GoalWords,
  today: DateText,
  isHoliday: IsHoliday,
): GoalMissing[] {
  const { stage, kind, doer, follower, horizon, slot } = goal;
  const changed: FormGoal = { ...words, slot: slot as GoalSlot, horizon, stage, kind, doer, follower };
  const missing = goalMissing(changed, today, (date) => isWorkingDay(date, isHoliday));
  const isUnderWay = withTicks(words.actions, goal.actions).some((action) => action.done);
  return isUnderWay ? missing.filter((one) => one !== 'first_action_within_a_week') : missing;
}

/** A step that reads as it did keeps its tick. */
export function withTicks(actions: GoalWords['actions'], before: Goal['actions']): Goal['actions'] {
  return actions.map((action) => ({
    ...action,
    done: before.some((one) => one.done && one.text.trim() === action.text.trim()),
  }));
}

/** The words of a goal that may be changed, without anything else. */
export function wordsOf({ text, measure, actions, ifThen, priority, dueOn }: GoalWords): GoalWords {
  return {
    text,
    measure,
    actions: actions.map(({ text, dueOn }) => ({ text, ...(dueOn === undefined ? {} : { dueOn }) })),
    ifThen,
    priority,
    dueOn,
  };
}

export type Acceptance = { confidence: number; attractive?: string | undefined; at: InstantText };

type Changeable = Pick<
  Goal,
  'actions' | 'confidence' | 'attractive' | 'earlier' | 'ended' | 'proposal' | 'declined'
> &
  GoalWords;

/** The goal as both now stand behind it, and what it was before as its last earlier version. */
export function acceptProposal<G extends Changeable & { checkpoints: StoredCheckpoint[] }>(
  goal: G,
  proposal: GoalProposal,
  { confidence, attractive, at }: Acceptance,
  today: DateText,
  isHoliday: IsHoliday,
): G {
  const { proposal: _answered, declined: _older, ...rest } = goal;
  const { id, by, reason, words } = proposal;
  if (words === undefined) {
    // Nobody is asked any more how an ended goal is going.
    const checkpoints = goal.checkpoints.filter((one) => one.answer !== undefined);
    return { ...rest, ended: { at, by, reason, proposalId: id }, checkpoints } as G;
  }
  const version = { ...wordsOf(goal), proposalId: id, changedBy: by, reason, until: at };
  const other: Side = by === 'manager' ? 'seller' : 'manager';
  return {
    ...rest,
    ...words,
    actions: withTicks(words.actions, goal.actions),
    confidence: { ...goal.confidence, [by]: proposal.confidence ?? goal.confidence[by], [other]: confidence },
    attractive: (by === 'seller' ? proposal.attractive : attractive)?.trim() || goal.attractive,
    earlier: [...goal.earlier, version],
    checkpoints: checkpointsAfterChange(goal.checkpoints, today, words.dueOn, isHoliday),
  } as G;
}

/**
 * Answered checkpoints stay, those after the new due date go. A goal that is left without one to come gets one a week
 * from now, or on its due date when that is sooner.
 */
export function checkpointsAfterChange(
  checkpoints: readonly StoredCheckpoint[],
  today: DateText,
  dueOn: DateText,
  isHoliday: IsHoliday,
): StoredCheckpoint[] {
  const kept = checkpoints.filter((one) => one.answer !== undefined || one.dueOn < dueOn);
  if (kept.some((one) => one.answer === undefined && one.dueOn >= today)) return kept;
  const inAWeek = workingDayFrom(
    Temporal.PlainDate.from(today).add({ days: 7 }).toString() as DateText,
    isHoliday,
  );
  const number = Math.max(0, ...checkpoints.map((one) => one.number)) + 1;
  return [...kept, { number, dueOn: inAWeek < dueOn ? inAWeek : workingDayFrom(dueOn, isHoliday) }];
}
