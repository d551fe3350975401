// kill -9 in the middle of four writers: what was acknowledged is there afterwards, and indexes agree with documents.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/cosmos/faults.ts';
import { connect, type Doc, printedSeed, temporaryFolder } from './rig.ts';

const script = fileURLToPath(new URL('./durability-server.ts', import.meta.url));
const rounds = 20;
const writers = 4;

const folder = temporaryFolder();
let child: ChildProcess | undefined;
beforeAll(() => undefined);
afterAll(() => {
  child?.kill('SIGKILL');
  folder.remove();
});

async function start(): Promise<{ process: ChildProcess; client: MongoClient }> {
  child = spawn(process.execPath, [script, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('the server has no output');
  const lines = createInterface({ input: child.stdout });
  const [port] = await once(lines, 'line');
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true&retryWrites=false&serverSelectionTimeoutMS=500`;
  return { process: child, client: await connect(uri) };
}

test(`nothing acknowledged is lost over ${rounds} kills`, async () => {
  const random = seededRandom(printedSeed('durability'));
  const inserted = new Set<string>();
  const increments = Array.from({ length: writers }, () => ({ acknowledged: 0, attempted: 0 }));
  const concerns = [{ w: 'majority' }, { j: true }, { w: 'majority', j: true }, {}] as const;

  async function write(client: MongoClient, writer: number, round: number): Promise<void> {
    const writeConcern = concerns[writer] ?? {};
    const rows = client.db('durable').collection<Doc>('rows', { writeConcern });
    const counters = client.db('durable').collection<Doc>('counters', { writeConcern });
    const counter = increments[writer];
    if (!counter) return;
    try {
      for (let n = 0; ; n++) {
        const _id = `${round}-${writer}-${n}`;
        await rows.insertOne({ _id, key: `k${_id}`, pad: 'x'.repeat(Math.floor(random() * 2000)) });
        inserted.add(_id);
        counter.attempted += 1;
        await counters.updateOne({ _id: writer }, { $inc: { n: 1 } } as Doc, { upsert: true });
        counter.acknowledged += 1;
      }
    } catch {
      // The server is gone; what was on its way may or may not have been written.
    }
  }

  for (let round = 0; round < rounds; round++) {
    const { process: server, client } = await start();
    const rows = client.db('durable').collection<Doc>('rows');
    if (round === 0) await rows.createIndex({ key: 1 }, { unique: true });
    const before = inserted.size;
    const writing = Array.from({ length: writers }, (_, writer) => write(client, writer, round));
    const wanted = before + 20 + Math.floor(random() * 80);
    await expect.poll(() => inserted.size, { interval: 1, timeout: 10_000 }).toBeGreaterThan(wanted);
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
    await Promise.all(writing);
    await client.close(true);
    // What a power cut can leave behind the last commit: half a page of anything.
    const log = join(folder.path, 'cosmos.sqlite-wal');
    if (existsSync(log))
      appendFileSync(
        log,
        Buffer.from(Array.from({ length: Math.floor(random() * 5000) }, () => Math.floor(random() * 256))),
      );
  }

  const { process: server, client } = await start();
  const rows = client.db('durable').collection<Doc>('rows');
  const stored = new Set((await rows.find().toArray()).map(({ _id }) => String(_id)));
  expect([...inserted].filter((id) => !stored.has(id))).toEqual([]);
  // One write of each writer may have been under way at each kill, and no more.
  expect(stored.size - inserted.size).toBeLessThanOrEqual(rounds * writers);
  for (const id of stored)
    expect(await rows.findOne({ key: `k${id}` }, { projection: { _id: 1 } })).toEqual({ _id: id });
  await expect(rows.insertOne({ key: `k${[...stored][0]}` })).rejects.toMatchObject({ code: 11000 });
  for (const [writer, { acknowledged, attempted }] of increments.entries()) {
    const counter = await client.db('durable').collection<Doc>('counters').findOne({ _id: writer });
    expect(Number(counter?.n)).toBeGreaterThanOrEqual(acknowledged);
    expect(Number(counter?.n)).toBeLessThanOrEqual(attempted);
  }
  await client.close();
  server.kill('SIGTERM');
});
