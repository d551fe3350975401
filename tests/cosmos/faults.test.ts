// Faults on purpose, and what a client sees of them: throttling, latency, lost connections, crashes.

import { Binary, Long, type MongoClient, UUID } from 'mongodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startCosmos } from '../../sandbox/cosmos/server.ts';
import { connect, type Doc, type Rig, refusal, startRig, temporaryFolder } from './rig.ts';
import { open, opMsg, request } from './wire-client.ts';

describe('faults', () => {
  let rig: Rig;
  let client: MongoClient;
  const rows = () => client.db('faults').collection<Doc>('rows');
  beforeAll(async () => {
    rig = await startRig();
    client = await connect(rig.server.uri);
    await rows().insertOne({ _id: 1, n: 0 });
  });
  afterEach(() => rig.server.clearFaults());
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  test('a burst of 16500 says when to come back, and ends', async () => {
    await rig.server.setFaults({ throttle: { times: 3, retryAfterMs: 25 } });
    for (let i = 0; i < 3; i++) {
      const { code, message } = await refusal(rows().findOne({ _id: 1 }));
      expect(code).toBe(16500);
      expect(message).toContain('RetryAfterMs=25');
    }
    expect(await rows().findOne({ _id: 1 })).toEqual({ _id: 1, n: 0 });
  });

  test('a throttled write has changed nothing', async () => {
    await rig.server.setFaults({ throttle: { times: 1 } });
    expect(await refusal(rows().updateOne({ _id: 1 }, { $set: { n: 1 } }))).toMatchObject({ code: 16500 });
    expect(await rows().findOne({ _id: 1 })).toEqual({ _id: 1, n: 0 });
  });

  test('throttling by chance is the same for the same seed', async () => {
    async function pattern(): Promise<string> {
      await rig.server.setFaults({ throttle: { probability: 0.5, seed: 7 } });
      let marks = '';
      for (let i = 0; i < 20; i++)
        marks += await rows()
          .findOne({ _id: 1 })
          .then(
            () => '.',
            () => 'x',
          );
      return marks;
    }
    const first = await pattern();
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
    expect(await pattern()).toBe(first);
  });

  test('a budget of request units refuses when it is spent and recovers', async () => {
    await rig.server.setFaults({ budgetRu: 50 });
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        rows()
          .insertOne({ _id: `b${n}` })
          .then(
            () => 'ok',
            ({ code }) => code,
          ),
      ),
    );
    expect(outcomes).toContain('ok');
    expect(outcomes).toContain(16500);
    const acknowledged = outcomes.filter((outcome) => outcome === 'ok').length;
    // Asking again after the delay it names succeeds in the end.
    let last = await refusalOrNothing();
    for (let i = 0; last && i < 50; i++) {
      const delay = Number(/RetryAfterMs=(\d+)/.exec(last)?.[1]);
      expect(delay).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, delay));
      last = await refusalOrNothing();
    }
    expect(last).toBeUndefined();
    await rig.server.clearFaults();
    expect(await rows().countDocuments({ _id: { $gte: 'b', $lt: 'c' } })).toBe(acknowledged + 1);
    function refusalOrNothing(): Promise<string | undefined> {
      return rows()
        .insertOne({ _id: 'b-last' })
        .then(
          () => undefined,
          ({ message }) => String(message),
        );
    }
  });

  test('a budget can end in the middle of a batch, which says how far it came', async () => {
    await rig.server.setFaults({ budgetRu: 60 });
    const batch = Array.from({ length: 100 }, (_, n) => ({ _id: `m${n}` }));
    const failed = await rows()
      .insertMany(batch)
      .then(
        () => undefined,
        (error) => error,
      );
    await rig.server.clearFaults();
    expect(failed).toMatchObject({ code: 16500 });
    const stored = await rows().countDocuments({ _id: { $gte: 'm', $lt: 'n' } });
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(100);
    expect(failed.result.insertedCount).toBe(stored);
  });

  test('latency delays', async () => {
    await rig.server.setFaults({ latencyMs: 80 });
    const started = performance.now();
    await rows().findOne({ _id: 1 });
    expect(performance.now() - started).toBeGreaterThan(75);
  });

  test.each(['before', 'after'] as const)(
    'a connection lost %s the write: the driver asks again, and it happens once',
    async (when) => {
      const _id = `lost-${when}`;
      await rows().insertOne({ _id, n: 0 });
      for (let n = 1; n <= 6; n++) {
        await rig.server.setFaults({ dropConnections: { times: 1, when } });
        await rows().updateOne({ _id }, { $inc: { n: 1 } } as Doc);
        expect(await rows().findOne({ _id })).toEqual({ _id, n });
      }
      await rig.server.setFaults({ dropConnections: { times: 1, when } });
      expect(
        await rows().findOneAndUpdate({ _id }, { $inc: { n: 1 } } as Doc, { returnDocument: 'after' }),
      ).toEqual({ _id, n: 7 });
      await rig.server.setFaults({ dropConnections: { times: 1, when } });
      await rows().insertMany([{ _id: `${_id}-a` }, { _id: `${_id}-b` }]);
      await rig.server.setFaults({ dropConnections: { times: 1, when } });
      expect(await rows().deleteOne({ _id: `${_id}-a` })).toMatchObject({ deletedCount: 1 });
    },
  );

  test('a crash loses nothing that was acknowledged, and the driver finds its way back', async () => {
    const acknowledged: string[] = [];
    let stop = false;
    const writing = (async () => {
      for (let n = 0; !stop; n++) {
        const _id = `crash-${n}`;
        await rows()
          .insertOne({ _id })
          .then(
            () => acknowledged.push(_id),
            () => undefined,
          );
      }
    })();
    try {
      for (let crash = 0; crash < 3; crash++) {
        const before = acknowledged.length;
        await expect.poll(() => acknowledged.length, { timeout: 15_000 }).toBeGreaterThan(before + 10);
        await rig.server.setFaults({ crash: true });
      }
    } finally {
      stop = true;
    }
    await writing;
    const stored = await rows().distinct('_id', { _id: { $gte: 'crash-', $lt: 'crash.' } });
    expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
  });
});

