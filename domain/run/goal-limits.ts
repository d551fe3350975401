/** How many goals of a pair may be open at a time, whatever review they were agreed in (content.json, smart.limits). */
import type { DateText } from '../time.ts';
import type { GoalHorizon } from './form.ts';

export const openGoalLimits = { short: 3, long: 2 } as const;

export type CountedGoal = { id: string; horizon: GoalHorizon; state: string; dueOn: DateText };

/** A goal that is reached, ended or past its due date takes no place any more. */
export function isOpenGoal({ state, dueOn }: CountedGoal, today: DateText): boolean {
  return state !== 'done' && state !== 'ended' && dueOn >= today;
}

/** How many goals of each horizon there is still room for, beside those that are open; never below none. */
export function roomForGoals(
  goals: readonly CountedGoal[],
  today: DateText,
): { short: number; long: number } {
  const left = (horizon: GoalHorizon) => {
    const open = goals.filter((goal) => goal.horizon === horizon && isOpenGoal(goal, today)).length;
    return Math.max(0, openGoalLimits[horizon] - open);
  };
  return { short: left('short'), long: left('long') };
}
