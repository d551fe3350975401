// Reminders of a signature, of a preparation and of a late review: at nine in the reader's zone, on a working day, not
// during a review, not when it has been done meanwhile; and a nudge after two weeks without feedback.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { duringReview, fillForm, sign } from './sealed.ts';

let round: Round;
let jonas: Booked;
let bikash: Booked;
let ingrid: Actor;
beforeAll(async () => {
  round = await startRound();
  ingrid = round.as('Ingrid');
  jonas = await round.bookAndConfirm('Jonas');
  bikash = await round.bookAndConfirm('Bikash');
  await round.sandbox.moveClock(duringReview);
  await fillForm(ingrid, round.as('Jonas'), jonas);
  await fillForm(ingrid, round.as('Bikash'), bikash);
});
afterAll(() => round?.close());

function activities(name: string, type: string) {
  const id = people.find(({ givenName }) => givenName === name)?.id ?? '';
  return round.sandbox.graphServer.state.activityFeed(id).filter(({ activityType }) => activityType === type);
}

async function night(day: string): Promise<void> {
  await round.sandbox.moveClock(`${day}T03:10:00.000Z`);
  await round.sandbox.backend.runTimer('daily');
}

async function standsAt(instant: string, ...expected: [name: string, type: string, times: number][]) {
  await round.sandbox.moveClock(instant);
  for (const [name, type, times] of expected) {
    expect(activities(name, type).length, `${name} ${type} at ${instant}`).toBe(times);
  }
}

test('a signature is called to mind after three working days, in the zone of whoever has not signed', async () => {
  await sign(ingrid, jonas);
  await sign(ingrid, bikash);
  // The request itself comes as soon as the review is over, and does not interrupt it: Wednesday 6 January.
  await standsAt('2027-01-06T09:40:00.000Z', ['Jonas', 'signRequest', 0], ['Bikash', 'signRequest', 0]);
  await standsAt('2027-01-06T10:01:00.000Z', ['Jonas', 'signRequest', 1], ['Bikash', 'signRequest', 1]);
  for (const day of ['2027-01-07', '2027-01-08', '2027-01-09', '2027-01-10']) await night(day);
  await standsAt('2027-01-10T23:00:00.000Z', ['Jonas', 'signRequest', 1], ['Bikash', 'signRequest', 1]);
  // Monday the 11th: nine in Kathmandu is a quarter past three here, nine in Oslo is eight.
  await night('2027-01-11');
  await standsAt('2027-01-11T03:14:00.000Z', ['Bikash', 'signRequest', 1]);
  await standsAt('2027-01-11T03:16:00.000Z', ['Bikash', 'signRequest', 2], ['Jonas', 'signRequest', 1]);
  // Jonas signs before it comes: then it does not.
  await sign(round.as('Jonas'), jonas);
  await standsAt('2027-01-11T12:00:00.000Z', ['Bikash', 'signRequest', 2], ['Jonas', 'signRequest', 1]);
  expect(activities('Ingrid', 'signRequest')).toEqual([]);
});

test('after five working days the record closes as unsigned, when the day has passed everywhere', async () => {
  const params = { reviewId: bikash.reviewId };
  const state = async () => (await ingrid.ok('previewRecord', { params })).state;
  expect((await ingrid.ok('previewRecord', { params })).deadline).toBe('2027-01-13');
  await night('2027-01-13');
  expect(await state()).toBe('awaiting_second');
  await night('2027-01-14');
  // 03:10 on the 14th is still the 13th in Alaska and on Hawaii.
  expect(await state()).toBe('awaiting_second');
  await night('2027-01-15');
  expect(await state()).toBe('closed_unsigned');
  const seller = round.as('Bikash');
  const { digest, seq } = await seller.ok('previewRecord', { params });
  await seller.refused('signRecord', { params, body: { digest, seq } }, 'sealed');
  await ingrid.refused('withdrawSignature', { params }, 'sealed');
  const { id } = await seller.ok('previewRecord', { params });
  expect((await seller.ok('verifyRecord', { params: { recordId: id } })).holds).toBe(true);
  // What both had confirmed still counts.
  expect((await seller.ok('listGoals', { params: bikash })).goals).toHaveLength(1);
});

test('a call for help that nobody answers is called to mind on the second working day', async () => {
  // Friday 15 January; Monday passes, Tuesday is the last day.
  const seller = round.as('Jonas');
  const [goal] = (await seller.ok('listGoals', { params: jonas })).goals;
  const params = { goalId: goal?.id, number: 1 };
  const body = { done: 'Lite', learned: '', state: 'stuck', needHelp: 'Øve sammen' };
  await round.sandbox.moveClock('2027-01-15T09:00:00.000Z');
  await seller.ok('answerCheckpoint', { params, body } as never);
  await standsAt('2027-01-18T12:00:00.000Z', ['Ingrid', 'helpWanted', 1]);
  await standsAt('2027-01-19T07:59:00.000Z', ['Ingrid', 'helpWanted', 1]);
  await standsAt('2027-01-19T08:01:00.000Z', ['Ingrid', 'helpWanted', 2]);
  await ingrid.ok('replyToCheckpoint', { params, body: { text: 'I dag klokka to' } } as never);
});

test('nothing interrupts a review, and nobody is told to prepare for one that has begun', async () => {
  // Nobody has run the job for weeks. On Wednesday 3 March the pair meets at ten, and January was long ago.
  await night('2027-03-03');
  await standsAt('2027-03-03T09:30:00.000Z', ['Ingrid', 'cadenceLate', 0], ['Ingrid', 'prepReminder', 0]);
  // A quarter of an hour of reflection follows, in Ingrid's calendar only.
  await standsAt('2027-03-03T10:14:00.000Z', ['Ingrid', 'cadenceLate', 0], ['Jonas', 'checkpointDue', 2]);
  await standsAt('2027-03-03T10:16:00.000Z', ['Ingrid', 'cadenceLate', 1], ['Ingrid', 'prepReminder', 0]);
  // Nobody has shared anything since the review in January either: on Thursday that is called to mind, once.
  await standsAt('2027-03-04T07:59:00.000Z', ['Ingrid', 'momentNudge', 0]);
  await standsAt('2027-03-04T08:01:00.000Z', ['Ingrid', 'momentNudge', 1]);
  await standsAt('2027-03-05T12:00:00.000Z', ['Ingrid', 'cadenceLate', 1], ['Ingrid', 'prepReminder', 0]);
});

test('a preparation is called to mind two working days before, to whoever is not ready', async () => {
  for (const day of ['2027-04-02', '2027-04-03', '2027-04-04', '2027-04-05']) await night(day);
  // The review is on Wednesday 7 April, the day to prepare on Monday the 5th, in summer time.
  await standsAt('2027-04-05T06:59:00.000Z', ['Jonas', 'prepReminder', 0]);
  await standsAt('2027-04-05T07:01:00.000Z', ['Jonas', 'prepReminder', 1]);
  await night('2027-04-06');
  await standsAt('2027-04-06T12:00:00.000Z', ['Jonas', 'prepReminder', 1]);
});
