import { Temporal } from 'temporal-polyfill';
import type { DateText } from '../time.ts';
import { type IsHoliday, workingDayFrom } from '../working-days.ts';
import type { Checkpoint } from './contract.ts';

/** Day 7, 14 and 21 after the review (capability 35). */
const defaultDays = [7, 14, 21] as const;

/** A checkpoint not answered within these days counts as unanswered, and its goal as at risk until somebody answers. */
const graceDays = 2;

export type StoredCheckpoint = Omit<Checkpoint, 'state'>;

/**
 * The checkpoints of a goal agreed on a day: on working days, each on a day of its own and before the goal is due; at
 * least one, even for a goal that is due within the week.
 */
export function planCheckpoints(
  agreedOn: DateText,
  dueOn: DateText,
  isHoliday: IsHoliday,
): StoredCheckpoint[] {
  const start = Temporal.PlainDate.from(agreedOn);
  const days = defaultDays
    .map((days) => workingDayFrom(start.add({ days }).toString() as DateText, isHoliday))
    .filter((day, index, all) => day < dueOn && all.indexOf(day) === index);
  if (days.length === 0) days.push(workingDayFrom(dueOn, isHoliday));
  return days.map((day, index) => ({ number: index + 1, dueOn: day }));
}

export function checkpointState(checkpoint: StoredCheckpoint, today: DateText): Checkpoint['state'] {
  if (checkpoint.answer !== undefined) return 'answered';
  if (today < checkpoint.dueOn) return 'coming';
  const last = Temporal.PlainDate.from(checkpoint.dueOn).add({ days: graceDays }).toString();
  return today <= last ? 'due' : 'unanswered';
}

/** The next unanswered checkpoint whose day a sweep has to look at, or 'none'. */
export function nextCheckpointOn(
  checkpoints: readonly StoredCheckpoint[],
  after: DateText,
): DateText | 'none' {
  return checkpoints.find((one) => one.answer === undefined && one.dueOn > after)?.dueOn ?? 'none';
}

/** A goal's state: as last answered; an unanswered checkpoint after that counts as at risk (capability 36). */
export function goalState(
  checkpoints: readonly StoredCheckpoint[],
  today: DateText,
): 'on_track' | 'at_risk' | 'stuck' | 'done' {
  const answered = checkpoints.findLast((one) => one.answer !== undefined);
  const missed = checkpoints.findLast((one) => checkpointState(one, today) === 'unanswered');
  if (answered?.answer?.state === 'done') return 'done';
  if (missed !== undefined && missed.number > (answered?.number ?? 0)) return 'at_risk';
  return answered?.answer?.state ?? 'on_track';
}
