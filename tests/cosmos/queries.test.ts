// Every query operator, as a table over a handful of documents, and sort, projection, cursors, count and distinct.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doc, drivers, type Rig, refusal, startRig } from './rig.ts';

const documents: Doc[] = [
  {
    _id: 1,
    n: 1,
    s: 'apple',
    tags: ['x', 'y'],
    sub: { a: 1, b: 'p' },
    rows: [
      { k: 1, v: 10 },
      { k: 2, v: 20 },
    ],
  },
  {
    _id: 2,
    n: 2.5,
    s: 'Banana',
    tags: ['y'],
    sub: { a: 2 },
    rows: [
      { k: 1, v: 20 },
      { k: 2, v: 10 },
    ],
  },
  { _id: 3, n: 10, s: 'cherry', tags: [], sub: null, rows: [] },
  { _id: 4, n: null, s: 'date', flag: true, at: new Date('2026-01-02T00:00:00Z') },
  { _id: 5, s: 'elder\nberry', n: 'ten', flag: false, at: new Date('2026-03-04T00:00:00Z'), tags: 'x' },
  { _id: 6, n: [3, 12], big: 2 ** 40, nested: [[1, 2], [3]] },
];

const matches: [Doc, number[]][] = [
  [{}, [1, 2, 3, 4, 5, 6]],
  [{ n: 1 }, [1]],
  [{ n: { $eq: 2.5 } }, [2]],
  [{ n: null }, [4]],
  [{ n: { $ne: null } }, [1, 2, 3, 5, 6]],
  [{ n: { $gt: 2 } }, [2, 3, 6]],
  [{ n: { $gte: 10 } }, [3, 6]],
  [{ n: { $lt: 2.5 } }, [1]],
  [{ n: { $lte: 2.5 } }, [1, 2]],
  [{ n: { $gt: 4, $lt: 11 } }, [3, 6]],
  [{ n: { $elemMatch: { $gt: 4, $lt: 11 } } }, []],
  [{ n: { $in: [1, 12, 'ten'] } }, [1, 5, 6]],
  [{ n: { $in: [null, /^t/] } }, [4, 5]],
  [{ n: { $nin: [1, null, 'ten'] } }, [2, 3, 6]],
  [{ n: { $exists: false } }, []],
  [{ at: { $exists: true } }, [4, 5]],
  [{ missing: null }, [1, 2, 3, 4, 5, 6]],
  [{ 'sub.a': 1 }, [1]],
  [{ 'sub.a': null }, [3, 4, 5, 6]],
  [{ sub: { a: 1, b: 'p' } }, [1]],
  [{ sub: { b: 'p', a: 1 } }, []],
  [{ s: /an/ }, [2]],
  [{ s: /^b/i }, [2]],
  [{ s: { $regex: '^ELDER', $options: 'i' } }, [5]],
  [{ s: { $regex: '^berry$', $options: 'm' } }, [5]],
  [{ s: { $not: /a/ } }, [3, 5, 6]],
  [{ n: { $not: { $gt: 2 } } }, [1, 4, 5]],
  [{ tags: 'x' }, [1, 5]],
  [{ tags: ['y'] }, [2]],
  [{ tags: [] }, [3]],
  [{ tags: { $size: 2 } }, [1]],
  [{ tags: { $size: 0 } }, [3]],
  [{ tags: { $all: ['y', 'x'] } }, [1]],
  [{ tags: { $all: [] } }, []],
  [{ 'tags.0': 'y' }, [2]],
  [{ 'rows.v': 20 }, [1, 2]],
  [{ 'rows.1.v': 20 }, [1]],
  [{ 'rows.k': 1, 'rows.v': 20 }, [1, 2]],
  [{ rows: { $elemMatch: { k: 1, v: 20 } } }, [2]],
  [{ rows: { $elemMatch: { $or: [{ k: 9 }, { v: { $lt: 11 } }] } } }, [1, 2]],
  [{ 'rows.k': { $exists: false } }, [3, 4, 5, 6]],
  [{ rows: { $all: [{ $elemMatch: { k: 1, v: 10 } }, { $elemMatch: { k: 2, v: 20 } }] } }, [1]],
  [{ nested: [1, 2] }, [6]],
  [{ $and: [{ n: { $gt: 0 } }, { s: 'apple' }] }, [1]],
  [{ $or: [{ n: 1 }, { s: 'date' }] }, [1, 4]],
  [{ $nor: [{ n: { $type: 'number' } }, { s: 'date' }] }, [5]],
  [{ n: { $type: 'string' } }, [5]],
  [{ n: { $type: 'number' } }, [1, 2, 3, 6]],
  [{ n: { $type: 'null' } }, [4]],
  [{ n: { $type: ['double', 'array'] } }, [2, 6]],
  [{ n: { $type: 16 } }, [1, 3, 6]],
  [{ flag: { $type: 'bool' } }, [4, 5]],
  [{ at: { $gt: new Date('2026-02-01T00:00:00Z') } }, [5]],
  [{ at: { $lt: 'x' } }, []],
  [{ n: { $mod: [5, 0] } }, [3]],
  [{ big: { $gt: 2147483647 } }, [6]],
  [{ big: { $bitsAllSet: [40] } }, [6]],
  [{ $expr: { $gt: ['$sub.a', 1] } }, [2]],
  [{ $expr: { $eq: ['$s', 'date'] }, flag: true }, [4]],
  [{ $comment: 'why', n: 1 }, [1]],
];

