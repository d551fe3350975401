// Indexed and unindexed reads agree on random data, and indexed reads look at no more than they return.

import type { Collection, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/cosmos/faults.ts';
import { connect, type Doc, printedSeed, type Rig, startRig } from './rig.ts';

describe('random queries', () => {
  let rig: Rig;
  let client: MongoClient;
  beforeAll(async () => {
    rig = await startRig('mongo');
    client = await connect(rig.server.uri);
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  test('give the same answers with indexes and without', async () => {
    const random = seededRandom(printedSeed('random queries'));
    const pick = <T>(...choices: T[]): T => choices[Math.floor(random() * choices.length)] as T;
    const scalar = (): unknown =>
      pick<unknown>(0, 1, 2, 3, 1.5, -1, 'a', 'b', 'ab', '', null, true, false, new Date(0), new Date(1000));
    const value = (): unknown =>
      random() < 0.2 ? [scalar(), scalar()].slice(0, Math.floor(random() * 3)) : scalar();
    const document = (_id: number): Doc => {
      const made: Doc = { _id };
      if (random() < 0.9) made.a = random() < 0.2 ? value() : scalar();
      if (random() < 0.9) made.b = scalar();
      if (random() < 0.8) made.c = { d: scalar() };
      if (random() < 0.5) made.list = [{ e: scalar() }, { e: scalar(), f: scalar() }];
      return made;
    };
    const path = () => pick('a', 'b', 'c.d', 'list.e', '_id');
    const condition = (): unknown =>
      pick<() => unknown>(
        scalar,
        value,
        () => ({ [pick('$gt', '$gte', '$lt', '$lte')]: scalar() }),
        () => ({ $gte: scalar(), $lt: scalar() }),
        () => ({ $in: [scalar(), scalar(), value()] }),
        () => ({ [pick('$ne', '$eq')]: value() }),
        () => ({ $exists: random() < 0.5 }),
        () => ({ $not: { $gt: scalar() } }),
        () => ({ $type: pick('number', 'string', 'null', 'array') }),
      )();
    const clause = (): Doc => ({ [path()]: condition() });
    const filter = (): Doc =>
      pick<() => Doc>(
        clause,
        () => ({ ...clause(), ...clause(), ...clause() }),
        () => ({ $or: [clause(), { ...clause(), ...clause() }] }),
        () => ({ $and: [clause(), clause()], ...clause() }),
        () => ({ list: { $elemMatch: { e: condition() } } }),
        () => ({ ...clause(), $or: [clause(), clause()] }),
      )();
    const sort = (): Record<string, 1 | -1> => ({
      [path()]: pick<1 | -1>(1, -1),
      [path()]: pick<1 | -1>(1, -1),
      _id: 1,
    });

    const indexed: Collection<Doc> = client.db('plans').collection('indexed');
    const plain: Collection<Doc> = client.db('plans').collection('plain');
    await indexed.createIndexes([
      { key: { a: 1, b: -1 } },
      { key: { b: 1, 'c.d': 1, a: 1 } },
      { key: { 'c.d': -1 } },
      { key: { 'list.e': 1 } },
      { key: { b: 1 }, name: 'partial', partialFilterExpression: { a: { $gt: 1 } } },
      { key: { a: 1 }, name: 'sparse', sparse: true },
    ]);
    const rows = Array.from({ length: 400 }, (_, id) => document(id));
    await indexed.insertMany(rows);
    await plain.insertMany(rows);
    // Updates and deletes must keep the keys in step.
    for (let round = 0; round < 40; round++) {
      const target = filter();
      const change: Doc = { $set: { [pick('a', 'b', 'c.d')]: scalar() }, $unset: { list: '' } };
      const some: Doc = { $and: [{ _id: round * 7 }, { c: { $type: 'object' } }] };
      const of = (collection: Collection<Doc>) => collection.updateOne(some, change);
      expect((await of(indexed)).matchedCount).toBe((await of(plain)).matchedCount);
      if (round % 10 === 0) {
        const late: Doc = { $and: [target, { _id: { $gt: 380 } }] };
        const removed = await Promise.all([indexed, plain].map((each) => each.deleteMany(late)));
        expect(removed[0]).toEqual(removed[1]);
      }
    }
    for (let round = 0; round < 700; round++) {
      const query = filter();
      const order = sort();
      const [fromIndex, fromTable] = await Promise.all(
        [indexed, plain].map((each) => each.find(query).sort(order).project({ _id: 1 }).toArray()),
      );
      expect(
        fromIndex?.map(({ _id }) => _id),
        JSON.stringify({ query, order }),
      ).toEqual(fromTable?.map(({ _id }) => _id));
    }
  });
});

describe('explain', () => {
  let rig: Rig;
  let client: MongoClient;
  beforeAll(async () => {
    rig = await startRig();
    client = await connect(rig.server.uri);
    const collection = client.db('plans').collection<Doc>('reviews');
    await collection.createIndexes([
      { key: { pair: 1, month: -1 }, unique: true },
      { key: { month: 1 } },
      { key: { due: 1 } },
      { key: { seller: 1, stage: 1, month: 1 } },
    ]);
    await collection.insertMany(
      Array.from({ length: 20_000 }, (_, n) => ({
        pair: n % 1000,
        month: Math.floor(n / 1000),
        seller: n % 100,
        stage: n % 3 === 0 ? 'open' : 'done',
        due: new Date(n * 60_000),
      })),
    );
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  const served: [string, Doc, Record<string, 1 | -1> | undefined, number, string][] = [
    ['an equality', { pair: 7, month: 3 }, undefined, 1, 'pair_1_month_-1'],
    ['a prefix', { pair: 7 }, undefined, 20, 'pair_1_month_-1'],
    ['a prefix with a sort', { pair: 7 }, { pair: 1, month: -1 }, 20, 'pair_1_month_-1'],
    ['the reverse sort', { pair: 7 }, { pair: -1, month: 1 }, 20, 'pair_1_month_-1'],
    ['a range behind an equality', { pair: 7, month: { $gte: 5, $lt: 8 } }, undefined, 3, 'pair_1_month_-1'],
    ['a list', { pair: { $in: [1, 2, 3] }, month: 0 }, undefined, 3, 'pair_1_month_-1'],
    ['a range of dates', { due: { $lt: new Date(100 * 60_000) } }, { due: 1 }, 100, 'due_1'],
    [
      'three fields',
      { seller: 5, stage: 'open', month: { $gt: 10 } },
      undefined,
      30,
      'seller_1_stage_1_month_1',
    ],
  ];
  test.each(served)('%s reads what it returns', async (_name, filter, sort, nReturned, indexName) => {
    const cursor = client.db('plans').collection<Doc>('reviews').find(filter);
    const { executionStats } = await (sort ? cursor.sort(sort) : cursor).explain('executionStats');
    expect(executionStats).toMatchObject({
      nReturned,
      totalDocsExamined: nReturned,
      executionStages: { inputStage: { stage: 'IXSCAN', indexName } },
    });
  });

  test('an $or reads each branch by its index', async () => {
    const filter = {
      $or: [
        { pair: 7, month: 3 },
        { seller: 5, stage: 'open', month: 19 },
      ],
    };
    const { executionStats } = await client
      .db('plans')
      .collection<Doc>('reviews')
      .find(filter)
      .explain('executionStats');
    expect(executionStats.totalDocsExamined).toBe(executionStats.nReturned);
    expect(executionStats.executionStages.inputStage.stage).toBe('OR');
  });

  test('a limit stops the scan', async () => {
    const { executionStats } = await client
      .db('plans')
      .collection<Doc>('reviews')
      .find()
      .sort({ month: 1 })
      .limit(5)
      .explain('executionStats');
    expect(executionStats).toMatchObject({ nReturned: 5, totalDocsExamined: 5 });
  });

  test('a filter that no index serves says so', async () => {
    const { executionStats } = await client
      .db('plans')
      .collection<Doc>('reviews')
      .find({ stage: 'open' })
      .explain('executionStats');
    expect(executionStats.executionStages.stage).toBe('COLLSCAN');
    expect(executionStats.totalDocsExamined).toBe(20_000);
  });

  test('updates, deletes, counts and aggregations are explained too', async () => {
    const db = client.db('plans');
    const commands = [
      { update: 'reviews', updates: [{ q: { pair: 7, month: 3 }, u: { $set: { x: 1 } } }] },
      { delete: 'reviews', deletes: [{ q: { pair: 7, month: 3 }, limit: 1 }] },
      { count: 'reviews', query: { pair: 7, month: 3 } },
      { findAndModify: 'reviews', query: { pair: 7, month: 3 }, update: { $set: { x: 1 } } },
      {
        aggregate: 'reviews',
        pipeline: [{ $match: { pair: 7, month: 3 } }, { $project: { month: 1 } }],
        cursor: {},
      },
    ];
    for (const command of commands) {
      const { executionStats } = await db.command({ explain: command, verbosity: 'executionStats' });
      expect(executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
    }
    expect(await db.collection('reviews').countDocuments({ x: 1 })).toBe(0);
  });
});
