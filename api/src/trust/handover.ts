// The seller's own words to the next manager, beside what comes along anyway. Private until the seller shares them.
import { sideOf } from '@medspill/domain/access';
import type { RouteAnswer, RouteRequest } from '@medspill/domain/contract';
import type { PairId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import { isUnderWay } from '@medspill/domain/trust/takeover';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { shardOf } from '../shard.ts';

type Handover = RouteAnswer<'readHandover'>;

export async function readHandover(app: App, caller: Caller, pairId: PairId): Promise<Outcome<Handover>> {
  const opened = await open(app, caller, pairId);
  if (!opened.ok) return opened;
  const { pair, side } = opened.value;
  const stored = await app.store.private.get(caller.scope, idOf(pairId));
  const { rev = 0, text = '', shared = false } = stored ?? {};
  if (side === 'manager') {
    const mayRead = shared && isUnderWay(pair, app.clock.now());
    return done(mayRead ? { rev, text, shared } : { rev: 0, text: '', shared: false });
  }
  return done({ rev, text, shared, along: await along(app, caller, pair) });
}

/** What the next manager reads from the change on, whether the seller writes anything or not. */
async function along(app: App, { scope }: Caller, pair: PairDocument): Promise<Handover['along']> {
  const records = await app.store.records.ofPerson(scope, pair.sellerId);
  const pairs = await app.store.pairs.ofSeller(scope, pair.sellerId);
  const from = pairs.flatMap(({ _id, followedBy }) =>
    _id === pair._id || _id === pair.takesOver?.pairId || followedBy === pair._id ? [_id] : [],
  );
  const goals = (await Promise.all(from.map((id) => app.store.goals.ofPair(scope, id)))).flat();
  return {
    records: records
      .filter(({ sellerId, state }) => sellerId === pair.sellerId && state !== 'awaiting_second')
      .map(({ _id, month, heldOn }) => ({ id: _id, month, heldOn })),
    goals: goals
      .filter(({ ended, checkpoints }) => {
        const last = checkpoints.findLast(({ answer }) => answer !== undefined);
        return ended === undefined && last?.answer?.state !== 'done';
      })
      .map(({ text, dueOn }) => ({ text, dueOn })),
  };
}

export async function saveHandover(
  app: App,
  caller: Caller,
  pairId: PairId,
  given: RouteRequest<'saveHandover'>['body'],
): Promise<Outcome<Handover>> {
  const opened = await open(app, caller, pairId);
  if (!opened.ok) return opened;
  if (opened.value.side !== 'seller') return refuse({ code: 'not_allowed' });
  const stored = await app.store.private.get(caller.scope, idOf(pairId));
  const rev = stored?.rev ?? 0;
  if (given.rev !== rev) return refuse({ code: 'stale', currentVersion: rev });
  const next = { rev: rev + 1, text: given.text, shared: given.shared };
  const written =
    stored === undefined
      ? await app.store.private.insert(caller.scope, {
          _id: idOf(pairId),
          shard: shardOf(caller.scope, caller.personId),
          tenantId: caller.tenantId,
          version: 1,
          outbox: [],
          outboxDue: 'none',
          authorId: caller.personId,
          kind: 'handover',
          pairId,
          ...next,
        })
      : (await app.store.private.replace(caller.scope, { ...stored, ...next })) !== undefined;
  return written ? readHandover(app, caller, pairId) : refuse({ code: 'stale', currentVersion: rev + 1 });
}

async function open(
  app: App,
  caller: Caller,
  pairId: PairId,
): Promise<Outcome<{ pair: PairDocument; side: Side }>> {
  const pair = await app.store.pairs.get(caller.scope, pairId);
  const side = pair && sideOf(pair, caller.personId, toInstantText(app.clock.now()));
  if (pair?.takesOver === undefined || side === undefined) return refuse({ code: 'not_found' });
  return done({ pair, side });
}

function idOf(pairId: PairId): string {
  return `handover/${pairId}`;
}
