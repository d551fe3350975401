import * as z from 'zod';
import { pairIdSchema, reviewIdSchema } from '../ids.ts';
import { stageKeySchema } from '../prepare/stage-schema.ts';
import type { Routes } from '../route.ts';
import { monthSchema } from '../time.ts';

/** Reflection after the review. It is its author's alone (capability 59). */
export const reflectionSchema = z.object({
  rev: z.int().min(0),
  answers: z.record(z.string().max(40), z.string().max(4000)),
});
export type Reflection = z.infer<typeof reflectionSchema>;

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
