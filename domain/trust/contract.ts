import * as z from 'zod';
import { pairIdSchema, personIdSchema, recordIdSchema } from '../ids.ts';
import { textLimit } from '../prepare/contract.ts';
import type { Routes } from '../route.ts';
import { agendaKeys } from '../run/agenda.ts';
import { recordSchema } from '../sign/contract.ts';
import { dateSchema, instantSchema, monthSchema } from '../time.ts';
import { leastReason, mostReason } from './break-glass.ts';
import { permissionNames, permissionStates } from './permissions.ts';
import { type Retention, retentionKinds, retentionRules } from './retention.ts';

const retentionSchema = z.object(
  Object.fromEntries(
    retentionKinds.map((kind) => {
      const { least, most } = retentionRules[kind];
      return [kind, z.int().min(least).max(most)];
    }),
  ) as Record<keyof Retention, z.ZodInt>,
);

export const settingsSchema = z.object({
  /** 0 while everything is as usual and nothing has been saved. */
  version: z.int(),
  retention: retentionSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

const handoverSchema = z.object({
  rev: z.int(),
  text: z.string().max(textLimit),
  /** Whether the next manager may read it. */
  shared: z.boolean(),
  /** For the seller: what the next manager reads from the change on, in any case. */
  along: z
    .object({
      records: z.array(z.object({ id: recordIdSchema, month: monthSchema, heldOn: dateSchema })),
      goals: z.array(z.object({ text: z.string(), dueOn: dateSchema })),
    })
    .optional(),
});

const accessRequestSchema = z.object({
  id: z.uuid(),
  recordId: recordIdSchema,
  seller: z.string(),
  month: monthSchema,
  askedById: personIdSchema,
  askedBy: z.string(),
  askedAt: instantSchema,
  reason: z.string(),
  state: z.enum(['asked', 'approved', 'refused', 'over']),
  decidedBy: z.string().optional(),
  decidedAt: instantSchema.optional(),
  expiresAt: instantSchema.optional(),
});

const requestParams = z.object({ requestId: z.uuid() });
const pairParams = z.object({ pairId: pairIdSchema });

export const trustRoutes = {
  stopTakeover: {
    stage: 'trust',
    method: 'DELETE',
    path: 'pairs/{pairId}/takeover',
    summary: 'The seller or the present manager stops a change of manager that is still to come',
    access: 'eitherOfPair',
    params: pairParams,
    refusals: ['not_found', 'no_takeover'],
  },
  readHandover: {
    stage: 'trust',
    method: 'GET',
    path: 'pairs/{pairId}/handover',
    summary:
      "The seller's words to the next manager: the manager reads them when they are shared and the change holds",
    access: 'eitherOfPair',
    params: pairParams,
    output: handoverSchema,
    refusals: ['not_found'],
  },
  saveHandover: {
    stage: 'trust',
    method: 'PUT',
    path: 'pairs/{pairId}/handover',
    summary: 'The seller writes to the next manager, and decides whether it is shared',
    access: 'sellerOfPair',
    params: pairParams,
    body: handoverSchema.pick({ rev: true, text: true, shared: true }),
    output: handoverSchema,
    refusals: ['not_found', 'not_allowed', 'stale'],
  },
  heldReviews: {
    stage: 'trust',
    method: 'GET',
    path: 'people/{personId}/held',
    summary: 'That reviews with a seller were held, and when; nothing of what they say',
    access: 'admin',
    params: z.object({ personId: personIdSchema }),
    output: z.object({
      reviews: z.array(z.object({ recordId: recordIdSchema, month: monthSchema, heldOn: dateSchema })),
    }),
    refusals: ['not_found'],
  },
  askAccess: {
    stage: 'trust',
    method: 'POST',
    path: 'access-requests',
    summary: 'Asks to read one record, with a written reason that the seller will see',
    access: 'admin',
    body: z.object({
      /** Made by the caller; the same id asks once. */
      requestId: z.uuid(),
      recordId: recordIdSchema,
      reason: z.string().trim().min(leastReason).max(mostReason),
    }),
    output: accessRequestSchema,
    status: 201,
    refusals: ['not_found', 'not_allowed'],
  },
  listAccess: {
    stage: 'trust',
    method: 'GET',
    path: 'access-requests',
    summary: 'Requests to read a record, newest first',
    access: 'admin',
    output: z.object({ requests: z.array(accessRequestSchema) }),
    refusals: ['not_found'],
  },
  decideAccess: {
    stage: 'trust',
    method: 'PUT',
    path: 'access-requests/{requestId}/decision',
    summary: 'A second administrator approves a request or refuses it; an approval is told to the seller',
    access: 'admin',
    params: requestParams,
    body: z.object({ approve: z.boolean() }),
    output: accessRequestSchema,
    refusals: ['not_found', 'not_allowed', 'already_answered'],
  },
  readByAccess: {
    stage: 'trust',
    method: 'GET',
    path: 'access-requests/{requestId}/record',
    summary:
      'The one record of an approved request, for its day; each read is logged and shown to the seller',
    access: 'breakGlass',
    params: requestParams,
    output: recordSchema.omit({ side: true, salt: true, seq: true, missing: true }),
    refusals: ['not_found'],
  },
  readSettings: {
    stage: 'trust',
    method: 'GET',
    path: 'settings',
    summary: 'How long each kind of data is to be kept; nothing deletes by it yet',
    access: 'admin',
    output: settingsSchema,
    refusals: ['not_found'],
  },
  saveSettings: {
    stage: 'trust',
    method: 'PUT',
    path: 'settings',
    summary: 'Chooses how long data is to be kept, within the limits; nothing deletes by it yet',
    access: 'admin',
    body: settingsSchema,
    output: settingsSchema,
    refusals: ['not_found', 'stale'],
  },
  listTemplates: {
    stage: 'trust',
    method: 'GET',
    path: 'templates',
    summary: 'The agenda that reviews follow, with its version and the theme that each item covers',
    access: 'admin',
    output: z.object({
      templates: z.array(
        z.object({
          version: z.string(),
          textVersion: z.string(),
          items: z.array(z.object({ key: z.enum(agendaKeys), covers: z.string().nullable() })),
        }),
      ),
    }),
    refusals: ['not_found'],
  },
  readCounts: {
    stage: 'trust',
    method: 'GET',
    path: 'counts',
    summary: 'How many pairs there are, and how many reviews were held and signed in each month; no names',
    access: 'admin',
    output: z.object({
      pairs: z.object({ open: z.int(), confirmed: z.int() }),
      months: z.array(
        z.object({ month: monthSchema, signed: z.int(), closedUnsigned: z.int(), awaitingSecond: z.int() }),
      ),
    }),
    refusals: ['not_found'],
  },
  readSetup: {
    stage: 'trust',
    method: 'GET',
    path: 'setup',
    summary: 'Which permissions have been granted to the app, each tried',
    access: 'admin',
    output: z.object({
      permissions: z.array(
        z.object({
          kind: z.enum(['delegated', 'application']),
          name: z.enum([...permissionNames.delegated, ...permissionNames.application]),
          state: z.enum(permissionStates),
        }),
      ),
    }),
    refusals: ['not_found'],
  },
  auditFile: {
    stage: 'trust',
    method: 'GET',
    path: 'audit',
    summary: 'The whole audit trail as a file that can be verified offline; it holds no content',
    access: 'admin',
    file: 'application/json',
    refusals: ['not_found'],
  },
} as const satisfies Routes;
