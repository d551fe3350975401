import { randomUUID } from 'node:crypto';
import type { PairId, PersonId, ReviewId, TenantId } from '@medspill/domain/ids';
import type { MonthText } from '@medspill/domain/time';
import { instantOf, toInstantText } from '@medspill/domain/time';
import { Binary, type Collection, type Document } from 'mongodb';
import type {
  AccessRequestDocument,
  AuditDocument,
  AuditEndDocument,
  GoalDocument,
  LiveHeadDocument,
  LiveUpdateDocument,
  MomentDocument,
  NoticeDocument,
  PairDocument,
  PrivateDocument,
  PromiseDocument,
  RecordDocument,
  ReviewDocument,
  SettingsDocument,
} from '../../documents.ts';
import type { Store } from '../../ports.ts';
import { shardOf } from '../../shard.ts';
import { type Connection, isDuplicateKey, persist } from './connection.ts';
import { createDocuments, listing } from './documents.ts';
import { type CollectionName, type CollectionPlan, collections, sorts } from './queries.ts';
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
  const access = collection<AccessRequestDocument>('access');
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
          sorts.series,
          limit,
        ),
      open: (scope, after, limit) =>
        listing(pairs)(
          {
            tenantId: scope.tenantId,
            endsAt: 'open',
            ...(after === undefined ? {} : { _id: { $gt: after } }),
          },
          sorts.openPairs,
          limit,
        ),
    },
    reviews: {
      ...createDocuments(reviews),
      ofPair: (_scope, pairId) => listing(reviews)({ pairId }, sorts.month),
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
      ofPair: (_scope, pairId) => listing(records)({ pairId }, sorts.month),
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
          sorts.deadline,
          limit,
        ),
      ofMonth: (scope, month) => listing(records)({ tenantId: scope.tenantId, month }, undefined, 5000),
      remove: async (_scope, record) => {
        const { _id, shard, version } = record;
        return persist(async (repeated) => {
          const { deletedCount } = await records.deleteOne({ _id, shard, version });
          return deletedCount === 1 || (repeated && (await records.findOne({ _id, shard })) === null);
        });
      },
    },
    goals: {
      ...createDocuments(goals),
      ofPair: (_scope, pairId) => listing(goals)({ pairId }, sorts.dueOn, 2000),
      checkpointsDue: (scope, on, limit) =>
        listing(goals)({ tenantId: scope.tenantId, nextCheckpointOn: { $lte: on } }, sorts.checkpoint, limit),
    },
    promises: {
      ...createDocuments(promises),
      ofPairs: (_scope, pairIds) => listing(promises)({ pairId: { $in: pairIds } }, undefined, 2000),
      dueOfPairs: (_scope, pairIds, from, to) =>
        listing(promises)({ pairId: { $in: pairIds }, dueOn: { $gte: from, $lte: to } }, undefined, 2000),
    },
    moments: {
      ...createDocuments(moments),
      ofPair: (_scope, pairId) => listing(moments)({ pairId }, sorts.newestMoment, 200),
      ofPairsSince: (_scope, pairIds, since) =>
        listing(moments)({ pairId: { $in: pairIds }, at: { $gte: since } }, undefined, 2000),
    },
    private: {
      ...createDocuments(privates),
      reflections: (scope, pairId) =>
        listing(privates)(
          { shard: shardOf(scope, scope.personId), kind: 'reflection', pairId },
          sorts.reflection,
          60,
        ),
      pulses: (_scope, pairIds, from, keys) => pulsesIn(privates, pairIds, from, keys),
      before: (scope, kind, month, limit) =>
        listing(privates)({ tenantId: scope.tenantId, kind, month: { $lt: month } }, sorts.term, limit),
      remove: (_scope, { _id, shard, version }) =>
        persist(async (repeated) => {
          const { deletedCount } = await privates.deleteOne({ _id, shard, version });
          return deletedCount === 1 || (repeated && (await privates.findOne({ _id, shard })) === null);
        }),
    },
    notices: noticeStore(collection('notices')),
    audit: auditStore(collection('audit'), collection('auditEnds')),
    settings: createDocuments(collection<SettingsDocument>('settings')),
    access: {
      ...createDocuments(access),
      newest: (scope) => listing(access)({ tenantId: scope.tenantId }, sorts.newestAccess, 200),
      ofSeller: (scope, sellerId) =>
        listing(access)({ shard: shardOf(scope, sellerId) }, sorts.accessOfSeller, 200),
    },
    subscriptions: subscriptionStore(collection('subscriptions')),
    ping: async () => {
      await db.command({ ping: 1 });
    },
    bootstrap: () => bootstrap({ collection, db, close: async () => {} }),
  };
}

