// What happens to a series in the course of a working life: somebody is away, a month needs one more review, a review is
// interrupted, the seller sets own time aside. Always read again from Outlook.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PairId, ReviewId } from '../../domain/ids.ts';
import { people } from '../../sandbox/people.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';

let round: Round;
let ingrid: Actor;
let jonas: Actor;
let booked: Booked;
let params: { pairId: PairId };

beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  params = { pairId: booked.pairId };
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
});
afterAll(() => round?.close());

const years = [Date.parse('2027-01-01'), Date.parse('2028-12-31')] as const;

function calendar(name: string) {
  const id = people.find(({ givenName }) => givenName === name)?.id ?? '';
  return round.sandbox.graphServer.state
    .calendar(id, ...years)
    .filter(({ subject, isCancelled }) => /Jonas Berg|Forberedelse|refleksjon/.test(subject) && !isCancelled);
}
/** Starts of what stands in a calendar under a subject. */
const starts = (name: string, subject: string) =>
  calendar(name)
    .filter((entry) => entry.subject.includes(subject))
    .map(({ start }) => new Date(start).toISOString())
    .sort();
const reviews = async () => (await ingrid.ok('listReviews', { params })).reviews;
const month = async (wanted: string) => (await reviews()).filter((one) => one.month === wanted);

test('the seller is away: its months are skipped in both calendars, told to both, and reminders stay quiet', async () => {
  const absence = { id: randomUUID(), side: 'seller' as const, from: '2027-02-15', to: '2027-04-10' };
  const bad = (change: object) => ({ params, body: { ...absence, ...change } });
  await jonas.refused('addAbsence', bad({ side: 'manager' }), 'not_allowed');
  await jonas.refused('addAbsence', bad({ to: '2027-02-01' }), 'invalid_input');
  await jonas.refused('addAbsence', bad({ to: '2099-02-01' }), 'invalid_input');
  await jonas.refused('addAbsence', bad({ from: '2026-02-01', to: '2026-03-01' }), 'slot_in_the_past');
  await round.as('Amina').refused('addAbsence', bad({}), 'not_found');

  // Told by the seller, so that the app alone has to clear the manager's calendar.
  const told = await jonas.ok('addAbsence', { params, body: absence });
  expect(told.absences).toEqual([absence]);
  await jonas.ok('addAbsence', { params, body: absence });
  await round.sandbox.processAll();
  expect((await ingrid.ok('getPair', { params })).absences).toEqual([absence]);
  for (const wanted of ['2027-03', '2027-04']) {
    expect((await month(wanted)).map(({ state }) => state)).toEqual(['skipped']);
  }
  for (const name of ['Ingrid', 'Jonas']) {
    const months = starts(name, 'Utviklingssamtale:').map((start) => start.slice(0, 7));
    expect(months).not.toContain('2027-03');
    expect(months).not.toContain('2027-04');
    expect(months).toHaveLength(10);
  }
  const home = await ingrid.ok('home', {});
  expect(home.team.find(({ pair }) => pair.id === booked.pairId)?.pair.absences).toEqual([absence]);

  await jonas.ok('removeAbsence', { params: { ...params, absenceId: absence.id } });
  expect((await ingrid.ok('getPair', { params })).absences).toEqual([]);
  // What Outlook has cancelled does not come again.
  expect((await month('2027-03')).map(({ state }) => state)).toEqual(['skipped']);
});

test('the manager is away: only the manager may say so, and an outage of Outlook only delays it', async () => {
  await round.sandbox.setFaults({
    graph: { rules: [{ match: '/events', kind: '503', retryAfterSeconds: 60 }] },
  });
  const absence = { id: randomUUID(), side: 'manager' as const, from: '2027-05-01', to: '2027-05-31' };
  const told = await ingrid.ok('addAbsence', { params, body: absence });
  expect(told.absences).toEqual([absence]);
  await round.sandbox.clearFaults();
  await jonas.refused('removeAbsence', { params: { ...params, absenceId: absence.id } }, 'not_allowed');
  await round.sandbox.moveClock(round.sandbox.clock.now() + 5 * 60_000);
  expect((await month('2027-05')).map(({ state }) => state)).toEqual(['skipped']);
  expect(starts('Jonas', 'Utviklingssamtale:').filter((start) => start.startsWith('2027-05'))).toEqual([]);
  await ingrid.ok('removeAbsence', { params: { ...params, absenceId: absence.id } });
});

