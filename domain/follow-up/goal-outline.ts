// What an overview needs of a goal, without its words: enough to tell its state on any day.
import * as z from 'zod';
import { type DateText, dateSchema } from '../time.ts';
import { checkpointState, type StoredCheckpoint } from './checkpoints.ts';

export const goalOutlineSchema = z.object({
  isOpen: z.boolean(),
  /** As last answered. */
  state: z.enum(['on_track', 'at_risk', 'stuck', 'done']),
  /** Day of the first checkpoint after the last answer. */
  unansweredFrom: dateSchema.optional(),
  /** Answers that ask for help and have had no reply. */
  helpWanted: z.int(),
  /** The seller proposes a change that the manager has not answered. */
  changeWanted: z.boolean(),
});
export type GoalOutline = z.infer<typeof goalOutlineSchema>;

type Agreed = {
  checkpoints: readonly StoredCheckpoint[];
  ended?: unknown;
  proposal?: { by: 'manager' | 'seller' } | undefined;
};

export function goalOutline({ checkpoints, ended, proposal }: Agreed): GoalOutline {
  const answered = checkpoints.findLast((one) => one.answer !== undefined);
  const state = answered?.answer?.state ?? 'on_track';
  const next = checkpoints.find((one) => one.answer === undefined && one.number > (answered?.number ?? 0));
  return {
    isOpen: ended === undefined && state !== 'done',
    state,
    ...(next === undefined ? {} : { unansweredFrom: next.dueOn }),
    helpWanted: checkpoints.filter((one) => one.answer?.needHelp.trim() && one.reply === undefined).length,
    changeWanted: proposal?.by === 'seller',
  };
}

/** Whether an open goal asks for attention on a day: as answered, or because an answer is missing (capability 36). */
export function isAtRisk({ isOpen, state, unansweredFrom }: GoalOutline, today: DateText): boolean {
  if (!isOpen) return false;
  if (state === 'at_risk' || state === 'stuck') return true;
  return (
    unansweredFrom !== undefined &&
    checkpointState({ number: 0, dueOn: unansweredFrom }, today) === 'unanswered'
  );
}
