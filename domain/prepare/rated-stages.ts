import type { MonthText } from '../time.ts';
import { type StageKey, stageKeys } from './stages.ts';

export type RatedBefore = {
  month: MonthText;
  ratedStages: readonly StageKey[];
  /** The one or two stages that the meeting chose; empty when it was not held. */
  focus: readonly StageKey[];
};

/** Months from one rating of all eight stages to the next. */
const fullEvery = 3;

/**
 * The stages to rate in a month: all eight the first time and each quarter, else those the last meeting chose.
 * A quarter counts from the last full rating, so a skipped July only moves it. Without a focus there is nothing to
 * narrow down to, and all eight are rated.
 */
export function ratedStagesOf(month: MonthText, earlier: readonly RatedBefore[]): StageKey[] {
  const before = earlier
    .filter((review) => review.month < month)
    .sort((a, b) => b.month.localeCompare(a.month));
  const lastFull = before.find((review) => isFull(review.ratedStages));
  const focus = before.find((review) => review.focus.length > 0)?.focus;
  if (lastFull === undefined || focus === undefined) return [...stageKeys];
  if (monthNumber(month) - monthNumber(lastFull.month) >= fullEvery) return [...stageKeys];
  return stageKeys.filter((key) => focus.includes(key)).slice(0, 2);
}

export function isFull(ratedStages: readonly StageKey[]): boolean {
  return ratedStages.length === stageKeys.length;
}

/**
 * The stages whose rating needs an example: where a month rates only its focus, those. In a month of all eight the
 * focus is chosen in the meeting, and the record takes only ratings with an example (`ratingOnFocus`).
 */
export function focusBeforeMeeting(ratedStages: readonly StageKey[]): readonly StageKey[] {
  return isFull(ratedStages) ? [] : ratedStages;
}

function monthNumber(month: MonthText): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
}