test('one more review in a month has its own meeting and form, once, and is moved and cancelled on its own', async () => {
  const wish = { date: '2027-01-20', time: '13:00', minutes: 30 as const };
  await ingrid.refused(
    'addExtraReview',
    { params, body: { ...wish, date: '2027-01-02' } },
    'slot_in_the_past',
  );
  await jonas.refused('addExtraReview', { params, body: wish }, 'not_found');
  await Promise.all([1, 2].map(() => ingrid.ok('addExtraReview', { params, body: wish })));
  await ingrid.ok('addExtraReview', { params, body: wish });
  await round.sandbox.processAll();
  const january = (await month('2027-01')).sort((a, b) => a.ordinal - b.ordinal);
  expect(january.map(({ ordinal, occurrence }) => [ordinal, occurrence.start])).toEqual([
    [1, '2027-01-06T09:00:00.000Z'],
    [2, '2027-01-20T12:00:00.000Z'],
  ]);
  const extra = january[1]?.id as ReviewId;
  const standing = () => starts('Jonas', 'Utviklingssamtale:').filter((start) => start.startsWith('2027-01'));
  expect(standing()).toEqual(['2027-01-06T09:00:00.000Z', '2027-01-20T12:00:00.000Z']);
  const jonasId = people.find(({ givenName }) => givenName === 'Jonas')?.id ?? '';
  const invitations = round.sandbox.graphServer.state
    .mails(jonasId)
    .filter(({ kind, body }) => kind === 'invitation' && body.includes(extra));
  expect(invitations).toHaveLength(1);
  const view = await jonas.ok('getReview', { params: { reviewId: extra } });
  const ordinary = await jonas.ok('getReview', { params: { reviewId: booked.reviewId } });
  expect(view.joinUrl).toBeDefined();
  expect(view.joinUrl).not.toBe(ordinary.joinUrl);

  // Open in Outlook, it is found as itself; by its two people only.
  const [appointment] = calendar('Jonas').filter(
    ({ start }) => new Date(start).toISOString() === '2027-01-20T12:00:00.000Z',
  );
  for (const query of [{ iCalUId: appointment?.uid }, { eventId: appointment?.id }]) {
    const found = await jonas.ok('findAppointment', { query });
    expect(found.reviews.map(({ id }) => id)).toEqual([extra]);
    await round.as('Amina').refused('findAppointment', { query }, 'not_found');
  }

  await ingrid.ok('moveReview', {
    params: { reviewId: extra },
    body: { date: '2027-01-21', time: '14:00' },
  });
  expect(standing()).toEqual(['2027-01-06T09:00:00.000Z', '2027-01-21T13:00:00.000Z']);
  // Moved in Outlook by hand: followed as the series is.
  const [meeting] = calendar('Ingrid').filter(
    ({ start }) => new Date(start).toISOString() === '2027-01-21T13:00:00.000Z',
  );
  const managerId = people.find(({ givenName }) => givenName === 'Ingrid')?.id ?? '';
  round.sandbox.graphServer.actions.move(managerId, meeting?.id ?? '', Date.parse('2027-01-22T13:00:00Z'));
  await round.sandbox.processAll();
  expect((await month('2027-01')).map(({ occurrence }) => occurrence.date).sort()).toEqual([
    '2027-01-06',
    '2027-01-22',
  ]);
  await ingrid.ok('skipReview', { params: { reviewId: extra }, body: { reason: 'agreed' } });
  expect(standing()).toEqual(['2027-01-06T09:00:00.000Z']);
});

