import * as z from 'zod';
import { momentIdSchema, pairIdSchema, recordIdSchema, reviewIdSchema } from '../ids.ts';
import { personSchema, sideSchema } from '../people.ts';
import type { Routes } from '../route.ts';
import { instantSchema, monthSchema, occurrenceTimeSchema } from '../time.ts';
import { isSafeLink } from './safe-link.ts';
import { stageKeySchema } from './stage-schema.ts';

/** The most a text field holds (issue: prepare and run). */
export const textLimit = 10_000;

/** One answer; `ready` is its author's word that the other may read it once the answers open. */
export const answerSchema = z.object({ text: z.string().max(textLimit), ready: z.boolean() });
export const ratingSchema = z.object({
  /** null is “not observed”. */
  value: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.null()]),
  example: z.string().max(textLimit),
  ready: z.boolean(),
});

/** Where an item of the tray belongs (capability 25), and its author's word that the other may read it. */
const placed = { under: z.enum(['strength', 'improvement']), ready: z.boolean() };

const words = (most: number) => z.string().max(most).regex(/\S/);

/** One item of the evidence tray (capability 23). Everything in it is text: nothing is ever shown as markup. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('figure'),
    /** As long as the shared form's own figures, so that one can be taken into it. */
    label: words(80),
    value: words(80),
    ...placed,
  }),
  z.object({
    kind: z.literal('quote'),
    text: words(1000),
    /** A company or a case number, as the style sheet asks. */
    customer: z.string().max(120),
    ...placed,
  }),
  /** A record and a moment are picked from what exists: only which one is kept, never a copy of its words. */
  z.object({ kind: z.literal('record'), recordId: recordIdSchema, ...placed }),
  z.object({ kind: z.literal('moment'), momentId: momentIdSchema, ...placed }),
  z.object({
    kind: z.literal('link'),
    title: words(120),
    url: z.string().max(2000).refine(isSafeLink, { error: 'not a plain https address' }),
    ...placed,
  }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** One side's preparation: it has one writer, so it is plain versioned JSON. */
export const partSchema = z.object({
  /** Raised by each save; a save names the one it builds on. */
  rev: z.int().min(0),
  answers: z.record(z.string().max(40), answerSchema),
  ratings: z.partialRecord(stageKeySchema, ratingSchema),
  /** By UUIDv7, so that the order of the ids is the order in which they came. A save without it leaves it as it was. */
  evidence: z.record(z.uuidv7(), evidenceSchema).optional(),
  readyAt: instantSchema.optional(),
});
export type Part = z.infer<typeof partSchema>;

const halvesSchema = z.object({ practical: z.int(), mental: z.int() });
/** Answers of each half, towards the three that "ready" needs. */
export type Halves = z.infer<typeof halvesSchema>;

export const reviewSchema = z.object({
  id: reviewIdSchema,
  pairId: pairIdSchema,
  month: monthSchema,
  ordinal: z.int().min(1),
  first: z.boolean(),
  length: z.enum(['short30', 'standard45', 'long60', 'first60']),
  occurrence: occurrenceTimeSchema,
  phase: z.enum(['before', 'during', 'after']),
  state: z.enum(['planned', 'running', 'signing', 'sealed', 'closed_unsigned', 'skipped']),
  side: sideSchema,
  manager: personSchema,
  seller: personSchema,
  joinUrl: z.string().optional(),
  /** The stages that are rated this month: all eight the first time and each quarter, else the focus stages. */
  ratedStages: z.array(stageKeySchema),
  readiness: z.object({
    manager: halvesSchema.extend({ ready: z.boolean() }),
    seller: halvesSchema.extend({ ready: z.boolean() }),
  }),
  /** Set once both are ready or the meeting has started. */
  revealedAt: instantSchema.optional(),
  mine: partSchema,
  /** What the other has marked ready; absent until the answers open. */
  others: partSchema.omit({ rev: true }).optional(),
  /** One sentence from the author's own reflection last time (capability 60). */
  lesson: z.string().optional(),
  startedAt: instantSchema.optional(),
});
export type ReviewView = z.infer<typeof reviewSchema>;

const reviewParams = z.object({ reviewId: reviewIdSchema });

export const prepareRoutes = {
  getReview: {
    stage: 'prepare',
    method: 'GET',
    path: 'reviews/{reviewId}',
    summary: "One review: own preparation, both readinesses, and the other's answers once they are open",
    access: 'eitherOfPair',
    params: reviewParams,
    output: reviewSchema,
    refusals: ['not_found', 'not_confirmed'],
  },
  listReviews: {
    stage: 'prepare',
    method: 'GET',
    path: 'pairs/{pairId}/reviews',
    summary: 'The reviews of a pair, newest first',
    access: 'eitherOfPair',
    params: z.object({ pairId: pairIdSchema }),
    output: z.object({
      reviews: z.array(
        reviewSchema.pick({
          id: true,
          month: true,
          ordinal: true,
          occurrence: true,
          phase: true,
          state: true,
        }),
      ),
    }),
    refusals: ['not_found'],
  },
  savePreparation: {
    stage: 'prepare',
    method: 'PUT',
    path: 'reviews/{reviewId}/preparation',
    summary: 'Saves the own preparation as it is typed',
    access: 'eitherOfPair',
    params: reviewParams,
    body: partSchema.omit({ readyAt: true }),
    output: z.object({ part: partSchema, readiness: reviewSchema.shape.readiness }),
    refusals: ['not_found', 'not_confirmed', 'stale', 'needs_example', 'limit_reached', 'sealed', 'frozen'],
  },
  setReady: {
    stage: 'prepare',
    method: 'PUT',
    path: 'reviews/{reviewId}/ready',
    summary: 'Says that the own preparation is ready, or takes it back while the answers are closed',
    access: 'eitherOfPair',
    params: reviewParams,
    body: z.object({ ready: z.boolean() }),
    output: reviewSchema,
    refusals: ['not_found', 'not_confirmed', 'not_ready', 'sealed', 'frozen'],
  },
} as const satisfies Routes;
