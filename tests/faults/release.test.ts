// Drills on a data folder as release 0.1 left it: later builds open it, old and new work side by side, a backup comes back.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { type Db, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, type Step, steps } from '../../api/src/adapters/mongo/migrate.ts';
import { chosenKindSchema } from '../../domain/follow-up/contract.ts';
import { backUp } from '../../infra/backup.ts';
import { restore } from '../../infra/restore.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { actorIn } from '../api/person.ts';
import { startApiBeside } from '../api-beside.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';

const built = join(import.meta.dirname, '..', '..', 'api', 'dist');
const folder = mkdtempSync(join(tmpdir(), 'medspill-drill-'));
let sandbox: Sandbox;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  const packed = unzipSync(readFileSync(join(import.meta.dirname, 'release-0-1.zip')));
  for (const [name, bytes] of Object.entries(packed)) {
    mkdirSync(dirname(join(folder, 'data', name)), { recursive: true });
    writeFileSync(join(folder, 'data', name), bytes);
  }
  // The day after the release, whenever this is run.
  const offset = Date.parse('2026-11-24T08:00:00Z') - Date.now();
  writeFileSync(join(folder, 'data', 'clock.json'), JSON.stringify({ offset }));
  // On the local database, whatever other one the tests run on: the data of the release is in its files.
  delete process.env.MONGODB_URI;
  sandbox = await startCheckedSandbox({ dataDir: join(folder, 'data'), port: 0, quiet: true });
  client = await new MongoClient(sandbox.mongo).connect();
  db = client.db(sandbox.mongoDatabase);
});
afterAll(async () => {
  await client?.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function theRecord(): Promise<{ recordId: string; reviewId: string }> {
  const { records } = await actorIn(sandbox, 'Ida').ok('listRecords', {});
  expect(records).toHaveLength(1);
  return { recordId: records[0]?.id ?? '', reviewId: records[0]?.reviewId ?? '' };
}

/** Opens what the seeded team has, for both, and answers the record as its seller reads it. */
async function openEverything(): Promise<string> {
  const { recordId } = await theRecord();
  for (const name of ['Ida', 'Henrik']) {
    const actor = actorIn(sandbox, name);
    const { pairs } = await ownPairs(name);
    for (const pairId of pairs) {
      await actor.ok('getPair', { params: { pairId } });
      await actor.ok('listGoals', { params: { pairId } });
      const { reviews } = await actor.ok('listReviews', { params: { pairId } });
      for (const { id } of reviews) await actor.ok('getReview', { params: { reviewId: id } });
    }
    await actor.ok('home', {});
    const verified = await actor.ok('verifyRecord', { params: { recordId } });
    expect(verified.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(verified.holds).toBe(true);
  }
  return JSON.stringify(await actorIn(sandbox, 'Ida').ok('readRecord', { params: { recordId } }));
}

/** Those that the seller has confirmed; before that nothing can be opened. */
async function ownPairs(name: string): Promise<{ pairs: string[] }> {
  const { asSeller, team } = await actorIn(sandbox, name).ok('home', {});
  const all = [...(asSeller === undefined ? [] : [asSeller]), ...team].map(({ pair }) => pair);
  return { pairs: all.filter(({ confirmedAt }) => confirmedAt !== undefined).map(({ id }) => id) };
}

const ledger = () => db.collection<{ _id: string; shard: string; done: string[] }>('ledger');

test('the data of release 0.1 opens, and every step has been taken', async () => {
  expect(await openEverything()).toContain('Ida');
  expect((await ledger().findOne({ _id: 'ledger' }))?.done.sort()).toEqual(steps.map(({ name }) => name));
});

test('a step lifts what an older build has written, once, however often it is cut off', async () => {
  const updates = db.collection<{ _id: string; hasWords?: boolean }>('liveUpdates');
  const before = await updates.find().toArray();
  expect(before.length).toBeGreaterThan(0);
  await updates.updateMany({}, { $unset: { hasWords: '' } });
  await ledger().deleteMany({});
  const runs: string[] = [];
  const cutOff: Step = {
    name: '9998-cut-off',
    async up() {
      runs.push('cut off');
      if (runs.length === 1) throw new Error('The process has died here');
    },
  };
  await expect(migrate(db, [...steps, cutOff])).rejects.toThrow('died');
  // Two instances start at once.
  await Promise.all([migrate(db, [...steps, cutOff]), migrate(db, [...steps, cutOff])]);
  expect(await migrate(db, [...steps, cutOff])).toEqual([]);
  expect(runs.length).toBeGreaterThanOrEqual(2);
  expect(await updates.find().toArray()).toEqual(before);
});

test('old and new side by side: what only a newer build knows survives, and nobody is told of it', async () => {
  const future = { inTheFuture: { since: 2, list: ['x'] } };
  await ledger().updateOne({ _id: 'ledger' }, { $addToSet: { done: '9999-of-a-newer-build' } });
  // Not in records: a field that no signature covers is a changed record, for every build.
  const kept = ['pairs', 'reviews', 'goals', 'promises', 'private'];
  for (const name of kept) await db.collection(name).updateMany({}, { $set: future });
  const beside = await startApiBeside(sandbox, built);
  try {
    const old = actorIn(sandbox, 'Ida');
    const fresh = actorIn({ ...sandbox, api: beside.api }, 'Ida');
    const off = [chosenKindSchema.options.slice(0, 1), [], chosenKindSchema.options.slice(1, 3)];
    // Choices are one document that both write in turn; each sees the other's last word.
    for (const [turn, choice] of off.entries()) {
      const [writer, reader] = turn % 2 === 0 ? [old, fresh] : [fresh, old];
      await writer.ok('saveNoticeChoices', { body: { off: choice } });
      expect((await reader.ok('readNoticeChoices', {})).off).toEqual(choice);
    }
    const { pairs } = await ownPairs('Ida');
    const { reviews } = await old.ok('listReviews', { params: { pairId: pairs[0] as never } });
    const planned = reviews.find(({ state }) => state === 'planned');
    if (planned === undefined) throw new Error('Ida has no review before her');
    const params = { reviewId: planned.id };
    for (const actor of [old, fresh, old]) {
      const { mine } = await actor.ok('getReview', { params });
      const answers = { sp_proud: { text: `fra ${mine.rev}`, ready: false } };
      await actor.ok('savePreparation', { params, body: { rev: mine.rev, answers, ratings: {} } as never });
    }
    const [stored] = await db
      .collection('reviews')
      .find({ _id: planned.id as never })
      .toArray();
    expect(stored).toMatchObject(future);
    expect(Number(stored?.version)).toBeGreaterThan(3);
    expect([...old.heard, ...fresh.heard].join()).not.toContain('inTheFuture');
    expect(beside.printed.filter((line) => line.includes('"fault"'))).toEqual([]);
  } finally {
    await beside.close();
  }
  expect(await openEverything()).not.toContain('inTheFuture');
  expect((await ledger().findOne({ _id: 'ledger' }))?.done).toContain('9999-of-a-newer-build');
});

test('a backup comes back whole; a changed one, or one into a full database, does not', async () => {
  const record = await openEverything();
  const to = join(folder, 'backup');
  const contents = await backUp(db, to);
  expect(contents.records?.documents).toBe(1);
  await expect(restore(db, to)).rejects.toThrow('is not empty');

  const changed = join(to, 'pairs.ndjson');
  const pairs = readFileSync(changed, 'utf8');
  const empty = client.db('medspill-restored');
  writeFileSync(changed, pairs.replace('Henrik', 'Henrek'));
  await expect(restore(empty, to)).rejects.toThrow('pairs.ndjson is not what was backed up');
  expect(await empty.listCollections().toArray()).toEqual([]);
  writeFileSync(changed, pairs);

  for (const name of Object.keys(contents)) await db.collection(name).drop();
  await restore(db, to);
  expect(await backUp(db, join(folder, 'again'))).toEqual(contents);
  await sandbox.backend.kill();
  await sandbox.backend.restart();
  expect(await openEverything()).toBe(record);
});
