// Whoever changes a byte of a stored record, of a signature or an addendum, or takes one out of its chain, is found out.
// A sample of each field in every run; BYTES=all tries every byte. SEED=n repeats a run.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { BSON, type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createIdentityToken } from '../../api/src/adapters/entra/managed-identity.ts';
import { createKeys } from '../../api/src/adapters/keys/key-vault.ts';
import { readConfig } from '../../api/src/config.ts';
import type { RecordDocument, ReviewDocument } from '../../api/src/documents.ts';
import type { Keys } from '../../api/src/ports.ts';
import { checkFile, recordFileSchema } from '../../api/src/sign/record-file.ts';
import { verifyRecord } from '../../api/src/sign/verify.ts';
import { printedSeeds, randomOf } from '../live/random.ts';
import { addReview, fillBriefly, updateFrom } from './extra-review.ts';
import { type Round, startRound } from './round.ts';
import { sealRound, sign } from './sealed.ts';

type Stored = Document & { _id: string };

/** How a record is kept, not what it says; all else is held against the seal. */
const bookkeeping = ['version', 'outbox', 'outboxDue', 'writeId'];
const everyByte = process.env.BYTES === 'all';

let round: Round;
let client: MongoClient;
let keys: Keys;
let records: Collection<Stored>;
let reviews: Collection<Stored>;
let first: string;
/** Ids of the pair's records, oldest first. */
const chain: string[] = [];
beforeAll(async () => {
  round = await startRound();
  const { sandbox } = round;
  const booked = await sealRound(round, 'Jonas');
  first = booked.recordId;
  // The managed identity is asked where the process' environment says.
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) vi.stubEnv(name, sandbox.settings[name]);
  const config = readConfig(sandbox.settings);
  keys = createKeys(config, createIdentityToken(config));
  client = await MongoClient.connect(sandbox.mongo);
  records = client.db(sandbox.mongoDatabase).collection('records');
  reviews = client.db(sandbox.mongoDatabase).collection('reviews');
  const [ingrid, jonas] = [round.as('Ingrid'), round.as('Jonas')];
  for (const actor of [jonas, ingrid]) {
    const body = { addendumId: randomUUID(), text: `${actor.name} la til dette.` };
    await actor.ok('addAddendum', { params: { recordId: first }, body } as never);
  }
  chain.push(first);
  for (const ordinal of [2, 3]) {
    const extra = await addReview(reviews, booked, ordinal);
    await ingrid.ok('writeLive', { params: extra, body: updateFrom('manager', 0, fillBriefly) });
    await sign(ingrid, extra);
    chain.push(await sign(jonas, extra));
  }
  await sandbox.processAll();
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await client?.close();
  await round?.close();
});

type Leaf = { path: string; from: number; to: number };

/** Where each value of a document lies, with its type and name; a list or an object counts by its parts too. */
function leavesOf(bytes: Uint8Array, start: number, path: string): Leaf[] {
  return [...BSON.onDemand.parseToElements(bytes, start)].flatMap(
    ([type, nameAt, nameLength, at, length]) => {
      const name = Buffer.from(bytes.subarray(nameAt, nameAt + nameLength)).toString();
      const own = { path: `${path}${name}`, from: nameAt - 1, to: at + length };
      if (type !== 3 && type !== 4) return [own];
      return [{ ...own, to: at + 4 }, ...leavesOf(bytes, at, `${own.path}.`)];
    },
  );
}

describe('a byte of a stored record', () => {
  test.each(printedSeeds('bytes', 1))('seed %i', { timeout: 600_000 }, async (seed) => {
    const random = randomOf(seed);
    const [all, pairReviews] = await Promise.all([records.find().toArray(), reviews.find().toArray()]);
    const stored = all.find(({ _id }) => _id === first);
    if (stored === undefined) throw new Error('there is no record');
    const others = all.filter(({ _id }) => _id !== first);
    const check = (record: Document) =>
      verifyRecord(keys, record as RecordDocument, {
        records: [...others, record] as RecordDocument[],
        reviews: pairReviews as unknown as ReviewDocument[],
      });
    expect((await check(stored)).filter(({ holds }) => !holds)).toEqual([]);

    const bytes = BSON.serialize(stored);
    const leaves = leavesOf(bytes, 0, '').filter(
      ({ path }) => !bookkeeping.includes(path.split('.')[0] ?? ''),
    );
    expect(leaves.length).toBeGreaterThan(50);
    let named = 0;
    for (const { path, from, to } of leaves) {
      const sample = Array.from({ length: 12 }, () => from + random.number(to - from));
      const positions = everyByte ? Array.from({ length: to - from }, (_, at) => from + at) : sample;
      for (const position of positions) {
        const changed = Uint8Array.from(bytes);
        changed[position] = (changed[position] ?? 0) ^ (1 << random.number(8));
        const record = readOrUndefined(changed);
        // The database would not take or give it, or it says the same.
        if (record === undefined || isDeepStrictEqual(record, stored)) continue;
        const checks = await check(record);
        expect(
          checks.some(({ holds }) => !holds),
          `seed ${seed}, byte ${position} of ${path}`,
        ).toBe(true);
        named++;
      }
    }
    console.info(`${named} changed bytes were named`);
    expect(named).toBeGreaterThan(100);
  });
});

