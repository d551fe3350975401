import type { learnRoutes } from '@medspill/domain/learn/contract';
import { done } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { growth, readReflection, saveReflection } from './use-cases.ts';

export function learnHandlers(app: App): Handlers<typeof learnRoutes> {
  return {
    readReflection: ({ params }, caller) => readReflection(app, caller, params.reviewId),
    saveReflection: ({ params, body }, caller) => saveReflection(app, caller, params.reviewId, body),
    growth: async ({ params }, caller) => {
      const months = await growth(app, caller, params.pairId);
      return months.ok ? done({ months: months.value }) : months;
    },
  };
}
