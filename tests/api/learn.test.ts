import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from './person.ts';
import { type Booked, monday, type Round, startRound } from './round.ts';

let round: Round;
let booked: Booked;
let ingrid: Actor;
let jonas: Actor;
beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
});
afterAll(() => round?.close());

const params = () => ({ reviewId: booked.reviewId });

test('a reflection is its author’s alone, by revision', async () => {
  expect(await ingrid.ok('readReflection', { params: params() })).toEqual({ rev: 0, answers: {} });
  const body = { rev: 0, answers: { r_good: 'LYTTET MER', r_next: 'SPØRRE FØRST' } };
  const saved = await ingrid.ok('saveReflection', { params: params(), body });
  expect(saved).toEqual({ rev: 1, answers: body.answers });
  expect(await ingrid.ok('saveReflection', { params: params(), body })).toEqual(saved);
  const other = { rev: 0, answers: { r_good: 'annet' } };
  await ingrid.refused('saveReflection', { params: params(), body: other }, 'stale');
  const own = { rev: 0, answers: { p_heard: '5' } };
  await jonas.ok('saveReflection', { params: params(), body: own });
  expect(await jonas.ok('readReflection', { params: params() })).toEqual({ rev: 1, answers: own.answers });
  for (const name of ['Amina', 'Henrik', 'Turid']) {
    await round.as(name).refused('readReflection', { params: params() }, 'not_found');
    await round.as(name).refused('saveReflection', { params: params(), body }, 'not_found');
  }
  await round.as('nobody').refused('readReflection', { params: params() }, 'not_signed_in');
  for (const answers of [{ p_own: '5' }, { r_good: 'x'.repeat(4001) }, { r_unknown: 'x' }]) {
    await ingrid.refused('saveReflection', { params: params(), body: { rev: 1, answers } }, 'invalid_input');
  }
  expect(await ingrid.ok('readReflection', { params: params() })).toEqual(saved);
});

test('its one thing for next time comes back to its author in the next month, and to nobody else', async () => {
  const { reviews } = await ingrid.ok('listReviews', { params: { pairId: booked.pairId } });
  const next = reviews.find(({ month }) => month === '2027-02');
  if (next === undefined) throw new Error('There is no review in February');
  expect(await ingrid.ok('getReview', { params: { reviewId: next.id } })).toMatchObject({
    lesson: 'SPØRRE FØRST',
  });
  expect((await ingrid.ok('getReview', { params: params() })).lesson).toBeUndefined();
  expect((await jonas.ok('getReview', { params: { reviewId: next.id } })).lesson).toBeUndefined();
});

test('growth shows both views once they are open, only those marked ready', async () => {
  const growth = (actor: Actor) => actor.ok('growth', { params: { pairId: booked.pairId } });
  const rate = (value: number, ready: boolean) => ({ value, example: 'Fjord', ready });
  await ingrid.ok('savePreparation', {
    params: params(),
    body: { rev: 0, answers: {}, ratings: { closing: rate(2, true), discovery: rate(5, false) } } as never,
  });
  await jonas.ok('savePreparation', {
    params: params(),
    body: { rev: 0, answers: {}, ratings: { closing: rate(4, true) } } as never,
  });
  expect(await growth(jonas)).toEqual({ months: [] });

  await round.sandbox.moveClock('2027-01-06T09:01:00.000Z');

  const expected = [
    {
      month: '2027-01',
      stages: [{ stage: 'closing', manager: 2, seller: 4 }],
      goalsReached: 0,
      goalsSet: 0,
      promisesKept: 0,
      promisesMade: 0,
    },
  ];
  expect((await growth(jonas)).months).toEqual(expected);
  expect((await growth(ingrid)).months).toEqual(expected);
  for (const name of ['Amina', 'Henrik', 'Turid']) {
    await round.as(name).refused('growth', { params: { pairId: booked.pairId } }, 'not_found');
  }
});

const sent = { text: 'TAKK FOR HJELPEN' };

test('a word to the manager is shared only by sending it, after the review and once', async () => {
  const request = { params: params(), body: sent };
  await ingrid.refused('sendNote', request, 'not_allowed');
  expect(await ingrid.ok('readNote', { params: params() })).toEqual({});
  const { note } = await jonas.ok('sendNote', request);
  expect(note.text).toBe(sent.text);
  expect(await jonas.ok('sendNote', request)).toEqual({ note });
  await jonas.refused('sendNote', { params: params(), body: { text: 'Noe annet' } }, 'already_answered');
  expect(await ingrid.ok('readNote', { params: params() })).toEqual({ note });
  for (const name of ['Amina', 'Henrik', 'Turid']) {
    await round.as(name).refused('readNote', { params: params() }, 'not_found');
    await round.as(name).refused('sendNote', request, 'not_found');
  }
});

test('five sellers’ answers are an average when the month is over, to their manager and to HR; four are none', async () => {
  const team = ['Jonas', 'Amina', 'Lars', 'Nora'];
  const answer = async (name: string, reviewId: Booked['reviewId'], heard: string) => {
    const stored = await round.as(name).ok('readReflection', { params: { reviewId } });
    const body = {
      rev: stored.rev,
      answers: { p_heard: heard, p_step: '4', p_own: '5', p_note: 'BARE MEG' },
    };
    await round.as(name).ok('saveReflection', { params: { reviewId }, body });
  };
  await round.sandbox.moveClock(monday);
  const reviewIds = new Map([['Jonas', booked.reviewId]]);
  for (const name of [...team.slice(1), 'Mikkel']) {
    reviewIds.set(name, (await round.bookAndConfirm(name)).reviewId);
  }
  await round.sandbox.moveClock('2027-01-06T10:01:00.000Z');
  for (const [index, name] of team.entries()) {
    await answer(name, reviewIds.get(name) ?? booked.reviewId, String(index + 1));
  }
  await round.sandbox.moveClock('2027-02-01T08:00:00.000Z');
  const turid = round.as('Turid');
  expect(await ingrid.ok('teamPulse', {})).toEqual({ months: [] });
  expect((await turid.ok('coverage', {})).pulse).toEqual([]);

  await answer('Mikkel', reviewIds.get('Mikkel') ?? booked.reviewId, '5');

  const months = [{ month: '2027-01', p_heard: 3, p_step: 4, p_own: 5 }];
  expect(await ingrid.ok('teamPulse', {})).toEqual({ months });
  expect(await round.as('Henrik').ok('teamPulse', {})).toEqual({ months: [] });
  const counts = await turid.ok('coverage', {});
  expect(counts.pulse).toEqual(months);
  expect(counts.units).toMatchObject([{ manager: 'Ingrid Solberg', sellers: 5 }]);
  expect(counts.units[0]?.months.slice(0, 3)).toEqual([
    { month: '2027-02', sellers: 5, held: 0, skipped: 0 },
    { month: '2027-01', sellers: 5, held: 0, skipped: 0 },
    { month: '2026-12', sellers: null, held: null, skipped: null },
  ]);
  await ingrid.refused('coverage', {}, 'not_found');
  expect([...turid.heard, ...ingrid.heard].join()).not.toMatch(/BARE MEG/);
});

test('no word of a reflection has reached anybody else', () => {
  expect(jonas.heard.join()).not.toMatch(/LYTTET MER|SPØRRE FØRST/);
});
