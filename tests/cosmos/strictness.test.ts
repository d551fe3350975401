// What Cosmos DB (RU) refuses is refused by default, with its codes; 'mongo' accepts it.

import type { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Doc, type Rig, refusal, startRig } from './rig.ts';

describe('strict-ru', () => {
  let rig: Rig;
  let client: MongoClient;
  let lax: Rig;
  let laxClient: MongoClient;
  beforeAll(async () => {
    rig = await startRig();
    client = await connect(rig.server.uri);
    lax = await startRig('mongo');
    laxClient = await connect(lax.server.uri);
    for (const each of [client, laxClient]) {
      const rows = each.db('strict').collection<Doc>('rows');
      await rows.createIndexes([{ key: { a: 1 } }, { key: { b: 1, c: -1 } }]);
      await rows.insertMany([
        { _id: 1, a: 1, b: 1, c: 1, d: 1 },
        { _id: 2, a: 2, b: 1, c: 2, d: 0 },
      ]);
    }
  });
  afterAll(async () => {
    await client.close();
    await laxClient.close();
    await rig.close();
    await lax.close();
  });

  type Attempt = (client: MongoClient) => Promise<unknown>;
  const rows = (of: MongoClient) => of.db('strict').collection<Doc>('rows');
  const refused: [string, number, Attempt][] = [
    ['a sort without an index', 2, (of) => rows(of).find().sort({ d: 1 }).toArray()],
    ['a sort by the second field of a compound index', 2, (of) => rows(of).find().sort({ c: 1 }).toArray()],
    [
      'a sort by the first field of a compound index only',
      2,
      (of) => rows(of).find().sort({ b: 1 }).toArray(),
    ],
    [
      'a sort by several fields without their compound index',
      2,
      (of) => rows(of).find().sort({ a: 1, b: 1 }).toArray(),
    ],
    [
      'a sort against the directions of its compound index',
      2,
      (of) => rows(of).find().sort({ b: 1, c: 1 }).toArray(),
    ],
    [
      'the same sort in an aggregation',
      2,
      (of) =>
        rows(of)
          .aggregate([{ $sort: { d: 1 } }])
          .toArray(),
    ],
    [
      'the same sort in findAndModify',
      2,
      (of) => rows(of).findOneAndUpdate({}, { $set: { x: 1 } }, { sort: { d: 1 } }),
    ],
    [
      'a unique index on a collection that has documents',
      67,
      (of) => rows(of).createIndex({ a: 1, c: 1 }, { unique: true }),
    ],
    [
      'a partial index that is not unique',
      67,
      (of) => rows(of).createIndex({ d: 1 }, { partialFilterExpression: { a: 1 } }),
    ],
    ['a sparse index', 67, (of) => rows(of).createIndex({ e: 1 }, { sparse: true })],
    [
      '$unionWith',
      40324,
      (of) =>
        rows(of)
          .aggregate([{ $unionWith: 'rows' }])
          .toArray(),
    ],
    [
      '$bucket',
      40324,
      (of) =>
        rows(of)
          .aggregate([{ $bucket: { groupBy: '$a', boundaries: [0, 5] } }])
          .toArray(),
    ],
    [
      '$setWindowFields',
      40324,
      (of) =>
        rows(of)
          .aggregate([{ $setWindowFields: { sortBy: { a: 1 }, output: { n: { $sum: '$a' } } } }])
          .toArray(),
    ],
    [
      '$graphLookup',
      40324,
      (of) =>
        rows(of)
          .aggregate([
            {
              $graphLookup: {
                from: 'rows',
                startWith: '$a',
                connectFromField: 'a',
                connectToField: 'b',
                as: 'x',
              },
            },
          ])
          .toArray(),
    ],
    [
      '$lookup with a pipeline',
      115,
      (of) =>
        rows(of)
          .aggregate([{ $lookup: { from: 'rows', pipeline: [], as: 'x' } }])
          .toArray(),
    ],
    [
      '$lookup with let',
      115,
      (of) =>
        rows(of)
          .aggregate([{ $lookup: { from: 'rows', let: { a: '$a' }, pipeline: [], as: 'x' } }])
          .toArray(),
    ],
    ['an update by a pipeline', 115, (of) => rows(of).updateOne({ _id: 1 }, [{ $set: { x: 1 } }])],
    [
      'variables in a filter',
      115,
      (of) => rows(of).findOne({ $expr: { $eq: ['$a', '$$n'] } }, { let: { n: 1 } }),
    ],
    [
      'a document of more than 2 MB',
      10334,
      (of) => rows(of).insertOne({ text: 'x'.repeat(2 * 1024 * 1024) }),
    ],
    [
      'an update to more than 2 MB',
      10334,
      (of) => rows(of).updateOne({ _id: 1 }, { $set: { text: 'x'.repeat(2 * 1024 * 1024) } }),
    ],
    [
      'renaming a collection',
      115,
      async (of) => {
        await of.db('strict').collection<Doc>('gone').insertOne({});
        await of.db('strict').renameCollection('gone', 'away');
      },
    ],
  ];
  test.each(refused)('refuses %s', async (_, code, attempt) => {
    expect(await refusal(attempt(client))).toMatchObject({ code });
    await attempt(laxClient);
  });

  const refusedByBoth: [string, number, Attempt][] = [
    ['text indexes', 67, (of) => rows(of).createIndex({ d: 'text' })],
    ['$jsonSchema', 2, (of) => rows(of).find({ $jsonSchema: {} }).toArray()],
    [
      '$text',
      2,
      (of) =>
        rows(of)
          .find({ $text: { $search: 'x' } })
          .toArray(),
    ],
    ['$where', 2, (of) => rows(of).find({ $where: 'true' }).toArray()],
    [
      'collation',
      115,
      (of) =>
        rows(of)
          .find({}, { collation: { locale: 'nb' } })
          .toArray(),
    ],
    ['validators', 115, (of) => of.db('strict').createCollection('validated', { validator: { a: 1 } })],
    ['collMod', 115, (of) => of.db('strict').command({ collMod: 'rows', validator: {} })],
  ];
  test.each(refusedByBoth)('refuses %s', async (_, code, attempt) => {
    expect(await refusal(attempt(client))).toMatchObject({ code });
    await expect(attempt(laxClient)).rejects.toThrow();
  });

  test('accepts the sorts that its indexes serve', async () => {
    for (const sort of [{ a: 1 }, { a: -1 }, { b: 1, c: -1 }, { b: -1, c: 1 }, { _id: -1 }] as Record<
      string,
      1 | -1
    >[]) {
      expect(await rows(client).find().sort(sort).toArray()).toHaveLength(2);
    }
  });

  describe('a sharded collection', () => {
    const notes = () => client.db('strict').collection<Doc>('notes');
    beforeAll(async () => {
      await client
        .db('strict')
        .command({ customAction: 'CreateCollection', collection: 'notes', shardKey: 'owner' });
    });

    test('keeps its shard key', async () => {
      expect(
        await client.db('strict').command({ customAction: 'GetCollection', collection: 'notes' }),
      ).toMatchObject({ shardKeyDefinition: { owner: 'hashed' } });
      expect(
        await refusal(
          client
            .db('strict')
            .command({ customAction: 'CreateCollection', collection: 'notes', shardKey: 'owner' }),
        ),
      ).toMatchObject({ code: 48 });
    });

    test('takes unique indexes that contain the shard key, and no other', async () => {
      expect(await refusal(notes().createIndex({ slug: 1 }, { unique: true }))).toMatchObject({ code: 67 });
      await notes().createIndex({ owner: 1, slug: 1 }, { unique: true });
      await notes().insertMany([
        { _id: 'n1', owner: 'a', slug: 'x' },
        { _id: 'n2', owner: 'b', slug: 'x' },
      ]);
      expect(await refusal(notes().insertOne({ owner: 'a', slug: 'x' }))).toMatchObject({ code: 11000 });
    });

    test('has unique _ids within one shard value only', async () => {
      await notes().insertOne({ _id: 'n1', owner: 'c', slug: 'y' });
      expect(await refusal(notes().insertOne({ _id: 'n1', owner: 'c', slug: 'z' }))).toMatchObject({
        code: 11000,
      });
      expect(await notes().countDocuments({ _id: 'n1' })).toBe(2);
    });

    test('wants the shard key in every insert and in every write of one document', async () => {
      expect(await refusal(notes().insertOne({ slug: 'q' }))).toMatchObject({ code: 61 });
      expect(await refusal(notes().updateOne({ _id: 'n1' }, { $set: { x: 1 } }))).toMatchObject({ code: 61 });
      expect(await refusal(notes().deleteOne({ _id: 'n1' }))).toMatchObject({ code: 61 });
      expect(await refusal(notes().findOneAndUpdate({ _id: 'n1' }, { $set: { x: 1 } }))).toMatchObject({
        code: 61,
      });
      expect(await notes().updateOne({ _id: 'n1', owner: 'a' }, { $set: { x: 1 } })).toMatchObject({
        modifiedCount: 1,
      });
      expect(await notes().updateMany({ slug: 'x' }, { $set: { y: 1 } })).toMatchObject({ modifiedCount: 2 });
      expect(
        await refusal(notes().updateOne({ _id: 'n1', owner: 'a' }, { $set: { owner: 'z' } })),
      ).toMatchObject({ code: 66 });
    });
  });

  test('arrays in the path of a unique index are not compared', async () => {
    const tagged = (of: MongoClient) => of.db('strict').collection<Doc>('tagged');
    for (const each of [client, laxClient]) await tagged(each).createIndex({ tags: 1 }, { unique: true });
    await tagged(client).insertMany([{ tags: ['x'] }, { tags: ['x', 'y'] }]);
    expect(await tagged(client).countDocuments({ tags: 'x' })).toBe(2);
    await tagged(client).deleteMany({});
    expect(await tagged(client).countDocuments({ tags: 'x' })).toBe(0);
    expect(
      await refusal(tagged(laxClient).insertMany([{ tags: ['x'] }, { tags: ['x', 'y'] }])),
    ).toMatchObject({ code: 11000 });
  });

  test('tells the request units of the last command', async () => {
    const alone = await connect(rig.server.uri, { maxPoolSize: 1 });
    const charge = async (action: Promise<unknown>) => {
      await action;
      const statistics = await alone.db('strict').command({ getLastRequestStatistics: 1 });
      return { name: statistics.CommandName, units: Number(statistics.RequestCharge) };
    };
    const read = await charge(rows(alone).findOne({ _id: 1 }));
    const write = await charge(rows(alone).insertOne({ a: 9, text: 'x'.repeat(1000) }));
    const scan = await charge(
      rows(alone)
        .find({ d: { $gt: 5 } })
        .toArray(),
    );
    await alone.close();
    expect(read).toMatchObject({ name: 'find' });
    expect(write).toMatchObject({ name: 'insert' });
    expect(read.units).toBe(1);
    expect(write.units).toBeGreaterThan(read.units);
    expect(scan.units).toBeGreaterThan(1);
  });
});
