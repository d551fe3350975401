// The audit trail over HTTP: what is written down, what it never holds, and what the command finds in a changed one.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualRetention } from '../../domain/trust/retention.ts';
import { people } from '../../sandbox/people.ts';
import type { Actor } from './person.ts';
import { type Round, startRound } from './round.ts';
import { sealRound, words } from './sealed.ts';

type Entry = { subjectId: string; seq: number; hash: string; previous: string; event: { kind: string } };
type AuditFile = { entries: Entry[]; ends: { subjectId: string; seq: number; hash: string }[] };

let round: Round;
let folder: string;
let booked: Awaited<ReturnType<typeof sealRound>>;
let turid: Actor;
let file: AuditFile;
const jonasId = people.find(({ givenName }) => givenName === 'Jonas')?.id ?? '';
beforeAll(async () => {
  round = await startRound();
  folder = await mkdtemp(join(tmpdir(), 'medspill-audit-'));
  booked = await sealRound(round, 'Jonas');
  turid = round.as('Turid');
  const params = { recordId: booked.recordId };
  await round.as('Ingrid').ok('readRecord', { params });
  await round.as('Jonas').ok('readRecord', { params });
  await round.as('Ingrid').send('recordPdf', { params, query: { language: 'nb' } });
  await turid.ok('saveSettings', { body: { version: 0, retention: { ...usualRetention, notesDays: 60 } } });
  // The night's round anchors the trail.
  await round.sandbox.moveClock('2027-01-07T12:00:00.000Z');
  await round.as('Ingrid').ok('readRecord', { params });
  file = await download();
});
afterAll(async () => {
  await round?.close();
  await rm(folder, { recursive: true, force: true });
});

async function download(): Promise<AuditFile> {
  return JSON.parse((await turid.send('auditFile', {})).text) as AuditFile;
}

async function verify(given: object): Promise<{ status: number; text: string }> {
  const path = join(folder, 'audit.json');
  await writeFile(path, JSON.stringify(given));
  return run([path], {});
}

