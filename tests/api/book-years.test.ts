// Series over years and zones: renewed beyond two years, on the same wall clock across every change of it, with another
// time where one month's is taken, and under two managers. ZONES=all adds pairs in other zones.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RouteCall } from '../../domain/contract.ts';
import { occurrenceTime, type Zone } from '../../domain/time.ts';
import { people } from '../../sandbox/people.ts';
import { type Round, startRound } from './round.ts';

let round: Round;
beforeAll(async () => {
  round = await startRound();
});
afterAll(() => round?.close());

const years = [Date.parse('2027-01-01'), Date.parse('2037-01-01')] as const;
/** Two months back and two years ahead: a calendar is expanded day by day. */
const around = () =>
  [round.sandbox.clock.now() - 60 * 86_400_000, round.sandbox.clock.now() + 800 * 86_400_000] as const;
const idOf = (name: string) => people.find(({ givenName }) => givenName === name)?.id ?? '';
function meetings(name: string, pairId: string) {
  return round.sandbox.graphServer.state
    .calendar(idOf(name), ...years)
    .filter(
      ({ bodyHtml, subject, isCancelled }) => bodyHtml.includes(pairId) && /:/.test(subject) && !isCancelled,
    );
}
const starts = (name: string, pairId: string) =>
  meetings(name, pairId)
    .map(({ start }) => new Date(start).toISOString())
    .sort();

async function book(seller: string, change: Partial<RouteCall<'book'>['body']> = {}, manager = 'Ingrid') {
  const bookingId = randomUUID();
  await round.as(manager).ok('book', {
    body: {
      bookingId,
      sellerId: idOf(seller),
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
      time: '10:00',
      zone: 'Europe/Oslo',
      minutes: 45,
      firstMonth: '2027-01',
      ...change,
    },
  });
  await round.sandbox.processAll();
  return { pairId: bookingId };
}

test('a series is renewed year after year, each once, and one that is far from its end is left alone', async () => {
  const ingrid = round.as('Ingrid');
  const params = await book('Amina', { months: 3 });
  const first = await ingrid.ok('renewSeries', { params });
  expect(first.series?.months).toBe(15);
  expect((await ingrid.ok('renewSeries', { params })).series?.months).toBe(15);
  expect(starts('Amina', params.pairId)).toHaveLength(15);
  const { reviews } = await ingrid.ok('listReviews', { params });
  expect(reviews.map(({ occurrence }) => occurrence.start).sort()).toEqual(starts('Amina', params.pairId));
  await round.as('Amina').refused('renewSeries', { params }, 'not_found');
  const [before] = meetings('Amina', params.pairId);
  for (const [now, months] of [
    ['2028-02-07T08:00:00.000Z', 27],
    ['2029-02-12T08:00:00.000Z', 39],
  ] as const) {
    await round.sandbox.moveClock(now);
    expect((await ingrid.ok('renewSeries', { params })).series?.months).toBe(months);
    expect(starts('Amina', params.pairId)).toHaveLength(months);
  }
  const last = meetings('Amina', params.pairId).at(-1);
  expect(last?.meeting?.joinUrl).toBe(before?.meeting?.joinUrl);
});

/** Every meeting of the pair, as both calendars have it, on one wall clock: what each review says it is. */
async function expectOnTheWall(manager: string, seller: string, pairId: string, zone: string): Promise<void> {
  const { reviews } = await round.as(seller).ok('listReviews', { params: { pairId } });
  const planned = reviews.filter(({ state }) => state === 'planned').map(({ occurrence }) => occurrence);
  for (const { date, time, start, minutes, zone: of } of planned) {
    expect(of).toBe(zone);
    expect(start).toBe(occurrenceTime(date, time, zone as Zone, minutes).start);
  }
  const ours = planned.map(({ start }) => start).sort();
  for (const name of [manager, seller]) {
    expect(startsOf(name, manager, seller).filter((start) => start > nowText())).toEqual(ours);
  }
}
const nowText = () => new Date(round.sandbox.clock.now()).toISOString();
const fullName = (name: string) => people.find(({ givenName }) => givenName === name)?.displayName ?? '';
/** Extra reviews too: found by both names in the subject. */
function startsOf(name: string, manager: string, seller: string): string[] {
  return round.sandbox.graphServer.state
    .calendar(idOf(name), ...around())
    .filter(
      ({ subject, isCancelled }) =>
        !isCancelled && [manager, seller].every((one) => subject.includes(fullName(one))),
    )
    .map(({ start }) => new Date(start).toISOString())
    .sort();
}

const zones: [manager: string, seller: string, zone: string][] = [
  ['Ingrid', 'Lars', 'Europe/Oslo'],
  ['Ingrid', 'Bikash', 'Europe/Oslo'],
  ['Henrik', 'Owen', 'America/St_Johns'],
];
const more: typeof zones = [
  ['Ingrid', 'Emily', 'Asia/Kathmandu'],
  ['Henrik', 'Ida', 'Europe/Oslo'],
];

