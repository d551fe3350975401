// Races over one document or one key have exactly one winner, and no increment is lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doc, drivers, type Rig, startRig } from './rig.ts';

describe.each(drivers)('races with %s', (_, { MongoClient }) => {
  let rig: Rig;
  const clients: InstanceType<typeof MongoClient>[] = [];
  const rows = (client: InstanceType<typeof MongoClient> | undefined, name = 'rows') => {
    if (!client) throw new Error('no client');
    return client.db('races').collection<Doc>(name);
  };
  beforeAll(async () => {
    rig = await startRig();
    for (let i = 0; i < 4; i++)
      clients.push(await new MongoClient(rig.server.uri, { maxPoolSize: 20 }).connect());
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await rig.close();
  });

  /** Eight contenders, over several clients. */
  function race<T>(
    attempt: (client: InstanceType<typeof MongoClient>, contender: number) => Promise<T>,
  ): Promise<T[]> {
    const contenders = [...clients, ...clients];
    return Promise.all(contenders.map((client, contender) => attempt(client, contender)));
  }

  test('50 races of a version-guarded replace', async () => {
    for (let _id = 0; _id < 50; _id++) {
      await rows(clients[0]).insertOne({ _id, version: 1 });
      const results = await race((client, contender) =>
        rows(client).replaceOne({ _id, version: 1 }, { version: 2, contender }),
      );
      expect(results.map(({ modifiedCount }) => modifiedCount).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
      const winner = results.findIndex(({ modifiedCount }) => modifiedCount === 1);
      expect(await rows(clients[0]).findOne({ _id })).toEqual({ _id, version: 2, contender: winner });
    }
  });

  test('50 races for one unique key', async () => {
    await rows(clients[0], 'keys').createIndex({ key: 1 }, { unique: true });
    for (let key = 0; key < 50; key++) {
      const results = await race((client, contender) =>
        rows(client, 'keys')
          .insertOne({ key, contender })
          .then(
            () => 'won',
            ({ code }) => code,
          ),
      );
      expect(results.filter((result) => result === 'won')).toHaveLength(1);
      expect(results.filter((result) => result === 11000)).toHaveLength(7);
    }
    expect(await rows(clients[0], 'keys').countDocuments()).toBe(50);
  });

  test('50 jobs are claimed once each', async () => {
    await rows(clients[0], 'jobs').createIndex({ state: 1 });
    await rows(clients[0], 'jobs').insertMany(
      Array.from({ length: 50 }, (_each, _id) => ({ _id, state: 'due' })),
    );
    const claimed = await race(async (client, contender) => {
      const mine: unknown[] = [];
      for (;;) {
        const job = await rows(client, 'jobs').findOneAndUpdate(
          { state: 'due' },
          { $set: { state: 'taken', contender } },
        );
        if (!job) return mine;
        mine.push(job._id);
      }
    });
    expect(claimed.flat().sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 50 }, (_each, n) => n),
    );
  });

  test('an upsert race makes one document', async () => {
    for (let _id = 0; _id < 20; _id++) {
      await race((client) =>
        rows(client, 'upserts').updateOne({ _id }, { $inc: { n: 1 } } as Doc, { upsert: true }),
      );
      expect(await rows(clients[0], 'upserts').findOne({ _id })).toEqual({ _id, n: 8 });
    }
  });

  test('200 increments at once', async () => {
    await rows(clients[0], 'counter').insertOne({ _id: 1, n: 0 });
    const increments = Array.from({ length: 200 }, (_each, n) =>
      rows(clients[n % 4], 'counter').updateOne({ _id: 1 }, { $inc: { n: 1 } } as Doc),
    );
    await Promise.all(increments);
    expect(await rows(clients[0], 'counter').findOne({ _id: 1 })).toEqual({ _id: 1, n: 200 });
  });

  test('readers see a write once it is acknowledged', async () => {
    for (let n = 0; n < 50; n++) {
      await rows(clients[0], 'fresh').insertOne({ _id: n });
      expect(await rows(clients[1], 'fresh').findOne({ _id: n })).toEqual({ _id: n });
    }
  });
});
