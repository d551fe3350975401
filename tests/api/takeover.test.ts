// A change of manager, there and back: what waits, what goes along, what never does, and who can stop it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PairId } from '../../domain/ids.ts';
import { bookNext, hoursOn, personCalled, reportTo } from './next-manager.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { sealRound, words } from './sealed.ts';

let round: Round;
let booked: Booked & { recordId: string };
let ingrid: Actor;
let henrik: Actor;
let jonas: Actor;
let next: PairId;
beforeAll(async () => {
  round = await startRound();
  booked = await sealRound(round, 'Jonas');
  [ingrid, henrik, jonas] = [round.as('Ingrid'), round.as('Henrik'), round.as('Jonas')];
});
afterAll(async () => {
  reportTo('Jonas', 'Ingrid');
  await round?.close();
});

const noticesTo = (name: string) =>
  round.sandbox.graphServer.state.activityFeed(personCalled(name).id).map(({ activityType }) => activityType);
const reading = () => ({ params: { recordId: booked.recordId } });
const goalsOf = async (actor: Actor, pairId: string) =>
  (await actor.ok('listGoals', { params: { pairId } })).goals.map(({ text }) => text);

test('a takeover is told to the seller and the present manager, and gives nothing yet', async () => {
  // Nothing is told to people who are in a review.
  await hoursOn(round, 1);
  next = await bookNext(round, henrik, 'Jonas', '2027-02');
  expect(noticesTo('Jonas')).toContain('managerChange');
  expect(noticesTo('Ingrid')).toContain('managerChange');
  const home = await jonas.ok('home', {});
  expect(home.asSeller?.pair).toMatchObject({ id: booked.pairId, manager: { name: 'Ingrid Solberg' } });
  expect(home.asSeller?.incoming).toMatchObject({
    id: next,
    startsAt: expect.stringContaining('2027-01-08T10:30:'),
  });
  const seen = await ingrid.ok('getPair', { params: booked });
  expect(seen.incoming).toMatchObject({ pairId: next, manager: 'Henrik Dahl', confirmed: false });
  await jonas.ok('confirmPair', { params: { pairId: next } });
  await henrik.refused('readRecord', reading(), 'not_found');
  expect((await henrik.ok('listRecords', {})).records).toEqual([]);
  expect(await goalsOf(henrik, next)).toEqual([]);
  const { reviews } = await henrik.ok('listReviews', { params: { pairId: next } });
  await henrik.refused('getReview', { params: { reviewId: reviews[0]?.id ?? '' } as never }, 'not_begun');
});

test('the present manager stops one that is wrong: nothing has changed, and Outlook is clear of it', async () => {
  await ingrid.ok('stopTakeover', { params: booked });
  await round.sandbox.processAll();
  expect(noticesTo('Henrik')).toContain('changeStopped');
  expect(noticesTo('Jonas')).toContain('changeStopped');
  expect((await jonas.ok('home', {})).asSeller?.incoming).toBeUndefined();
  await jonas.refused('stopTakeover', { params: booked }, 'no_takeover');
  await hoursOn(round, 50);
  await ingrid.ok('getPair', { params: booked });
  await henrik.refused('readRecord', reading(), 'not_found');
  const now = round.sandbox.clock.now();
  const left = round.sandbox.graphServer.state
    .calendar(personCalled('Henrik').id, now, now + 100 * 86_400_000)
    .filter(({ subject }) => subject.includes('Jonas'));
  expect(left).toEqual([]);
});

