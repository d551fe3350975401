// Version-guarded documents over one collection: the write decides, never an earlier read.
import { randomUUID } from 'node:crypto';
import type { Collection, Filter, OptionalUnlessRequiredId, Sort } from 'mongodb';
import type { Stored } from '../../documents.ts';
import type { Documents } from '../../ports.ts';
import type { Scope } from '../../scope.ts';
import { isDuplicateKey, persist } from './connection.ts';
import { sorts } from './queries.ts';

type AnyStored = Stored<string>;

/**
 * Stands in every stored document: by it a write whose connection broke knows itself again, even after an outbox
 * entry has been delivered. What the document says could not tell it from another's equal write.
 */
type Written = { writeId: string };

/**
 * Reads that several repositories share; `filter` is typed by us, so the cast is where the driver's types give up.
 * `sort` names a whole index, the equal fields included: RU sorts by nothing else (facts/cosmos.md).
 */
export function listing<D extends { _id: string }>(collection: Collection<D>) {
  return (filter: Record<string, unknown>, sort?: Sort, limit = 500): Promise<D[]> =>
    persist(async () => {
      const cursor = collection.find(filter as Filter<D>);
      if (sort !== undefined) cursor.sort(sort);
      // All in one answer: the driver would ask again after the first 101.
      return (await cursor.limit(limit).batchSize(limit).toArray()) as D[];
    });
}

export function createDocuments<D extends AnyStored>(collection: Collection<D>): Documents<D> {
  const filter = (value: Record<string, unknown>) => value as Filter<D>;
  const keyOf = ({ _id, shard }: { _id: string; shard: string }) => filter({ _id, shard });
  async function isWritten(document: D & Written): Promise<boolean> {
    const stored = (await collection.findOne(keyOf(document))) as Partial<Written> | null;
    return stored?.writeId === document.writeId;
  }
  return {
    get: (scope: Scope, id) =>
      persist(
        async () =>
          ((await collection.findOne(filter({ _id: id, tenantId: scope.tenantId }))) ?? undefined) as
            | D
            | undefined,
      ),

    async insert(_scope, document) {
      const written = { ...withDue(document), writeId: randomUUID() };
      return persist(async (repeated) => {
        try {
          await collection.insertOne(written as unknown as OptionalUnlessRequiredId<D>);
          return true;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
          return repeated && (await isWritten(written));
        }
      });
    },

    async replace(_scope, document) {
      const { _id, shard, version } = document;
      const next = { ...withDue({ ...document, version: version + 1 }), writeId: randomUUID() };
      return persist(async (repeated) => {
        const { matchedCount } = await collection.replaceOne(filter({ _id, shard, version }), next);
        return matchedCount === 1 || (repeated && (await isWritten(next))) ? next : undefined;
      });
    },

    due: (scope, now, limit) =>
      listing(collection)({ tenantId: scope.tenantId, outboxDue: { $lte: now } }, sorts.due, limit),

    async delivered(_scope, document, entryId) {
      for (;;) {
        const stored = (await persist(() => collection.findOne(keyOf(document)))) as D | null;
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
