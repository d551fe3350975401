// Every update operator, as a table: the document before, the update, the document after.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doc, drivers, type Rig, refusal, startRig } from './rig.ts';

type Case = {
  name: string;
  before: Doc;
  update: Doc;
  after?: Doc;
  /** The error code instead of a result. */
  code?: number;
  filter?: Doc;
  arrayFilters?: Doc[];
};

const items = [
  { k: 'a', n: 1 },
  { k: 'b', n: 2 },
  { k: 'c', n: 3 },
];

const cases: Case[] = [
  { name: '$set of a field', before: { a: 1 }, update: { $set: { a: 2, b: 'x' } }, after: { a: 2, b: 'x' } },
  {
    name: '$set makes the path',
    before: {},
    update: { $set: { 'a.b.c': 1 } },
    after: { a: { b: { c: 1 } } },
  },
  {
    name: '$set into an array by position',
    before: { a: [1, 2] },
    update: { $set: { 'a.1': 9 } },
    after: { a: [1, 9] },
  },
  {
    name: '$set past the end of an array',
    before: { a: [1] },
    update: { $set: { 'a.3': 9 } },
    after: { a: [1, null, null, 9] },
  },
  { name: '$set through a scalar', before: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
  {
    name: '$set orders new fields by name',
    before: {},
    update: { $set: { z: 1, b: 2 } },
    after: { b: 2, z: 1 },
  },
  {
    name: '$unset',
    before: { a: 1, b: { c: 1, d: 2 } },
    update: { $unset: { a: '', 'b.c': '' } },
    after: { b: { d: 2 } },
  },
  {
    name: '$unset in an array leaves null',
    before: { a: [1, 2, 3] },
    update: { $unset: { 'a.1': '' } },
    after: { a: [1, null, 3] },
  },
  { name: '$inc', before: { n: 1 }, update: { $inc: { n: 2, m: 5 } }, after: { n: 3, m: 5 } },
  { name: '$inc of a fraction', before: { n: 1 }, update: { $inc: { n: 0.5 } }, after: { n: 1.5 } },
  {
    name: '$inc past 32 bits',
    before: { n: 2147483647 },
    update: { $inc: { n: 1 } } as Doc,
    after: { n: 2147483648 },
  },
  { name: '$inc of a string', before: { n: 'x' }, update: { $inc: { n: 1 } }, code: 14 },
  { name: '$inc of null', before: { n: null }, update: { $inc: { n: 1 } }, code: 14 },
  { name: '$inc by a string', before: { n: 1 }, update: { $inc: { n: 'x' } }, code: 14 },
  { name: '$mul', before: { n: 3 }, update: { $mul: { n: 4, m: 4 } }, after: { n: 12, m: 0 } },
  {
    name: '$min takes the smaller',
    before: { a: 5, b: 5 },
    update: { $min: { a: 3, b: 7, c: 1 } },
    after: { a: 3, b: 5, c: 1 },
  },
  {
    name: '$max takes the larger',
    before: { a: 5, b: 5 },
    update: { $max: { a: 3, b: 7, c: 1 } },
    after: { a: 5, b: 7, c: 1 },
  },
  { name: '$max compares types', before: { a: 5 }, update: { $max: { a: 'x' } }, after: { a: 'x' } },
  {
    name: '$rename',
    before: { a: 1, b: { c: 2 } },
    update: { $rename: { a: 'z', 'b.c': 'd' } },
    after: { b: {}, d: 2, z: 1 },
  },
  { name: '$rename of nothing', before: { a: 1 }, update: { $rename: { x: 'y' } }, after: { a: 1 } },
  { name: '$bit', before: { a: 12 }, update: { $bit: { a: { and: 10 } } }, after: { a: 8 } },
  { name: '$push', before: { a: [1] }, update: { $push: { a: 2, b: 1 } }, after: { a: [1, 2], b: [1] } },
  {
    name: '$push of an array is one element',
    before: { a: [1] },
    update: { $push: { a: [2, 3] } },
    after: { a: [1, [2, 3]] },
  },
  {
    name: '$push $each',
    before: { a: [1] },
    update: { $push: { a: { $each: [2, 3] } } },
    after: { a: [1, 2, 3] },
  },
  {
    name: '$push $position',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [9], $position: 1 } } },
    after: { a: [1, 9, 2] },
  },
  {
    name: '$push negative $position',
    before: { a: [1, 2, 3] },
    update: { $push: { a: { $each: [9], $position: -1 } } },
    after: { a: [1, 2, 9, 3] },
  },
  {
    name: '$push $slice keeps the last',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3, 4], $slice: -3 } } },
    after: { a: [2, 3, 4] },
  },
  {
    name: '$push $slice 0 empties',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [], $slice: 0 } } },
    after: { a: [] },
  },
  {
    name: '$push $sort by a field, then $slice',
    before: { a: [{ s: 3 }, { s: 1 }] },
    update: { $push: { a: { $each: [{ s: 2 }], $sort: { s: -1 }, $slice: 2 } } },
    after: { a: [{ s: 3 }, { s: 2 }] },
  },
  { name: '$push on a scalar', before: { a: 1 }, update: { $push: { a: 1 } }, code: 2 },
  { name: '$addToSet', before: { a: [1, 2] }, update: { $addToSet: { a: 2 } }, after: { a: [1, 2] } },
  {
    name: '$addToSet $each',
    before: { a: [1] },
    update: { $addToSet: { a: { $each: [1, 2, 2] }, b: 'x' } },
    after: { a: [1, 2], b: ['x'] },
  },
  {
    name: '$addToSet compares documents in order',
    before: { a: [{ x: 1, y: 2 }] },
    update: { $addToSet: { a: { y: 2, x: 1 } } },
    after: {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  },
  { name: '$pull of a value', before: { a: [1, 2, 1] }, update: { $pull: { a: 1 } }, after: { a: [2] } },
  {
    name: '$pull by condition',
    before: { a: [1, 5, 9] },
    update: { $pull: { a: { $gt: 4 } } },
    after: { a: [1] },
  },
  {
    name: '$pull of documents',
    before: { a: items },
    update: { $pull: { a: { n: { $gte: 2 } } } },
    after: { a: [{ k: 'a', n: 1 }] },
  },
  { name: '$pull of nothing', before: { a: 1 }, update: { $pull: { b: 1 } }, after: { a: 1 } },
  { name: '$pullAll', before: { a: [1, 2, 3, 1] }, update: { $pullAll: { a: [1, 3] } }, after: { a: [2] } },
  { name: '$pop from the end', before: { a: [1, 2, 3] }, update: { $pop: { a: 1 } }, after: { a: [1, 2] } },
  {
    name: '$pop from the front',
    before: { a: [1, 2, 3] },
    update: { $pop: { a: -1 } },
    after: { a: [2, 3] },
  },
  { name: 'two changes of one path', before: {}, update: { $set: { a: 1 }, $inc: { a: 1 } }, code: 40 },
  { name: 'a change inside another', before: {}, update: { $set: { a: {}, 'a.b': 1 } }, code: 40 },
  { name: 'an unknown operator', before: {}, update: { $explode: { a: 1 } }, code: 9 },
  { name: '_id stays', before: { a: 1 }, update: { $set: { _id: 'other' } }, code: 66 },
  { name: 'an empty field name', before: {}, update: { $set: { 'a..b': 1 } }, code: 56 },
  {
    name: 'positional $',
    before: { items },
    filter: { 'items.k': 'b' },
    update: { $set: { 'items.$.n': 20 } },
    after: { items: [items[0], { k: 'b', n: 20 }, items[2]] },
  },
  {
    name: 'positional $ of a scalar',
    before: { a: [1, 5, 9] },
    filter: { a: { $gt: 4 } },
    update: { $set: { 'a.$': 0 } },
    after: { a: [1, 0, 9] },
  },
  {
    name: 'positional $ by $elemMatch',
    before: { items },
    filter: { items: { $elemMatch: { k: { $ne: 'a' }, n: { $gt: 2 } } } },
    update: { $inc: { 'items.$.n': 10 } },
    after: { items: [items[0], items[1], { k: 'c', n: 13 }] },
  },
  {
    name: 'positional $ without a match on the array',
    before: { a: [1] },
    update: { $set: { 'a.$': 0 } },
    code: 2,
  },
  {
    name: '$[] changes every element',
    before: { a: [1, 2] },
    update: { $inc: { 'a.$[]': 1 } },
    after: { a: [2, 3] },
  },
  { name: '$[] of what is no array', before: { a: 1 }, update: { $inc: { 'a.$[]': 1 } }, code: 2 },
  {
    name: '$[name] with an array filter',
    before: { items },
    update: { $set: { 'items.$[big].n': 0 } },
    arrayFilters: [{ 'big.n': { $gte: 2 } }],
    after: { items: [items[0], { k: 'b', n: 0 }, { k: 'c', n: 0 }] },
  },
  {
    name: '$[name] two levels deep',
    before: { rows: [{ cells: [1, 5] }, { cells: [7] }] },
    update: { $set: { 'rows.$[].cells.$[c]': 0 } },
    arrayFilters: [{ c: { $gt: 4 } }],
    after: { rows: [{ cells: [1, 0] }, { cells: [0] }] },
  },
  { name: 'an array filter that is missing', before: { a: [1] }, update: { $set: { 'a.$[x]': 1 } }, code: 2 },
  {
    name: 'an array filter that is not used',
    before: { a: [1] },
    update: { $set: { b: 1 } },
    arrayFilters: [{ x: 1 }],
    code: 9,
  },
];

