import type { learnRoutes } from '@medspill/domain/learn/contract';
import { done, refuse } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { coverage, teamPulse } from './counts.ts';
import { readNote, sendNote } from './note-to-manager.ts';
import { growth, readReflection, saveReflection } from './use-cases.ts';

export function learnHandlers(app: App): Handlers<typeof learnRoutes> {
  return {
    readReflection: ({ params }, caller) => readReflection(app, caller, params.reviewId),
    saveReflection: ({ params, body }, caller) => saveReflection(app, caller, params.reviewId, body),
    readNote: ({ params }, caller) => readNote(app, caller, params.reviewId),
    sendNote: ({ params, body }, caller) => sendNote(app, caller, params.reviewId, body.text),
    teamPulse: async (_request, caller) => done(await teamPulse(app, caller)),
    coverage: async (_request, caller) =>
      caller.isAdmin ? done(await coverage(app, caller)) : refuse({ code: 'not_found' }),
    growth: async ({ params }, caller) => {
      const months = await growth(app, caller, params.pairId);
      return months.ok ? done({ months: months.value }) : months;
    },
  };
}