function readOrUndefined(bytes: Uint8Array): Document | undefined {
  try {
    return BSON.deserialize(bytes);
  } catch {
    return undefined;
  }
}

test('a letter of a record’s file', async () => {
  const [seed = 1] = printedSeeds('letters', 1);
  const random = randomOf(seed);
  const { text } = await round.as('Jonas').send('recordJson', { params: { recordId: first } } as never);
  const whole = recordFileSchema.parse(JSON.parse(text));
  expect(checkFile(whole, []).filter(({ holds }) => !holds)).toEqual([]);
  let named = 0;
  for (
    let position = random.number(5);
    position < text.length;
    position += everyByte ? 1 : 1 + random.number(10)
  ) {
    const letter = String.fromCharCode(text.charCodeAt(position) ^ (1 << random.number(6)));
    const changed = text.slice(0, position) + letter + text.slice(position + 1);
    const file = fileOrUndefined(changed);
    if (file === undefined || isDeepStrictEqual(file, whole)) continue;
    expect(
      checkFile(file, []).some(({ holds }) => !holds),
      `seed ${seed}, letter ${position}: ${text.slice(position - 20, position)}[${letter}]`,
    ).toBe(true);
    named++;
  }
  console.info(`${named} changed letters were named`);
  expect(named).toBeGreaterThan(100);
});

function fileOrUndefined(text: string) {
  try {
    return recordFileSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

describe('the chain', () => {
  async function failing(recordId: string): Promise<string[]> {
    const { checks } = await round.as('Jonas').ok('verifyRecord', { params: { recordId } } as never);
    return checks.filter(({ holds }) => !holds).map(({ name }) => name);
  }

  async function changed(work: () => Promise<unknown>, look: () => Promise<void>): Promise<void> {
    const before = await records.find().toArray();
    try {
      await work();
      await look();
    } finally {
      await records.deleteMany({ shard: before[0]?.shard });
      await records.insertMany(before);
    }
    for (const id of chain) expect(await failing(id)).toEqual([]);
  }

  test.each([0, 1, 2])('record %i taken out is missed by all others', async (index) => {
    const [{ shard } = { shard: '' }] = await records.find().toArray();
    await changed(
      () => records.deleteOne({ _id: chain[index] ?? '', shard }),
      async () => {
        for (const id of chain.filter((_, other) => other !== index))
          expect(await failing(id)).toContain('chain');
      },
    );
  });

  test('two records in each other’s place are both named', async () => {
    const [one, two] = await records.find({ _id: { $in: chain.slice(0, 2) } }).toArray();
    if (one === undefined || two === undefined) throw new Error('there are no two records');
    await changed(
      async () => {
        await records.deleteMany({ shard: one.shard, _id: { $in: [one._id, two._id] } });
        await records.insertMany([
          { ...one, ordinal: two.ordinal },
          { ...two, ordinal: one.ordinal },
        ]);
      },
      async () => {
        for (const { _id } of [one, two])
          expect(await failing(_id)).toEqual(expect.arrayContaining(['content']));
        expect(await failing(chain[2] ?? '')).toContain('chain');
      },
    );
  });

  test('a record that is there twice is named by itself and by all others', async () => {
    const one = await records.findOne({ _id: chain[1] ?? '' });
    const copy = { ...one, _id: randomUUID(), ordinal: 9 };
    await changed(
      () => records.insertOne(copy),
      async () => {
        expect(await failing(copy._id)).toEqual(expect.arrayContaining(['content', 'chain']));
        for (const id of chain) expect(await failing(id)).toContain('chain');
      },
    );
  });
});

test('the files of a pair are checked together on the command line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'medspill-chain-'));
  try {
    const paths = await Promise.all(
      chain.map(async (recordId, index) => {
        const path = join(folder, `${index}.json`);
        const { text } = await round.as('Jonas').send('recordJson', { params: { recordId } } as never);
        await writeFile(path, text);
        return path;
      }),
    );
    const script = join(import.meta.dirname, '..', '..', 'api', 'verify-record.ts');
    const broken = (given: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' });
      return [status, ...[...stdout.matchAll(/^BROKEN (\w+)$/gm)].map(([, name]) => name)];
    };
    const [one = '', two = '', three = ''] = paths;
    expect(broken(paths.toReversed())).toEqual([0]);
    // Whoever has only the later ones cannot know what came before.
    expect(broken([two, three])).toEqual([0]);
    expect(broken([one, three])).toEqual([1, 'chain']);
    expect(broken([one, two, two])).toEqual([1, 'chain', 'chain']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
