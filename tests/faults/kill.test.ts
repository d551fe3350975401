// kill -9 of the API and the database in the middle of booking and of typing: what was acknowledged is there once.
// SEED=n repeats a run.
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import type { Actor } from '../api/person.ts';
import { type Booked, type Round, startRound } from '../api/round.ts';
import { duringReview } from '../api/sealed.ts';
import { randomOf } from '../live/random.ts';
import { joinAs } from '../live/typist.ts';

const from = Number(process.env.SEED ?? Date.now() % 1_000_000);

let round: Round;
let ingrid: Actor;
beforeAll(async () => {
  round = await startRound();
  ingrid = round.as('Ingrid');
});
afterAll(() => round?.close());

const idOf = (name: string) => people.find(({ givenName }) => givenName === name)?.id ?? '';

/** Kills the process after so many more exchanges with Graph, or when it has answered, and starts it again. */
async function killAfter(exchanges: number, asked: Promise<unknown>): Promise<void> {
  const { graphServer, backend } = round.sandbox;
  const before = graphServer.exchanges().length;
  let isOver = false;
  void asked.finally(() => {
    isOver = true;
  });
  while (graphServer.exchanges().length < before + exchanges && !isOver) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await backend.kill();
  await backend.restart();
}

function expectBookedOnce(seller: string, pairId: string): void {
  const { state } = round.sandbox.graphServer;
  const year = [Date.parse('2026-12-01'), Date.parse('2027-12-31')] as const;
  const own = state.calendar(idOf('Ingrid'), ...year).filter(({ bodyHtml }) => bodyHtml.includes(pairId));
  const meetings = own.filter(({ subject }) => subject.includes(seller));
  expect(new Set(meetings.map(({ seriesMasterId }) => seriesMasterId)).size, seller).toBe(1);
  expect(meetings, seller).toHaveLength(12);
  expect(meetings[0]?.attachments, seller).toHaveLength(1);
  const invitations = state
    .mails(idOf(seller))
    .filter(({ kind, body }) => kind === 'invitation' && body.includes(pairId));
  expect(invitations, seller).toHaveLength(1);
}

/** Asks again until the service answers, as the tab does it. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20 || !(error instanceof TypeError)) throw error;
      await round.sandbox.backend.ready();
    }
  }
}

test.each([
  ['Jonas', from],
  ['Amina', from + 1],
  ['Lars', from + 2],
  ['Sofie', from + 3],
])('booking with %s, seed %i: one series, one agenda, one invitation', async (seller, seed) => {
  const random = randomOf(seed);
  const kills = 1 + random.number(2);
  console.info(`seed ${seed}, ${kills} kills`);
  const bookingId = randomUUID();
  const body = {
    bookingId,
    sellerId: idOf(seller),
    pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
    time: '10:00',
    zone: 'Europe/Oslo',
    minutes: 60,
    firstMonth: '2027-01',
  } as const;
  for (let kill = 0; kill < kills; kill++) {
    const after = random.number(9);
    // Acknowledged or cut off: the manager does not know, and asks again with the same id.
    const asked = ingrid.send('book', { body } as never).catch(() => undefined);
    await killAfter(after, asked);
    await asked;
  }
  const answer = await patiently(() => ingrid.ok('book', { body } as never));
  expect(answer.id).toBe(bookingId);
  // Whoever was killed may have left a claim on the booking; it ends by itself.
  await round.sandbox.processAll();
  for (let minutes = 0; minutes < 10; minutes++) {
    const pair = await ingrid.ok('getPair', { params: { pairId: bookingId } } as never);
    if (pair.series?.state === 'booked') break;
    await round.sandbox.moveClock(round.sandbox.clock.now() + 120_000);
  }
  expect(await ingrid.ok('getPair', { params: { pairId: bookingId } } as never)).toMatchObject({
    series: { state: 'booked' },
  });
  expectBookedOnce(seller, bookingId);
});

test.each([from, from + 1, from + 2])(
  'typing, seed %i: every acknowledged word is there once',
  async (seed) => {
    console.info(`seed ${seed}`);
    const random = randomOf(seed);
    const seller = ['Mikkel', 'Emily', 'Nora'][seed - from] ?? 'Nora';
    await round.sandbox.moveClock('2027-01-04T08:00:00.000Z');
    const booked: Booked = await round.bookAndConfirm(seller);
    await round.sandbox.moveClock(duringReview);
    const writers = await Promise.all(
      [ingrid, round.as(seller)].map((actor) => joinAs(actor, booked.reviewId)),
    );
    const actors = [ingrid, round.as(seller)];
    const acknowledged: string[] = [];
    const wordsEach = 25;
    let restarting: Promise<void> | undefined;
    let killsLeft = 3;

    await Promise.all(
      writers.map(async (writer, side) => {
        const actor = actors[side] ?? ingrid;
        for (let count = 0; count < wordsEach; count++) {
          const word = `<${side}.${count}>`;
          const body = writer.body(
            writer.change((doc) => {
              const text = doc.getText('summary');
              text.insert(text.length, word);
            }),
          );
          if (killsLeft > 0 && restarting === undefined && random.chance(0.2)) {
            killsLeft--;
            restarting = round.sandbox.kill().finally(() => {
              restarting = undefined;
            });
          }
          // The same update with the same id, until it is acknowledged.
          const { seq } = await patiently(async () => {
            await restarting;
            return actor.ok('writeLive', { params: booked, body } as never);
          });
          expect(seq).toBeGreaterThan(0);
          acknowledged.push(word);
        }
      }),
    );
    await restarting;
    await round.sandbox.kill();

    const reader = await joinAs(ingrid, booked.reviewId);
    await reader.read();
    const { summary } = reader.form();
    const found = summary.match(/<\d\.\d+>/g) ?? [];
    expect(found.toSorted()).toEqual(acknowledged.toSorted());
    // Both come to the same, whoever was there when.
    for (const writer of writers) {
      await writer.read();
      expect(writer.form().summary).toBe(summary);
    }
    const client = await MongoClient.connect(round.sandbox.mongo);
    try {
      const log = await client
        .db('medspill')
        .collection<{ seq: number; updateId: string }>('liveUpdates')
        .find({ reviewId: booked.reviewId })
        .toArray();
      const seqs = log.map(({ seq }) => seq).sort((a, b) => a - b);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      expect(new Set(log.map(({ updateId }) => updateId)).size).toBe(log.length);
    } finally {
      await client.close();
    }
  },
);
