// Inserts, bulk writes and their errors, indexes, the catalog.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doc, drivers, type Rig, refusal, startRig } from './rig.ts';

describe.each(drivers)('collections with %s', (_, { MongoClient, ObjectId }) => {
  let rig: Rig;
  let client: InstanceType<typeof MongoClient>;
  const db = () => client.db('collections');
  const collection = (name: string) => db().collection<Doc>(name);
  beforeAll(async () => {
    rig = await startRig();
    client = await new MongoClient(rig.server.uri).connect();
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  test('the server introduces itself as the primary of a replica set', async () => {
    expect(await db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    const hello = await db().command({ hello: 1 });
    expect(hello).toMatchObject({
      isWritablePrimary: true,
      setName: 'local',
      logicalSessionTimeoutMinutes: 30,
    });
    expect(hello.maxWireVersion).toBeGreaterThanOrEqual(13);
    expect(await db().admin().buildInfo()).toMatchObject({ version: '7.0.0' });
    expect(await refusal(db().command({ inventedCommand: 1 }))).toMatchObject({ code: 59 });
  });

  test('inserts, and refuses a second document of the same _id', async () => {
    const people = collection('people');
    const { insertedId } = await people.insertOne({ name: 'Ada' });
    expect(insertedId).toBeInstanceOf(ObjectId);
    expect(await people.findOne({ _id: insertedId })).toEqual({ _id: insertedId, name: 'Ada' });
    expect(await refusal(people.insertOne({ _id: insertedId }))).toMatchObject({ code: 11000 });
    expect(await refusal(people.insertOne({ _id: [1] }))).toMatchObject({ code: 2 });
  });

  test('an ordered insert stops at its first error, an unordered one does not', async () => {
    const rows = [{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }];
    const ordered = collection('ordered');
    await expect(ordered.insertMany(rows)).rejects.toMatchObject({
      code: 11000,
      writeErrors: [{ index: 2 }],
      result: { insertedCount: 2 },
    });
    expect(await ordered.countDocuments()).toBe(2);
    const unordered = collection('unordered');
    await expect(unordered.insertMany(rows, { ordered: false })).rejects.toMatchObject({
      writeErrors: [{ index: 2 }],
      result: { insertedCount: 3 },
    });
    expect(await unordered.countDocuments()).toBe(3);
  });

  test('a bulk write counts what each kind did and reports what failed', async () => {
    const bulk = collection('bulk');
    const result = await bulk.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { insertOne: { document: { _id: 2, n: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } as Doc } },
      { updateMany: { filter: { n: { $gte: 1 } }, update: { $inc: { n: 10 } } as Doc } },
      { replaceOne: { filter: { _id: 2 }, replacement: { n: 99 } } },
      { updateOne: { filter: { _id: 3 }, update: { $set: { n: 3 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 2,
      matchedCount: 4,
      modifiedCount: 4,
      deletedCount: 1,
      upsertedCount: 1,
      upsertedIds: { 5: 3 },
    });
    expect(await bulk.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 2, n: 99 },
      { _id: 3, n: 3 },
    ]);
    const failing = bulk.bulkWrite(
      [
        { insertOne: { document: { _id: 2 } } },
        { updateOne: { filter: { _id: 2 }, update: { $push: { n: 1 } } as Doc } },
        { insertOne: { document: { _id: 4 } } },
      ],
      { ordered: false },
    );
    await expect(failing).rejects.toMatchObject({ result: { insertedCount: 1 } });
    expect(await bulk.countDocuments()).toBe(3);
  });

  test('deletes one or many', async () => {
    const rows = collection('deletes');
    await rows.insertMany([1, 2, 3, 4].map((n) => ({ n, odd: n % 2 === 1 })));
    expect(await rows.deleteOne({ odd: true })).toMatchObject({ deletedCount: 1 });
    expect(await rows.deleteMany({ odd: false })).toMatchObject({ deletedCount: 2 });
    expect(await rows.deleteMany({})).toMatchObject({ deletedCount: 1 });
    expect(await collection('nothing').deleteMany({})).toMatchObject({ deletedCount: 0 });
  });

  test('unique indexes hold for inserts, updates and upserts, and a failed write changes nothing', async () => {
    const rows = collection('unique');
    await rows.createIndexes([
      { key: { a: 1, b: 1 }, unique: true },
      { key: { c: 1 }, unique: true },
      { key: { d: 1 } },
    ]);
    await rows.insertOne({ _id: 1, a: 1, b: 1, c: 1, d: 1 });
    await rows.insertOne({ _id: 2, a: 1, b: 2, c: 2, d: 1 });
    const duplicate = await refusal(rows.insertOne({ _id: 3, a: 1, b: 3, c: 2, d: 7 }));
    expect(duplicate).toMatchObject({ code: 11000 });
    expect(duplicate.message).toContain('index: c_1 dup key: { c: 2 }');
    expect(await rows.countDocuments({ d: 7 })).toBe(0);
    expect(await rows.countDocuments({ a: 1, b: 3 })).toBe(0);
    expect(await refusal(rows.updateOne({ _id: 2 }, { $set: { b: 1, d: 9 } }))).toMatchObject({
      code: 11000,
    });
    expect(await rows.findOne({ d: 9 })).toBeNull();
    expect(await rows.findOne({ d: 1, _id: 2 })).toEqual({ _id: 2, a: 1, b: 2, c: 2, d: 1 });
    expect(await refusal(rows.updateOne({ a: 1, b: 9 }, { $set: { c: 1 } }, { upsert: true }))).toMatchObject(
      { code: 11000 },
    );
    expect(await refusal(rows.replaceOne({ _id: 2 }, { a: 1, b: 1, c: 3 }))).toMatchObject({ code: 11000 });
    // Two documents without the field collide as well: missing counts as null.
    await rows.insertOne({ _id: 4, a: 4 });
    expect(await refusal(rows.insertOne({ _id: 5, a: 5 }))).toMatchObject({ code: 11000 });
    // A key given up is free again.
    await rows.deleteOne({ _id: 1 });
    await rows.insertOne({ _id: 6, a: 1, b: 1, c: 1 });
  });

  test('a partial unique index holds for the documents it covers', async () => {
    const rows = collection('partial');
    await rows.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await rows.insertMany([
      { _id: 1, code: 'x', active: true },
      { _id: 2, code: 'x', active: false },
      { _id: 3, code: 'x' },
    ]);
    expect(await refusal(rows.insertOne({ code: 'x', active: true }))).toMatchObject({ code: 11000 });
    expect(await refusal(rows.updateOne({ _id: 2 }, { $set: { active: true } }))).toMatchObject({
      code: 11000,
    });
    expect(await rows.countDocuments({ code: 'x' })).toBe(3);
    const { executionStats } = await rows.find({ code: 'x', active: true }).explain('executionStats');
    expect(executionStats.totalDocsExamined).toBe(1);
  });

  test('lists, repeats and drops indexes', async () => {
    const rows = collection('indexes');
    expect(await rows.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
    expect(await rows.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
    await rows.createIndex({ c: 1 }, { name: 'c', unique: true });
    expect(
      (await rows.listIndexes().toArray()).map(({ name, key, unique }) => ({ name, key, unique })),
    ).toEqual([
      { name: '_id_', key: { _id: 1 }, unique: undefined },
      { name: 'a_1_b_-1', key: { a: 1, b: -1 }, unique: undefined },
      { name: 'c', key: { c: 1 }, unique: true },
    ]);
    expect(await refusal(rows.createIndex({ c: 1 }, { name: 'other' }))).toMatchObject({ code: 85 });
    expect(await refusal(rows.createIndex({ z: 1 }, { name: 'c' }))).toMatchObject({ code: 86 });
    expect(await refusal(rows.createIndex({ z: 'sideways' as never }))).toMatchObject({ code: 67 });
    await rows.dropIndex('c');
    expect(await refusal(rows.dropIndex('c'))).toMatchObject({ code: 27 });
    await rows.dropIndexes();
    expect(await rows.listIndexes().toArray()).toHaveLength(1);
    expect(await refusal(collection('none').listIndexes().toArray())).toMatchObject({ code: 26 });
  });

  test('collections and databases come and go', async () => {
    const other = client.db('short');
    await other.createCollection('made');
    await other.collection('implied').insertOne({});
    expect(await refusal(other.createCollection('made'))).toMatchObject({ code: 48 });
    expect((await other.listCollections().toArray()).map(({ name }) => name).sort()).toEqual([
      'implied',
      'made',
    ]);
    expect(await other.listCollections({ name: 'made' }, { nameOnly: true }).toArray()).toMatchObject([
      { name: 'made' },
    ]);
    expect((await client.db().admin().listDatabases({ nameOnly: true })).databases).toContainEqual({
      name: 'short',
    });
    await other.collection('made').drop();
    await other.dropDatabase();
    expect(await other.listCollections().toArray()).toEqual([]);
    expect(await refusal(other.command({ insert: 'bad$name', documents: [{}] }))).toMatchObject({ code: 73 });
  });

  test('aggregates', async () => {
    const sales = collection('sales');
    await sales.createIndex({ team: 1 });
    await sales.insertMany([
      { _id: 1, team: 'a', amount: 10, tags: ['x', 'y'], seller: 's1' },
      { _id: 2, team: 'a', amount: 20, tags: ['x'], seller: 's2' },
      { _id: 3, team: 'b', amount: 5, tags: [], seller: 's1' },
    ]);
    await collection('sellers').insertMany([
      { _id: 's1', name: 'Kari' },
      { _id: 's2', name: 'Ola' },
    ]);
    const run = (pipeline: Doc[]) => sales.aggregate(pipeline).toArray();
    expect(
      await run([
        { $match: { team: 'a' } },
        { $group: { _id: '$team', sum: { $sum: '$amount' }, mean: { $avg: '$amount' } } },
      ]),
    ).toEqual([{ _id: 'a', sum: 30, mean: 15 }]);
    expect(
      await run([{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]),
    ).toEqual([
      { _id: 'x', n: 2 },
      { _id: 'y', n: 1 },
    ]);
    expect(
      await run([
        { $match: { _id: 3 } },
        { $lookup: { from: 'sellers', localField: 'seller', foreignField: '_id', as: 'who' } },
        { $project: { 'who.name': 1 } },
      ]),
    ).toEqual([{ _id: 3, who: [{ name: 'Kari' }] }]);
    expect(
      await run([
        {
          $facet: {
            count: [{ $count: 'n' }],
            top: [{ $sort: { amount: -1 } }, { $limit: 1 }, { $project: { amount: 1 } }],
          },
        },
      ]),
    ).toEqual([{ count: [{ n: 3 }], top: [{ _id: 2, amount: 20 }] }]);
    expect(await run([{ $sort: { team: -1 } }, { $skip: 0 }, { $limit: 1 }])).toMatchObject([{ _id: 3 }]);
    expect(
      await run([
        { $match: { amount: { $gt: 5 } } },
        { $addFields: { double: { $multiply: ['$amount', 2] } } },
        { $unset: 'tags' },
        { $replaceWith: { d: '$double' } },
      ]),
    ).toEqual([{ d: 20 }, { d: 40 }]);
    await sales
      .aggregate([{ $match: { team: 'a' } }, { $project: { amount: 1 } }, { $out: 'copied' }])
      .toArray();
    expect(await collection('copied').find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, amount: 10 },
      { _id: 2, amount: 20 },
    ]);
    await sales.aggregate([{ $project: { team: 1 } }, { $merge: { into: 'copied' } }]).toArray();
    expect(await collection('copied').find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, amount: 10, team: 'a' },
      { _id: 2, amount: 20, team: 'a' },
      { _id: 3, team: 'b' },
    ]);
    expect(await run([])).toHaveLength(3);
  });

  test('a lookup reads the other collection by its index', async () => {
    const people = collection('people-by-number');
    await people.createIndex({ number: 1 }, { unique: true });
    await people.insertMany(Array.from({ length: 1000 }, (_each, number) => ({ number })));
    await collection('visits').insertMany([{ who: 5 }, { who: 7 }, { who: null }, { note: 'nobody' }]);
    const pipeline = [
      { $lookup: { from: 'people-by-number', localField: 'who', foreignField: 'number', as: 'found' } },
    ];
    const visits = await collection('visits').aggregate(pipeline).toArray();
    expect(visits.map(({ found }) => Object(found).length)).toEqual([1, 1, 0, 0]);
    const explain = { aggregate: 'visits', pipeline, cursor: {} };
    const { executionStats } = await db().command({ explain, verbosity: 'executionStats' });
    expect(executionStats.totalDocsExamined).toBe(4 + 2);
  });

  test('aggregation groups by ObjectId and keeps large results in order over several batches', async () => {
    const rows = collection('grouped');
    const owner = new ObjectId();
    await rows.insertMany(
      Array.from({ length: 600 }, (_each, n) => ({ n, owner: n % 2 ? owner : new ObjectId() })),
    );
    const [largest] = await rows
      .aggregate([{ $group: { _id: '$owner', n: { $sum: 1 } } }, { $sort: { n: -1 } }, { $limit: 1 }])
      .toArray();
    expect(largest).toEqual({ _id: owner, n: 300 });
    const all = await rows.aggregate([{ $project: { n: 1 } }], { batchSize: 50 }).toArray();
    expect(all.map(({ n }) => n)).toEqual(Array.from({ length: 600 }, (_each, n) => n));
  });
});
