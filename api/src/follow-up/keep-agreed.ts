// The pair carries what its overview counts, so that a team of twenty-five with five years behind it is three reads.
import { isDeepStrictEqual } from 'node:util';
import { goalOutline } from '@medspill/domain/follow-up/goal-outline';
import type { PairId } from '@medspill/domain/ids';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { GoalDocument, OutboxEntry, PairDocument, PromiseDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';

/** Goes into the outbox of each write that changes a goal or a promise. */
export function keepAgreedEntry(app: App): OutboxEntry {
  return { id: app.newId.outbox(), kind: 'keep_agreed', due: toInstantText(app.clock.now()), attempts: 0 };
}

/** Counts anew; the pair is read first, so that whoever writes last has seen every change before it. */
export async function keepAgreed(app: App, scope: Scope, pairId: PairId): Promise<void> {
  for (;;) {
    const pair = await app.store.pairs.get(scope, pairId);
    if (pair === undefined) return;
    const [goals, promises] = await Promise.all([
      app.store.goals.ofPair(scope, pairId),
      app.store.promises.ofPairs(scope, [pairId]),
    ]);
    const agreed = agreedIn(goals, promises);
    if (isDeepStrictEqual(agreed, pair.agreed)) return;
    if ((await app.store.pairs.replace(scope, { ...pair, agreed })) !== undefined) return;
  }
}

function agreedIn(
  goals: readonly GoalDocument[],
  promises: readonly PromiseDocument[],
): NonNullable<PairDocument['agreed']> {
  return {
    goals: goals.map(goalOutline).filter((goal) => goal.isOpen || goal.helpWanted > 0),
    promisesDue: promises
      .filter(({ keptAt, receivedAt }) => keptAt === undefined && receivedAt === undefined)
      .map(({ dueOn }) => dueOn)
      .sort(),
  };
}
