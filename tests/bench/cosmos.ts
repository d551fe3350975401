// The local database beside bare node:sqlite behind a socket, both as processes of their own with the same data.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BSON, MongoClient } from 'mongodb';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const documents = 50_000;
const reads = 4000;
const replaces = 2000;

type Row = { _id: string; key: string; version: number; text: string };
type Subject = {
  insertAll(): Promise<void>;
  readOne(n: number): Promise<void>;
  replaceOne(n: number, version: number): Promise<void>;
  close(): Promise<void>;
};
type Measured = { insert: number; read: number[]; replace: number[]; restart: number; memory: number };

export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'medspill-bench-'));
  try {
    const floor = await measure('cosmos-floor.ts', folder, connectFloor);
    const ours = await measure('cosmos-process.ts', folder, connectCosmos);
    const row = (name: string, unit: string, value: number, least: number): BenchRow => ({
      name: `cosmos: ${name}`,
      value: rounded(value),
      unit,
      floor: rounded(least),
      ratio: rounded(value / least),
    });
    return [
      row(`insertMany of ${documents}`, 'ms', ours.insert, floor.insert),
      row('unique-key read p50', 'ms', percentile(ours.read, 0.5), percentile(floor.read, 0.5)),
      row('unique-key read p99', 'ms', percentile(ours.read, 0.99), percentile(floor.read, 0.99)),
      row('version-guarded replace p50', 'ms', percentile(ours.replace, 0.5), percentile(floor.replace, 0.5)),
      row(
        'version-guarded replace p99',
        'ms',
        percentile(ours.replace, 0.99),
        percentile(floor.replace, 0.99),
      ),
      row(`restart with ${documents} documents to the first read`, 'ms', ours.restart, floor.restart),
      row(`memory with ${documents} documents`, 'MB', ours.memory, floor.memory),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  script: string,
  folder: string,
  open: (port: number) => Promise<Subject>,
): Promise<Measured> {
  const first = await start(script, folder);
  const subject = await open(first.port);
  const insert = await timed(() => subject.insertAll());
  // The first reads and writes compile code; they are no part of the measurement.
  for (let n = 0; n < 500; n++) await subject.readOne(n);
  const read: number[] = [];
  for (let n = 0; n < reads; n++) read.push(await timed(() => subject.readOne((n * 7919) % documents)));
  for (let n = 0; n < 200; n++) await subject.replaceOne(documents - 1 - n, 1);
  const replace: number[] = [];
  for (let n = 0; n < replaces; n++) replace.push(await timed(() => subject.replaceOne(n * 7, 1)));
  const memory = (await memoryOf(first.process)) / 1024 / 1024;
  await subject.close();
  await stop(first.process);
  const started = performance.now();
  const second = await start(script, folder);
  const again = await open(second.port);
  await again.readOne(1);
  const restart = performance.now() - started;
  await again.close();
  await stop(second.process);
  return { insert, read, replace, restart, memory };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function start(script: string, folder: string): Promise<{ process: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [folder]);
  const [{ port }] = await once(child, 'message');
  return { process: child, port };
}

async function memoryOf(child: ChildProcess): Promise<number> {
  child.send('memory?');
  const [{ memory }] = await once(child, 'message');
  return memory;
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function rowOf(n: number, version: number): Row {
  return { _id: idOf(n), key: keyOf(n), version, text: 'x'.repeat(300) };
}

// All of one length, so that the floor can cut the documents apart.
function idOf(n: number): string {
  return `id${String(n).padStart(5, '0')}`;
}

function keyOf(n: number): string {
  return `key${String(n).padStart(5, '0')}`;
}

async function connectCosmos(port: number): Promise<Subject> {
  const client = await new MongoClient(
    `mongodb://127.0.0.1:${port}/?directConnection=true&w=majority`,
  ).connect();
  const collection = client.db('bench').collection<Row>('rows');
  await collection.createIndex({ key: 1 }, { unique: true });
  return {
    async insertAll() {
      const made = Array.from({ length: documents }, (_, n) => rowOf(n, 1));
      const { insertedCount } = await collection.insertMany(made);
      if (insertedCount !== documents) throw new Error('not every document was inserted');
    },
    async readOne(n) {
      if ((await collection.findOne({ key: keyOf(n) }))?._id !== idOf(n))
        throw new Error('another document was read');
    },
    async replaceOne(n, version) {
      const { _id, ...next } = rowOf(n, version + 1);
      const { modifiedCount } = await collection.replaceOne({ _id, version }, next);
      if (modifiedCount !== 1) throw new Error('the document was not replaced');
    },
    close: () => client.close(),
  };
}

async function connectFloor(port: number): Promise<Subject> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return {
    async insertAll() {
      const made = Array.from({ length: documents }, (_, n) => rowOf(n, 1)).map((row) => BSON.serialize(row));
      const size = Math.max(...made.map(({ length }) => length));
      const body = Buffer.alloc(4 + size * documents);
      body.writeUInt32LE(size, 0);
      for (const [n, bytes] of made.entries()) body.set(bytes, 4 + n * size);
      await exchange(socket, 'i', body);
    },
    async readOne(n) {
      BSON.deserialize(await exchange(socket, 'r', Buffer.from(keyOf(n))));
    },
    async replaceOne(n, version) {
      const target = Buffer.from(`${idOf(n)} ${version}`.padEnd(64));
      const changed = await exchange(
        socket,
        'u',
        Buffer.concat([target, BSON.serialize(rowOf(n, version + 1))]),
      );
      if (changed.toString() !== '1') throw new Error('the document was not replaced');
    },
    async close() {
      socket.destroy();
    },
  };
}

async function exchange(socket: Socket, operation: string, body: Uint8Array): Promise<Buffer> {
  const header = Buffer.alloc(5);
  header.write(operation, 0, 'latin1');
  header.writeUInt32LE(body.length, 1);
  socket.write(Buffer.concat([header, body]));
  const [chunk] = await once(socket, 'data');
  return chunk;
}
