// What a signature does to the form and the preparation: the first freezes them, one taken back opens them, the second
// closes them for good.
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { joinAs, type Typist } from '../live/typist.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';

let round: Round;
let booked: Booked;
let ingrid: Actor;
let jonas: Actor;
let typist: Typist;
beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
  await round.sandbox.moveClock('2027-01-06T09:30:00.000Z');
  typist = await joinAs(ingrid, booked.reviewId);
  await typist.write((doc) => doc.getText('summary').insert(0, 'STRØKET '));
  await typist.write((doc) => doc.getText('summary').delete(0, 8));
  await typist.write((doc) => {
    doc.getText('summary').insert(0, 'Vi snakket om behovsavdekking.');
    doc.getMap('choices').set('focus.0', 'discovery');
    doc.getMap('choices').set('noPromiseNeeded', true);
  });
});
afterAll(() => round?.close());

const params = () => ({ reviewId: booked.reviewId });

async function sign(actor: Actor): Promise<void> {
  const { digest, seq, missing } = await actor.ok('previewRecord', { params: params() });
  expect(missing).toEqual([]);
  await actor.ok('signRecord', { params: params(), body: { digest, seq } });
}

/** Every way to write in a review, refused with the same code; an honest update made here is given back. */
async function writesAreRefused(code: 'frozen' | 'sealed'): Promise<void> {
  const late = typist.body(typist.change((doc: Y.Doc) => doc.getText('note.close').insert(0, 'FOR SENT ')));
  await ingrid.refused('writeLive', { params: params(), body: late }, code);
  const confirmation = { hash: typist.hashOf('short.0'), confirmed: true, confidence: 8 };
  await ingrid.refused('confirmGoal', { params: { ...params(), slot: 'short.0' }, body: confirmation }, code);
  const { mine } = await jonas.ok('getReview', { params: params() });
  const body = { rev: mine.rev, answers: {}, ratings: {} };
  await jonas.refused('savePreparation', { params: params(), body }, code);
  await jonas.refused('setReady', { params: params(), body: { ready: true } }, code);
  const { state, head, updates } = await jonas.ok('readLive', { params: params(), query: {} });
  expect(state).toBe(code);
  expect(JSON.stringify([head, updates])).not.toContain(late.update);
}

test('the first signature freezes the form, and one taken back opens it', async () => {
  await sign(ingrid);
  await writesAreRefused('frozen');
  expect(await jonas.ok('getReview', { params: params() })).toMatchObject({
    state: 'signing',
    phase: 'after',
  });

  await ingrid.ok('withdrawSignature', { params: params() });

  typist = await joinAs(ingrid, booked.reviewId);
  await typist.read();
  await typist.write((doc) => doc.getText('note.close').insert(0, 'ETTER ANGRING '));
  expect(typist.form().notes.close).toBe('ETTER ANGRING ');
});

test('the second signature seals it: nothing follows, and what was struck is gone from the database', async () => {
  await sign(ingrid);
  await sign(jonas);
  await round.sandbox.processAll();
  await writesAreRefused('sealed');
  await ingrid.refused('startReview', { params: params() }, 'sealed');
  // Private words stay their author's, also after the seal.
  await jonas.ok('saveNotes', { params: params(), body: { rev: 0, text: 'mitt' } });

  const client = await MongoClient.connect(round.sandbox.mongo);
  try {
    const database = client.db(round.sandbox.mongoDatabase);
    const rows = await database.collection('liveUpdates').find({}).toArray();
    const heads = await database.collection('liveHeads').find({}).toArray();
    const bytes = [...rows.map((row) => row.update), ...heads.map((head) => head.state)];
    const stored = Buffer.concat(bytes.map((binary) => Buffer.from(binary.buffer))).toString();
    expect(rows.length).toBeGreaterThan(4);
    expect(stored).toContain('Vi snakket om behovsavdekking.');
    expect(stored).not.toContain('STRØKET');
  } finally {
    await client.close();
  }
  const newcomer = await joinAs(jonas, booked.reviewId);
  await newcomer.read();
  expect(newcomer.form()).toMatchObject({
    summary: 'Vi snakket om behovsavdekking.',
    notes: { close: 'ETTER ANGRING ' },
  });
});
