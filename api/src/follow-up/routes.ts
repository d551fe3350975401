import { sideOf } from '@medspill/domain/access';
import type { followUpRoutes } from '@medspill/domain/follow-up/contract';
import { done, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { answerGoalChange, proposeGoalChange } from './goal-changes.ts';
import {
  answerCheckpoint,
  goalView,
  keepPromise,
  promiseView,
  replyToCheckpoint,
  tickAction,
  todayOf,
} from './goals.ts';
import { home } from './home.ts';
import { addMoment, listMoments } from './moments.ts';
import { readNoticeChoices, saveNoticeChoices } from './notice-choices.ts';
import { readToDo, sendToDo } from './to-do.ts';

export function followUpHandlers(app: App): Handlers<typeof followUpRoutes> {
  return {
    home: async (_request, caller) => done(await home(app, caller)),
    listGoals: async ({ params }, { scope, personId }) => {
      const pair = await app.store.pairs.get(scope, params.pairId);
      const side = pair && sideOf(pair, personId, toInstantText(app.clock.now()));
      if (pair === undefined || side === undefined) return refuse({ code: 'not_found' });
      const today = todayOf(app, pair);
      const [goals, promises] = await Promise.all([
        app.store.goals.ofPair(scope, pair._id),
        app.store.promises.ofPairs(scope, [pair._id]),
      ]);
      return done({
        goals: goals.map((goal) => goalView(goal, today, side)),
        promises: promises.map((promise) => promiseView(promise, today)),
      });
    },
    answerCheckpoint: ({ params, body }, caller) =>
      answerCheckpoint(app, caller, params.goalId, params.number, body),
    replyToCheckpoint: ({ params, body }, caller) =>
      replyToCheckpoint(app, caller, params.goalId, params.number, body.text),
    tickAction: ({ params, body }, caller) => tickAction(app, caller, params.goalId, params.index, body.done),
    proposeGoalChange: ({ params, body }, caller) =>
      proposeGoalChange(app, caller, params.goalId, params.proposalId, body),
    answerGoalChange: ({ params, body }, caller) =>
      answerGoalChange(app, caller, params.goalId, params.proposalId, body),
    keepPromise: ({ params, body }, caller) => keepPromise(app, caller, params.promiseId, body.done),
    sendToDo: ({ params }, caller) => sendToDo(app, caller, params.goalId),
    readToDo: ({ params }, caller) => readToDo(app, caller, params.goalId),
    addMoment: ({ params, body }, caller) => addMoment(app, caller, params.pairId, body),
    listMoments: ({ params }, caller) => listMoments(app, caller, params.pairId),
    readNoticeChoices: async (_request, caller) => done({ off: await readNoticeChoices(app, caller) }),
    saveNoticeChoices: async ({ body }, caller) =>
      done({ off: await saveNoticeChoices(app, caller, body.off) }),
    readLog: async (_request, { scope, personId }) => {
      const [entries, requests] = await Promise.all([
        app.store.audit.ofSubject(scope, personId),
        app.store.access.ofSeller(scope, personId),
      ]);
      return done({
        granted: requests.flatMap(({ askedByName, decidedByName, decidedAt, reason, month, expiresAt }) =>
          decidedAt === undefined || decidedByName === undefined || expiresAt === undefined
            ? []
            : [{ at: decidedAt, name: askedByName, approvedBy: decidedByName, reason, month, expiresAt }],
        ),
        reads: entries.flatMap(({ at, byName, event }) =>
          event.kind === 'record_read' && event.role !== 'seller'
            ? [{ at, name: byName, role: event.role, month: event.month }]
            : [],
        ),
      });
    },
  };
}
