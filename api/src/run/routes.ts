import { done, refuse } from '@medspill/domain/refusals';
import type { runRoutes } from '@medspill/domain/run/contract';
import type { App } from '../app.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import type { Handlers } from '../http/route.ts';
import { openReview } from '../prepare/review-access.ts';
import { announce } from './announce.ts';
import { readNotes, saveNotes } from './notes.ts';
import { createPresence } from './presence.ts';
import { confirmGoal, joinLive, readConfirmations, readLive, startReview, writeLive } from './use-cases.ts';

/** Updates one person may send in a second; typing makes a handful. */
const updatesPerSecond = 50;

export function runHandlers(app: App): Handlers<typeof runRoutes> {
  const presence = createPresence(() => performance.now());
  const rate = createRateLimit(() => performance.now(), updatesPerSecond, updatesPerSecond);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    startReview: ({ params }, caller) => startReview(app, caller, params.reviewId),
    joinLive: ({ params, query }, caller) => joinLive(app, caller, params.reviewId, query.clientId),
    readLive: async ({ params, query }, caller) => {
      const news = await readLive(app, caller, params.reviewId, query.since);
      if (!news.ok) return news;
      const { seq, head, updates, state } = news.value;
      return done({
        seq,
        ...(head === undefined ? {} : { head: base64(head) }),
        updates: updates.map((update) => ({ seq: update.seq, update: base64(update.update) })),
        state,
        presence: presence.of(params.reviewId),
      });
    },
    writeLive: async ({ params, body }, caller) => {
      const wait = rate(`${caller.tenantId}/${caller.personId}`);
      if (wait > 0) return refuse({ code: 'too_many_requests', retryAfterSeconds: wait });
      return writeLive(app, caller, params.reviewId, body);
    },
    showPresence: async ({ params, body }, caller) => {
      const opened = await openReview(app, caller, params.reviewId);
      if (!opened.ok) return opened;
      const present = { side: opened.value.side, ...body };
      presence.show(params.reviewId, present);
      announce(app, params.reviewId, { presence: [present] });
      return done(undefined);
    },
    confirmGoal: async ({ params, body }, caller) => {
      const confirmed = await confirmGoal(app, caller, params.reviewId, params.slot, body);
      return confirmed.ok ? done({ confirmations: confirmed.value }) : confirmed;
    },
    readConfirmations: async ({ params }, caller) => {
      const found = await readConfirmations(app, caller, params.reviewId);
      return found.ok ? done({ confirmations: found.value }) : found;
    },
    readNotes: ({ params }, caller) => readNotes(app, caller, params.reviewId),
    saveNotes: ({ params, body }, caller) => saveNotes(app, caller, params.reviewId, body),
  };
}
