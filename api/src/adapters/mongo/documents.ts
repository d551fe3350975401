// Version-guarded documents over one collection: the write decides, never an earlier read.
import type { Collection, Filter, OptionalUnlessRequiredId, Sort } from 'mongodb';
import type { Stored } from '../../documents.ts';
import type { Documents } from '../../ports.ts';
import type { Scope } from '../../scope.ts';
import { isDuplicateKey, persist } from './connection.ts';

type AnyStored = Stored<string>;

/**
 * Reads that several repositories share; `filter` is typed by us, so the cast is where the driver's types give up.
 * `sort` names a whole index, the equal fields included: RU sorts by nothing else (facts/cosmos.md).
 */
export function listing<D extends { _id: string }>(collection: Collection<D>) {
  return (filter: Record<string, unknown>, sort?: Sort, limit = 500): Promise<D[]> =>
    persist(async () => {
      const cursor = collection.find(filter as Filter<D>);
      if (sort !== undefined) cursor.sort(sort);
      return (await cursor.limit(limit).toArray()) as D[];
    });
}

export function createDocuments<D extends AnyStored>(collection: Collection<D>): Documents<D> {
  const filter = (value: Record<string, unknown>) => value as Filter<D>;
  return {
    get: (scope: Scope, id) =>
      persist(
        async () =>
          ((await collection.findOne(filter({ _id: id, tenantId: scope.tenantId }))) ?? undefined) as
            | D
            | undefined,
      ),

    async insert(_scope, document) {
      let first = true;
      return persist(async () => {
        try {
          await collection.insertOne(withDue(document) as OptionalUnlessRequiredId<D>);
          return true;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
          // After a broken connection the duplicate may be our own write that went through.
          if (!first) {
            const stored = await collection.findOne(filter({ _id: document._id, shard: document.shard }));
            if (stored !== null && JSON.stringify(stored) === JSON.stringify(withDue(document))) return true;
          }
          return false;
        } finally {
          first = false;
        }
      });
    },

    async replace(_scope, document) {
      const next = withDue({ ...document, version: document.version + 1 });
      let first = true;
      return persist(async () => {
        const guarded = filter({ _id: document._id, shard: document.shard, version: document.version });
        try {
          const result = await collection.replaceOne(guarded, next);
          if (result.matchedCount === 1) return next;
          if (!first) {
            const stored = await collection.findOne(filter({ _id: document._id, shard: document.shard }));
            if (stored !== null && JSON.stringify(stored) === JSON.stringify(next)) return next;
          }
          return undefined;
        } finally {
          first = false;
        }
      });
    },

    due: (scope, now, limit) =>
      listing(collection)(
        { tenantId: scope.tenantId, outboxDue: { $lte: now } },
        { outboxDue: 1, _id: 1 },
        limit,
      ),

    async delivered(_scope, document, entryId) {
      const key = filter({ _id: document._id, shard: document.shard });
      for (;;) {
        const stored = (await persist(() => collection.findOne(key))) as D | null;
        if (stored === null) return;
        const outbox = stored.outbox.filter((entry) => entry.id !== entryId);
        if (outbox.length === stored.outbox.length) return;
        // Same version, same outbox: a command that came between wins and the pull is tried again.
        const next = withDue({ ...stored, outbox });
        const result = await persist(() =>
          collection.replaceOne(
            filter({
              _id: stored._id,
              shard: stored.shard,
              version: stored.version,
              outboxDue: stored.outboxDue,
              outbox: { $size: stored.outbox.length },
            }),
            next,
          ),
        );
        if (result.matchedCount === 1) return;
      }
    },
  };
}

function withDue<D extends AnyStored>(document: D): D {
  const due = document.outbox.map((entry) => entry.due).sort()[0];
  return { ...document, outboxDue: due ?? 'none' };
}