test('after two days without a yes it still gives nothing; the yes then makes it hold at once', async () => {
  next = await bookNext(round, henrik, 'Jonas', '2027-02');
  await hoursOn(round, 60);
  await henrik.refused('readRecord', reading(), 'not_found');
  await ingrid.ok('getPair', { params: booked });
  const { rev } = await jonas.ok('saveHandover', {
    params: { pairId: next },
    body: { rev: 0, text: 'Jeg vil gjerne øve på avslutning.', shared: false },
  });
  await ingrid.refused('readHandover', { params: { pairId: next } }, 'not_found');
  await jonas.ok('confirmPair', { params: { pairId: next } });
  await round.sandbox.processAll();
  expect((await henrik.ok('readRecord', reading())).content.summary).toBe(words.summary);
  expect((await henrik.ok('readHandover', { params: { pairId: next } })).text).toBe('');
  await jonas.ok('saveHandover', {
    params: { pairId: next },
    body: { rev, text: 'Jeg vil gjerne øve på avslutning.', shared: true },
  });
  expect((await henrik.ok('readHandover', { params: { pairId: next } })).text).toMatch(/avslutning/);
});

test('signed records and open goals follow; drafts, private words and the review itself do not', async () => {
  expect(await goalsOf(henrik, next)).toEqual([words.goal]);
  expect(await goalsOf(jonas, next)).toEqual([words.goal]);
  const { along } = await jonas.ok('readHandover', { params: { pairId: next } });
  expect(along).toMatchObject({ records: [{ id: booked.recordId }], goals: [{ text: words.goal }] });
  for (const name of ['getReview', 'readNotes', 'readReflection', 'readLive', 'previewRecord'] as const) {
    await henrik.refused(name, { params: booked, query: { since: 0 } } as never, 'not_found');
  }
  await henrik.refused('listMoments', { params: booked }, 'not_found');
  // The former one keeps their own notes, and no more of the review.
  await ingrid.ok('readNotes', { params: booked });
  for (const name of ['getReview', 'readLive', 'previewRecord', 'readConfirmations'] as const) {
    await ingrid.refused(name, { params: booked, query: { since: 0 } } as never, 'not_found');
  }
  await ingrid.refused('listGoals', { params: booked }, 'not_found');
});

test('the old series has ended in Outlook, the new one stands', () => {
  const now = round.sandbox.clock.now();
  const calendar = (name: string) =>
    round.sandbox.graphServer.state
      .calendar(personCalled(name).id, now, now + 100 * 86_400_000)
      .filter(({ meeting }) => meeting !== undefined);
  expect(calendar('Ingrid')).toEqual([]);
  expect(calendar('Henrik').length).toBeGreaterThan(1);
});

test('back after a leave: two managers in sequence, and each former one loses it after thirty days', async () => {
  const back = await bookNext(round, ingrid, 'Jonas', '2027-03');
  await jonas.ok('confirmPair', { params: { pairId: back } });
  await hoursOn(round, 49);
  await ingrid.ok('readRecord', reading());
  expect(await goalsOf(ingrid, back)).toEqual([words.goal]);
  await henrik.refused('listGoals', { params: { pairId: next } }, 'not_found');
  // Henrik never signed this record: with the end of his time he reads it no more.
  await henrik.refused('readRecord', reading(), 'not_found');
  const third = await bookNext(round, round.as('Kari'), 'Jonas', '2027-04');
  await jonas.ok('confirmPair', { params: { pairId: third } });
  await hoursOn(round, 49);
  await round.as('Kari').ok('readRecord', reading());
  await hoursOn(round, 24 * 31);
  await ingrid.refused('readRecord', reading(), 'not_found');
  await round.as('Kari').ok('readRecord', reading());
  await jonas.ok('readRecord', reading());
  expect((await ingrid.ok('listRecords', {})).records).toEqual([]);
});

test('the audit trail tells the whole of it', async () => {
  const file = JSON.parse((await round.as('Turid').send('auditFile', {})).text) as {
    entries: { subjectId: string; event: { kind: string } }[];
  };
  const kinds = file.entries
    .filter(({ subjectId }) => subjectId === personCalled('Jonas').id)
    .map(({ event }) => event.kind)
    .filter((kind) => kind.startsWith('manager_change'));
  const once = ['manager_change_asked', 'manager_changed'];
  expect(kinds).toEqual(['manager_change_asked', 'manager_change_stopped', ...once, ...once, ...once]);
});