test.each(process.env.ZONES === 'all' ? [...zones, ...more] : zones)(
  '%s and %s, in %s: moved, changed, skipped, away, once more, interrupted, and stopped on one wall clock',
  async (manager, seller, zone) => {
    const lead = round.as(manager);
    const year = new Date(round.sandbox.clock.now()).getUTCFullYear() + 1;
    await round.sandbox.moveClock(`${year}-01-14T08:00:00.000Z`);
    const at = (month: number) => `${year}-${String(month).padStart(2, '0')}`;
    const params = await book(seller, { zone, time: '10:30', firstMonth: at(2), months: 12 }, manager);
    await round.as(seller).ok('confirmPair', { params });
    const check = () => expectOnTheWall(manager, seller, params.pairId, zone);
    const review = async (month: string, ordinal = 1) => {
      const { reviews } = await lead.ok('listReviews', { params });
      const found = reviews.find((one) => one.month === month && one.ordinal === ordinal);
      if (found === undefined) throw new Error(`no review in ${month}`);
      return { reviewId: found.id };
    };
    await check();
    // Over the change of clocks in March, and over that of November in St. John's.
    await lead.ok('moveReview', {
      params: await review(at(3)),
      body: { date: `${at(3)}-30`, time: '15:15' },
    });
    await lead.ok('moveReview', {
      params: await review(at(11)),
      body: { date: `${at(11)}-16`, time: '09:00' },
    });
    await check();
    const changed = { pattern: { kind: 'last_weekday' }, time: '11:45', zone, minutes: 60 } as const;
    await lead.ok('rescheduleSeries', { params, body: changed });
    await round.sandbox.processAll();
    await check();
    await lead.ok('skipReview', { params: await review(at(4)), body: { reason: 'agreed' } });
    const absence = { id: randomUUID(), side: 'manager' as const, from: `${at(6)}-15`, to: `${at(7)}-31` };
    await lead.ok('addAbsence', { params, body: absence });
    await lead.ok('addExtraReview', { params, body: { date: `${at(10)}-17`, time: '13:30', minutes: 30 } });
    await round.sandbox.processAll();
    await check();
    const { reviews } = await lead.ok('listReviews', { params });
    expect(
      reviews
        .filter(({ state }) => state === 'skipped')
        .map(({ month }) => month)
        .sort(),
    ).toEqual([at(4), at(6), at(7)]);
    // The first review begins, and goes on two days later.
    const next = (await lead.ok('getPair', { params })).nextReview;
    if (next === undefined) throw new Error('no next review');
    await round.sandbox.moveClock(next.occurrence.start.replace(/:\d\d\.000Z/, ':01.000Z'));
    const dayAfter = new Date(Date.parse(next.occurrence.start) + 2 * 86_400_000).toISOString().slice(0, 10);
    const rest = { date: dayAfter, time: '09:45', minutes: 30 as const };
    await lead.ok('startReview', { params: { reviewId: next.id } });
    await lead.ok('continueReview', { params: { reviewId: next.id }, body: rest });
    await round.sandbox.processAll();
    await check();
    await lead.ok('stopSeries', { params });
    await round.sandbox.processAll();
    for (const name of [manager, seller]) {
      expect(startsOf(name, manager, seller).filter((start) => start > nowText())).toEqual([]);
      expect(startsOf(name, manager, seller)).toContain(next.occurrence.start);
    }
    // Booked again: there is history now, which no undo takes away.
    await book(seller, { zone, time: '08:15', firstMonth: `${year + 1}-02`, months: 3 }, manager);
    expect(startsOf(seller, manager, seller).filter((start) => start > nowText())).toHaveLength(3);
    await lead.refused('undoBooking', { params }, 'undo_too_late');
    await lead.ok('stopSeries', { params });
  },
);

test('two managers of one seller: two series, two invitations, and neither sees or ends the other', async () => {
  const both = ['Ingrid', 'Turid'] as const;
  const first = await book('Sofie', { firstMonth: '2035-01' });
  // Nobody reports to Turid in the directory, so that she searches and the seller's word decides.
  const second = await book('Sofie', { firstMonth: '2035-01', time: '13:00' }, 'Turid');
  const sofie = round.as('Sofie');
  for (const params of [first, second]) await sofie.ok('confirmPair', { params });
  for (const [index, manager] of both.entries()) {
    const [mine, theirs] = index === 0 ? [first, second] : [second, first];
    expect(meetings(manager, mine.pairId)).toHaveLength(12);
    expect(meetings('Sofie', mine.pairId)).toHaveLength(12);
    expect((await round.as(manager).ok('getPair', { params: mine })).manager.firstName).toBe(manager);
    await round.as(manager).refused('getPair', { params: theirs }, 'not_found');
    await round.as(manager).refused('stopSeries', { params: theirs }, 'not_found');
  }
  const { asSeller } = await sofie.ok('home', {});
  const seen = [asSeller?.pair, ...(asSeller?.otherPairs ?? [])].map((pair) => pair?.manager.firstName);
  expect(seen.sort()).toEqual([...both]);
  await round.as('Turid').ok('stopSeries', { params: second });
  expect(meetings('Sofie', second.pairId)).toEqual([]);
  expect(meetings('Sofie', first.pairId)).toHaveLength(12);
});

test('where the time of a month is taken, others of that month are free for both, and one click moves it', async () => {
  const params = await book('Mikkel', { firstMonth: '2035-02' });
  const ingrid = round.as('Ingrid');
  const { nextReview } = await ingrid.ok('getPair', { params });
  if (nextReview === undefined) throw new Error('no next review');
  const reviewId = { params: { reviewId: nextReview.id } };
  const { times } = await ingrid.ok('findOtherTimes', reviewId);
  expect(times.length).toBe(5);
  expect(new Set(times.map(({ date }) => date)).size).toBe(5);
  for (const { date, time } of times) {
    expect(date.slice(0, 7)).toBe(nextReview.month);
    expect(time >= '08:00' && time <= '15:15', time).toBe(true);
  }
  await round.as('Mikkel').refused('findOtherTimes', reviewId, 'not_found');
  const [other] = times;
  if (other === undefined) throw new Error('no other time');
  const moved = await ingrid.ok('moveReview', { ...reviewId, body: { date: other.date, time: other.time } });
  expect(moved.nextReview?.occurrence).toMatchObject({ date: other.date, time: other.time });
});
