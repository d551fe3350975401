// Private notes and reflections go when their term is over, not a day before, and leave a receipt without a word.
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Booked, type Round, startRound } from './round.ts';
import { duringReview } from './sealed.ts';

let round: Round;
let booked: Booked;
let client: MongoClient;
beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  client = await MongoClient.connect(round.sandbox.mongo);
  await round.sandbox.moveClock(duringReview);
  for (const name of ['Ingrid', 'Jonas']) {
    await round.as(name).ok('saveNotes', { params: booked, body: { rev: 0, text: `NOTAT-${name}` } });
    const answers = { [name === 'Ingrid' ? 'r_next' : 'p_note']: `REFLEKSJON-${name}` };
    await round.as(name).ok('saveReflection', { params: booked, body: { rev: 0, answers } });
  }
});
afterAll(async () => {
  await client?.close();
  await round?.close();
});

async function night(date: string): Promise<void> {
  await round.sandbox.moveClock(`${date}T02:00:00.000Z`);
  await round.sandbox.backend.runTimer('daily');
}

async function everythingStored(): Promise<string> {
  const database = client.db(round.sandbox.mongoDatabase);
  const names = (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const all = await Promise.all(names.map((name) => database.collection(name).find({}).toArray()));
  return JSON.stringify(all);
}

test('what is within its term stays', async () => {
  // January ended 89 days ago; with ninety days the first night is in May, when no day of January is left.
  await night('2027-04-30');
  expect(await round.as('Ingrid').ok('readNotes', { params: booked })).toMatchObject({
    text: 'NOTAT-Ingrid',
  });
  expect(await everythingStored()).not.toContain('words_deleted');
});

test('notes go after ninety days, of both, and nothing else', async () => {
  await night('2027-05-03');
  for (const name of ['Ingrid', 'Jonas']) {
    expect(await round.as(name).ok('readNotes', { params: booked })).toEqual({ rev: 0, text: '' });
  }
  const stored = await everythingStored();
  expect(stored).not.toContain('NOTAT-');
  expect(stored).toContain('REFLEKSJON-Ingrid');
  expect(stored).toContain('"kind":"words_deleted","what":"notes","count":2,"before":"2027-02"');
});

test('reflections go after twelve months, and the same night again deletes nothing', async () => {
  await night('2028-01-31');
  expect(await everythingStored()).toContain('REFLEKSJON-Jonas');
  await night('2028-02-02');
  await night('2028-02-02');
  const stored = await everythingStored();
  expect(stored).not.toContain('REFLEKSJON-');
  expect(stored.match(/words_deleted/g)).toHaveLength(2);
});
