// Every question that the API's store asks is in its list, uses the index named there, and reads no more than it answers
// among 100,000 documents.
import type { CommandStartedEvent, Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../api/src/adapters/mongo/connection.ts';
import { collections, queries, sorts } from '../../api/src/adapters/mongo/queries.ts';
import { createStore } from '../../api/src/adapters/mongo/store.ts';
import type { Documents, Store } from '../../api/src/ports.ts';
import { scopeOfToken } from '../../api/src/scope.ts';
import type { PairId, PersonId, ReviewId, TenantId } from '../../domain/ids.ts';
import type { DateText, InstantText, MonthText } from '../../domain/time.ts';
import { documentsOf, managerOf, shardFor, tenantOf } from './api-documents.ts';
import { type Rig, startRig } from './rig.ts';

const pairCount = 1000;
/** The pair that is asked about stands in the middle of the others. */
const asked = 500;
const pairId = `pair-${asked}` as PairId;
const seller = `seller-${asked}` as PersonId;
const manager = managerOf(asked) as PersonId;
const reviewId = `reviews-${asked}-0` as ReviewId;
const scope = scopeOfToken(tenantOf(asked) as TenantId, seller);
const now = '2027-01-04T08:00:00Z' as InstantText;

let rig: Rig;
let connection: Connection;
let store: Store;
const heard: Document[] = [];

beforeAll(async () => {
  rig = await startRig();
  // Without the driver's own retries, so that the store's are heard as well.
  const uri = rig.server.uri.replace('retryWrites=true', 'retryWrites=false&monitorCommands=true');
  connection = await connect(uri, 'few');
  const { client } = connection.db;
  client.on('commandStarted', ({ databaseName, commandName, command }: CommandStartedEvent) => {
    const asks = ['find', 'update', 'delete', 'aggregate', 'count', 'distinct', 'findAndModify'];
    if (databaseName === 'few' && asks.includes(commandName)) heard.push(command);
  });
  store = await createStore(async () => connection);
  await store.bootstrap();
  await fill(client, 'few', asked, asked + 1);
  const many = await createStore(async () => ({ ...connection, db: client.db('many') }));
  await many.bootstrap();
  for (let from = 0; from < pairCount; from += 100) await fill(client, 'many', from, from + 100);
});
afterAll(async () => {
  await connection.close();
  await rig.close();
});

async function fill(client: MongoClient, database: string, from: number, to: number): Promise<void> {
  const pairs = Array.from({ length: to - from }, (_, n) => documentsOf(from + n));
  for (const name of Object.keys(collections)) {
    const documents = pairs.flatMap((pair) => pair[name] ?? []);
    if (documents.length > 0) await client.db(database).collection(name).insertMany(documents);
  }
}

type Repository = Exclude<keyof Store, 'ping' | 'bootstrap'>;
/** Every method of the store: one that is missing here does not compile. */
type Calls = { [R in Repository]: { [M in keyof Store[R]]: () => Promise<unknown> } };

function versioned<D extends { _id: string; version: number; shard: string }>(
  documents: Documents<D>,
  id: D['_id'],
): { [M in keyof Documents<D>]: () => Promise<unknown> } {
  async function stored(): Promise<D> {
    const found = await documents.get(scope, id);
    if (found === undefined) throw new Error(`There is no ${id}`);
    return found;
  }
  return {
    get: stored,
    insert: async () => expect(await documents.insert(scope, await stored())).toBe(false),
    replace: async () => expect(await documents.replace(scope, await stored())).toBeDefined(),
    due: async () => expect(await documents.due(scope, now, 20)).not.toEqual([]),
    delivered: async () => documents.delivered(scope, await stored(), 'entry'),
  };
}

/**
 * Runs a write whose connection breaks when it is done: the store then looks whether it went through. `spared` commands
 * come before the write itself; a seed does that.
 */
async function broken(write: () => Promise<boolean>, spared: 0 | 1 = 0): Promise<void> {
  const chance = spared === 0 ? {} : { probability: 0.5, seed: 1 };
  await rig.server.setFaults({ dropConnections: { times: 1, when: 'after', ...chance } });
  expect(await write()).toBe(true);
  await rig.server.clearFaults();
}

function calls(): Calls {
  const { pairs, reviews, live, records, goals, promises, moments, notices, audit, subscriptions } = store;
  const shard = shardFor(asked, seller);
  const idOf = <D extends { _id: string }>(_: Documents<D & { version: number }>, name: string) =>
    `${name}-${asked}-0` as D['_id'];
  const head = async () => {
    const found = await live.head(scope, reviewId);
    if (found === undefined) throw new Error('There is no head');
    return found;
  };
  return {
    pairs: {
      ...versioned(pairs, pairId),
      ofManager: () => pairs.ofManager(scope, manager),
      ofSeller: () => pairs.ofSeller(scope, seller),
      async bySeries() {
        for (const name of ['iCalUId', 'eventId', 'threadId'])
          expect(
            await pairs.bySeries(scope, { [name]: `${name}-${asked}` } as { iCalUId: string }),
          ).toHaveLength(1);
      },
      async withSeries() {
        await pairs.withSeries(scope, undefined, 50);
        await pairs.withSeries(scope, 'pair-300' as PairId, 50);
      },
      async open() {
        await pairs.open(scope, undefined, 50);
        await pairs.open(scope, 'pair-300' as PairId, 50);
      },
    },
    reviews: {
      ...versioned(reviews, reviewId),
      ofPair: () => reviews.ofPair(scope, pairId),
      ofPairs: () => reviews.ofPairs(scope, [pairId, 'pair-501' as PairId], '2027-06' as MonthText),
    },
    live: {
      async append() {
        const [update] = await live.since(scope, reviewId, 0);
        if (update === undefined) throw new Error('The log is empty');
        expect(await live.append(scope, { ...update, _id: 'another', updateId: 'another' })).toBe(false);
      },
      since: () => live.since(scope, reviewId, 5),
      byUpdateId: () => live.byUpdateId(scope, reviewId, 'update-3'),
      head,
      compact: async () => expect(await live.compact(scope, await head())).toBe(true),
      drop: () => live.drop(scope, reviewId, 8),
    },
    records: {
      ...versioned(records, idOf(records, 'records')),
      ofPair: () => records.ofPair(scope, pairId),
      ofPerson: () => records.ofPerson(scope, seller),
      awaiting: () => records.awaiting(scope, '2027-02-01', 50),
      ofMonth: () => records.ofMonth(scope, '2027-06' as MonthText),
      async remove() {
        const [record] = await records.ofPair(scope, pairId);
        if (record === undefined) throw new Error('There is no record');
        await broken(() => records.remove(scope, record));
      },
    },
    goals: {
      ...versioned(goals, idOf(goals, 'goals')),
      ofPair: () => goals.ofPair(scope, pairId),
      checkpointsDue: () => goals.checkpointsDue(scope, '2027-02-01', 50),
    },
    promises: {
      ...versioned(promises, idOf(promises, 'promises')),
      ofPairs: () => promises.ofPairs(scope, [pairId, 'pair-501' as PairId]),
      dueOfPairs: () =>
        promises.dueOfPairs(scope, [pairId], '2027-02-01' as DateText, '2027-04-30' as DateText),
    },
    moments: {
      ...versioned(moments, idOf(moments, 'moments')),
      ofPair: () => moments.ofPair(scope, pairId),
      ofPairsSince: () => moments.ofPairsSince(scope, [pairId], '2027-03-01T00:00:00Z' as InstantText),
    },
    private: {
      ...versioned(store.private, `private-${asked}-0`),
      reflections: () => store.private.reflections(scope, pairId),
      pulses: () => store.private.pulses(scope, [pairId], '2027-03' as MonthText, ['p_heard']),
      before: () => store.private.before(scope, 'reflection', '2027-03' as MonthText, 50),
      async remove() {
        const [document] = await store.private.before(scope, 'reflection', '2999-01' as MonthText, 1);
        if (document === undefined) throw new Error('There is nothing private');
        await broken(() => store.private.remove(scope, document));
      },
    },
    notices: {
      add: async () =>
        expect(await notices.claim(scope, '2026-01-01T00:00:00Z' as InstantText, 1)).toEqual([]),
      get: () => notices.get(scope, `notices-${asked}-0`),
      claim: async () => expect(await notices.claim(scope, now, 50)).not.toEqual([]),
      mark: () => broken(() => notices.mark(scope, `notices-${asked}-0`, 'queued', 'sent'), 1),
    },
    audit: {
      async append() {
        const last = await audit.last(scope, seller);
        if (last === undefined) throw new Error('Nothing is written down');
        const seq = last.seq + 1;
        await broken(() => audit.append(scope, { ...last, _id: `${shard}/${seq}`, seq, hash: 'next' }));
      },
      ofSubject: () => audit.ofSubject(scope, seller),
      last: () => audit.last(scope, seller),
      async page() {
        await audit.page(scope, undefined, 20);
        await audit.page(scope, `${shard}/3`, 20);
      },
      async keepEnd() {
        const [end] = await audit.ends(scope, undefined, 1);
        if (end !== undefined) await audit.keepEnd(scope, { ...end, seq: end.seq + 1 });
      },
      async ends() {
        await audit.ends(scope, undefined, 20);
        await audit.ends(scope, shard, 20);
      },
    },
    settings: versioned(store.settings, `settings-${asked}-0`),
    access: {
      ...versioned(store.access, `access-${asked}-0`),
      newest: () => store.access.newest(scope),
      ofSeller: () => store.access.ofSeller(scope, seller),
    },
    subscriptions: {
      ofManager: () => subscriptions.ofManager(scope, manager),
      byId: () => subscriptions.byId(scope, `subscription-${asked}`),
      keep: () =>
        subscriptions.keep(scope, {
          _id: 'whatever',
          shard: 'whatever',
          tenantId: scope.tenantId,
          managerId: manager,
          subscriptionId: `subscription-${asked}`,
          clientState: 'secret',
          expiresAt: '2027-01-05T00:00:00Z' as InstantText,
        }),
      mark: () => subscriptions.mark(scope, manager, ['event']),
      clear: () => subscriptions.clear(scope, manager, ['event']),
      changed: () => subscriptions.changed(scope, 5),
      ending: () => subscriptions.ending(scope, '2027-01-10T00:00:00Z' as InstantText, 50),
    },
  };
}

/** A command as the list describes it, and as explain takes it. */
function readQuestion(heard: Document): { shape: Document; command: Document } {
  const { find, update, delete: deleted, updates, deletes, filter, sort, limit } = heard;
  if (find !== undefined) {
    const order = Object.entries(sorts).find(
      ([, keys]) => JSON.stringify(keys) === JSON.stringify(entries(sort)),
    );
    return {
      shape: {
        in: find,
        command: 'find',
        by: Object.keys(filter).sort(),
        ...(sort === undefined ? {} : { sort: order?.[0] ?? entries(sort) }),
      },
      command: {
        find,
        filter,
        ...(sort === undefined ? {} : { sort }),
        ...(limit === undefined ? {} : { limit }),
      },
    };
  }
  const [statement] = updates ?? deletes ?? [];
  if (statement === undefined) throw new Error(`No list can describe ${JSON.stringify(heard)}`);
  const command = update === undefined ? 'delete' : 'update';
  return {
    shape: { in: update ?? deleted, command, by: Object.keys(statement.q).sort() },
    command: { [command]: update ?? deleted, [`${command}s`]: [statement] },
  };
}

/** The driver sends a sort as a map. */
function entries(sort: Map<string, number> | Document | undefined): Document | undefined {
  return sort instanceof Map ? Object.fromEntries(sort) : sort;
}

test('no question of the store scans, and the list of questions is complete', async () => {
  const many = connection.db.client.db('many');
  let total = 0;
  for (const name of Object.keys(collections)) total += await many.collection(name).estimatedDocumentCount();
  expect(total).toBeGreaterThanOrEqual(100_000);

  for (const repository of Object.values(calls())) for (const call of Object.values(repository)) await call();

  const seen = new Set<string>();
  const wasteful: unknown[] = [];
  let answered = 0;
  for (const { shape, command } of heard.map(readQuestion)) {
    const { queryPlanner, executionStats } = await many.command({
      explain: command,
      verbosity: 'executionStats',
    });
    const { stage, inputStage } = queryPlanner.winningPlan;
    const { totalDocsExamined, nReturned } = executionStats;
    const index = inputStage?.indexName ?? stage;
    // A guard that does not hold has looked at the one document that it is about.
    const allowed = Math.max(1, 1.1 * nReturned);
    if (totalDocsExamined > allowed) wasteful.push({ ...shape, index, totalDocsExamined, nReturned });
    if (nReturned > 0) answered += 1;
    seen.add(JSON.stringify({ ...shape, index }));
  }
  expect(wasteful).toEqual([]);
  expect(answered).toBeGreaterThan(queries.length / 2);
  const listed = queries.map(({ in: name, command, by, sort, index }) =>
    JSON.stringify({ in: name, command, by, ...(sort === undefined ? {} : { sort }), index }),
  );
  expect([...seen].sort()).toEqual(listed.sort());
}, 60_000);
