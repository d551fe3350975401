// What happens with time: restarts and expiry.

import type { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCosmos } from '../../sandbox/cosmos/server.ts';
import { startCosmosThread } from '../../sandbox/cosmos/thread.ts';
import { connect, type Doc, drivers, type Rig, refusal, startRig, temporaryFolder, until } from './rig.ts';

test('a restart brings everything back: documents, indexes, shard keys', async () => {
  const folder = temporaryFolder();
  const first = await startCosmosThread({ dataDir: folder.path, port: 0 });
  let client = await connect(first.uri);
  await client
    .db('life')
    .command({ customAction: 'CreateCollection', collection: 'sharded', shardKey: 'owner' });
  const rows = () => client.db('life').collection<Doc>('rows');
  await rows().createIndexes([
    { key: { key: 1 }, unique: true },
    { key: { tags: 1 } },
    { key: { a: 1, b: -1 } },
  ]);
  await rows().insertMany(
    Array.from({ length: 2000 }, (_, n) => ({ _id: n, key: `k${n}`, tags: [n % 7, n % 5], a: n % 10, b: n })),
  );
  await client.close();
  await first.close();

  const second = await startCosmosThread({ dataDir: folder.path, port: 0 });
  client = await connect(second.uri);
  expect(await rows().countDocuments()).toBe(2000);
  expect(await rows().findOne({ key: 'k77' })).toEqual({ _id: 77, key: 'k77', tags: [0, 2], a: 7, b: 77 });
  expect(await refusal(rows().insertOne({ key: 'k77' }))).toMatchObject({ code: 11000 });
  // The index knows that it holds arrays: each document comes once.
  const tagged = await rows()
    .find({ tags: { $in: [0, 1] } })
    .toArray();
  expect(new Set(tagged.map(({ _id }) => _id)).size).toBe(tagged.length);
  const sorted = await rows().find({ a: 3 }).sort({ a: 1, b: -1 }).limit(2).toArray();
  expect(sorted.map(({ b }) => b)).toEqual([1993, 1983]);
  expect(await refusal(client.db('life').collection<Doc>('sharded').insertOne({ x: 1 }))).toMatchObject({
    code: 61,
  });
  await client.close();
  await second.close();
  folder.remove();
});

test('a second server does not start in the same folder', async () => {
  const folder = temporaryFolder();
  const first = await startCosmosThread({ dataDir: folder.path, port: 0 });
  await expect(startCosmos({ dataDir: folder.path, port: 0 })).rejects.toThrow(/in use by another server/);
  await first.close();
  const second = await startCosmos({ dataDir: folder.path, port: 0 });
  await second.close();
  folder.remove();
});

describe.each(drivers)('expiry with %s', (_, driver) => {
  let rig: Rig;
  let client: MongoClient;
  beforeAll(async () => {
    rig = await startRig();
    client = await new driver.MongoClient(rig.server.uri).connect();
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  test('by a field of the document', async () => {
    const rows = client.db('life').collection<Doc>('sessions');
    await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
    await rows.insertMany([
      { _id: 'old', at: ago(3600) },
      { _id: 'array', at: [ago(-3600), ago(61)] },
      { _id: 'young', at: ago(1) },
      { _id: 'no date', at: 'yesterday' },
      { _id: 'none' },
    ]);
    await until(async () => (await rows.countDocuments()) === 3);
    expect(await rows.distinct('_id')).toEqual(['young', 'no date', 'none']);
    expect((await rows.listIndexes().toArray()).at(-1)).toMatchObject({ expireAfterSeconds: 60 });
  });

  test("by Cosmos DB's own time of the last write", async () => {
    const rows = client.db('life').collection<Doc>('cache');
    await rows.createIndex({ _ts: 1 }, { expireAfterSeconds: 1 });
    await rows.insertMany([{ _id: 1 }, { _id: 2 }]);
    await until(async () => (await rows.countDocuments()) === 0);
  });

  test('an index of two fields does not expire', async () => {
    const rows = client.db('life').collection<Doc>('never');
    expect(await refusal(rows.createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 1 }))).toMatchObject({
      code: 67,
    });
  });
});
