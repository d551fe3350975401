import { sideOf } from '@medspill/domain/access';
import type { MomentId, PairId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import { isUnderWay } from '@medspill/domain/trust/takeover';
import type { App } from '../app.ts';
import type { MomentDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { shardOf } from '../shard.ts';

export type Moment = Pick<MomentDocument, 'pairId' | 'at' | 'situation' | 'behaviour' | 'impact' | 'by'> & {
  id: MomentId;
};

/** Feedback as SBI (capability 44). The same id twice is one moment. */
export async function addMoment(
  app: App,
  caller: Caller,
  pairId: PairId,
  words: { id: MomentId; situation: string; behaviour: string; impact: string },
): Promise<Outcome<Moment>> {
  const pair = await app.store.pairs.get(caller.scope, pairId);
  const by = pair && sideOf(pair, caller.personId, toInstantText(app.clock.now()));
  if (pair === undefined || by === undefined || !isUnderWay(pair, app.clock.now()))
    return refuse({ code: 'not_found' });
  const { id, ...sbi } = words;
  const moment: MomentDocument = {
    ...sbi,
    _id: id,
    shard: shardOf(caller.scope, pair.sellerId),
    tenantId: caller.tenantId,
    version: 1,
    outbox: [],
    outboxDue: 'none',
    pairId,
    sellerId: pair.sellerId,
    managerId: pair.managerId,
    at: toInstantText(app.clock.now()),
    by,
  };
  if (await app.store.moments.insert(caller.scope, moment)) return done(momentView(moment));
  const stored = await app.store.moments.get(caller.scope, id);
  // An id that is taken in another pair tells nothing about it.
  return stored?.pairId === pairId ? done(momentView(stored)) : refuse({ code: 'not_found' });
}

export async function listMoments(
  app: App,
  caller: Caller,
  pairId: PairId,
): Promise<Outcome<{ moments: Moment[] }>> {
  const pair = await app.store.pairs.get(caller.scope, pairId);
  const side = pair && sideOf(pair, caller.personId, toInstantText(app.clock.now()));
  if (side === undefined) return refuse({ code: 'not_found' });
  const moments = await app.store.moments.ofPair(caller.scope, pairId);
  return done({ moments: moments.map(momentView) });
}

function momentView({ _id, pairId, at, situation, behaviour, impact, by }: MomentDocument): Moment {
  return { id: _id, pairId, at, situation, behaviour, impact, by };
}