async function pulsesIn(
  privates: Collection<PrivateDocument>,
  pairIds: PairId[],
  from: MonthText,
  keys: readonly string[],
): ReturnType<Store['private']['pulses']> {
  const filter = { pairId: { $in: pairIds }, kind: 'reflection' as const, month: { $gte: from } };
  const answers = keys.map((key) => [`answers.${key}`, 1] as const);
  const projection = { _id: 0, authorId: 1, month: 1, ...Object.fromEntries(answers) };
  const found = await persist(() => privates.find(filter, { projection }).limit(5000).toArray());
  return found.flatMap(({ authorId, month, answers: given }) =>
    month === undefined || given === undefined ? [] : [{ authorId, month, answers: given }],
  );
}

function liveStore(
  /** `hasWords` is what the emptying asks for: what is empty already is not read again. */
  updates: Collection<LiveUpdateDocument & { hasWords: boolean }>,
  heads: Collection<LiveHeadDocument & { writeId: string }>,
): Store['live'] {
  const shard = (tenantId: TenantId, reviewId: ReviewId) => `${tenantId}/${reviewId}`;
  return {
    append: (_scope, update) =>
      persist(async () => {
        try {
          const stored = { ...update, hasWords: update.update.length > 0, update: binary(update.update) };
          await updates.insertOne(stored);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) {
            // A retry after a broken connection meets its own write: the number is ours then.
            const found = await updates.findOne({ shard: update.shard, seq: update.seq });
            return found?._id === update._id;
          }
          throw error;
        }
      }),
    since: async (scope, reviewId, seq) => {
      const found = await listing(updates)(
        { shard: shard(scope.tenantId, reviewId), seq: { $gt: seq } },
        sorts.log,
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
    compact: (_scope, head) => {
      const { _id, shard, version } = head;
      const stored = { ...head, version: version + 1, state: binary(head.state), writeId: randomUUID() };
      return persist(async (repeated) => {
        if (await place()) return true;
        return repeated && (await heads.findOne({ _id, shard }))?.writeId === stored.writeId;
      });
      async function place(): Promise<boolean> {
        if (version > 0) return (await heads.replaceOne({ _id, shard, version }, stored)).matchedCount === 1;
        try {
          await heads.insertOne(stored);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }
    },
    drop: async (scope, reviewId, upTo) => {
      const key = { shard: shard(scope.tenantId, reviewId), hasWords: true, seq: { $lte: upTo } };
      await persist(() =>
        updates.updateMany(key, { $set: { update: binary(new Uint8Array()), hasWords: false } }),
      );
    },
  };
}

/** The driver stores it as bytes; documents.ts knows it by what it holds. */
function binary(bytes: Uint8Array): Uint8Array {
  return new Binary(bytes) as unknown as Uint8Array;
}

function bytesOf(value: Uint8Array | Binary): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(value.buffer.subarray(0, value.position));
}

/** A notice that was claimed and not sent by then went down with its process or its message; it is claimed again. */
const minutesToSend = 10;

/** `moveId` tells who moved it last: a move whose connection broke knows itself again. */
type HeldNotice = NoticeDocument & { moveId?: string };

function noticeStore(notices: Collection<HeldNotice>): Store['notices'] {
  function move(
    { _id, shard, ...seen }: Pick<NoticeDocument, '_id' | 'shard'> & { dueAt?: NoticeDocument['dueAt'] },
    from: NoticeDocument['state'],
    change: Pick<NoticeDocument, 'state'> & Partial<Pick<NoticeDocument, 'dueAt'>>,
  ): Promise<boolean> {
    const moveId = randomUUID();
    return persist(async (repeated) => {
      const key = { _id, shard, state: from, ...seen };
      const { matchedCount } = await notices.updateOne(key, { $set: { ...change, moveId } });
      return matchedCount === 1 || (repeated && (await notices.findOne({ _id, shard }))?.moveId === moveId);
    });
  }
  return {
    add: (_scope, notice) =>
      persist(async () => {
        try {
          await notices.insertOne(notice);
          return true;
        } catch (error) {
          // Its id tells what it says, so whose it is makes no difference.
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }),
    claim: async (scope, now, limit) => {
      const due = (state: NoticeDocument['state']) =>
        listing(notices)({ tenantId: scope.tenantId, state, dueAt: { $lte: now } }, sorts.noticeDue, limit);
      const claimed: NoticeDocument[] = [];
      const dueAt = toInstantText(instantOf(now).add({ minutes: minutesToSend }));
      for (const notice of [...(await due('waiting')), ...(await due('queued'))].slice(0, limit)) {
        const { _id, shard, state } = notice;
        const seen = { _id, shard, dueAt: notice.dueAt };
        const taken = await move(seen, state, { state: 'queued', dueAt });
        if (taken) claimed.push({ ...notice, state: 'queued', dueAt });
      }
      return claimed;
    },
    get: (scope, id) =>
      persist(async () => (await notices.findOne({ _id: id, tenantId: scope.tenantId })) ?? undefined),
    mark: async (scope, id, from, to, dueAt) => {
      // RU writes to one shard only, and an id alone does not tell which.
      const stored = await persist(() => notices.findOne({ _id: id, tenantId: scope.tenantId }));
      if (stored === null) return false;
      return move({ _id: stored._id, shard: stored.shard }, from, {
        state: to,
        ...(dueAt === undefined ? {} : { dueAt }),
      });
    },
  };
}

function auditStore(entries: Collection<AuditDocument>, ends: Collection<AuditEndDocument>): Store['audit'] {
  const after = (id: string | undefined) => (id === undefined ? {} : { _id: { $gt: id } });
  return {
    append: (_scope, entry) =>
      persist(async (repeated) => {
        try {
          await entries.insertOne(entry);
          return true;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
          if (!repeated) return false;
          const found = await entries.findOne({ shard: entry.shard, seq: entry.seq });
          return found?.hash === entry.hash;
        }
      }),
    ofSubject: (scope, subjectId) =>
      listing(entries)({ shard: shardOf(scope, subjectId) }, sorts.newestEntry, 1000),
    last: async (scope, subjectId) =>
      (await listing(entries)({ shard: shardOf(scope, subjectId) }, sorts.newestEntry, 1))[0],
    page: (scope, id, limit) =>
      listing(entries)({ tenantId: scope.tenantId, ...after(id) }, sorts.tenant, limit),
    keepEnd: async (_scope, { _id, shard, seq, ...end }) => {
      try {
        await persist(() =>
          ends.updateOne({ _id, shard, seq: { $lt: seq } }, { $set: { ...end, seq } }, { upsert: true }),
        );
      } catch (error) {
        // A newer end stands already.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    ends: (scope, id, limit) =>
      listing(ends)({ tenantId: scope.tenantId, ...after(id) }, sorts.tenant, limit),
  };
}

/**
 * Collections with their shard keys and indexes. On RU a collection is made by an extension command, which other
 * servers do not know; unique indexes are made while the collection is still empty.
 */
async function bootstrap({ db }: Connection): Promise<void> {
  const existing = await persist(async () => {
    const found = await db.listCollections({}, { nameOnly: true }).toArray();
    return new Set(found.map(({ name }) => name));
  });
  for (const [name, plan] of Object.entries(collections) as [CollectionName, CollectionPlan][]) {
    if (!existing.has(name)) await createCollection(db.command.bind(db), name, plan.shardKey);
    // One without indexes comes with its first document.
    if (plan.indexes.length === 0) continue;
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
