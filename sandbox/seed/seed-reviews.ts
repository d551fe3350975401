// A team that already works with Medspill, made through the front door: over HTTP, with real tokens, in its own time.
// Ingrid and Jonas have not begun: the tour begins with them.
import { randomUUID } from 'node:crypto';
import type { Booking } from '@medspill/domain/book/contract';
import type { PairId, PersonId, ReviewId } from '@medspill/domain/ids';
import type { Tray } from '@medspill/domain/prepare/evidence';
import { stageKeys } from '@medspill/domain/prepare/stages';
import type { MonthText, WallTime, Zone } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import { findPerson } from '../operations.ts';
import type { Sandbox } from '../sandbox.ts';
import { type Actor, actorIn, hashOfGoal, write } from './actor.ts';
import {
  checkpointAnswer,
  managerAnswers,
  managerEvidence,
  managerRatings,
  managerWriting,
  moment,
  reflection,
  sellerAnswers,
  sellerEvidence,
  sellerRatings,
  sellerWriting,
} from './words.ts';

const oslo = 'Europe/Oslo' as Zone;

/** Nothing when the team has begun before. */
export async function seedReviews(sandbox: Sandbox, progress: (step: string) => void): Promise<void> {
  const henrik = actorIn(sandbox, 'Henrik');
  const { sellers } = await henrik('listSellers', {});
  if (sellers.some(({ pair }) => pair !== undefined)) return;
  const began = sandbox.clock.offset();
  const today = Temporal.Instant.fromEpochMilliseconds(sandbox.clock.now())
    .toZonedDateTimeISO(oslo)
    .toPlainDate();
  try {
    progress('Henrik and Ida have held and signed their first review');
    await holdReview(sandbox, henrik, lastFirstWednesday(today.subtract({ days: 8 })));
  } finally {
    await sandbox.moveClock(Date.now() + began);
  }
  progress('Henrik has booked Owen, Ingrid and Lars have agreed on a series');
  const month = today.add({ months: 1 }).toString().slice(0, 7) as MonthText;
  await book(henrik, 'Owen', { firstMonth: month, time: '13:30' as WallTime });
  const ingrid = actorIn(sandbox, 'Ingrid');
  const pairId = await book(ingrid, 'Lars', { firstMonth: month, time: '09:00' as WallTime });
  await sandbox.processAll();
  accept(sandbox, 'Lars');
  await actorIn(sandbox, 'Lars')('confirmPair', { params: { pairId } });
  await sandbox.processAll();
}

/** The first Wednesday of that month, or of the month before when it is still to come. */
function lastFirstWednesday(date: Temporal.PlainDate): Temporal.PlainDate {
  const first = date.with({ day: 1 });
  const wednesday = first.add({ days: (10 - first.dayOfWeek) % 7 });
  return Temporal.PlainDate.compare(wednesday, date) <= 0
    ? wednesday
    : lastFirstWednesday(first.subtract({ days: 1 }));
}

/** The day that many days on, or the Monday after a weekend. */
function workday(date: Temporal.PlainDate, days: number): string {
  const day = date.add({ days });
  return day.add({ days: day.dayOfWeek > 5 ? 8 - day.dayOfWeek : 0 }).toString();
}

function idOf(name: string): string {
  const person = findPerson(name);
  if (person === undefined) throw new Error(`nobody here is called ${name}`);
  return person.id;
}

async function book(
  manager: Actor,
  seller: string,
  when: Pick<Booking, 'firstMonth' | 'time'>,
): Promise<PairId> {
  const bookingId = randomUUID() as PairId;
  await manager('book', {
    body: {
      bookingId,
      sellerId: idOf(seller) as PersonId,
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
      zone: oslo,
      minutes: 45,
      ...when,
    },
  });
  return bookingId;
}

/** In Outlook: every invitation that waits for an answer. */
function accept(sandbox: Sandbox, seller: string): void {
  const { state, actions } = sandbox.graphServer;
  const now = sandbox.clock.now();
  const invitations = new Map(
    state
      .calendar(idOf(seller), now, now + 70 * 86_400_000)
      .filter((entry) => entry.response === 'notResponded' && entry.meeting !== undefined)
      .map((entry) => [entry.seriesMasterId ?? entry.id, entry]),
  );
  for (const id of invitations.keys()) actions.answer(idOf(seller), id, { response: 'accepted', send: true });
}

