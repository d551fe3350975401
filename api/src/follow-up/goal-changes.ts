// Changes to an agreed goal between reviews: one proposes with a reason, the other accepts or declines with a word.

import { nextCheckpointOn } from '@medspill/domain/follow-up/checkpoints';
import type { Goal, GoalProposal, GoalWords } from '@medspill/domain/follow-up/contract';
import { acceptProposal, changeMissing, wordsOf } from '@medspill/domain/follow-up/goal-change';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { GoalId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { openGoalLimits, roomForGoals } from '@medspill/domain/run/goal-limits';
import { otherSide } from '@medspill/domain/sides';
import { type DateText, toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { GoalDocument, OutboxEntry, PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { changeGoal, goalView, todayOf } from './goals.ts';

/** Versions one goal can have; a goal that needs more is another goal. */
const versionLimit = 50;

export type Proposal = {
  edition: number;
  reason: string;
  change:
    | { kind: 'words'; words: GoalWords; confidence: number; attractive?: string | undefined }
    | { kind: 'end' };
};

/** A new proposal takes the place of the proposer's own; the same one twice is one. */
export async function proposeGoalChange(
  app: App,
  caller: Caller,
  goalId: GoalId,
  proposalId: string,
  wish: Proposal,
): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'either', async (goal, pair, side) => {
    if (goal.proposal?.id === proposalId || wasAnswered(goal, proposalId)) return done(goal);
    const today = todayOf(app, pair);
    const view = goalView(goal, today);
    if (view.state === 'done' || view.state === 'ended') return refuse({ code: 'goal_ended' });
    if (goal.proposal !== undefined && goal.proposal.by !== side) return refuse({ code: 'proposal_waiting' });
    if (goal.earlier.length !== wish.edition) return refuse({ code: 'stale', currentVersion: goal.version });
    if (goal.earlier.length >= versionLimit) return refuse({ code: 'limit_reached', limit: versionLimit });
    const proposal = proposalOf(app, proposalId, side, wish);
    if (proposal.words !== undefined) {
      const may = await mayStand(app, caller, goal, proposal.words, today);
      if (!may.ok) return may;
    }
    const { declined: _older, ...rest } = goal;
    return done({
      ...rest,
      proposal,
      outbox: [...goal.outbox, changeNotice(app, goal, pair, side, proposalId)],
    });
  });
}

export type ProposalAnswer =
  | { answer: 'accept'; confidence: number; attractive?: string | undefined }
  | { answer: 'decline'; word: string }
  | { answer: 'withdraw' };

/** Bound to the proposal that was read: one that was replaced or taken back meanwhile is not accepted by mistake. */
export async function answerGoalChange(
  app: App,
  caller: Caller,
  goalId: GoalId,
  proposalId: string,
  given: ProposalAnswer,
): Promise<Outcome<Goal>> {
  return changeGoal(app, caller, goalId, 'either', async (goal, pair, side) => {
    const { proposal } = goal;
    if (proposal === undefined || proposal.id !== proposalId) {
      return wasAnswered(goal, proposalId) ? done(goal) : refuse({ code: 'goal_changed' });
    }
    const isOwn = proposal.by === side;
    if (isOwn !== (given.answer === 'withdraw')) return refuse({ code: 'not_allowed' });
    const { proposal: _answered, ...rest } = goal;
    if (given.answer === 'withdraw') return done(rest);
    const at = toInstantText(app.clock.now());
    const outbox = [...goal.outbox, changeNotice(app, goal, pair, side, `${proposalId}/${given.answer}`)];
    if (given.answer === 'decline') {
      return done({ ...rest, declined: { proposalId, by: side, at, word: given.word }, outbox });
    }
    const today = todayOf(app, pair);
    if (proposal.words !== undefined) {
      const may = await mayStand(app, caller, goal, proposal.words, today);
      if (!may.ok) return may;
    }
    const changed = acceptProposal(goal, proposal, { ...given, at }, today, isPublicHoliday);
    return done({ ...changed, outbox, nextCheckpointOn: nextCheckpointOn(changed.checkpoints, today) });
  });
}

function wasAnswered(goal: GoalDocument, proposalId: string): boolean {
  return (
    goal.ended?.proposalId === proposalId ||
    goal.declined?.proposalId === proposalId ||
    goal.earlier.some((version) => version.proposalId === proposalId)
  );
}

/** The same rules as for a new goal, and room for it: a later due date may open a goal that had run out. */
async function mayStand(
  app: App,
  caller: Caller,
  goal: GoalDocument,
  words: GoalWords,
  today: DateText,
): Promise<Outcome<undefined>> {
  const missing = changeMissing(goal, words, today, isPublicHoliday);
  if (missing.length > 0) return refuse({ code: 'goal_incomplete', missing });
  const others = (await app.store.goals.ofPair(caller.scope, goal.pairId))
    .filter((one) => one._id !== goal._id)
    .map((one) => goalView(one, today));
  const { horizon } = goal;
  if (roomForGoals(others, today)[horizon] > 0) return done(undefined);
  return refuse({ code: 'too_many_goals', limit: openGoalLimits[horizon] });
}

function proposalOf(app: App, id: string, by: Side, { reason, change }: Proposal): GoalProposal {
  const base = { id, by, at: toInstantText(app.clock.now()), reason };
  if (change.kind === 'end') return base;
  const { words, confidence, attractive } = change;
  return {
    ...base,
    words: wordsOf({
      ...words,
      actions: words.actions.filter((action) => action.text.trim() !== ''),
    }),
    confidence,
    ...(by === 'seller' && attractive?.trim() ? { attractive: attractive.trim() } : {}),
  };
}

function changeNotice(
  app: App,
  goal: GoalDocument,
  pair: PairDocument,
  from: Side,
  what: string,
): OutboxEntry {
  return {
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `goal_change/${goal._id}/${what}`,
      to: pair[otherSide(from)].id,
      kind: 'goal_change',
      pairId: pair._id,
      target: { page: 'goal', id: goal._id },
      values: { name: pair[from].name },
    },
  };
}
