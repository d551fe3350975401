import * as z from 'zod';
import { pairSchema } from '../book/contract.ts';
import { goalIdSchema, momentIdSchema, pairIdSchema, promiseIdSchema, reviewIdSchema } from '../ids.ts';
import { personSchema, sideSchema } from '../people.ts';
import { reviewSchema } from '../prepare/contract.ts';
import type { Routes } from '../route.ts';
import { recordGoalSchema } from '../sign/contract.ts';
import { dateSchema, instantSchema, monthSchema } from '../time.ts';

export const goalStateSchema = z.enum(['on_track', 'at_risk', 'stuck', 'done', 'changed', 'ended']);

/** Three to begin with; each change of the goal may add one. */
const checkpointLimit = 99;

/** Two minutes on day 7, 14 and 21, moved to working days (capability 35). */
export const checkpointSchema = z.object({
  number: z.int().min(1).max(checkpointLimit),
  dueOn: dateSchema,
  state: z.enum(['coming', 'due', 'answered', 'unanswered']),
  answer: z
    .object({
      at: instantSchema,
      done: z.string(),
      learned: z.string(),
      state: z.enum(['on_track', 'at_risk', 'stuck', 'done']),
      needHelp: z.string(),
    })
    .optional(),
  /** The manager's reply to a call for help, due within two working days. */
  reply: z.object({ at: instantSchema, text: z.string() }).optional(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What of an agreed goal may be changed. */
export const goalWordsSchema = recordGoalSchema
  .pick({ text: true, measure: true, ifThen: true, priority: true, dueOn: true })
  .extend({
    text: z.string().max(1000),
    measure: z.string().max(1000),
    ifThen: z.string().max(1000),
    priority: z.string().max(1000),
    actions: z.array(z.object({ text: z.string().max(1000), dueOn: dateSchema.optional() })).max(5),
  });
export type GoalWords = z.infer<typeof goalWordsSchema>;

const reasonSchema = z.string().trim().min(1).max(1000);

const proposalIdSchema = z.uuid();

export const goalProposalSchema = z.object({
  id: proposalIdSchema,
  by: sideSchema,
  at: instantSchema,
  reason: z.string(),
  /** The goal as it would read; absent where it is to end. */
  words: goalWordsSchema.optional(),
  /** The proposer's own, 1–10. */
  confidence: z.int().optional(),
  /** The seller's, when the seller proposes. */
  attractive: z.string().optional(),
});
export type GoalProposal = z.infer<typeof goalProposalSchema>;

export const goalSchema = recordGoalSchema.extend({
  id: goalIdSchema,
  pairId: pairIdSchema,
  reviewId: reviewIdSchema,
  version: z.int(),
  state: goalStateSchema,
  actions: z.array(z.object({ text: z.string(), dueOn: dateSchema.optional(), done: z.boolean() })),
  checkpoints: z.array(checkpointSchema),
  /** How it read before each change, oldest first: nothing that was agreed is lost. */
  earlier: z.array(
    goalWordsSchema.extend({
      proposalId: proposalIdSchema,
      changedBy: sideSchema,
      reason: z.string(),
      until: instantSchema,
    }),
  ),
  /** What one proposes and the other has not answered. */
  proposal: goalProposalSchema.optional(),
  /** The last no, until the next proposal. */
  declined: z
    .object({ proposalId: proposalIdSchema, by: sideSchema, at: instantSchema, word: z.string() })
    .optional(),
  ended: z
    .object({ proposalId: proposalIdSchema, by: sideSchema, at: instantSchema, reason: z.string() })
    .optional(),
  /** Its steps stand in the reader's own To Do. */
  inToDo: z.literal(true).optional(),
});
export type Goal = z.infer<typeof goalSchema>;

export const promiseSchema = z.object({
  id: promiseIdSchema,
  pairId: pairIdSchema,
  reviewId: reviewIdSchema,
  version: z.int(),
  text: z.string(),
  dueOn: dateSchema,
  /** The manager says kept, the seller says received. */
  keptAt: instantSchema.optional(),
  receivedAt: instantSchema.optional(),
  overdue: z.boolean(),
});

export const momentSchema = z.object({
  id: momentIdSchema,
  pairId: pairIdSchema,
  at: instantSchema,
  /** Situation, behaviour, impact (capability 44). */
  situation: z.string().trim().min(1).max(2000),
  behaviour: z.string().trim().min(1).max(2000),
  impact: z.string().trim().min(1).max(2000),
  by: sideSchema,
});

export const noticeKinds = [
  'booked',
  'confirm_pair',
  'prep_reminder',
  'both_ready',
  'sign_request',
  'checkpoint_due',
  'help_wanted',
  'help_answered',
  'promise_due',
  'cadence_late',
  'goal_change',
  'moment_nudge',
  'weekly_digest',
  'manager_change',
  'change_stopped',
  'access_event',
] as const;
export const noticeKindSchema = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

/** What nobody can turn off: it tells a person that somebody else gets to see their records. */
export const lastingKinds = ['manager_change', 'change_stopped', 'access_event'] as const;
export const chosenKindSchema = noticeKindSchema.exclude(lastingKinds);
export type ChosenKind = z.infer<typeof chosenKindSchema>;

/** Green to 35 days, amber 36–42, red after, plus "none this calendar month" (capability 9). */
export const cadenceSchema = z.object({
  colour: z.enum(['green', 'amber', 'red', 'none_yet']),
  days: z.int().optional(),
  noneThisMonth: z.boolean(),
  /** Today does not count: the July weeks, or somebody is away. */
  pause: z.object({ because: z.enum(['july', 'absence']), until: dateSchema }).optional(),
});

const reviewLine = reviewSchema.pick({
  id: true,
  month: true,
  ordinal: true,
  occurrence: true,
  phase: true,
  state: true,
  readiness: true,
});

export const followUpRoutes = {
  home: {
    stage: 'follow-up',
    method: 'GET',
    path: 'home',
    summary: 'All that the personal tab opens with, for a seller and for a manager',
    access: 'member',
    output: z.object({
      me: personSchema,
      isManager: z.boolean(),
      isAdmin: z.boolean(),
      asSeller: z
        .object({
          pair: pairSchema,
          /** A seller may have two managers; their reviews are one click away. */
          otherPairs: z.array(pairSchema).default([]),
          /** The pair with the next manager, while the change is to come. */
          incoming: pairSchema.optional(),
          next: reviewLine.optional(),
          last: reviewLine.optional(),
          goals: z.array(goalSchema),
          promises: z.array(promiseSchema),
          /** The one thing to do next. */
          nextStep: z
            .object({
              kind: z.enum([
                'confirm_pair',
                'prepare',
                'join',
                'sign',
                'checkpoint',
                'goal_change',
                'action',
                'reflect',
              ]),
              id: z.string(),
              dueOn: dateSchema.optional(),
            })
            .optional(),
        })
        .optional(),
      team: z.array(
        z.object({
          pair: pairSchema,
          next: reviewLine.optional(),
          last: reviewLine.optional(),
          cadence: cadenceSchema,
          unsigned: z.boolean(),
          overduePromises: z.int(),
          goalsAtRisk: z.int(),
          openGoals: z.int(),
          /** Changes that the seller proposes and the manager has not answered. */
          goalChanges: z.int(),
          helpWanted: z.int(),
        }),
      ),
    }),
    refusals: [],
  },
  listGoals: {
    stage: 'follow-up',
    method: 'GET',
    path: 'pairs/{pairId}/goals',
    summary: 'Goals and promises of a pair',
    access: 'eitherOfPair',
    params: z.object({ pairId: pairIdSchema }),
    output: z.object({ goals: z.array(goalSchema), promises: z.array(promiseSchema) }),
    refusals: ['not_found'],
  },
  answerCheckpoint: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'goals/{goalId}/checkpoints/{number}',
    summary: 'The two-minute card',
    access: 'sellerOfPair',
    params: z.object({ goalId: goalIdSchema, number: z.coerce.number().int().min(1).max(checkpointLimit) }),
    body: z.object({
      done: z.string().max(2000),
      learned: z.string().max(2000),
      state: z.enum(['on_track', 'at_risk', 'stuck', 'done']),
      needHelp: z.string().max(2000),
    }),
    output: goalSchema,
    refusals: ['not_found', 'checkpoint_not_due', 'already_answered'],
  },
  replyToCheckpoint: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'goals/{goalId}/checkpoints/{number}/reply',
    summary: 'The manager answers a call for help',
    access: 'managerOfPair',
    params: z.object({ goalId: goalIdSchema, number: z.coerce.number().int().min(1).max(checkpointLimit) }),
    body: z.object({ text: z.string().trim().min(1).max(2000) }),
    output: goalSchema,
    refusals: ['not_found', 'already_answered'],
  },
  tickAction: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'goals/{goalId}/actions/{index}',
    summary: 'Ticks one action of a goal, or takes the tick back',
    access: 'eitherOfPair',
    params: z.object({ goalId: goalIdSchema, index: z.coerce.number().int().min(0).max(4) }),
    body: z.object({ done: z.boolean() }),
    output: goalSchema,
    refusals: ['not_found'],
  },
  proposeGoalChange: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'goals/{goalId}/proposals/{proposalId}',
    summary:
      'Proposes other words for an agreed goal, or its end, with a reason; nothing changes until the other accepts',
    access: 'eitherOfPair',
    params: z.object({ goalId: goalIdSchema, proposalId: proposalIdSchema }),
    body: z.object({
      /** How many earlier versions the goal had when the proposer read it: a tick meanwhile is no other goal. */
      edition: z.int().min(0),
      reason: reasonSchema,
      change: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('words'),
          words: goalWordsSchema,
          confidence: z.int().min(1).max(10),
          attractive: z.string().max(500).optional(),
        }),
        z.object({ kind: z.literal('end') }),
      ]),
    }),
    output: goalSchema,
    refusals: [
      'not_found',
      'stale',
      'goal_incomplete',
      'goal_ended',
      'proposal_waiting',
      'too_many_goals',
      'limit_reached',
    ],
  },
  answerGoalChange: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'goals/{goalId}/proposals/{proposalId}/answer',
    summary: 'The other accepts or declines a proposal, or its proposer takes it back',
    access: 'eitherOfPair',
    params: z.object({ goalId: goalIdSchema, proposalId: proposalIdSchema }),
    body: z.discriminatedUnion('answer', [
      z.object({
        answer: z.literal('accept'),
        confidence: z.int().min(1).max(10),
        attractive: z.string().max(500).optional(),
      }),
      z.object({ answer: z.literal('decline'), word: reasonSchema }),
      z.object({ answer: z.literal('withdraw') }),
    ]),
    output: goalSchema,
    refusals: ['not_found', 'not_allowed', 'goal_changed', 'goal_incomplete', 'too_many_goals'],
  },
  sendToDo: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'goals/{goalId}/to-do',
    summary: "Puts the steps of a goal into the caller's own Microsoft To Do, and brings both into step",
    access: 'eitherOfPair',
    params: z.object({ goalId: goalIdSchema }),
    output: goalSchema,
    refusals: ['not_found', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  readToDo: {
    stage: 'follow-up',
    method: 'POST',
    path: 'goals/{goalId}/to-do',
    summary: 'Takes over what has been ticked in To Do since; nothing is made there',
    access: 'eitherOfPair',
    params: z.object({ goalId: goalIdSchema }),
    output: goalSchema,
    refusals: ['not_found', 'consent_required', 'interaction_required', 'microsoft_unavailable'],
  },
  keepPromise: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'promises/{promiseId}',
    summary: 'The manager marks a promise as kept, the seller as received',
    access: 'eitherOfPair',
    params: z.object({ promiseId: promiseIdSchema }),
    body: z.object({ done: z.boolean() }),
    output: promiseSchema,
    refusals: ['not_found'],
  },
  addMoment: {
    stage: 'follow-up',
    method: 'POST',
    path: 'pairs/{pairId}/moments',
    summary: 'Feedback on something that just happened; the other sees it at once',
    access: 'eitherOfPair',
    params: z.object({ pairId: pairIdSchema }),
    body: momentSchema.pick({ id: true, situation: true, behaviour: true, impact: true }),
    output: momentSchema,
    status: 201,
    refusals: ['not_found', 'too_many_requests'],
  },
  listMoments: {
    stage: 'follow-up',
    method: 'GET',
    path: 'pairs/{pairId}/moments',
    summary: 'Moments of a pair, newest first',
    access: 'eitherOfPair',
    params: z.object({ pairId: pairIdSchema }),
    output: z.object({ moments: z.array(momentSchema) }),
    refusals: ['not_found'],
  },
  readNoticeChoices: {
    stage: 'follow-up',
    method: 'GET',
    path: 'notices',
    summary: 'Which kinds of notice the reader gets',
    access: 'sellerThemself',
    output: z.object({ off: z.array(chosenKindSchema) }),
    refusals: [],
  },
  saveNoticeChoices: {
    stage: 'follow-up',
    method: 'PUT',
    path: 'notices',
    summary: 'Turns kinds of notice off and on',
    access: 'sellerThemself',
    body: z.object({ off: z.array(chosenKindSchema).max(noticeKinds.length) }),
    output: z.object({ off: z.array(chosenKindSchema) }),
    refusals: [],
  },
  readLog: {
    stage: 'follow-up',
    method: 'GET',
    path: 'reads',
    summary: 'Who has read the own records, and when',
    access: 'sellerThemself',
    output: z.object({
      reads: z.array(
        z.object({
          at: instantSchema,
          name: z.string(),
          role: z.enum(['manager', 'former_manager', 'admin']),
          month: monthSchema,
        }),
      ),
      /** Who was let in from outside the pair, by whom, why and for how long. */
      granted: z.array(
        z.object({
          at: instantSchema,
          name: z.string(),
          approvedBy: z.string(),
          reason: z.string(),
          month: monthSchema,
          expiresAt: instantSchema,
        }),
      ),
    }),
    refusals: [],
  },
} as const satisfies Routes;
