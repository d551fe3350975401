import * as z from 'zod';
import { reviewIdSchema } from '../ids.ts';
import { sideSchema } from '../people.ts';
import { reviewSchema, textLimit } from '../prepare/contract.ts';
import type { Routes } from '../route.ts';
import { instantSchema } from '../time.ts';

const reviewParams = z.object({ reviewId: reviewIdSchema });
const base64 = z.base64();

/** The most one update may weigh, in bytes before Base64; a larger one is refused as too_large. */
export const updateLimit = 256 * 1024;

/** Who is there. It travels in the bell too, so that it does not matter which process hears of it. */
const presentSchema = z.object({
  side: sideSchema,
  /** The root that is being written in; empty where none is. */
  field: z.string().max(80),
  /** The newest number that this side has on a screen. */
  seen: z.int().min(0).optional(),
});
export type Present = z.infer<typeof presentSchema>;

export const runRoutes = {
  startReview: {
    stage: 'run',
    method: 'POST',
    path: 'reviews/{reviewId}/start',
    summary: 'Opens the meeting: from then on each reads what the other has marked ready',
    access: 'eitherOfPair',
    params: reviewParams,
    output: reviewSchema,
    refusals: ['not_found', 'not_confirmed', 'too_early', 'sealed'],
  },
  joinLive: {
    stage: 'run',
    method: 'POST',
    path: 'reviews/{reviewId}/live/session',
    summary: 'A client id for the shared form, bound to the person, and a short-lived address to listen at',
    access: 'eitherOfPair',
    params: reviewParams,
    /** The id that a tab already has: it keeps it, and only the address to listen at is new. */
    query: z.object({ clientId: z.coerce.number().int().min(1).max(0xffffffff).optional() }),
    output: z.object({
      /** The Yjs client id that this person's next updates must carry. */
      clientId: z.int(),
      /** Web PubSub client URL with its token; lives five minutes, then ask again. */
      listenUrl: z.string(),
      group: z.string(),
      seq: z.int(),
    }),
    refusals: ['not_found', 'not_confirmed'],
  },
  readLive: {
    stage: 'run',
    method: 'GET',
    path: 'reviews/{reviewId}/live',
    summary: 'The shared form from an update on; a head replaces updates that have been compacted',
    access: 'eitherOfPair',
    params: reviewParams,
    query: z.object({ since: z.coerce.number().int().min(0).default(0) }),
    output: z.object({
      seq: z.int(),
      /** What the log held before its updates, when `since` lies before them. */
      head: base64.optional(),
      updates: z.array(z.object({ seq: z.int(), update: base64 })),
      state: z.enum(['open', 'frozen', 'sealed']),
      presence: z.array(presentSchema),
    }),
    refusals: ['not_found', 'not_confirmed'],
  },
  writeLive: {
    stage: 'run',
    method: 'POST',
    path: 'reviews/{reviewId}/live/updates',
    summary: 'Adds one update to the shared form; it is stored before it is answered and shown',
    access: 'eitherOfPair',
    params: reviewParams,
    body: z.object({
      clientId: z.int(),
      /** Made by the client: a repeat of the same id is answered as the first was. */
      updateId: z.uuid(),
      update: base64,
    }),
    output: z.object({ seq: z.int() }),
    refusals: [
      'not_found',
      'not_confirmed',
      'bad_update',
      'too_large',
      'too_many_requests',
      'frozen',
      'sealed',
    ],
  },
  showPresence: {
    stage: 'run',
    method: 'POST',
    path: 'reviews/{reviewId}/live/presence',
    summary:
      'Tells the other which field one is writing in and how far one has read; kept nowhere beyond half a minute',
    access: 'eitherOfPair',
    params: reviewParams,
    body: presentSchema.pick({ field: true, seen: true }),
    refusals: ['not_found', 'not_confirmed'],
  },
  confirmGoal: {
    stage: 'run',
    method: 'PUT',
    path: 'reviews/{reviewId}/goals/{slot}/confirmation',
    summary: 'Confirms the goal in a slot as it reads now; any change of its words asks both again',
    access: 'eitherOfPair',
    params: reviewParams.extend({ slot: z.string().max(20) }),
    body: z.object({
      /** SHA-256 of the goal as the person saw it, hex. */
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      confirmed: z.boolean(),
      /** 1–10; both answer (SMART R). Below 7 asks for a change, and refuses nothing. */
      confidence: z.int().min(1).max(10),
      /** Only the seller answers A, in own words. */
      attractive: z.string().max(500).optional(),
    }),
    output: z.object({ confirmations: z.lazy(() => confirmationsSchema) }),
    refusals: [
      'not_found',
      'not_confirmed',
      'goal_changed',
      'goal_incomplete',
      'too_many_goals',
      'frozen',
      'sealed',
    ],
  },
  readConfirmations: {
    stage: 'run',
    method: 'GET',
    path: 'reviews/{reviewId}/goals',
    summary: 'Which goals each has confirmed, bound to the hash of the words',
    access: 'eitherOfPair',
    params: reviewParams,
    output: z.object({ confirmations: z.lazy(() => confirmationsSchema) }),
    refusals: ['not_found', 'not_confirmed'],
  },
  readNotes: {
    stage: 'run',
    method: 'GET',
    path: 'reviews/{reviewId}/notes',
    summary: 'Own private notes of a review',
    access: 'authorOnly',
    params: reviewParams,
    output: z.object({ rev: z.int(), text: z.string() }),
    refusals: ['not_found'],
  },
  saveNotes: {
    stage: 'run',
    method: 'PUT',
    path: 'reviews/{reviewId}/notes',
    summary: 'Saves own private notes; nobody else ever reads them',
    access: 'authorOnly',
    params: reviewParams,
    body: z.object({ rev: z.int(), text: z.string().max(textLimit) }),
    output: z.object({ rev: z.int(), text: z.string() }),
    refusals: ['not_found', 'stale'],
  },
} as const satisfies Routes;

const confirmationSchema = z.object({
  hash: z.string(),
  at: instantSchema,
  confidence: z.int(),
  attractive: z.string().optional(),
});
export type Confirmation = z.infer<typeof confirmationSchema>;
/** By slot (`short.0` … `long.1`), then by side. */
export const confirmationsSchema = z.record(
  z.string(),
  z.object({ manager: confirmationSchema.optional(), seller: confirmationSchema.optional() }),
);
export type Confirmations = z.infer<typeof confirmationsSchema>;
