// Change streams: as RU has them by default, without deletes; whole in 'mongo' mode.
import type { ChangeStream, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Doc, type Rig, refusal, startRig } from './rig.ts';

const asRuWantsIt: Doc[] = [
  { $match: { operationType: { $in: ['insert', 'update', 'replace'] } } },
  { $project: { _id: 1, fullDocument: 1, ns: 1, documentKey: 1 } },
];

async function take(stream: ChangeStream<Doc>, count: number): Promise<Doc[]> {
  const events: Doc[] = [];
  while (events.length < count) events.push((await stream.next()) as unknown as Doc);
  return events;
}

describe('change streams', () => {
  let rig: Rig;
  let lax: Rig;
  let client: MongoClient;
  let laxClient: MongoClient;
  beforeAll(async () => {
    rig = await startRig();
    lax = await startRig('mongo');
    client = await connect(rig.server.uri);
    laxClient = await connect(lax.server.uri);
  });
  afterAll(async () => {
    await client.close();
    await laxClient.close();
    await rig.close();
    await lax.close();
  });

  async function writeAndDelete(of: MongoClient): Promise<void> {
    const rows = of.db('streams').collection<Doc>('rows');
    await rows.insertOne({ _id: 1, n: 1 });
    await rows.updateOne({ _id: 1 }, { $set: { n: 2 } });
    await rows.deleteOne({ _id: 1 });
    await rows.insertOne({ _id: 2, n: 3 });
    await of.db('streams').collection<Doc>('others').insertOne({ _id: 9 });
    await rows.replaceOne({ _id: 2 }, { m: 4 });
  }

  /** Opened, that is, the server knows of it, before anything is written. */
  async function opened(stream: ChangeStream<Doc>): Promise<ChangeStream<Doc>> {
    expect(await stream.tryNext()).toBeNull();
    return stream;
  }

  test('strict-ru sends whole documents without the operation, and no deletes', async () => {
    const rows = client.db('streams').collection<Doc>('rows');
    const stream = await opened(rows.watch(asRuWantsIt, { fullDocument: 'updateLookup' }));
    await writeAndDelete(client);
    const events = await take(stream, 4);
    expect(events.map(({ fullDocument }) => fullDocument)).toEqual([
      { _id: 1, n: 1 },
      { _id: 1, n: 2 },
      { _id: 2, n: 3 },
      { _id: 2, m: 4 },
    ]);
    for (const event of events)
      expect(Object.keys(event).sort()).toEqual(['_id', 'documentKey', 'fullDocument', 'ns']);
    const resumed = rows.watch(asRuWantsIt, { fullDocument: 'updateLookup', resumeAfter: events[1]?._id });
    expect((await take(resumed, 2)).map(({ documentKey }) => documentKey)).toEqual([{ _id: 2 }, { _id: 2 }]);
    await resumed.close();
    await stream.close();
  });

  test('strict-ru refuses what it could not deliver', async () => {
    const rows = client.db('streams').collection<Doc>('rows');
    const whole = { fullDocument: 'updateLookup' };
    const deletes = [{ $match: { operationType: { $in: ['insert', 'delete'] } } }, asRuWantsIt[1] ?? {}];
    expect(await refusal(rows.watch(deletes, whole).next())).toMatchObject({ code: 2 });
    expect(await refusal(rows.watch([], whole).next())).toMatchObject({ code: 2 });
    expect(await refusal(rows.watch(asRuWantsIt).next())).toMatchObject({ code: 2 });
    expect(await refusal(client.db('streams').watch(asRuWantsIt, whole).next())).toMatchObject({ code: 115 });
  });

  test('mongo sends every operation, of a collection or a database', async () => {
    const stream = await opened(laxClient.db('streams').collection<Doc>('rows').watch());
    const wide = await opened(
      laxClient.db('streams').watch<Doc>([{ $match: { 'ns.coll': 'others' } }]) as never,
    );
    await writeAndDelete(laxClient);
    const events = await take(stream, 5);
    expect(events.map(({ operationType }) => operationType)).toEqual([
      'insert',
      'update',
      'delete',
      'insert',
      'replace',
    ]);
    expect(events[1]).toMatchObject({ updateDescription: { updatedFields: { n: 2 }, removedFields: [] } });
    expect(events[1]).not.toHaveProperty('fullDocument');
    expect(await take(wide, 1)).toMatchObject([{ operationType: 'insert', documentKey: { _id: 9 } }]);
    await stream.close();
    await wide.close();
  });

  test('a transaction is seen when it is committed, and not when it is aborted', async () => {
    const rows = laxClient.db('streams').collection<Doc>('transacted');
    await rows.insertOne({ _id: 0 });
    const stream = await opened(rows.watch());
    const session = laxClient.startSession();
    session.startTransaction();
    await rows.insertOne({ _id: 1 }, { session });
    await session.abortTransaction();
    session.startTransaction();
    await rows.insertOne({ _id: 2 }, { session });
    expect(await stream.tryNext()).toBeNull();
    await session.commitTransaction();
    await session.endSession();
    expect(await take(stream, 1)).toMatchObject([{ documentKey: { _id: 2 } }]);
    await stream.close();
  });

  test('a token from before a restart is refused', async () => {
    const rows = laxClient.db('streams').collection<Doc>('restarted');
    const stream = await opened(rows.watch());
    await rows.insertOne({ _id: 1 });
    const [event] = await take(stream, 1);
    await stream.close();
    await lax.server.setFaults({ crash: true });
    const resumed = rows.watch([], { resumeAfter: event?._id, maxAwaitTimeMS: 100 });
    expect(await refusal(resumed.next())).toMatchObject({ code: 286 });
    await resumed.close();
  });
});