function run(args: string[], env: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, MONGODB_URI: undefined, ...env } };
    execFile(process.execPath, ['api/verify-audit.ts', ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}

const chain = () => file.entries.filter(({ subjectId }) => subjectId === jonasId);

test('every read is written down, the seller’s own too, and what administrators do', () => {
  expect(chain().map(({ seq, event }) => ({ seq, ...event }))).toMatchObject(
    ['manager', 'seller', 'manager', 'manager'].map((role, index) => ({
      seq: index + 1,
      kind: 'record_read',
      role,
      recordId: booked.recordId,
      month: '2027-01',
    })),
  );
  const company = file.entries.filter(({ subjectId }) => subjectId === 'company');
  expect(company.map(({ event }) => event.kind)).toEqual(['settings_changed', 'anchor', 'audit_read']);
});

test('it holds no word of content', () => {
  const text = JSON.stringify(file);
  for (const word of Object.values(words)) expect(text).not.toContain(word);
});

test('the seller sees who else has read', async () => {
  const { reads } = await round.as('Jonas').ok('readLog', {});
  expect(reads.map(({ name, role }) => `${name} ${role}`)).toEqual(
    Array.from({ length: 3 }, () => 'Ingrid Solberg manager'),
  );
});

test('the trail as downloaded holds', async () => {
  expect(await verify(file)).toMatchObject({
    status: 0,
    text: expect.stringMatching(/^holds {2}7 entries in 2/),
  });
});

test('a gap, a change and a removal are found and named', async () => {
  const without = (drop: Entry | undefined) => file.entries.filter((entry) => entry !== drop);
  const [first, second] = chain();
  const last = chain().at(-1);
  const anchored = chain()[2];
  const changed = file.entries.map((entry) =>
    entry === second ? { ...entry, event: { ...entry.event, role: 'manager' } } : entry,
  );
  const cases: [object, RegExp][] = [
    [{ ...file, entries: without(second) }, new RegExp(`chain ${jonasId}: entry 2 is missing`)],
    [{ ...file, entries: without(first) }, /entry 1 is missing/],
    [{ ...file, entries: changed }, new RegExp(`chain ${jonasId}: entry 2 was changed`)],
    [{ ...file, entries: without(last) }, /entry 4 was removed from the end/],
    // Whoever takes the end away as well meets the sealed anchor of the night.
    [
      {
        ...file,
        entries: file.entries.filter(
          (entry) => entry.subjectId !== jonasId || entry.seq < (anchored?.seq ?? 0),
        ),
        ends: file.ends.filter(({ subjectId }) => subjectId !== jonasId),
      },
      /entry 3 is not what a sealed anchor names/,
    ],
    [
      { ...file, entries: file.entries.filter(({ subjectId }) => subjectId !== jonasId), ends: [] },
      /entry 3 is not what a sealed anchor names/,
    ],
  ];
  for (const [given, named] of cases) {
    expect(await verify(given)).toMatchObject({ status: 1, text: expect.stringMatching(named) });
  }
});

test('the database itself is verified as well', async () => {
  const env = { MONGODB_URI: round.sandbox.mongo, MONGODB_DATABASE: round.sandbox.mongoDatabase };
  const key = join(folder, 'key.json');
  const [publicKey] = (file as AuditFile & { publicKeys: object[] }).publicKeys;
  await writeFile(key, JSON.stringify(publicKey));
  expect(await run([key], env)).toMatchObject({ status: 0 });
  const client = await MongoClient.connect(round.sandbox.mongo);
  const audit = client.db(round.sandbox.mongoDatabase).collection('audit');
  const entry = await audit.findOne({ subjectId: jonasId, seq: 3 });
  if (entry === null) throw new Error('there is no such entry');
  await audit.deleteOne({ _id: entry._id, shard: entry.shard });
  expect(await run([key], env)).toMatchObject({
    status: 1,
    text: expect.stringContaining(`chain ${jonasId}: entry 3 is missing`),
  });
  await audit.insertOne(entry);
  await client.close();
});

test('a read that cannot be written down is refused, and tells nothing', async () => {
  const ways = [
    () => round.as('Ingrid').send('readRecord', { params: { recordId: booked.recordId } }),
    () => round.as('Jonas').send('recordPdf', { params: { recordId: booked.recordId }, query: {} }),
    () => round.as('Ingrid').send('recordJson', { params: { recordId: booked.recordId } }),
    () => round.as('Jonas').send('previewRecord', { params: booked }),
  ];
  const only = { command: 'insert', collection: 'audit' };
  await round.sandbox.setFaults({ cosmos: { throttle: { times: 1000, retryAfterMs: 30_000, only } } });
  try {
    for (const read of ways) {
      const answer = await read();
      expect(answer).toMatchObject({ status: 500, type: 'application/problem+json' });
      expect(Object.keys(JSON.parse(answer.text) as object).sort()).toEqual([
        'code',
        'requestId',
        'status',
        'title',
        'type',
      ]);
    }
    await turid.send('saveSettings', { body: { version: 1, retention: usualRetention } });
  } finally {
    await round.sandbox.clearFaults();
  }
  // What could not be written down was not done either.
  expect((await turid.ok('readSettings', {})).retention.notesDays).toBe(60);
  await round.as('Ingrid').ok('readRecord', { params: { recordId: booked.recordId } });
});

test('terms lie within their limits, and an older page of settings changes nothing', async () => {
  const retention = { ...usualRetention, recordsMonths: 120 };
  await turid.refused('saveSettings', { body: { version: 1, retention } }, 'invalid_input');
  await turid.refused('saveSettings', { body: { version: 0, retention: usualRetention } }, 'stale');
});

test('counts are numbers alone', async () => {
  const answer = await turid.send('readCounts', {});
  expect(JSON.parse(answer.text)).toMatchObject({
    pairs: { open: 1, confirmed: 1 },
    months: expect.arrayContaining([{ month: '2027-01', signed: 1, closedUnsigned: 0, awaitingSecond: 0 }]),
  });
  expect(answer.text).not.toMatch(/Jonas|Ingrid|Berg/);
});
