/** What a goal needs before both can stand behind it, and the one string that a confirmation is bound to. */
import { Temporal } from 'temporal-polyfill';
import { isPublicHoliday } from '../holidays.ts';
import type { DateText } from '../time.ts';
import { isWorkingDay } from '../working-days.ts';
import { type FormGoal, goalTextRange } from './form.ts';

/** Days that a goal may run (content.json, smart.letters time). */
export const longestDays = { short: 92, long: 400 } as const;
/** The first action is done within a week (capability 34). */
export const firstActionDays = 7;

export type GoalMissing =
  | 'text_too_short'
  | 'text_too_long'
  | 'stage'
  | 'kind'
  | 'measure'
  | 'two_actions'
  | 'first_action_within_a_week'
  | 'due_date'
  | 'due_date_passed'
  | 'due_date_not_working_day'
  | 'due_date_too_late'
  | 'priority'
  | 'doer'
  | 'follower'
  | 'doer_and_follower_differ';

/** Whether anybody has written or chosen anything in the slot. */
export function goalIsEmpty(goal: FormGoal): boolean {
  return (
    [goal.text, goal.measure, goal.ifThen, goal.priority, ...goal.actions.map((action) => action.text)].every(
      (words) => words.trim() === '',
    ) &&
    goal.stage === undefined &&
    goal.kind === undefined &&
    goal.dueOn === undefined
  );
}

function daysFrom(today: DateText, date: DateText): number {
  return Temporal.PlainDate.from(today).until(date, { largestUnit: 'day' }).days;
}

/** Norway's calendar; a customer's own may replace it. */
const norwegian = (date: DateText) => isWorkingDay(date, isPublicHoliday);

/** What keeps a goal from counting, in the order the form asks for it. `today` is the reader's date. */
export function goalMissing(
  goal: FormGoal,
  today: DateText,
  isWorked: (date: DateText) => boolean = norwegian,
): GoalMissing[] {
  const missing: GoalMissing[] = [];
  const length = [...goal.text.trim()].length;
  if (length < goalTextRange.least) missing.push('text_too_short');
  if (length > goalTextRange.most) missing.push('text_too_long');
  if (goal.stage === undefined) missing.push('stage');
  if (goal.kind === undefined) missing.push('kind');
  if (goal.measure.trim() === '') missing.push('measure');
  const actions = goal.actions.filter((action) => action.text.trim() !== '');
  if (actions.length < 2) missing.push('two_actions');
  const soon = actions.some(({ dueOn }) => {
    const days = dueOn === undefined ? -1 : daysFrom(today, dueOn);
    return days >= 0 && days <= firstActionDays;
  });
  if (!soon) missing.push('first_action_within_a_week');
  missing.push(...dueDateMissing(goal, today, isWorked));
  if (goal.horizon === 'long' && goal.priority.trim() === '') missing.push('priority');
  if (goal.doer === undefined) missing.push('doer');
  if (goal.follower === undefined) missing.push('follower');
  if (goal.doer !== undefined && goal.doer === goal.follower) missing.push('doer_and_follower_differ');
  return missing;
}

function dueDateMissing(
  goal: FormGoal,
  today: DateText,
  isWorked: (date: DateText) => boolean,
): GoalMissing[] {
  if (goal.dueOn === undefined) return ['due_date'];
  const days = daysFrom(today, goal.dueOn);
  if (days <= 0) return ['due_date_passed'];
  if (days > longestDays[goal.horizon]) return ['due_date_too_late'];
  return isWorked(goal.dueOn) ? [] : ['due_date_not_working_day'];
}

/**
 * The words and choices that a confirmation is bound to, as one string; its SHA-256 in hex is what a person confirms.
 * Space around the words does not count, so that a stray line break asks nobody again.
 */
export function canonicalGoal(goal: FormGoal): string {
  return JSON.stringify([
    'medspill-goal-1',
    goal.slot,
    goal.kind ?? null,
    goal.stage ?? null,
    goal.text.trim(),
    goal.measure.trim(),
    goal.actions.map((action) => [action.text.trim(), action.dueOn ?? null]),
    goal.ifThen.trim(),
    goal.priority.trim(),
    goal.dueOn ?? null,
    goal.doer ?? null,
    goal.follower ?? null,
  ]);
}
