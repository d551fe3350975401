// Transactions: within one unsharded collection as RU has them, over several in 'mongo' mode.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Doc, drivers, type Rig, refusal, startRig } from './rig.ts';

describe.each(drivers)('transactions with %s', (_, { MongoClient }) => {
  let rig: Rig;
  let lax: Rig;
  let client: InstanceType<typeof MongoClient>;
  let laxClient: InstanceType<typeof MongoClient>;
  const accounts = (of = client) => of.db('transactions').collection<Doc>('accounts');
  beforeAll(async () => {
    rig = await startRig();
    lax = await startRig('mongo');
    client = await new MongoClient(rig.server.uri).connect();
    laxClient = await new MongoClient(lax.server.uri).connect();
    for (const each of [client, laxClient]) {
      await accounts(each).createIndex({ owner: 1 }, { unique: true });
      await accounts(each).insertMany([
        { _id: 1, owner: 'a', sum: 100 },
        { _id: 2, owner: 'b', sum: 0 },
      ]);
    }
  });
  afterAll(async () => {
    await client.close();
    await laxClient.close();
    await rig.close();
    await lax.close();
  });

  const move = (amount: number) =>
    [{ $inc: { sum: -amount } } as Doc, { $inc: { sum: amount } } as Doc] as const;

  test('commit shows everything at once, and nothing to others before', async () => {
    const session = client.startSession();
    session.startTransaction();
    const [take, give] = move(30);
    await accounts().updateOne({ _id: 1 }, take, { session });
    expect(await accounts().findOne({ _id: 1 }, { session })).toMatchObject({ sum: 70 });
    expect(await accounts().findOne({ _id: 1 })).toMatchObject({ sum: 100 });
    await accounts().updateOne({ _id: 2 }, give, { session });
    await accounts().insertOne({ _id: 3, owner: 'c', sum: 0 }, { session });
    expect(await accounts().countDocuments({ owner: 'c' })).toBe(0);
    await session.commitTransaction();
    await session.endSession();
    expect((await accounts().find().sort({ _id: 1 }).toArray()).map(({ sum }) => sum)).toEqual([70, 30, 0]);
  });

  test('abort leaves nothing', async () => {
    const session = client.startSession();
    session.startTransaction();
    await accounts().deleteMany({}, { session });
    await accounts().insertOne({ _id: 9, owner: 'z' }, { session });
    await session.abortTransaction();
    await session.endSession();
    expect(await accounts().countDocuments({ owner: { $in: ['a', 'b', 'z'] } })).toBe(2);
  });

  test('a failed write ends the transaction', async () => {
    const session = client.startSession();
    session.startTransaction();
    await accounts().insertOne({ _id: 20, owner: 'new' }, { session });
    expect(await refusal(accounts().insertOne({ _id: 21, owner: 'a' }, { session }))).toMatchObject({
      code: 11000,
    });
    expect(await refusal(accounts().insertOne({ _id: 22, owner: 'other' }, { session }))).toMatchObject({
      code: 251,
    });
    await session.abortTransaction();
    await session.endSession();
    expect(await accounts().countDocuments({ owner: 'new' })).toBe(0);
  });

  test('a write from outside waits for the end', async () => {
    const session = client.startSession();
    session.startTransaction();
    await accounts().updateOne({ _id: 2 }, { $set: { note: 'inside' } }, { session });
    const outside = accounts().updateOne({ _id: 2 }, { $set: { note: 'outside' } });
    expect(await accounts().findOne({ _id: 2 }, { session })).toMatchObject({ note: 'inside' });
    await session.commitTransaction();
    await outside;
    await session.endSession();
    expect(await accounts().findOne({ _id: 2 })).toMatchObject({ note: 'outside' });
  });

  test('withTransaction from many sides loses no increment', async () => {
    await accounts().insertOne({ _id: 'n', owner: 'n', sum: 0 });
    const transfers = Array.from({ length: 10 }, () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const found = await accounts().findOne({ _id: 'n' }, { session });
          await accounts().updateOne({ _id: 'n' }, { $set: { sum: Number(found?.sum) + 1 } }, { session });
        }),
      ),
    );
    await Promise.all(transfers);
    expect(await accounts().findOne({ _id: 'n' })).toMatchObject({ sum: 10 });
  });

  test('strict-ru refuses several collections, sharded ones and changes of the catalog', async () => {
    await client.db('transactions').collection<Doc>('others').insertOne({ _id: 1 });
    await client
      .db('transactions')
      .command({ customAction: 'CreateCollection', collection: 'sharded', shardKey: 'owner' });
    const attempt = async (of: typeof client, name: string) => {
      const session = of.startSession();
      session.startTransaction();
      try {
        await accounts(of).updateOne({ _id: 1 }, { $set: { touched: name } }, { session });
        await of.db('transactions').collection<Doc>(name).insertOne({ owner: 'x' }, { session });
        await session.commitTransaction();
      } finally {
        await session.endSession();
      }
    };
    expect(await refusal(attempt(client, 'others'))).toMatchObject({ code: 263 });
    expect(await refusal(attempt(client, 'sharded'))).toMatchObject({ code: 263 });
    expect(await accounts().countDocuments({ touched: { $exists: true } })).toBe(0);
    await attempt(laxClient, 'others');
    expect(await laxClient.db('transactions').collection('others').countDocuments()).toBe(1);
  });
});

test('a transaction that is left alone ends after five seconds', async () => {
  const rig = await startRig();
  const client = await connect(rig.server.uri);
  const rows = client.db('transactions').collection<Doc>('left');
  await rows.insertOne({ _id: 1, n: 0 });
  const session = client.startSession();
  session.startTransaction();
  await rows.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
  await rows.updateOne({ _id: 1 }, { $set: { m: 1 } });
  expect(await rows.findOne({ _id: 1 })).toEqual({ _id: 1, n: 0, m: 1 });
  expect(await refusal(session.commitTransaction())).toMatchObject({ code: 251 });
  await session.endSession();
  await client.close();
  await rig.close();
});
