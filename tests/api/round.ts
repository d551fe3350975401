// A sandbox with a booked pair: Ingrid, sales manager, and one of her sellers.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PairId, ReviewId } from '../../domain/ids.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';
import { type Actor, actorIn } from './person.ts';

/** Monday before the first review, which is on Wednesday 6 January 2027 at 10:00 in Oslo. */
export const monday = '2027-01-04T08:00:00.000Z';
export const reviewStart = '2027-01-06T09:00:00.000Z';

export type Booked = { pairId: PairId; reviewId: ReviewId };
export type Round = {
  sandbox: Sandbox;
  dataDir: string;
  as(name: string): Actor;
  /** Books a monthly series of Ingrid with a seller, by first name; the seller has not confirmed yet. */
  book(seller: string): Promise<Booked>;
  /** The same, confirmed by the seller. */
  bookAndConfirm(seller: string): Promise<Booked>;
  close(): Promise<void>;
};

/** `start.at` is an instant before the first review, which is in `start.month`. */
export async function startRound(start = { at: monday, month: '2027-01' }): Promise<Round> {
  const dataDir = await mkdtemp(join(tmpdir(), 'medspill-round-'));
  const sandbox = await startCheckedSandbox({ dataDir, port: 0, quiet: true });
  await sandbox.moveClock(start.at);
  const ingrid = actorIn(sandbox, 'Ingrid');

  async function book(seller: string): Promise<Booked> {
    const { sellers } = await ingrid.ok('listSellers', {});
    const person = sellers.find(({ person: { firstName } }) => firstName === seller)?.person;
    if (person === undefined) throw new Error(`${seller} is no seller of Ingrid's`);
    const bookingId = randomUUID();
    await ingrid.ok('book', {
      body: {
        bookingId,
        sellerId: person.id,
        pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
        time: '10:00',
        zone: 'Europe/Oslo',
        minutes: 60,
        firstMonth: start.month,
      },
    });
    await sandbox.processAll();
    const { reviews } = await ingrid.ok('listReviews', { params: { pairId: bookingId } });
    const first = reviews.find(({ month }) => month === start.month);
    if (first === undefined) throw new Error('The booking has made no review');
    return { pairId: bookingId as PairId, reviewId: first.id };
  }

  return {
    sandbox,
    dataDir,
    as: (name) => actorIn(sandbox, name),
    book,
    async bookAndConfirm(seller) {
      const booked = await book(seller);
      await actorIn(sandbox, seller).ok('confirmPair', { params: { pairId: booked.pairId } });
      return booked;
    },
    async close() {
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
