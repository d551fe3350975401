// What there is to look at: the seeded team, and Ingrid and Jonas from the booking to the signature.
import { randomUUID } from 'node:crypto';
import type { PairId, PersonId, ReviewId } from '../../domain/ids.ts';
import { stageKeys } from '../../domain/prepare/stages.ts';
import type { MonthText, WallTime, Zone } from '../../domain/time.ts';
import { findPerson } from '../../sandbox/operations.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { actorIn, write } from '../../sandbox/seed/actor.ts';
import {
  managerAnswers,
  managerEvidence,
  managerRatings,
  managerWriting,
  sellerAnswers,
  sellerEvidence,
  sellerRatings,
  sellerWriting,
} from '../../sandbox/seed/words.ts';

/** A screen by its name, at an address of the workplace page. */
export type Shown = { name: string; query: string };
export type Booked = { pairId: PairId; reviewId: ReviewId; startsAt: number };

function idOf(name: string): PersonId {
  const person = findPerson(name);
  if (person === undefined) throw new Error(`nobody here is called ${name}`);
  return person.id as PersonId;
}

/** What was written around the review of Ida and Henrik serves here as well. */
function aboutJonas<T>(words: T): T {
  const text = JSON.stringify(words).replaceAll('Ida', 'Jonas').replaceAll('Henrik', 'Ingrid');
  return JSON.parse(text.replaceAll(' hun ', ' han ')) as T;
}

const teams = (person: string, sub: string) => `person=${person}&view=teams&sub=${encodeURIComponent(sub)}`;

/** Books, confirms and prepares, as far as both can before the meeting. */
export async function bookJonas(sandbox: Sandbox): Promise<Booked> {
  const ingrid = actorIn(sandbox, 'Ingrid');
  const jonas = actorIn(sandbox, 'Jonas');
  const pairId = randomUUID() as PairId;
  const next = new Date(sandbox.clock.now());
  next.setUTCMonth(next.getUTCMonth() + 1, 1);
  const month = next.toISOString().slice(0, 7) as MonthText;
  await ingrid('book', {
    body: {
      bookingId: pairId,
      sellerId: idOf('Jonas'),
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
      zone: 'Europe/Oslo' as Zone,
      minutes: 45,
      firstMonth: month,
      time: '10:00' as WallTime,
    },
  });
  await sandbox.processAll();
  await jonas('confirmPair', { params: { pairId } });
  await sandbox.processAll();
  const { reviews } = await ingrid('listReviews', { params: { pairId } });
  const review = reviews.find((one) => one.month === month);
  if (review === undefined) throw new Error('the booking has made no review');
  for (const [actor, answers, ratings, evidence] of [
    [ingrid, aboutJonas(managerAnswers), aboutJonas(managerRatings), managerEvidence],
    [jonas, aboutJonas(sellerAnswers), aboutJonas(sellerRatings), sellerEvidence],
  ] as const) {
    await actor('savePreparation', {
      params: { reviewId: review.id },
      body: {
        rev: 0,
        answers: Object.fromEntries(
          Object.entries(answers).map(([key, text]) => [key, { text, ready: true }]),
        ),
        ratings: Object.fromEntries(
          stageKeys.map((stage) => {
            const [value, example] = ratings[stage];
            return [stage, { value, example, ready: true }];
          }),
        ),
        evidence,
      },
    });
  }
  return { pairId, reviewId: review.id, startsAt: Date.parse(review.occurrence.start) };
}

export async function placesBefore(sandbox: Sandbox): Promise<Shown[]> {
  const ida = actorIn(sandbox, 'Ida');
  const { records } = await ida('listRecords', {});
  const [record] = records;
  const pairId = (await actorIn(sandbox, 'Henrik')('listSellers', {})).sellers.find(
    ({ person }) => person.id === idOf('Ida'),
  )?.pair?.id;
  if (record === undefined || pairId === undefined) throw new Error('the seeded team has no record');
  const { goals } = await ida('listGoals', { params: { pairId } });
  const { reviews } = await ida('listReviews', { params: { pairId } });
  const coming = reviews
    .filter(({ id }) => id !== record.reviewId)
    .toSorted((a, b) => a.month.localeCompare(b.month))[0];
  return [
    { name: 'outlook-book', query: 'person=ingrid.solberg&item=new' },
    { name: 'manager-home', query: teams('ingrid.solberg', 'home') },
    { name: 'book', query: teams('ingrid.solberg', 'book') },
    { name: 'book-team', query: teams('ingrid.solberg', 'book-team') },
    { name: 'pair', query: teams('henrik.dahl', `pair/${pairId}`) },
    { name: 'reflect', query: teams('henrik.dahl', `review/${record.reviewId}/reflect`) },
    { name: 'seller-first-day', query: teams('sofie.lunde', 'home') },
    { name: 'seller-home', query: teams('ida.moe', 'home') },
    { name: 'records', query: teams('ida.moe', 'records') },
    { name: 'record', query: teams('ida.moe', `record/${record.id}`) },
    { name: 'growth', query: teams('ida.moe', `growth/${pairId}`) },
    { name: 'moments', query: teams('ida.moe', `moments/${pairId}`) },
    { name: 'choices', query: teams('ida.moe', 'choices') },
    { name: 'admin', query: teams('turid.vik', 'admin') },
    ...goals.slice(0, 1).map(({ id }) => ({ name: 'goal', query: teams('ida.moe', `goal/${id}`) })),
    ...(coming === undefined
      ? []
      : [{ name: 'prepare', query: teams('ida.moe', `review/${coming.id}/prepare`) }]),
  ];
}

/** Moves the clock into the meeting and starts it. Returns the appointment in either's calendar. */
export async function startReview(
  sandbox: Sandbox,
  booked: Booked,
): Promise<{ ingrid: string; jonas: string }> {
  const { state } = sandbox.graphServer;
  await sandbox.moveClock(booked.startsAt + 60_000);
  const appointmentOf = (name: string): string => {
    const [entry] = state
      .calendar(idOf(name), booked.startsAt, booked.startsAt + 60_000)
      .filter(({ meeting }) => meeting !== undefined);
    if (entry === undefined) throw new Error(`the review is not in the calendar of ${name}`);
    return entry.id;
  };
  const ingrid = actorIn(sandbox, 'Ingrid');
  await ingrid('startReview', { params: { reviewId: booked.reviewId } });
  await write(ingrid, booked.reviewId, aboutJonas(managerWriting));
  await write(actorIn(sandbox, 'Jonas'), booked.reviewId, aboutJonas(sellerWriting));
  await sandbox.processAll();
  return { ingrid: appointmentOf('Ingrid'), jonas: appointmentOf('Jonas') };
}

export function placesDuring({ reviewId }: Booked, appointment: string): Shown[] {
  return [
    { name: 'side-panel', query: `person=ingrid.solberg&view=meeting&item=${appointment}` },
    { name: 'outlook-booked', query: `person=ingrid.solberg&item=${appointment}` },
    { name: 'run-manager', query: teams('ingrid.solberg', `review/${reviewId}/run`) },
    { name: 'prepare-opened', query: teams('jonas.berg', `review/${reviewId}/prepare`) },
    { name: 'sign', query: teams('jonas.berg', `review/${reviewId}/sign`) },
  ];
}
