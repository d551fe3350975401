// A sealed record: who reads it, what stands in its files, and that no byte of it changes unseen.
import { randomUUID } from 'node:crypto';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { duringReview, fillForm, sealRound, sign, words } from './sealed.ts';

let round: Round;
let booked: Booked & { recordId: string };
let ingrid: Actor;
let jonas: Actor;
let client: MongoClient;
let records: Collection<Document & { _id: string }>;
beforeAll(async () => {
  round = await startRound();
  booked = await sealRound(round, 'Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
  client = await MongoClient.connect(round.sandbox.mongo);
  records = client.db(round.sandbox.mongoDatabase).collection('records');
});
afterAll(async () => {
  await client?.close();
  await round?.close();
});

const params = () => ({ params: { recordId: booked.recordId } }) as never;

async function failing(actor: Actor = jonas): Promise<string[]> {
  const { holds, checks } = await actor.ok('verifyRecord', params());
  const names = checks.filter((check) => !check.holds).map(({ name }) => name);
  expect(holds).toBe(names.length === 0);
  return names;
}

test('both read and list the record, and it says what they signed', async () => {
  for (const actor of [ingrid, jonas]) {
    const record = await actor.ok('readRecord', params());
    expect(record).toMatchObject({ state: 'sealed', disagreement: words.disagreement });
    expect(record.content).toMatchObject({ summary: words.summary, month: '2027-01', previousDigest: null });
    expect(record.content.goals.map(({ text }) => text)).toEqual([words.goal]);
    expect(record.signatures.map(({ side, digest }) => [side, digest === record.digest])).toEqual([
      ['manager', true],
      ['seller', true],
    ]);
    const { records: listed } = await actor.ok('listRecords', {});
    expect(listed).toMatchObject([{ id: booked.recordId, month: '2027-01', state: 'sealed' }]);
  }
  expect(await failing()).toEqual([]);
});

test('strangers and administrators find no record, whatever they ask for', async () => {
  const routes = ['readRecord', 'verifyRecord', 'recordPdf', 'recordJson'] as const;
  for (const name of ['Amina', 'Henrik', 'Kari', 'Turid']) {
    for (const route of routes) await round.as(name).refused(route, params(), 'not_found');
    expect((await round.as(name).ok('listRecords', {})).records).toEqual([]);
  }
  expect((await jonas.ok('readLog', {})).reads.every(({ name }) => name === 'Ingrid Solberg')).toBe(true);
});

test('the files are a tagged PDF in the wanted language and JSON with all that proves it', async () => {
  for (const [language, tag] of [
    ['nb', '(nb'],
    ['en', '(en'],
  ] as const) {
    const pdf = await jonas.send('recordPdf', { ...(params() as object), query: { language } } as never);
    expect(pdf).toMatchObject({ status: 200, type: 'application/pdf' });
    expect(pdf.text).toMatch(/^%PDF-/);
    expect(pdf.text).toContain('/StructTreeRoot');
    expect(pdf.text).toContain(`/Lang ${tag}`);
  }
  const wrong = { ...(params() as object), query: { language: 'xx' } } as never;
  await jonas.refused('recordPdf', wrong, 'invalid_input');
  const json = await jonas.send('recordJson', params());
  expect(JSON.parse(json.text)).toMatchObject({
    format: 'medspill-record-file-1',
    content: { summary: words.summary },
    disagreement: words.disagreement,
  });
});

test('an addendum is added once, by those who signed alone, and never after bad input', async () => {
  const before = (await jonas.ok('readRecord', params())).addenda;
  const add = (body: object) => ({ ...(params() as object), body }) as never;
  const addendumId = randomUUID();
  const text = 'Jeg tok kurset likevel.';
  for (const bad of [{ addendumId, text: ' ' }, { addendumId: 'x', text }, { text }, { addendumId }]) {
    await jonas.refused('addAddendum', add(bad), 'invalid_input');
  }
  await round.as('Amina').refused('addAddendum', add({ addendumId, text }), 'not_found');
  expect((await jonas.ok('readRecord', params())).addenda).toEqual(before);
  await jonas.ok('addAddendum', add({ addendumId, text }));
  await jonas.ok('addAddendum', add({ addendumId, text }));
  await ingrid.ok('addAddendum', add({ addendumId: randomUUID(), text: 'Fint.' }));
  const { addenda } = await jonas.ok('readRecord', params());
  expect(addenda.map((one) => [one.side, one.text])).toEqual([
    ['seller', text],
    ['manager', 'Fint.'],
  ]);
  expect(await failing()).toEqual([]);
});

describe('a change in the database is named', () => {
  const flip = (text: string) => `${text.slice(0, -6)}${text.at(-6) === 'A' ? 'B' : 'A'}${text.slice(-5)}`;
  const first = (list: Document[]): Document => list[0] ?? {};
  const other = 'b'.repeat(64);
  const cases: [what: string, change: (record: Document) => Document, named: string[]][] = [
    ['the digest', () => ({ digest: other }), ['digest']],
    [
      'the words',
      ({ sealedContent: s }) => ({ sealedContent: { ...s, data: flip(s.data) } }),
      ['content', 'digest'],
    ],
    [
      'the vector',
      ({ sealedContent: s }) => ({ sealedContent: { ...s, iv: flip(s.iv) } }),
      ['content', 'digest'],
    ],
    [
      'the key',
      ({ sealedContent: s }) => ({ sealedContent: { ...s, key: flip(s.key) } }),
      ['content', 'digest'],
    ],
    ['the record before', () => ({ previousDigest: other }), ['content', 'chain', 'seal']],
    ['the month', () => ({ month: '2026-12' }), ['content']],
    ['the date', () => ({ heldOn: '2027-01-05' }), ['content']],
    ['the seller’s name', () => ({ sellerName: 'Jonas Fjell' }), ['content']],
    ['the manager', () => ({ managerId: people[0]?.id }), ['content', 'signatures']],
    ['the disagreement', () => ({ disagreement: 'Alt var fint.' }), ['seal']],
    ['no disagreement', () => ({ disagreement: undefined }), ['seal']],
    ['the state', () => ({ state: 'closed_unsigned' }), ['signatures', 'seal']],
    ['the day of the seal', () => ({ sealedAt: '2027-01-07T00:00:00.000Z' }), ['seal']],
    ['the deadline', () => ({ deadline: '2027-02-01' }), ['seal']],
    [
      'a signature less',
      ({ signatures }) => ({ signatures: signatures.slice(0, 1) }),
      ['signatures', 'seal'],
    ],
    [
      'who signed',
      ({ signatures }) => ({ signatures: [{ ...first(signatures), name: 'En annen' }, signatures[1]] }),
      ['seal'],
    ],
    [
      'when it was signed',
      ({ signatures }) => ({
        signatures: [{ ...first(signatures), at: '2027-01-06T08:00:00.000Z' }, signatures[1]],
      }),
      ['seal'],
    ],
    [
      'what was signed',
      ({ signatures }) => ({ signatures: [{ ...first(signatures), digest: other }, signatures[1]] }),
      ['signatures', 'seal'],
    ],
    ['the seal', ({ seal }) => ({ seal: { ...seal, value: flip(seal.value) } }), ['seal']],
    ['the seal’s key', ({ seal }) => ({ seal: { ...seal, keyId: `${seal.keyId}x` } }), ['seal']],
    ['no seal', () => ({ seal: undefined }), ['seal']],
    [
      'the words of an addendum',
      ({ addenda }) => ({ addenda: [{ ...first(addenda), text: 'x' }, addenda[1]] }),
      ['addenda'],
    ],
    [
      'the author of an addendum',
      ({ addenda }) => ({ addenda: [{ ...first(addenda), side: 'manager' }, addenda[1]] }),
      ['addenda'],
    ],
    [
      'the seal of an addendum',
      ({ addenda }) => ({ addenda: [{ ...first(addenda), seal: flip(first(addenda).seal) }, addenda[1]] }),
      ['addenda'],
    ],
    ['an addendum less', ({ addenda }) => ({ addenda: addenda.slice(0, 1) }), ['addenda']],
    ['another order of addenda', ({ addenda }) => ({ addenda: [...addenda].reverse() }), ['addenda']],
    ['no addenda at all', () => ({ addenda: [], addendaSeal: undefined }), ['addenda']],
  ];

  test.each(cases)('%s', async (_what, change, named) => {
    const stored = await records.findOne({ _id: booked.recordId });
    if (stored === null) throw new Error('there is no record');
    try {
      const changed: Document & { _id: string } = { ...stored, ...change(stored) };
      for (const key of Object.keys(changed)) if (changed[key] === undefined) delete changed[key];
      await records.replaceOne({ _id: stored._id, shard: stored.shard }, changed);
      // Ingrid is no longer the manager where the document says so; the seller always is the seller.
      expect(await failing()).toEqual(expect.arrayContaining(named));
      if (!named.includes('seal')) return;
      // What is named is not washed clean by what comes after it.
      const body = { addendumId: randomUUID(), text: 'Et tillegg etterpå' };
      await jonas.send('addAddendum', { ...(params() as object), body } as never);
      expect(await failing()).toEqual(expect.arrayContaining(named));
    } finally {
      await records.replaceOne({ _id: stored._id, shard: stored.shard }, stored);
    }
    expect(await failing()).toEqual([]);
  });

  test('a signature that was put in waits for nobody to sign beside it', async () => {
    const amina = round.as('Amina');
    await round.sandbox.moveClock('2027-01-04T08:00:00.000Z');
    const other = await round.bookAndConfirm('Amina');
    await round.sandbox.moveClock(duringReview);
    await fillForm(ingrid, amina, other);
    const id = await sign(ingrid, other);
    const { digest, seq } = await amina.ok('previewRecord', { params: other });
    const shard = (await records.findOne({ _id: id }))?.shard;
    await records.updateOne({ _id: id, shard }, { $set: { 'signatures.0.name': 'En annen' } });
    await amina.refused('signRecord', { params: other, body: { digest, seq } }, 'digest_mismatch');
    await records.updateOne({ _id: id, shard }, { $set: { 'signatures.0.name': 'Ingrid Solberg' } });
    await amina.ok('signRecord', { params: other, body: { digest, seq } });
  });
});

test('the next manager reads what is signed, the former one for thirty days and no longer; drafts do not move', async () => {
  const pairs = client.db(round.sandbox.mongoDatabase).collection<Document & { _id: string }>('pairs');
  const pair = await pairs.findOne({ _id: booked.pairId });
  const henrik = people.find(({ givenName }) => givenName === 'Henrik');
  if (pair === null || henrik === undefined) throw new Error('nobody is here');
  const endsAt = '2027-01-10T00:00:00.000Z';
  await pairs.updateOne({ _id: pair._id, shard: pair.shard }, { $set: { endsAt } });
  const manager = { ...pair.manager, id: henrik.id, name: henrik.displayName, firstName: henrik.givenName };
  const { series: _series, ...rest } = pair;
  const next = {
    ...rest,
    _id: randomUUID(),
    managerId: henrik.id,
    manager,
    startsAt: endsAt,
    endsAt: 'open',
  };
  await pairs.insertOne({ ...next, confirmedAt: endsAt });

  await round.sandbox.moveClock('2027-02-08T12:00:00.000Z');
  await round.as('Henrik').ok('readRecord', params());
  await ingrid.ok('readRecord', params());
  expect((await jonas.ok('readLog', {})).reads.slice(0, 2)).toMatchObject([
    { name: 'Ingrid Solberg', role: 'former_manager' },
    { name: 'Henrik Dahl', role: 'manager' },
  ]);
  const body = { addendumId: randomUUID(), text: 'Et tillegg' };
  for (const actor of [ingrid, round.as('Henrik')]) {
    await actor.refused('addAddendum', { ...(params() as object), body } as never, 'not_found');
  }
  // The former manager has no more to do with the review itself.
  await ingrid.refused('previewRecord', { params: booked }, 'not_found');
  await round.as('Henrik').refused('previewRecord', { params: booked }, 'not_found');

  await round.sandbox.moveClock('2027-02-09T00:00:01.000Z');
  await ingrid.refused('readRecord', params(), 'not_found');
  await ingrid.refused('recordJson', params(), 'not_found');
  expect((await ingrid.ok('listRecords', {})).records.map(({ id }) => id)).not.toContain(booked.recordId);
  await jonas.ok('readRecord', params());

  await records.updateOne(
    { _id: booked.recordId, shard: pair.shard },
    { $set: { state: 'awaiting_second' } },
  );
  await round.as('Henrik').refused('readRecord', params(), 'not_found');
});
