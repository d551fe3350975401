import type { PersonId, ReviewId, TenantId } from '@medspill/domain/ids';
import { Binary, type Collection, type Document } from 'mongodb';
import type {
  GoalDocument,
  LiveHeadDocument,
  LiveUpdateDocument,
  MomentDocument,
  NoticeDocument,
  PairDocument,
  PrivateDocument,
  PromiseDocument,
  ReadDocument,
  RecordDocument,
  ReviewDocument,
} from '../../documents.ts';
import type { Store } from '../../ports.ts';
import { shardOf } from '../../shard.ts';
import { type Connection, isDuplicateKey, persist } from './connection.ts';
import { createDocuments, listing } from './documents.ts';
import { type CollectionName, type CollectionPlan, collections } from './queries.ts';
import { subscriptionStore } from './subscriptions.ts';

/** The store over one connection, which is made at the first use. */
export function createStore(connection: () => Promise<Connection>): Promise<Store> {
  return connection().then(storeOver);
}

function storeOver({ collection, db }: Connection): Store {
  const pairs = collection<PairDocument>('pairs');
  const reviews = collection<ReviewDocument>('reviews');
  const records = collection<RecordDocument>('records');
  const goals = collection<GoalDocument>('goals');
  const promises = collection<PromiseDocument>('promises');
  const moments = collection<MomentDocument>('moments');
  const privates = collection<PrivateDocument>('private');
  return {
    pairs: {
      ...createDocuments(pairs),
      ofManager: async (scope, managerId) => {
        const open = await listing(pairs)({ tenantId: scope.tenantId, managerId, endsAt: 'open' });
        return open.sort((a, b) => a.seller.name.localeCompare(b.seller.name, 'nb'));
      },
      ofSeller: async (scope, sellerId) => {
        const all = await listing(pairs)({ shard: shardOf(scope, sellerId), sellerId });
        return all.sort((a, b) =>
          a.endsAt === 'open' ? -1 : b.endsAt === 'open' ? 1 : b.endsAt.localeCompare(a.endsAt),
        );
      },
      bySeries: (scope, key) => {
        const [[name, value] = ['', '']] = Object.entries(key);
        return listing(pairs)({ tenantId: scope.tenantId, [`series.${name}`]: value });
      },
      withSeries: (scope, after, limit) =>
        listing(pairs)(
          {
            tenantId: scope.tenantId,
            'series.state': 'booked',
            ...(after === undefined ? {} : { _id: { $gt: after } }),
          },
          { tenantId: 1, 'series.state': 1, _id: 1 },
          limit,
        ),
    },
    reviews: {
      ...createDocuments(reviews),
      ofPair: (_scope, pairId) => listing(reviews)({ pairId }, { pairId: 1, month: -1, ordinal: -1 }),
      ofPairs: (scope, pairIds, from) =>
        listing(reviews)(
          { pairId: { $in: pairIds }, month: { $gte: from }, tenantId: scope.tenantId },
          undefined,
          2000,
        ),
    },
    live: liveStore(collection('liveUpdates'), collection('liveHeads')),
    records: {
      ...createDocuments(records),
      ofPair: (_scope, pairId) => listing(records)({ pairId }, { pairId: 1, month: -1, ordinal: -1 }),
      ofPerson: async (scope, personId: PersonId) => {
        const [asSeller, asManager] = await Promise.all([
          listing(records)({ tenantId: scope.tenantId, sellerId: personId }),
          listing(records)({ tenantId: scope.tenantId, managerId: personId }),
        ]);
        return [...asSeller, ...asManager].sort((a, b) => b.month.localeCompare(a.month));
      },
      awaiting: (scope, deadline, limit) =>
        listing(records)(
          { tenantId: scope.tenantId, state: 'awaiting_second', deadline: { $lte: deadline } },
          { tenantId: 1, state: 1, deadline: 1 },
          limit,
        ),
      remove: async (_scope, record) => {
        const result = await persist(() =>
          records.deleteOne({ _id: record._id, shard: record.shard, version: record.version }),
        );
        return result.deletedCount === 1;
      },
    },
    goals: {
      ...createDocuments(goals),
      ofPair: (_scope, pairId) => listing(goals)({ pairId }, { pairId: 1, dueOn: 1 }),
      ofPairs: (_scope, pairIds) => listing(goals)({ pairId: { $in: pairIds } }, undefined, 2000),
      checkpointsDue: (scope, on, limit) =>
        listing(goals)(
          { tenantId: scope.tenantId, nextCheckpointOn: { $lte: on } },
          { tenantId: 1, nextCheckpointOn: 1 },
          limit,
        ),
    },
    promises: {
      ...createDocuments(promises),
      ofPairs: (_scope, pairIds) => listing(promises)({ pairId: { $in: pairIds } }, undefined, 2000),
      dueOfPairs: (_scope, pairIds, from, to) =>
        listing(promises)({ pairId: { $in: pairIds }, dueOn: { $gte: from, $lte: to } }, undefined, 2000),
    },
    moments: {
      ...createDocuments(moments),
      ofPair: (_scope, pairId) => listing(moments)({ pairId }, { pairId: 1, at: -1 }, 200),
    },
    private: {
      ...createDocuments(privates),
      reflections: (scope, pairId) =>
        listing(privates)(
          { shard: shardOf(scope, scope.personId), kind: 'reflection', pairId },
          { shard: 1, kind: 1, pairId: 1, month: -1 },
          60,
        ),
    },
    notices: noticeStore(collection('notices')),
    reads: readStore(collection('reads')),
    subscriptions: subscriptionStore(collection('subscriptions')),
    ping: async () => {
      await db.command({ ping: 1 });
    },
    bootstrap: () => bootstrap({ collection, db, close: async () => {} }),
  };
}

