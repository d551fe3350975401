// The one way in from outside the pair: a written reason, a second person, one record, one day; and the seller is told.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordId } from '../../domain/ids.ts';
import { hoursOn, personCalled } from './next-manager.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { sealRound, words } from './sealed.ts';

const reason = 'Jonas ber om at vi ser på hva som ble avtalt.';
const requestId = randomUUID();
let round: Round;
let booked: Booked & { recordId: string };
let geir: Actor;
let turid: Actor;
let jonas: Actor;
beforeAll(async () => {
  round = await startRound();
  booked = await sealRound(round, 'Jonas');
  // Nothing is told to people who are in a review.
  await hoursOn(round, 1);
  [geir, turid, jonas] = [round.as('Geir'), round.as('Turid'), round.as('Jonas')];
});
afterAll(() => round?.close());

const asked = () => ({ requestId, recordId: booked.recordId as RecordId, reason });
const params = { requestId };
const feed = () =>
  round.sandbox.graphServer.state
    .activityFeed(personCalled('Jonas').id)
    .filter(({ activityType }) => activityType === 'accessEvent');

test('without an approval an administrator reads no word, by any way', async () => {
  const { reviews } = await geir.ok('heldReviews', {
    params: { personId: personCalled('Jonas').id },
  } as never);
  expect(reviews).toMatchObject([{ recordId: booked.recordId, month: '2027-01' }]);
  await geir.refused('askAccess', { body: { ...asked(), reason: 'For kort' } }, 'invalid_input');
  await round.as('Ingrid').refused('askAccess', { body: asked() }, 'not_found');
  expect(await geir.ok('askAccess', { body: asked() })).toMatchObject({ state: 'asked' });
  expect(await geir.ok('askAccess', { body: asked() })).toMatchObject({ id: requestId, state: 'asked' });
  await geir.refused('readByAccess', { params }, 'not_found');
  await geir.refused('readRecord', { params: { recordId: booked.recordId } }, 'not_found');
  for (const word of Object.values(words)) expect(geir.heard.join()).not.toContain(word);
  expect(feed()).toEqual([]);
});

test('whoever asked does not approve it', async () => {
  await geir.refused('decideAccess', { params, body: { approve: true } }, 'not_allowed');
  await round.as('Ingrid').refused('decideAccess', { params, body: { approve: true } }, 'not_found');
});

test('the seller is told before anything is read, in Teams and in Medspill', async () => {
  await turid.ok('decideAccess', { params, body: { approve: true } });
  await turid.refused('decideAccess', { params, body: { approve: false } }, 'already_answered');
  await round.sandbox.processAll();
  expect(feed()).toHaveLength(1);
  expect(JSON.stringify(feed())).not.toContain(reason);
  const { granted, reads } = await jonas.ok('readLog', {});
  expect(granted).toMatchObject([{ name: 'Geir Fossum', approvedBy: 'Turid Vik', reason, month: '2027-01' }]);
  expect(reads).toEqual([]);
});

test('for one day the one who asked reads the one record, and every read is shown', async () => {
  const read = await geir.ok('readByAccess', { params });
  expect(read.content.summary).toBe(words.summary);
  expect(read).not.toHaveProperty('salt');
  expect((await jonas.ok('readLog', {})).reads).toMatchObject([{ name: 'Geir Fossum', role: 'admin' }]);
  for (const name of ['Turid', 'Ingrid', 'Jonas', 'Amina']) {
    await round.as(name).refused('readByAccess', { params }, 'not_found');
  }
  // The record alone: not the review, not the notes, not the file.
  await geir.refused('recordPdf', { params: booked, query: {} } as never, 'not_found');
  await geir.refused('getReview', { params: booked }, 'not_found');
});

test('a read that cannot be written down is refused', async () => {
  const only = { command: 'insert', collection: 'audit' };
  await round.sandbox.setFaults({ cosmos: { throttle: { times: 1000, retryAfterMs: 30_000, only } } });
  const answer = await geir.send('readByAccess', { params });
  await round.sandbox.clearFaults();
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain(words.summary);
});

test('after a day it is over', async () => {
  await hoursOn(round, 24.1);
  await geir.refused('readByAccess', { params }, 'not_found');
  expect((await geir.ok('listAccess', {})).requests).toMatchObject([{ id: requestId, state: 'over' }]);
});

test('a refusal opens nothing; an administrator needs no reason for their own, and gets none', async () => {
  const other = randomUUID();
  await turid.ok('askAccess', { body: { ...asked(), requestId: other } });
  await geir.ok('decideAccess', { params: { requestId: other }, body: { approve: false } });
  await turid.refused('readByAccess', { params: { requestId: other } }, 'not_found');
  expect((await jonas.ok('readLog', {})).granted).toHaveLength(1);
});

test('each step stands in the seller’s audit trail, the reason as a digest alone', async () => {
  const { text } = await turid.send('auditFile', {});
  const { entries } = JSON.parse(text) as { entries: { subjectId: string; event: { kind: string } }[] };
  const kinds = entries
    .filter(({ subjectId }) => subjectId === personCalled('Jonas').id)
    .map(({ event }) => event.kind);
  expect(kinds).toEqual(['access_asked', 'access_approved', 'record_read', 'access_asked', 'access_refused']);
  expect(text).not.toContain(reason);
});
