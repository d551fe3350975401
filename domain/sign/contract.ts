import * as z from 'zod';
import { recordIdSchema, reviewIdSchema } from '../ids.ts';
import { personSchema, sideSchema } from '../people.ts';
import { textLimit } from '../prepare/contract.ts';
import { stageKeySchema } from '../prepare/stage-schema.ts';
import type { Routes } from '../route.ts';
import { dateSchema, instantSchema, monthSchema } from '../time.ts';

export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

const ratingSchema = z.object({ value: z.int().min(1).max(5).nullable(), example: z.string() });

export const recordGoalSchema = z.object({
  slot: z.string(),
  horizon: z.enum(['short', 'long']),
  kind: z.enum(['learning', 'result']),
  stage: stageKeySchema,
  text: z.string(),
  measure: z.string(),
  actions: z.array(z.object({ text: z.string(), dueOn: dateSchema.optional() })),
  ifThen: z.string(),
  priority: z.string(),
  dueOn: dateSchema,
  doer: sideSchema,
  follower: sideSchema,
  confidence: z.object({ manager: z.int(), seller: z.int() }),
  attractive: z.string(),
});
export type RecordGoal = z.infer<typeof recordGoalSchema>;

/** What both sign: the words of the shared form as they stood at the seal, and both views of the focus stages. */
export const recordContentSchema = z.object({
  schema: z.literal('medspill-record-1'),
  recordId: recordIdSchema,
  reviewId: reviewIdSchema,
  pairId: z.string(),
  month: monthSchema,
  ordinal: z.int(),
  heldOn: dateSchema,
  manager: personSchema.pick({ id: true, name: true }),
  seller: personSchema.pick({ id: true, name: true }),
  template: z.object({ length: z.string(), version: z.string(), textVersion: z.string() }),
  summary: z.string(),
  notes: z.array(z.object({ agendaKey: z.string(), text: z.string() })),
  strengths: z.array(z.object({ text: z.string(), example: z.string() })),
  figures: z.array(z.object({ label: z.string(), value: z.string() })),
  focusStages: z.array(
    z.object({
      stage: stageKeySchema,
      manager: ratingSchema.optional(),
      seller: ratingSchema.optional(),
    }),
  ),
  goals: z.array(recordGoalSchema),
  promises: z.array(z.object({ slot: z.string(), text: z.string(), dueOn: dateSchema })),
  noPromiseNeeded: z.boolean(),
  /** Digest of the pair's record before this one, or null for the first. */
  previousDigest: digestSchema.nullable(),
});
export type RecordContent = z.infer<typeof recordContentSchema>;

export const signatureSchema = z.object({
  side: sideSchema,
  personId: z.string(),
  name: z.string(),
  at: instantSchema,
  digest: digestSchema,
});
export type Signature = z.infer<typeof signatureSchema>;

export const addendumSchema = z.object({
  id: z.uuid(),
  side: sideSchema,
  name: z.string(),
  at: instantSchema,
  text: z.string(),
  digest: digestSchema,
});

export const recordSchema = z.object({
  id: recordIdSchema,
  state: z.enum(['draft', 'awaiting_second', 'sealed', 'closed_unsigned']),
  side: sideSchema,
  content: recordContentSchema,
  /** SHA-256 over canonical JSON (RFC 8785) of the salted content. */
  digest: digestSchema,
  salt: z.string(),
  /** The shared form's number that the content was built from. */
  seq: z.int(),
  signatures: z.array(signatureSchema),
  /** The seller's own field; nobody else can edit it. */
  disagreement: z.string().optional(),
  addenda: z.array(addendumSchema),
  deadline: dateSchema.optional(),
  missing: z.array(z.string()),
});
export type RecordView = z.infer<typeof recordSchema>;

const reviewParams = z.object({ reviewId: reviewIdSchema });
const recordParams = z.object({ recordId: recordIdSchema });

export const signRoutes = {
  previewRecord: {
    stage: 'sign',
    method: 'GET',
    path: 'reviews/{reviewId}/record',
    summary: 'The record as it would be signed now, or as it was signed, with its digest',
    access: 'eitherOfPair',
    params: reviewParams,
    output: recordSchema,
    refusals: ['not_found', 'not_confirmed'],
  },
  signRecord: {
    stage: 'sign',
    method: 'POST',
    path: 'reviews/{reviewId}/signatures',
    summary:
      'Signs the digest that was read; the first signature freezes the form, the second seals the record',
    access: 'eitherOfPair',
    params: reviewParams,
    body: z.object({
      digest: digestSchema,
      seq: z.int(),
      /** Only the seller's is kept. */
      disagreement: z.string().max(textLimit).optional(),
    }),
    output: recordSchema,
    refusals: [
      'not_found',
      'not_confirmed',
      'form_changed',
      'digest_mismatch',
      'record_incomplete',
      'sealed',
    ],
  },
  withdrawSignature: {
    stage: 'sign',
    method: 'DELETE',
    path: 'reviews/{reviewId}/signatures/mine',
    summary: 'Takes the own signature back while the other has not signed; the form opens again',
    access: 'eitherOfPair',
    params: reviewParams,
    output: recordSchema,
    refusals: ['not_found', 'nothing_to_withdraw', 'sealed'],
  },
  listRecords: {
    stage: 'sign',
    method: 'GET',
    path: 'records',
    summary: 'The records that the reader may open, newest first',
    access: 'member',
    output: z.object({
      records: z.array(
        z.object({
          id: recordIdSchema,
          reviewId: reviewIdSchema,
          month: monthSchema,
          heldOn: dateSchema,
          manager: z.string(),
          seller: z.string(),
          state: recordSchema.shape.state,
        }),
      ),
    }),
    refusals: [],
  },
  readRecord: {
    stage: 'sign',
    method: 'GET',
    path: 'records/{recordId}',
    summary: 'One record; the read is logged and shown to the seller',
    access: 'readerOfRecord',
    params: recordParams,
    output: recordSchema,
    refusals: ['not_found'],
  },
  verifyRecord: {
    stage: 'sign',
    method: 'GET',
    path: 'records/{recordId}/verification',
    summary: 'Whether digest, chain, signatures and seal still hold, and which does not',
    access: 'readerOfRecord',
    params: recordParams,
    output: z.object({
      holds: z.boolean(),
      checks: z.array(
        z.object({
          name: z.enum(['content', 'digest', 'chain', 'signatures', 'seal', 'addenda']),
          holds: z.boolean(),
        }),
      ),
    }),
    refusals: ['not_found'],
  },
  recordPdf: {
    stage: 'sign',
    method: 'GET',
    path: 'records/{recordId}/pdf',
    summary: 'The record as a tagged PDF in the reader’s language',
    access: 'readerOfRecord',
    params: recordParams,
    query: z.object({ language: z.enum(['nb', 'en']).default('nb') }),
    file: 'application/pdf',
    refusals: ['not_found'],
  },
  recordJson: {
    stage: 'sign',
    method: 'GET',
    path: 'records/{recordId}/json',
    summary: 'The record as a file that can be verified offline',
    access: 'readerOfRecord',
    params: recordParams,
    file: 'application/json',
    refusals: ['not_found'],
  },
  addAddendum: {
    stage: 'sign',
    method: 'POST',
    path: 'records/{recordId}/addenda',
    summary: 'Adds a signed addendum; nothing else can follow a seal',
    access: 'eitherOfPair',
    params: recordParams,
    body: z.object({ addendumId: z.uuid(), text: z.string().trim().min(1).max(textLimit) }),
    output: recordSchema,
    status: 201,
    refusals: ['not_found', 'limit_reached'],
  },
} as const satisfies Routes;
