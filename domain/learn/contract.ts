import * as z from 'zod';
import { pairIdSchema, reviewIdSchema } from '../ids.ts';
import { stageKeySchema } from '../prepare/stage-schema.ts';
import type { Routes } from '../route.ts';
import { instantSchema, monthSchema } from '../time.ts';

/** Reflection after the review. It is its author's alone (capability 59). */
export const reflectionSchema = z.object({
  rev: z.int().min(0),
  answers: z.record(z.string().max(40), z.string().max(4000)),
});
export type Reflection = z.infer<typeof reflectionSchema>;

/** What the seller has sent to the manager after a review. */
export const noteToManagerSchema = z.object({
  text: z.string().trim().min(1).max(2000),
  at: instantSchema,
});
export type NoteToManager = z.infer<typeof noteToManagerSchema>;

const count = z.int().nullable();
const average = z.number().nullable();
/** Averages of months that are over, newest first; null where fewer than five have answered. */
const pulseMonths = z.array(
  z.object({ month: monthSchema, p_heard: average, p_step: average, p_own: average }),
);

const reviewParams = z.object({ reviewId: reviewIdSchema });
const view = z.int().min(1).max(5).nullable();

export const learnRoutes = {
  readReflection: {
    stage: 'learn',
    method: 'GET',
    path: 'reviews/{reviewId}/reflection',
    summary: 'Own reflection on a review',
    access: 'authorOnly',
    params: reviewParams,
    output: reflectionSchema,
    refusals: ['not_found'],
  },
  saveReflection: {
    stage: 'learn',
    method: 'PUT',
    path: 'reviews/{reviewId}/reflection',
    summary: 'Saves the own reflection; its last sentence returns in the next preparation',
    access: 'authorOnly',
    params: reviewParams,
    body: reflectionSchema,
    output: reflectionSchema,
    refusals: ['not_found', 'stale'],
  },
  readNote: {
    stage: 'learn',
    method: 'GET',
    path: 'reviews/{reviewId}/note-to-manager',
    summary: 'What the seller has sent to the manager after the review',
    access: 'eitherOfPair',
    params: reviewParams,
    output: z.object({ note: noteToManagerSchema.optional() }),
    refusals: ['not_found', 'not_confirmed'],
  },
  sendNote: {
    stage: 'learn',
    method: 'PUT',
    path: 'reviews/{reviewId}/note-to-manager',
    summary: 'Sends the manager a word after the review, once',
    access: 'sellerOfPair',
    params: reviewParams,
    body: noteToManagerSchema.pick({ text: true }),
    output: z.object({ note: noteToManagerSchema }),
    refusals: ['not_found', 'not_confirmed', 'too_early', 'already_answered'],
  },
  teamPulse: {
    stage: 'learn',
    method: 'GET',
    path: 'team/pulse',
    summary:
      "What the caller's own sellers answered about their reviews, as averages of at least five people",
    access: 'member',
    output: z.object({ months: pulseMonths }),
    refusals: [],
  },
  coverage: {
    stage: 'learn',
    method: 'GET',
    path: 'coverage',
    summary: 'Reviews held and skipped per month and team, and averages of the answers; no group under five',
    access: 'admin',
    output: z.object({
      units: z.array(
        z.object({
          /** Null for teams under five, put together. */
          manager: z.string().nullable(),
          sellers: z.int(),
          months: z.array(z.object({ month: monthSchema, sellers: count, held: count, skipped: count })),
        }),
      ),
      pulse: pulseMonths,
    }),
    refusals: ['not_found'],
  },
  growth: {
    stage: 'learn',
    method: 'GET',
    path: 'pairs/{pairId}/growth',
    summary: 'Both views of each stage over the months, and goals and promises kept; no total, no ranking',
    access: 'eitherOfPair',
    params: z.object({ pairId: pairIdSchema }),
    output: z.object({
      months: z.array(
        z.object({
          month: monthSchema,
          stages: z.array(
            z.object({ stage: stageKeySchema, manager: view.optional(), seller: view.optional() }),
          ),
          goalsReached: z.int(),
          goalsSet: z.int(),
          promisesKept: z.int(),
          promisesMade: z.int(),
        }),
      ),
    }),
    refusals: ['not_found'],
  },
} as const satisfies Routes;
