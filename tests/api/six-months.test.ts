// Half a year of one pair by the sandbox's clock, and what both homes show at the end of each month: May as planned, June
// moved, July on holiday, August with an absence after the review, September skipped by agreement, October again.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReviewId } from '../../domain/ids.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { fillForm, sign } from './sealed.ts';

let round: Round;
let booked: Booked;
let ingrid: Actor;
let jonas: Actor;
beforeAll(async () => {
  round = await startRound({ at: '2027-05-03T08:00:00.000Z', month: '2027-05' });
  booked = await round.bookAndConfirm('Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
});
afterAll(() => round?.close());

const params = () => ({ pairId: booked.pairId });

async function reviewOf(month: string): Promise<ReviewId> {
  const { reviews } = await ingrid.ok('listReviews', { params: params() });
  const found = reviews.find((one) => one.month === month);
  if (found === undefined) throw new Error(`no review in ${month}`);
  return found.id;
}

/** The daily job of a night, and then the middle of the day. */
async function day(date: string): Promise<void> {
  await round.sandbox.moveClock(`${date}T03:10:00.000Z`);
  await round.sandbox.backend.runTimer('daily');
  await round.sandbox.moveClock(`${date}T10:30:00.000Z`);
}

/** Held at ten on a date, filled in and signed by both. */
async function hold(month: string, date: string, days: { action: string; promise: string; goal: string }) {
  await day(date);
  await round.sandbox.moveClock(`${date}T08:30:00.000Z`);
  const reviewId = await reviewOf(month);
  await fillForm(ingrid, jonas, { reviewId }, days);
  await sign(ingrid, { reviewId });
  await sign(jonas, { reviewId });
  await round.sandbox.processAll();
}

/** Answers the checkpoint that is due, as the seller. */
async function answer(month: string, number: number, state: 'on_track' | 'at_risk' | 'done', needHelp = '') {
  const reviewId = await reviewOf(month);
  const { goals } = await jonas.ok('listGoals', { params: params() });
  const goalId = goals.find((goal) => goal.reviewId === reviewId)?.id ?? '';
  const body = { done: 'Tre møter', learned: 'Stillhet virker', state, needHelp };
  await jonas.ok('answerCheckpoint', { params: { goalId, number }, body } as never);
  return goalId;
}

async function keep(month: string, actor: Actor): Promise<void> {
  const reviewId = await reviewOf(month);
  const { promises } = await actor.ok('listGoals', { params: params() });
  const promiseId = promises.find((promise) => promise.reviewId === reviewId)?.id ?? '';
  await actor.ok('keepPromise', { params: { promiseId }, body: { done: true } } as never);
}

/** Both homes at noon in Oslo on the last day of a month, in one line for each thing that is shown. */
async function overview(date: string) {
  await day(date);
  const row = (await ingrid.ok('home', {})).team.find(({ pair }) => pair.id === booked.pairId);
  const { asSeller } = await jonas.ok('home', {});
  if (row === undefined || asSeller === undefined) throw new Error('a home is empty');
  const line = (one: typeof row.next) => (one === undefined ? 'none' : `${one.month} ${one.state}`);
  return {
    manager: {
      cadence: row.cadence,
      last: line(row.last),
      next: line(row.next),
      unsigned: row.unsigned,
      openGoals: row.openGoals,
      goalsAtRisk: row.goalsAtRisk,
      overduePromises: row.overduePromises,
      helpWanted: row.helpWanted,
    },
    seller: {
      last: line(asSeller.last),
      next: line(asSeller.next),
      goals: asSeller.goals.map(({ state }) => state),
      overduePromises: asSeller.promises.filter(({ overdue }) => overdue).length,
      nextStep: asSeller.nextStep?.kind ?? 'none',
    },
  };
}

test('half a year, and what both see at the end of each month', { timeout: 240_000 }, async () => {
  // May: held as planned on the 5th, followed up to the end.
  await hold('2027-05', '2027-05-05', { action: '2027-05-07', promise: '2027-05-20', goal: '2027-06-04' });
  for (const [date, number, state] of [
    ['2027-05-12', 1, 'on_track'],
    ['2027-05-19', 2, 'on_track'],
    ['2027-05-26', 3, 'done'],
  ] as const) {
    await day(date);
    await answer('2027-05', number, state);
  }
  await keep('2027-05', ingrid);
  // The goal was reached and the promise kept.
  expect(await overview('2027-05-31')).toEqual({
    manager: {
      cadence: { colour: 'green', days: 26, noneThisMonth: false },
      last: '2027-05 sealed',
      next: '2027-06 planned',
      unsigned: false,
      openGoals: 0,
      goalsAtRisk: 0,
      overduePromises: 0,
      helpWanted: 0,
    },
    seller: {
      last: '2027-05 sealed',
      next: '2027-06 planned',
      goals: ['done'],
      overduePromises: 0,
      nextStep: 'prepare',
    },
  });

  // June: moved from the 2nd to the 8th; nobody answers, and the promise is forgotten.
  await round.sandbox.moveClock('2027-06-01T08:00:00.000Z');
  await ingrid.ok('moveReview', {
    params: { reviewId: await reviewOf('2027-06') },
    body: { date: '2027-06-08', time: '10:00' },
  } as never);
  await hold('2027-06', '2027-06-08', { action: '2027-06-11', promise: '2027-06-18', goal: '2027-07-02' });
  // Days count from the day that it was moved to; what nobody answers is at risk.
  expect(await overview('2027-06-30')).toEqual({
    manager: {
      cadence: { colour: 'green', days: 22, noneThisMonth: false },
      last: '2027-06 sealed',
      next: '2027-07 planned',
      unsigned: false,
      openGoals: 1,
      goalsAtRisk: 1,
      overduePromises: 1,
      helpWanted: 0,
    },
    seller: {
      last: '2027-06 sealed',
      next: '2027-07 planned',
      goals: ['at_risk'],
      overduePromises: 1,
      nextStep: 'checkpoint',
    },
  });

  // July: on holiday.
  await round.sandbox.moveClock('2027-07-01T08:00:00.000Z');
  await ingrid.ok('skipReview', {
    params: { reviewId: await reviewOf('2027-07') },
    body: { reason: 'holiday' },
  });
  // The days of July do not count, and nobody is blamed for a month without a review.
  expect(await overview('2027-07-30')).toEqual({
    manager: {
      cadence: {
        colour: 'green',
        days: 23,
        noneThisMonth: false,
        pause: { because: 'july', until: '2027-07-31' },
      },
      last: '2027-06 sealed',
      next: '2027-08 planned',
      unsigned: false,
      openGoals: 1,
      goalsAtRisk: 1,
      overduePromises: 1,
      helpWanted: 0,
    },
    seller: {
      last: '2027-06 sealed',
      next: '2027-08 planned',
      goals: ['at_risk'],
      overduePromises: 1,
      nextStep: 'checkpoint',
    },
  });

  // August: held on the 4th; the seller is away from the 9th to the 27th.
  await hold('2027-08', '2027-08-04', { action: '2027-08-06', promise: '2027-09-10', goal: '2027-09-17' });
  const absence = { id: randomUUID(), side: 'seller' as const, from: '2027-08-09', to: '2027-08-27' };
  await jonas.ok('addAbsence', { params: params(), body: absence });
  await keep('2027-06', jonas);
  await day('2027-08-11');
  await day('2027-08-18');
  // Twenty-seven days, nineteen of them away; the seller has ticked the old promise as received.
  expect(await overview('2027-08-31')).toEqual({
    manager: {
      cadence: { colour: 'green', days: 8, noneThisMonth: false },
      last: '2027-08 sealed',
      next: '2027-09 planned',
      unsigned: false,
      openGoals: 2,
      goalsAtRisk: 2,
      overduePromises: 0,
      helpWanted: 0,
    },
    seller: {
      last: '2027-08 sealed',
      next: '2027-09 planned',
      goals: ['at_risk', 'at_risk'],
      overduePromises: 0,
      nextStep: 'checkpoint',
    },
  });

  // September: skipped by agreement; the seller asks for help, and gets an answer in October.
  await round.sandbox.moveClock('2027-08-31T12:00:00.000Z');
  await ingrid.ok('skipReview', {
    params: { reviewId: await reviewOf('2027-09') },
    body: { reason: 'agreed' },
  });
  const goalId = await answer('2027-08', 3, 'at_risk', 'Øve på prissamtalen');
  // A month that was skipped by agreement is none that is missing, but the days go on.
  expect(await overview('2027-09-30')).toEqual({
    manager: {
      cadence: { colour: 'amber', days: 38, noneThisMonth: false },
      last: '2027-08 sealed',
      next: '2027-10 planned',
      unsigned: false,
      openGoals: 2,
      goalsAtRisk: 2,
      overduePromises: 1,
      helpWanted: 1,
    },
    seller: {
      last: '2027-08 sealed',
      next: '2027-10 planned',
      goals: ['at_risk', 'at_risk'],
      overduePromises: 1,
      nextStep: 'checkpoint',
    },
  });

  // October: as planned on the 6th.
  await ingrid.ok('replyToCheckpoint', {
    params: { goalId, number: 3 },
    body: { text: 'Torsdag?' },
  } as never);
  await hold('2027-10', '2027-10-06', { action: '2027-10-08', promise: '2027-10-20', goal: '2027-11-05' });
  // The call for help is answered.
  expect(await overview('2027-10-29')).toEqual({
    manager: {
      cadence: { colour: 'green', days: 23, noneThisMonth: false },
      last: '2027-10 sealed',
      next: '2027-11 planned',
      unsigned: false,
      openGoals: 3,
      goalsAtRisk: 3,
      overduePromises: 2,
      helpWanted: 0,
    },
    seller: {
      last: '2027-10 sealed',
      next: '2027-11 planned',
      goals: ['at_risk', 'at_risk', 'at_risk'],
      overduePromises: 2,
      nextStep: 'checkpoint',
    },
  });
});