describe.each(drivers)('updates with %s', (_, { MongoClient }) => {
  let rig: Rig;
  let client: InstanceType<typeof MongoClient>;
  beforeAll(async () => {
    rig = await startRig();
    client = await new MongoClient(rig.server.uri).connect();
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  test.each(cases)('$name', async ({ before, update, after, code, filter = {}, arrayFilters }) => {
    const collection = client.db('updates').collection<Doc>('table');
    const { insertedId } = await collection.insertOne({ ...before });
    const options = arrayFilters ? { arrayFilters } : {};
    const changing = collection.updateOne({ _id: insertedId, ...filter }, update, options);
    if (code !== undefined) {
      expect(await refusal(changing)).toMatchObject({ code });
      expect(await collection.findOne({ _id: insertedId })).toEqual({ _id: insertedId, ...before });
      return;
    }
    const { matchedCount, modifiedCount } = await changing;
    const stored = await collection.findOne({ _id: insertedId });
    expect(JSON.stringify(stored)).toBe(JSON.stringify({ _id: insertedId, ...after }));
    const changed = JSON.stringify(before) !== JSON.stringify(after);
    expect({ matchedCount, modifiedCount }).toEqual({ matchedCount: 1, modifiedCount: changed ? 1 : 0 });
  });

  test('$currentDate writes the time of the server', async () => {
    const collection = client.db('updates').collection<Doc>('dates');
    const before = Date.now();
    await collection.updateOne(
      { _id: 1 },
      { $currentDate: { at: true, ts: { $type: 'timestamp' } } } as Doc,
      { upsert: true },
    );
    const stored = await collection.findOne({ _id: 1 });
    expect(Number(stored?.at)).toBeGreaterThanOrEqual(before);
    expect(Object(stored?.ts)).toHaveProperty('_bsontype', 'Timestamp');
  });

  test('upserts take the equalities of the filter and $setOnInsert', async () => {
    const collection = client.db('updates').collection<Doc>('upserts');
    const update = { $set: { c: 3 }, $setOnInsert: { d: 4 } };
    const first = await collection.updateOne({ _id: 'u', a: 1, 'b.x': { $eq: 2 }, n: { $gt: 5 } }, update, {
      upsert: true,
    });
    expect(first).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 'u' });
    expect(await collection.findOne({ _id: 'u' })).toEqual({ _id: 'u', a: 1, b: { x: 2 }, c: 3, d: 4 });
    const second = await collection.updateOne(
      { _id: 'u' },
      { $setOnInsert: { d: 5 }, $set: { c: 9 } },
      { upsert: true },
    );
    expect(second).toMatchObject({ matchedCount: 1, modifiedCount: 1, upsertedCount: 0 });
    expect(await collection.findOne({ _id: 'u' })).toMatchObject({ c: 9, d: 4 });
  });

  test('a replacement keeps _id and nothing else', async () => {
    const collection = client.db('updates').collection<Doc>('replacements');
    await collection.insertOne({ _id: 1, a: 1, b: 2 });
    expect(await collection.replaceOne({ _id: 1 }, { c: 3 })).toMatchObject({ modifiedCount: 1 });
    expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, c: 3 });
    expect(await collection.replaceOne({ _id: 2 }, { c: 4 }, { upsert: true })).toMatchObject({
      upsertedId: 2,
    });
    expect(await refusal(collection.replaceOne({ _id: 1 }, { _id: 3 }))).toMatchObject({ code: 66 });
  });

  test('updateMany changes each document once, also when it moves in the index it is found by', async () => {
    const collection = client.db('updates').collection<Doc>('many');
    await collection.createIndex({ n: 1 });
    await collection.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
    const result = await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } } as Doc);
    expect(result).toMatchObject({ matchedCount: 500, modifiedCount: 500 });
    expect(await collection.countDocuments({ n: { $gte: 1000, $lt: 1500 } })).toBe(500);
  });

  test('findOneAndUpdate, findOneAndReplace and findOneAndDelete return before or after', async () => {
    const collection = client.db('updates').collection<Doc>('modify');
    await collection.createIndex({ n: 1 });
    await collection.insertMany([
      { _id: 1, n: 1, x: 'one' },
      { _id: 2, n: 2, x: 'two' },
    ]);
    const options = { sort: { n: -1 as const }, projection: { x: 1 } };
    expect(await collection.findOneAndUpdate({}, { $set: { x: 'new' } }, options)).toEqual({
      _id: 2,
      x: 'two',
    });
    expect(
      await collection.findOneAndUpdate({ _id: 2 }, { $inc: { n: 1 } } as Doc, { returnDocument: 'after' }),
    ).toEqual({ _id: 2, n: 3, x: 'new' });
    expect(await collection.findOneAndReplace({ _id: 1 }, { y: 1 }, { returnDocument: 'after' })).toEqual({
      _id: 1,
      y: 1,
    });
    expect(await collection.findOneAndUpdate({ _id: 9 }, { $set: { y: 1 } })).toBeNull();
    expect(await collection.findOneAndUpdate({ _id: 9 }, { $set: { y: 1 } }, { upsert: true })).toBeNull();
    expect(await collection.findOneAndDelete({ _id: 9 })).toEqual({ _id: 9, y: 1 });
    expect(await collection.findOneAndDelete({ _id: 9 })).toBeNull();
  });
});