function liveStore(
  updates: Collection<LiveUpdateDocument>,
  heads: Collection<LiveHeadDocument>,
): Store['live'] {
  const shard = (tenantId: TenantId, reviewId: ReviewId) => `${tenantId}/${reviewId}`;
  return {
    append: (_scope, update) =>
      persist(async () => {
        try {
          await updates.insertOne({ ...update, update: new Binary(update.update) as unknown as Uint8Array });
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) {
            // A retry after a broken connection meets its own write: the number is ours then.
            const stored = await updates.findOne({ shard: update.shard, seq: update.seq });
            return stored?._id === update._id;
          }
          throw error;
        }
      }),
    since: async (scope, reviewId, seq) => {
      const found = await listing(updates)(
        { shard: shard(scope.tenantId, reviewId), seq: { $gt: seq } },
        { shard: 1, seq: 1 },
        10_000,
      );
      return found.map((update) => ({ ...update, update: bytesOf(update.update) }));
    },
    byUpdateId: (scope, reviewId, updateId) =>
      persist(
        async () =>
          (await updates.findOne({ shard: shard(scope.tenantId, reviewId), updateId })) ?? undefined,
      ),
    head: (scope, reviewId) =>
      persist(async () => {
        const head = await heads.findOne({ _id: reviewId, shard: shard(scope.tenantId, reviewId) });
        return head === null ? undefined : { ...head, state: bytesOf(head.state) };
      }),
    compact: (_scope, head) =>
      persist(async () => {
        const stored = {
          ...head,
          version: head.version + 1,
          state: new Binary(head.state) as unknown as Uint8Array,
        };
        if (head.version > 0) {
          const result = await heads.replaceOne(
            { _id: head._id, shard: head.shard, version: head.version },
            stored,
          );
          return result.matchedCount === 1;
        }
        try {
          await heads.insertOne(stored);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }),
    drop: async (scope, reviewId, upTo) => {
      const empty = new Binary(new Uint8Array()) as unknown as Uint8Array;
      await persist(() =>
        updates.updateMany(
          { shard: shard(scope.tenantId, reviewId), seq: { $lte: upTo }, update: { $ne: empty } },
          { $set: { update: empty } },
        ),
      );
    },
  };
}

function bytesOf(value: Uint8Array | Binary): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(value.buffer.subarray(0, value.position));
}

function noticeStore(notices: Collection<NoticeDocument>): Store['notices'] {
  return {
    add: (_scope, notice) =>
      persist(async () => {
        try {
          await notices.insertOne(notice);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }),
    claim: async (scope, now, limit) => {
      const due = await listing(notices)(
        { tenantId: scope.tenantId, state: 'waiting', dueAt: { $lte: now } },
        { tenantId: 1, state: 1, dueAt: 1 },
        limit,
      );
      const claimed: NoticeDocument[] = [];
      for (const notice of due) {
        const result = await persist(() =>
          notices.updateOne(
            { _id: notice._id, shard: notice.shard, state: 'waiting' },
            { $set: { state: 'queued' } },
          ),
        );
        if (result.modifiedCount === 1) claimed.push({ ...notice, state: 'queued' });
      }
      return claimed;
    },
    get: (scope, id) =>
      persist(async () => (await notices.findOne({ _id: id, tenantId: scope.tenantId })) ?? undefined),
    mark: async (scope, id, from, to, dueAt) => {
      // RU writes to one shard only, and an id alone does not tell which.
      const stored = await persist(() => notices.findOne({ _id: id, tenantId: scope.tenantId }));
      if (stored === null) return false;
      const result = await persist(() =>
        notices.updateOne(
          { _id: id, shard: stored.shard, state: from },
          { $set: { state: to, ...(dueAt === undefined ? {} : { dueAt }) } },
        ),
      );
      return result.modifiedCount === 1;
    },
  };
}

const newestRead = { shard: -1, seq: -1 } as const;

function readStore(reads: Collection<ReadDocument>): Store['reads'] {
  return {
    append: (_scope, read) =>
      persist(async () => {
        try {
          await reads.insertOne(read);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }),
    ofSeller: (scope, sellerId) => listing(reads)({ shard: shardOf(scope, sellerId) }, newestRead, 1000),
    last: async (scope, sellerId) =>
      (await listing(reads)({ shard: shardOf(scope, sellerId) }, newestRead, 1))[0],
  };
}

/**
 * Collections with their shard keys and indexes. On RU a collection is made by an extension command, which other
 * servers do not know; unique indexes are made while the collection is still empty.
 */
async function bootstrap({ db }: Connection): Promise<void> {
  const existing = new Set(
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  for (const [name, plan] of Object.entries(collections) as [CollectionName, CollectionPlan][]) {
    if (!existing.has(name)) await createCollection(db.command.bind(db), name, plan.shardKey);
    await persist(() =>
      db.collection(name).createIndexes(plan.indexes.map(({ serves: _serves, ...index }) => index)),
    );
  }
}

async function createCollection(
  command: (command: Document) => Promise<Document>,
  name: string,
  shardKey: string,
): Promise<void> {
  try {
    await persist(() => command({ customAction: 'CreateCollection', collection: name, shardKey }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? Number(error.code) : 0;
    // 59: not RU, the collection comes with its first index. 48: another instance was first.
    if (code !== 59 && code !== 48) throw error;
  }
}