const refusals: [string, Doc, number][] = [
  ['an unknown operator', { n: { $near2: 1 } }, 2],
  ['an unknown top-level operator', { $any: [] }, 2],
  ['an empty $or', { $or: [] }, 2],
  ['$in without a list', { n: { $in: 1 } }, 2],
  ['a broken pattern', { s: { $regex: '(' } }, 2],
  ['$mod by zero', { n: { $mod: [0, 1] } }, 2],
  ['an unknown type', { n: { $type: 'number2' } }, 2],
];

describe.each(drivers)('queries with %s', (_, { MongoClient }) => {
  let rig: Rig;
  let client: InstanceType<typeof MongoClient>;
  const fruit = () => client.db('queries').collection<Doc>('fruit');
  beforeAll(async () => {
    rig = await startRig();
    client = await new MongoClient(rig.server.uri).connect();
    await fruit().createIndexes([{ key: { n: 1 } }, { key: { s: 1 } }, { key: { flag: 1, s: -1 } }]);
    await client.db('queries').collection<Doc>('plain').insertMany(documents);
    await fruit().insertMany(documents);
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  // The same answers with indexes to choose from and without.
  test.each(matches)('%j', async (filter, ids) => {
    for (const name of ['fruit', 'plain']) {
      const found = await client.db('queries').collection<Doc>(name).find(filter).toArray();
      expect(found.map(({ _id }) => _id).sort()).toEqual(ids);
    }
    expect(await fruit().countDocuments(filter)).toBe(ids.length);
  });

  test.each(refusals)('refuses %s', async (_name, filter, code) => {
    expect(await refusal(fruit().find(filter).toArray())).toMatchObject({ code });
    const nowhere = client.db('queries').collection<Doc>('nowhere');
    expect(await refusal(nowhere.find(filter).toArray())).toMatchObject({ code });
  });

  test('sorts by type, then by value, and backwards', async () => {
    const order = async (sort: Record<string, 1 | -1>) =>
      (await fruit().find().sort(sort).toArray()).map(({ _id }) => _id);
    expect(await order({ s: 1 })).toEqual([6, 2, 1, 3, 4, 5]);
    expect(await order({ s: -1 })).toEqual([5, 4, 3, 1, 2, 6]);
    // 6 has [3, 12]: the smallest element counts upwards, the largest downwards; nothing comes before null.
    expect(await order({ n: 1 })).toEqual([4, 1, 2, 6, 3, 5]);
    expect((await order({ n: -1 })).slice(0, 4)).toEqual([5, 6, 3, 2]);
    expect((await order({ flag: -1, s: 1 })).slice(0, 2)).toEqual([4, 5]);
    expect(await order({ _id: -1 })).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test('skips and limits', async () => {
    const cursor = fruit().find().sort({ _id: 1 }).skip(2).limit(2);
    expect((await cursor.toArray()).map(({ _id }) => _id)).toEqual([3, 4]);
  });

  const projections: [Doc, Doc, Doc | null][] = [
    [{ n: 1 }, { _id: 1 }, { _id: 1, n: 1 }],
    [{ n: 1, _id: 0 }, { _id: 1 }, { n: 1 }],
    [{ 'sub.a': 1, s: 1 }, { _id: 1 }, { _id: 1, s: 'apple', sub: { a: 1 } }],
    [{ sub: { b: 1 } }, { _id: 1 }, { _id: 1, sub: { b: 'p' } }],
    [{ 'rows.v': 1 }, { _id: 1 }, { _id: 1, rows: [{ v: 10 }, { v: 20 }] }],
    [{ rows: 0, sub: 0, tags: 0 }, { _id: 1 }, { _id: 1, n: 1, s: 'apple' }],
    [{ 'rows.k': 0, sub: 0, tags: 0, s: 0, _id: 0 }, { _id: 1 }, { n: 1, rows: [{ v: 10 }, { v: 20 }] }],
    [{ _id: 1 }, { _id: 1 }, { _id: 1 }],
    [{ rows: { $slice: 1 }, n: 1 }, { _id: 1 }, { _id: 1, n: 1, rows: [{ k: 1, v: 10 }] }],
    [{ rows: { $slice: [-1, 1] }, n: 1 }, { _id: 2 }, { _id: 2, n: 2.5, rows: [{ k: 2, v: 10 }] }],
    [{ rows: { $elemMatch: { k: 2 } } }, { _id: 1 }, { _id: 1, rows: [{ k: 2, v: 20 }] }],
    [{ 'rows.$': 1 }, { _id: 1, 'rows.k': 2 }, { _id: 1, rows: [{ k: 2, v: 20 }] }],
    [{ s: 1, twice: { $multiply: ['$n', 2] } }, { _id: 1 }, { _id: 1, s: 'apple', twice: 2 }],
  ];
  test.each(projections)('projects %j', async (projection, filter, expected) => {
    expect(await fruit().findOne(filter, { projection })).toEqual(expected);
  });

  test('refuses to include and exclude at once', async () => {
    expect(
      await refusal(
        fruit()
          .find({}, { projection: { a: 1, b: 0 } })
          .toArray(),
      ),
    ).toMatchObject({ code: 2 });
  });

  test('distinct opens arrays', async () => {
    expect(await fruit().distinct('tags')).toEqual(['x', 'y']);
    expect(await fruit().distinct('sub.a', { _id: { $lte: 2 } })).toEqual([1, 2]);
  });

  test('counts', async () => {
    expect(await fruit().estimatedDocumentCount()).toBe(6);
    expect(await fruit().countDocuments({}, { skip: 1, limit: 3 })).toBe(3);
    expect(await client.db('queries').command({ count: 'fruit', query: { s: { $gt: 'b' } } })).toMatchObject({
      n: 3,
    });
  });

  test('cursors read on in batches, survive writes between them, and can be killed', async () => {
    const collection = client.db('queries').collection<Doc>('batches');
    await collection.createIndex({ n: 1 });
    await collection.insertMany(Array.from({ length: 1000 }, (_each, n) => ({ n })));
    const cursor = collection
      .find({ n: { $gte: 0 } })
      .sort({ n: 1 })
      .batchSize(50);
    const seen: unknown[] = [];
    for await (const { n } of cursor) {
      seen.push(n);
      if (n === 500) await collection.deleteMany({ n: { $gte: 900 } });
    }
    expect(seen.slice(0, 900)).toEqual(Array.from({ length: 900 }, (_each, n) => n));
    expect(seen.length).toBeLessThan(1000);

    const open = collection.find().batchSize(10);
    await open.next();
    const id = open.id;
    await open.close();
    const gone = client.db('queries').command({ getMore: id, collection: 'batches' });
    expect(await refusal(gone)).toMatchObject({ code: 43 });
  });

  test('a large result comes in messages that fit', async () => {
    const collection = client.db('queries').collection<Doc>('large');
    await collection.insertMany(
      Array.from({ length: 30 }, (_each, n) => ({ n, text: 'x'.repeat(1_000_000) })),
    );
    expect((await collection.find().batchSize(1000).toArray()).length).toBe(30);
    await collection.drop();
  });
});
