// Two things at once to one booking: whatever comes first, no meeting is left that nobody knows of.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';
import { type Actor, actorIn } from './person.ts';

let sandbox: Sandbox;
let dataDir: string;
let ingrid: Actor;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medspill-races-'));
  sandbox = await startCheckedSandbox({ dataDir, port: 0, quiet: true });
  await sandbox.moveClock('2026-11-23T08:00:00.000Z');
  ingrid = actorIn(sandbox, 'Ingrid');
  await ingrid.ok('listSellers', {});
});
afterAll(async () => {
  await sandbox?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const jonas = people.find(({ givenName }) => givenName === 'Jonas')?.id ?? '';
const manager = people.find(({ givenName }) => givenName === 'Ingrid')?.id ?? '';
const wish = () => ({
  bookingId: randomUUID(),
  sellerId: jonas,
  pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' } as const,
  time: '10:00',
  zone: 'Europe/Oslo',
  minutes: 45 as const,
  firstMonth: '2026-12',
});
/** Everything of ours that still stands in the manager's calendar. */
const standing = (pairId: string) =>
  sandbox.graphServer.state
    .calendar(manager, Date.parse('2026-11-01'), Date.parse('2028-01-01'))
    .filter(({ bodyHtml, isCancelled }) => bodyHtml.includes(pairId) && !isCancelled);

/** So many calls to Graph have been answered since the click. */
function callsMade(count: number): Promise<void> {
  return expect
    .poll(() => sandbox.graphServer.exchanges().length, { interval: 2, timeout: 20_000 })
    .toBeGreaterThanOrEqual(count);
}

test.each([0, 1, 2, 4, 6])('taken back after %i calls to Graph', async (calls) => {
  await sandbox.setFaults({ graph: { latencyMs: 40 } });
  const body = wish();
  sandbox.graphServer.clearExchanges();
  const booking = ingrid.send('book', { body });
  await callsMade(calls);
  await ingrid.send('undoBooking', { params: { pairId: body.bookingId } });
  await booking;
  await sandbox.clearFaults();
  // Where the undo came before there was anything to take back, it is said again.
  await ingrid.send('undoBooking', { params: { pairId: body.bookingId } });
  await sandbox.moveClock(sandbox.clock.now() + 10 * 60_000);
  expect(
    standing(body.bookingId).map(({ subject, start }) => `${subject} ${new Date(start).toISOString()}`),
  ).toEqual([]);
});

test.each([1, 2, 5])('given another day after %i calls to Graph', async (calls) => {
  await sandbox.setFaults({ graph: { latencyMs: 40 } });
  const body = wish();
  const params = { pairId: body.bookingId };
  sandbox.graphServer.clearExchanges();
  const booking = ingrid.send('book', { body });
  await callsMade(calls);
  const other = {
    pattern: { kind: 'last_weekday' } as const,
    time: '14:00',
    zone: 'Europe/Oslo',
    minutes: 30 as const,
  };
  const changed = await ingrid.send('rescheduleSeries', { params, body: other });
  await booking;
  await sandbox.clearFaults();
  if (changed.status >= 300) await ingrid.ok('rescheduleSeries', { params, body: other });
  await sandbox.moveClock(sandbox.clock.now() + 10 * 60_000);
  const pair = await ingrid.ok('getPair', { params });
  expect(pair.series).toMatchObject({ ...other, state: 'booked' });
  const meetings = standing(body.bookingId).filter(({ subject }) => subject.includes('Jonas'));
  expect(meetings).toHaveLength(12);
  expect(new Set(meetings.map(({ start }) => new Date(start).getUTCHours()))).toEqual(new Set([12, 13]));
  await ingrid.ok('undoBooking', { params });
  expect(standing(body.bookingId)).toEqual([]);
});