test("the seller's own time follows the reviews, and goes when it is wanted no more", async () => {
  const prep = () => starts('Jonas', 'Forberedelse');
  const reflect = () => starts('Jonas', 'refleksjon');
  expect((await jonas.ok('getPair', { params })).ownBlocks).toBeUndefined();
  const set = await jonas.ok('setOwnBlocks', { params, body: { wanted: true } });
  expect(set.ownBlocks).toEqual({ wanted: true, behind: false });
  await jonas.ok('setOwnBlocks', { params, body: { wanted: true } });
  // Two working days before: 4 January at ten is an hour ahead.
  expect(prep()).toEqual([
    '2027-01-04T09:00:00.000Z',
    '2027-02-01T09:00:00.000Z',
    '2027-05-31T08:00:00.000Z',
  ]);
  expect(reflect()).toEqual([
    '2027-01-06T10:00:00.000Z',
    '2027-02-03T10:00:00.000Z',
    '2027-06-02T09:00:00.000Z',
  ]);
  for (const block of calendar('Jonas').filter(({ subject }) => /Forberedelse|refleksjon/.test(subject))) {
    expect(block.sensitivity).toBe('private');
  }
  // The manager is told nothing of it.
  expect((await ingrid.ok('getPair', { params })).ownBlocks).toBeUndefined();

  await ingrid.ok('moveReview', { params: booked, body: { date: '2027-01-07', time: '12:00' } });
  expect((await jonas.ok('getPair', { params })).ownBlocks).toEqual({ wanted: true, behind: true });
  await jonas.ok('setOwnBlocks', { params, body: { wanted: true } });
  expect(prep()[0]).toBe('2027-01-05T11:00:00.000Z');
  expect(reflect()[0]).toBe('2027-01-07T12:00:00.000Z');
  expect(reflect()).toHaveLength(3);
  await jonas.ok('setOwnBlocks', { params, body: { wanted: false } });
  expect([...prep(), ...reflect()]).toEqual([]);
  expect((await jonas.ok('getPair', { params })).ownBlocks).toEqual({ wanted: false, behind: false });
  await jonas.ok('setOwnBlocks', { params, body: { wanted: true } });
  expect(reflect()).toHaveLength(3);
});

test('a review that is interrupted goes on another day with the same form, and what was shown stays shown', async () => {
  const later = { date: '2027-01-11', time: '09:00', minutes: 30 as const };
  await ingrid.refused('continueReview', { params: booked, body: later }, 'too_early');
  await round.sandbox.moveClock('2027-01-07T11:05:00.000Z');
  await ingrid.ok('startReview', { params: booked });
  await ingrid.ok('continueReview', { params: booked, body: later });
  await ingrid.ok('continueReview', { params: booked, body: later });
  const view = await jonas.ok('getReview', { params: booked });
  expect(view).toMatchObject({
    state: 'planned',
    phase: 'before',
    occurrence: { start: '2027-01-11T08:00:00.000Z' },
  });
  expect(view.revealedAt).toBeDefined();
  await round.sandbox.processAll();
  // What was held stays in both calendars, and the rest stands once.
  expect(starts('Jonas', 'Utviklingssamtale:').slice(0, 3)).toEqual([
    '2027-01-07T11:00:00.000Z',
    '2027-01-11T08:00:00.000Z',
    '2027-02-03T09:00:00.000Z',
  ]);
  await round.sandbox.moveClock('2027-01-11T08:05:00.000Z');
  expect((await jonas.ok('getReview', { params: booked })).phase).toBe('during');
});

test('the series is stopped: what stands beside it goes too', async () => {
  const wish = { date: '2027-01-25', time: '13:00', minutes: 30 as const };
  await ingrid.ok('addExtraReview', { params, body: wish });
  await round.sandbox.processAll();
  await ingrid.ok('stopSeries', { params });
  await round.sandbox.processAll();
  const ahead = starts('Jonas', 'Utviklingssamtale:').filter((start) => start > '2027-01-11T09:00:00.000Z');
  expect(ahead).toEqual([]);
  // Only the seller can clear the own calendar: told as behind, and done the next time they are here.
  expect((await jonas.ok('getPair', { params })).ownBlocks).toEqual({ wanted: true, behind: true });
  await jonas.ok('setOwnBlocks', { params, body: { wanted: true } });
  expect(starts('Jonas', 'refleksjon').filter((start) => start > '2027-01-11T09:00:00.000Z')).toEqual([]);
});
