import * as z from 'zod';
import { bookRoutes } from './book/contract.ts';
import { followUpRoutes } from './follow-up/contract.ts';
import { learnRoutes } from './learn/contract.ts';
import { personSchema } from './people.ts';
import { prepareRoutes } from './prepare/contract.ts';
import type { AnswerOf, CallOf, RequestOf, Routes } from './route.ts';
import { runRoutes } from './run/contract.ts';
import { signRoutes } from './sign/contract.ts';
import { trustRoutes } from './trust/contract.ts';

const shellRoutes = {
  me: {
    stage: 'shell',
    method: 'GET',
    path: 'me',
    summary: 'Who is signed in',
    access: 'member',
    output: z.object({ person: personSchema, isAdmin: z.boolean() }),
    refusals: [],
  },
  health: {
    stage: 'shell',
    method: 'GET',
    path: 'health',
    summary: 'Whether the service and what it depends on answer, and what has piled up',
    access: 'open',
    output: z.object({
      ok: z.boolean(),
      version: z.string(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), ms: z.int() })),
      /** What waits; absent while the database does not answer. */
      backlog: z
        .object({
          /** How long the oldest entry of an outbox has been due. */
          outboxSeconds: z.int(),
          /** Calendars that end being watched before the next daily round: the last one has not renewed them. */
          subscriptionsEnding: z.int(),
        })
        .optional(),
    }),
    refusals: [],
  },
} as const satisfies Routes;

/** Every HTTP call of the product. */
export const contract = {
  ...shellRoutes,
  ...bookRoutes,
  ...prepareRoutes,
  ...runRoutes,
  ...signRoutes,
  ...followUpRoutes,
  ...learnRoutes,
  ...trustRoutes,
} as const satisfies Routes;

export type Contract = typeof contract;
export type RouteName = keyof Contract;
export type RouteRequest<N extends RouteName> = RequestOf<Contract[N]>;
export type RouteCall<N extends RouteName> = CallOf<Contract[N]>;
export type RouteAnswer<N extends RouteName> = AnswerOf<Contract[N]>;
