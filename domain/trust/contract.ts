import * as z from 'zod';
import type { Routes } from '../route.ts';
import { agendaKeys } from '../run/agenda.ts';
import { monthSchema } from '../time.ts';
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

export const trustRoutes = {
  readSettings: {
    stage: 'trust',
    method: 'GET',
    path: 'settings',
    summary: 'How long each kind of data is kept',
    access: 'admin',
    output: settingsSchema,
    refusals: ['not_found'],
  },
  saveSettings: {
    stage: 'trust',
    method: 'PUT',
    path: 'settings',
    summary: 'Chooses how long data is kept, within the limits',
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