async function holdReview(sandbox: Sandbox, henrik: Actor, day: Temporal.PlainDate): Promise<void> {
  const ida = actorIn(sandbox, 'Ida');
  const at = (days: number, time: string) =>
    sandbox.moveClock(
      day.add({ days }).toZonedDateTime({ timeZone: oslo, plainTime: time }).epochMilliseconds,
    );

  await at(-7, '09:00');
  const pairId = await book(henrik, 'Ida', {
    firstMonth: day.toString().slice(0, 7) as MonthText,
    time: '10:00' as WallTime,
  });
  await sandbox.processAll();
  accept(sandbox, 'Ida');
  await ida('confirmPair', { params: { pairId } });
  const { reviews } = await henrik('listReviews', { params: { pairId } });
  const review = reviews.find(({ month }) => month === day.toString().slice(0, 7));
  if (review === undefined) throw new Error('the booking has made no review');
  const params = { reviewId: review.id };

  await at(-2, '12:00');
  await prepare(henrik, review.id, managerAnswers, managerRatings, managerEvidence);
  await prepare(ida, review.id, sellerAnswers, sellerRatings, sellerEvidence);

  await at(0, '10:01');
  await henrik('startReview', { params });
  await write(henrik, review.id, {
    ...managerWriting,
    choices: { ...managerWriting.choices, 'promise.0.dueOn': workday(day, 12) },
  });
  await write(ida, review.id, {
    ...sellerWriting,
    choices: {
      'goal.short.0.stage': 'discovery',
      'goal.short.0.kind': 'learning',
      'goal.short.0.dueOn': workday(day, 28),
      'goal.short.0.doer': 'seller',
      'goal.short.0.follower': 'manager',
      'goal.short.0.action.0.dueOn': workday(day, 2),
      'goal.short.0.action.1.dueOn': workday(day, 6),
    },
  });
  const hash = await hashOfGoal(ida, review.id, 'short.0');
  const confirm = (actor: Actor, rest: { confidence: number; attractive?: string }) =>
    actor('confirmGoal', {
      params: { ...params, slot: 'short.0' },
      body: { hash, confirmed: true, ...rest },
    });
  await confirm(henrik, { confidence: 9 });
  await confirm(ida, { confidence: 8, attractive: 'Da slipper jeg å gjette hva kunden vil ha.' });

  await at(0, '10:50');
  for (const actor of [henrik, ida]) {
    const { digest, seq } = await actor('previewRecord', { params });
    await actor('signRecord', { params, body: { digest, seq } });
    // The other is asked to sign before they do.
    await sandbox.processAll();
  }
  await henrik('saveReflection', { params, body: { rev: 0, answers: reflection } });
  await afterwards(ida, henrik, pairId, at);
}

async function prepare(
  actor: Actor,
  reviewId: ReviewId,
  answers: Record<string, string>,
  ratings: typeof managerRatings,
  evidence: Tray,
): Promise<void> {
  await actor('savePreparation', {
    params: { reviewId },
    body: {
      rev: 0,
      answers: Object.fromEntries(Object.entries(answers).map(([key, text]) => [key, { text, ready: true }])),
      ratings: Object.fromEntries(
        stageKeys.map((stage) => {
          const [value, example] = ratings[stage];
          return [stage, { value, example, ready: true }];
        }),
      ),
      evidence,
    },
  });
  await actor('setReady', { params: { reviewId }, body: { ready: true } });
}

/** The week after: an action ticked, the first checkpoint answered, and a word about something seen. */
async function afterwards(
  ida: Actor,
  henrik: Actor,
  pairId: PairId,
  at: (days: number, time: string) => Promise<void>,
): Promise<void> {
  await at(7, '09:00');
  const { goals } = await ida('listGoals', { params: { pairId } });
  const goal = goals[0];
  if (goal === undefined) throw new Error('the review has left no goal');
  for (const index of [0, 1]) {
    await ida('tickAction', { params: { goalId: goal.id, index }, body: { done: true } });
  }
  const due = goal.checkpoints.find(({ number }) => number === 1);
  if (due !== undefined) {
    await ida('answerCheckpoint', { params: { goalId: goal.id, number: 1 }, body: checkpointAnswer });
  }
  await henrik('addMoment', { params: { pairId }, body: { id: randomUUID() as never, ...moment } });
}