describe('numbered writes', () => {
  test('repeated byte for byte they give the same answer, also after a restart', async () => {
    const folder = temporaryFolder();
    const lsid = { id: new Binary(new UUID().buffer, 4) };
    const write = (txnNumber: number, command: Doc) =>
      opMsg({ ...command, $db: 'retry', lsid, txnNumber: Long.fromNumber(txnNumber) });
    const commands: [Doc, Doc][] = [
      [{ insert: 'rows', documents: [{ _id: 1, n: 0 }] }, { n: 1 }],
      [
        { update: 'rows', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] },
        { n: 1, nModified: 1 },
      ],
      [
        { findAndModify: 'rows', query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true },
        { value: { _id: 1, n: 2 } },
      ],
      [{ delete: 'rows', deletes: [{ q: { _id: 1 }, limit: 1 }] }, { n: 1 }],
    ];
    let server = await startCosmos({ dataDir: folder.path, port: 0 });
    for (const [at, [command, expected]] of commands.entries()) {
      const bytes = write(at + 1, command);
      const socket = await open(server.port);
      expect(await request(socket, bytes)).toMatchObject({ ok: 1, ...expected });
      expect(await request(socket, bytes)).toMatchObject({ ok: 1, ...expected });
      socket.destroy();
      await server.setFaults({ crash: true });
      const again = await open(server.port);
      expect(await request(again, bytes)).toMatchObject({ ok: 1, ...expected });
      again.destroy();
      await server.close();
      server = await startCosmos({ dataDir: folder.path, port: 0 });
    }
    const socket = await open(server.port);
    expect(await request(socket, write(1, { insert: 'rows', documents: [{ _id: 9 }] }))).toMatchObject({
      ok: 0,
      code: 225,
    });
    socket.destroy();
    await server.close();
    folder.remove();
  });
});
