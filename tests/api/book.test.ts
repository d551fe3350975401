// Booking over HTTP: the built API with its real libraries, against the sandbox.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PairView } from '../../domain/book/contract.ts';
import type { RouteCall } from '../../domain/contract.ts';
import { people } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';
import { type Actor, actorIn } from './person.ts';

/** Microsoft's metadata, beside the checkout; a plain clone has it not. */
const monday = '2026-11-23T08:00:00.000Z';
const year = [Date.parse('2026-11-01'), Date.parse('2027-12-31')] as const;

let sandbox: Sandbox;
let dataDir: string;
let ingrid: Actor;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medspill-book-'));
  sandbox = await startCheckedSandbox({ dataDir, port: 0, quiet: true });
  await sandbox.moveClock(monday);
  ingrid = actorIn(sandbox, 'Ingrid');
});
afterEach(async () => {
  await sandbox.clearFaults();
  sandbox.graphServer.clearExchanges();
});
afterAll(async () => {
  await sandbox?.close();
  await rm(dataDir, { recursive: true, force: true });
});

function idOf(givenName: string): string {
  const found = people.find((person) => person.givenName === givenName);
  if (found === undefined) throw new Error(`no ${givenName}`);
  return found.id;
}

type Wish = RouteCall<'book'>['body'];
function wishFor(seller: string, change: Partial<Wish> = {}): Wish {
  return {
    bookingId: randomUUID(),
    sellerId: idOf(seller),
    pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
    time: '10:00',
    zone: 'Europe/Oslo',
    minutes: 45,
    firstMonth: '2026-12',
    ...change,
  };
}

const params = (pair: { id: string }) => ({ params: { pairId: pair.id } });
const reviewOf = ({ nextReview }: PairView) => {
  if (nextReview === undefined) throw new Error('no next review');
  return { params: { reviewId: nextReview.id } };
};

/** The meetings of a pair in somebody's calendar: they carry the link to the pair's form. */
function meetings(person: string, pairId: string, seller: string) {
  return sandbox.graphServer.state
    .calendar(idOf(person), ...year)
    .filter(
      (entry) => entry.bodyHtml.includes(pairId) && entry.subject.includes(seller) && !entry.isCancelled,
    );
}

function expectBookedOnce(pairId: string, seller: string): void {
  const own = meetings('Ingrid', pairId, seller);
  expect(own).toHaveLength(12);
  expect(new Set(own.map(({ seriesMasterId }) => seriesMasterId)).size).toBe(1);
  expect(own[0]?.attachments).toHaveLength(1);
  expect(meetings(seller, pairId, seller)).toHaveLength(12);
  const invitations = sandbox.graphServer.state
    .mails(idOf(seller))
    .filter(({ body, kind }) => kind === 'invitation' && body.includes(pairId));
  expect(invitations).toHaveLength(1);
  const reflections = sandbox.graphServer.state
    .calendar(idOf('Ingrid'), ...year)
    .filter(({ bodyHtml, subject }) => bodyHtml.includes(pairId) && subject === 'Egen refleksjon');
  expect(reflections).toHaveLength(12);
}

/** Books, and takes it back again so that the next test finds the seller free. */
async function withBooking(
  seller: string,
  work: (pair: PairView) => Promise<void>,
  change: Partial<Wish> = {},
) {
  const pair = await ingrid.ok('book', { body: wishFor(seller, change) });
  try {
    await work(pair);
  } finally {
    await sandbox.clearFaults();
    await ingrid.send('undoBooking', params(pair));
  }
}

describe('before a booking', () => {
  test('a manager sees the reports, a seller without any searches', async () => {
    const { sellers, directoryIsEmpty } = await ingrid.ok('listSellers', {});
    expect(directoryIsEmpty).toBe(false);
    expect(sellers.map(({ person }) => person.firstName)).toEqual([
      'Amina',
      'Bikash',
      'Emily',
      'Jonas',
      'Lars',
      'Mikkel',
      'Nora',
      'Sofie',
    ]);
    expect(sellers.find(({ person }) => person.firstName === 'Emily')?.person).toMatchObject({
      language: 'en',
      zone: 'Europe/London',
    });
    expect(await actorIn(sandbox, 'Jonas').ok('listSellers', {})).toEqual({
      sellers: [],
      directoryIsEmpty: true,
    });
    const { people: found } = await ingrid.ok('searchPeople', { query: { q: 'Power' } });
    expect(found.map(({ name }) => name)).toEqual(['Owen Power']);
    await ingrid.refused('searchPeople', { query: { q: 'x' } }, 'invalid_input');
    await actorIn(sandbox, 'nobody').refused('listSellers', {}, 'not_signed_in');
  });

  test('slots are free for both and within both working hours', async () => {
    const wish = {
      sellerId: idOf('Bikash'),
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' } as const,
      firstMonth: '2026-12',
      minutes: 45 as const,
      zone: 'Europe/Oslo',
    };
    const { availabilityKnown, sellerZone, slots } = await ingrid.ok('findSlots', { body: wish });
    expect(availabilityKnown).toBe(true);
    expect(sellerZone).toMatch(/Kat(h)?mandu/);
    expect(slots.length).toBeGreaterThan(0);
    for (const slot of slots) {
      expect(slot.date).toBe('2026-12-02');
      expect(slot.freeOn).toBeGreaterThan(0);
      expect(slot.of).toBe(6);
      // Kathmandu is 4 h 45 min ahead in winter and 3 h 45 min in summer: eleven in Oslo ends past four there.
      if (slot.freeOn === slot.of) expect(slot.time >= '08:00' && slot.time <= '10:30', slot.time).toBe(true);
      else expect(slot.time <= '11:30', slot.time).toBe(true);
    }
    expect(slots.map(({ freeOn }) => freeOn)).toEqual(
      slots.map(({ freeOn }) => freeOn).sort((a, b) => b - a),
    );
    const anybody = { ...wish, sellerId: idOf('Owen') };
    await ingrid.refused('findSlots', { body: anybody }, 'not_a_report');
    await ingrid.refused('findSlots', { body: { ...wish, zone: '+01:00' } }, 'invalid_input');
  });

  test.each<[string, Partial<Wish>, string]>([
    ['a zone that is none', { zone: 'Europe/Nidaros' }, 'invalid_input'],
    ['an offset for a zone', { zone: '+02:00' }, 'invalid_input'],
    ['13 months of a zone that is none', { months: 13, zone: 'Mars/Olympus' }, 'invalid_input'],
    ['a name of 400 letters for a zone', { zone: 'å'.repeat(400) }, 'invalid_input'],
    ['25 months', { months: 25 }, 'invalid_input'],
    ['a month that is none', { firstMonth: '2026-13' }, 'invalid_input'],
    ['markup for a time', { time: '<b>10:00</b>' }, 'invalid_input'],
    ['a name for an id', { bookingId: 'x'.repeat(400) }, 'invalid_input'],
    ['17 minutes', { minutes: 17 as 30 }, 'invalid_input'],
    ['a slot in the past', { firstMonth: '2026-11' }, 'slot_in_the_past'],
    ['a guest', { sellerId: idOf('Gjest') }, 'seller_cannot_be_booked'],
    ['oneself', { sellerId: idOf('Ingrid') }, 'seller_cannot_be_booked'],
    ["another manager's seller", { sellerId: idOf('Owen') }, 'not_a_report'],
    ['nobody there is', { sellerId: '00000000-0000-4000-8000-00000000ffff' }, 'not_a_report'],
  ])('%s is refused, and nothing is changed', async (_, change, code) => {
    const wish = wishFor('Jonas', change);
    await ingrid.refused('book', { body: wish }, code as 'invalid_input');
    const { sellers } = await ingrid.ok('listSellers', {});
    expect(sellers.filter(({ pair }) => pair !== undefined)).toEqual([]);
    expect(
      sandbox.graphServer
        .exchanges()
        .filter(({ method, url }) => method === 'POST' && url.endsWith('/events')),
    ).toEqual([]);
  });
});

describe('a booking', () => {
  test('stands in both calendars, with one invitation, and its outsiders see nothing', async () => {
    await withBooking('Jonas', async (booked) => {
      await sandbox.processAll();
      const pair = await ingrid.ok('getPair', params(booked));
      expect(pair).toMatchObject({
        side: 'manager',
        endsAt: 'open',
        series: {
          state: 'booked',
          steps: { created: true, attached: true, invited: true, appInstalled: true, blocks: true },
        },
        nextReview: { month: '2026-12', occurrence: { date: '2026-12-02', time: '10:00', minutes: 45 } },
      });
      expectBookedOnce(pair.id, 'Jonas');
      const [first] = meetings('Jonas', pair.id, 'Jonas');
      expect(first).toMatchObject({ sensitivity: 'private', timeZone: 'Europe/Oslo' });
      expect(first?.bodyHtml).toContain('rv-agenda');
      const seller = await actorIn(sandbox, 'Jonas').ok('getPair', params(booked));
      expect(seller).toMatchObject({ side: 'seller', nextReview: pair.nextReview });
      for (const outsider of ['Amina', 'Henrik', 'Turid', 'Kari']) {
        const actor = actorIn(sandbox, outsider);
        await actor.refused('getPair', params(booked), 'not_found');
        await actor.refused('resumeBooking', params(booked), 'not_found');
        await actor.refused('undoBooking', params(booked), 'not_found');
        await actor.refused('stopSeries', params(booked), 'not_found');
        await actor.refused('confirmPair', params(booked), 'not_found');
        await actor.refused(
          'moveReview',
          { ...reviewOf(pair), body: { date: '2026-12-03', time: '10:00' } },
          'not_found',
        );
        await actor.refused('skipReview', { ...reviewOf(pair), body: { reason: 'agreed' } }, 'not_found');
      }
      const jonas = actorIn(sandbox, 'Jonas');
      await jonas.refused(
        'moveReview',
        { ...reviewOf(pair), body: { date: '2026-12-03', time: '10:00' } },
        'not_found',
      );
      await jonas.refused('stopSeries', params(booked), 'not_found');
      await ingrid.refused('confirmPair', params(booked), 'not_found');
      expectBookedOnce(pair.id, 'Jonas');
    });
  });

  test('the same id books once, and a second series with the same seller is refused', async () => {
    const wish = wishFor('Jonas');
    const answers = await Promise.all([1, 2, 3].map(() => ingrid.send('book', { body: wish })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await sandbox.processAll();
    expectBookedOnce(wish.bookingId, 'Jonas');
    const again = await ingrid.refused('book', { body: wishFor('Jonas') }, 'already_booked');
    expect(again.pairId).toBe(wish.bookingId);
    await actorIn(sandbox, 'Henrik').refused(
      'book',
      { body: { ...wish, sellerId: idOf('Ida') } },
      'not_allowed',
    );
    expectBookedOnce(wish.bookingId, 'Jonas');
    await ingrid.ok('undoBooking', { params: { pairId: wish.bookingId } });
  });

  test('the seller confirms once, in the own name', async () => {
    await withBooking('Amina', async (pair) => {
      expect(pair.confirmedAt).toBeUndefined();
      const amina = actorIn(sandbox, 'Amina');
      const { confirmedAt } = await amina.ok('confirmPair', params(pair));
      expect(confirmedAt).toBeDefined();
      expect((await amina.ok('confirmPair', params(pair))).confirmedAt).toBe(confirmedAt);
      expect((await ingrid.ok('getPair', params(pair))).confirmedAt).toBe(confirmedAt);
    });
  });

  test('is taken back within a day, and the seller can be booked anew', async () => {
    const wish = wishFor('Lars');
    const pair = await ingrid.ok('book', { body: wish });
    await ingrid.ok('undoBooking', params(pair));
    expect(meetings('Ingrid', pair.id, 'Lars')).toEqual([]);
    expect(meetings('Lars', pair.id, 'Lars')).toEqual([]);
    await ingrid.refused('getPair', params(pair), 'not_found');
    await ingrid.refused('undoBooking', params(pair), 'not_found');
    // The same call again, from a client that was asleep, books nothing.
    const late = await ingrid.ok('book', { body: wish });
    expect(late).toMatchObject({ id: pair.id, series: { state: 'stopped' } });
    await sandbox.processAll();
    expect(meetings('Ingrid', pair.id, 'Lars')).toEqual([]);
    await withBooking('Lars', async (again) => {
      await sandbox.processAll();
      expectBookedOnce(again.id, 'Lars');
    });
  });
});

describe('a booked series', () => {
  test('one month is moved, and never over its neighbours or into the past', async () => {
    await withBooking('Nora', async (pair) => {
      await sandbox.processAll();
      const to = { date: '2026-12-04', time: '13:00' };
      const moved = await ingrid.ok('moveReview', { ...reviewOf(pair), body: to });
      expect(moved.nextReview?.occurrence).toMatchObject({ ...to, start: '2026-12-04T12:00:00.000Z' });
      const starts = () =>
        meetings('Nora', pair.id, 'Nora').map(({ start }) => new Date(start).toISOString());
      expect(starts().slice(0, 2)).toEqual(['2026-12-04T12:00:00.000Z', '2027-01-06T09:00:00.000Z']);
      const body = (date: string) => ({ ...reviewOf(pair), body: { date, time: '10:00' } });
      await ingrid.refused('moveReview', body('2027-01-06'), 'crosses_neighbour');
      await ingrid.refused('moveReview', body('2026-11-20'), 'slot_in_the_past');
      await ingrid.refused('moveReview', body('2026-02-31'), 'invalid_input');
      expect(starts()[0]).toBe('2026-12-04T12:00:00.000Z');
      expect((await ingrid.ok('getPair', params(pair))).nextReview).toEqual(moved.nextReview);
    });
  });

  test('one month is skipped with a reason, and the next comes up', async () => {
    await withBooking('Nora', async (pair) => {
      await sandbox.processAll();
      await ingrid.refused(
        'skipReview',
        { ...reviewOf(pair), body: { reason: 'lazy' as 'other' } },
        'invalid_input',
      );
      const skipped = await ingrid.ok('skipReview', { ...reviewOf(pair), body: { reason: 'holiday' } });
      expect(skipped.nextReview?.month).not.toBe('2026-12');
      expect(meetings('Nora', pair.id, 'Nora')).toHaveLength(11);
      await ingrid.ok('skipReview', { ...reviewOf(pair), body: { reason: 'holiday' } });
      expect(meetings('Nora', pair.id, 'Nora')).toHaveLength(11);
    });
  });

  test('is found from the appointment and the chat, by its two people only', async () => {
    await withBooking('Emily', async (booked) => {
      await sandbox.processAll();
      const [first, second] = meetings('Emily', booked.id, 'Emily');
      if (first?.meeting === undefined || second === undefined) throw new Error('no meeting');
      const emily = actorIn(sandbox, 'Emily');
      const byUid = await emily.ok('findAppointment', { query: { iCalUId: first.uid } });
      expect(byUid.pair).toMatchObject({ id: booked.id, side: 'seller' });
      expect(byUid.reviews.map(({ month }) => month)).toEqual(['2026-12']);
      const byItem = await emily.ok('findAppointment', { query: { eventId: first.id } });
      expect(byItem.reviews.map(({ month }) => month)).toEqual(['2026-12']);
      const byChat = await ingrid.ok('findAppointment', {
        query: { chatId: first.meeting.threadId, start: '2026-12-02T09:00:00.000Z' },
      });
      expect(byChat.reviews.map(({ month }) => month)).toEqual(['2026-12']);
      for (const query of [
        { iCalUId: first.uid },
        { chatId: first.meeting.threadId },
        { eventId: 'x' },
        {},
      ]) {
        await actorIn(sandbox, 'Amina').refused('findAppointment', { query }, 'not_found');
      }
    });
  });

  test('gets another day, time and length, once, and the old meetings are gone', async () => {
    await withBooking('Sofie', async (pair) => {
      await sandbox.processAll();
      const body = {
        pattern: { kind: 'last_weekday' } as const,
        time: '14:30',
        zone: 'Europe/Oslo',
        minutes: 60 as const,
      };
      await actorIn(sandbox, 'Sofie').refused('rescheduleSeries', { ...params(pair), body }, 'not_found');
      await ingrid.refused(
        'rescheduleSeries',
        { ...params(pair), body: { ...body, zone: 'x' } },
        'invalid_input',
      );
      for (let times = 0; times < 2; times++) {
        await ingrid.ok('rescheduleSeries', { ...params(pair), body });
        await sandbox.processAll();
        const changed = await ingrid.ok('getPair', params(pair));
        expect(changed.series).toMatchObject({ ...body, state: 'booked', firstMonth: '2026-12', months: 12 });
        expect(changed.nextReview?.occurrence).toMatchObject({
          date: '2026-12-31',
          time: '14:30',
          minutes: 60,
        });
        const starts = meetings('Sofie', pair.id, 'Sofie').map(({ start }) => new Date(start).toISOString());
        expect(starts).toHaveLength(12);
        expect(starts.slice(0, 2)).toEqual(['2026-12-31T13:30:00.000Z', '2027-01-29T13:30:00.000Z']);
        const { reviews } = await ingrid.ok('listReviews', params(pair));
        const planned = reviews
          .filter(({ state }) => state === 'planned')
          .map(({ occurrence }) => occurrence.start);
        expect(planned.sort()).toEqual(starts);
      }
      const blocks = sandbox.graphServer.state
        .calendar(idOf('Ingrid'), ...year)
        .filter(({ bodyHtml, subject }) => bodyHtml.includes(pair.id) && subject === 'Egen refleksjon');
      expect(blocks).toHaveLength(12);
    });
  });

  test('is stopped before its other day stands: both are gone', async () => {
    const pair = await ingrid.ok('book', { body: wishFor('Sofie') });
    await sandbox.processAll();
    await sandbox.setFaults({
      graph: { rules: [{ match: '/me/events', kind: '503', retryAfterSeconds: 60 }] },
    });
    const body = {
      pattern: { kind: 'last_weekday' } as const,
      time: '14:30',
      zone: 'Europe/Oslo',
      minutes: 60 as const,
    };
    const changed = await ingrid.ok('rescheduleSeries', { ...params(pair), body });
    expect(changed.series?.state).toBe('booking');
    // Changed once more, before the first change has reached Outlook.
    await ingrid.ok('rescheduleSeries', { ...params(pair), body: { ...body, time: '09:00' } });
    expect(meetings('Sofie', pair.id, 'Sofie')).toHaveLength(12);
    await sandbox.clearFaults();
    await ingrid.ok('stopSeries', params(pair));
    await sandbox.moveClock(sandbox.clock.now() + 5 * 60_000);
    expect(meetings('Sofie', pair.id, 'Sofie')).toEqual([]);
    expect(meetings('Ingrid', pair.id, 'Sofie')).toEqual([]);
    await ingrid.ok('undoBooking', params(pair));
  });

  test('is stopped: what is to come is gone from both calendars, and a new one can follow', async () => {
    const pair = await ingrid.ok('book', { body: wishFor('Sofie') });
    await sandbox.processAll();
    const stopped = await ingrid.ok('stopSeries', params(pair));
    expect(stopped.series?.state).toBe('stopped');
    expect(stopped.nextReview).toBeUndefined();
    expect(meetings('Sofie', pair.id, 'Sofie')).toEqual([]);
    await ingrid.ok('stopSeries', params(pair));
    await ingrid.refused('resumeBooking', params(pair), 'no_series');
    const again = await ingrid.ok('book', { body: wishFor('Sofie', { time: '13:00' }) });
    expect(again.id).toBe(pair.id);
    await sandbox.processAll();
    expect(meetings('Sofie', pair.id, 'Sofie')).toHaveLength(12);
    expect((await ingrid.ok('getPair', params(pair))).nextReview?.occurrence.time).toBe('13:00');
    await ingrid.ok('undoBooking', params(pair));
  });
});

describe('the day comes', () => {
  test('all months stand ready, the first of them as the first', async () => {
    await withBooking('Amina', async (pair) => {
      const { reviews } = await ingrid.ok('listReviews', params(pair));
      expect(reviews.map(({ month }) => month).sort()).toEqual([
        '2026-12',
        '2027-01',
        '2027-02',
        '2027-03',
        '2027-04',
        '2027-05',
        '2027-06',
        '2027-07',
        '2027-08',
        '2027-09',
        '2027-10',
        '2027-11',
      ]);
      await sandbox.processAll();
      const inOutlook = meetings('Amina', pair.id, 'Amina').map(({ start }) => new Date(start).toISOString());
      expect(reviews.map(({ occurrence }) => occurrence.start).sort()).toEqual(inOutlook);
      const july = reviews.find(({ month }) => month === '2027-07');
      const moved = { params: { reviewId: july?.id ?? '' }, body: { date: '2027-07-08', time: '10:00' } };
      await ingrid.ok('moveReview', moved);
      expect(meetings('Amina', pair.id, 'Amina').map(({ start }) => new Date(start).toISOString())).toContain(
        '2027-07-08T08:00:00.000Z',
      );
    });
  });

  test.each<[string, Partial<Wish>]>([
    ['the 31st in short months', { pattern: { kind: 'date', day: 31 } }],
    ['the last weekday', { pattern: { kind: 'last_weekday' } }],
    ['the last Friday', { pattern: { kind: 'weekday', week: 'last', weekday: 'friday' }, time: '08:30' }],
    ['a zone with a half hour', { zone: 'America/St_Johns', time: '09:15' }],
    ['a zone with a quarter', { zone: 'Asia/Kathmandu', time: '15:45', minutes: 60 }],
  ])('our months and those in Outlook are the same instants: %s', async (_, change) => {
    await withBooking(
      'Lars',
      async (pair) => {
        const { reviews } = await ingrid.ok('listReviews', params(pair));
        const ours = reviews.map(({ occurrence }) => occurrence.start).sort();
        const inOutlook = meetings('Lars', pair.id, 'Lars').map(({ start }) => new Date(start).toISOString());
        expect(inOutlook).toEqual(ours);
        expect(new Set(reviews.map(({ occurrence }) => occurrence.time))).toEqual(
          new Set([change.time ?? '10:00']),
        );
      },
      change,
    );
  });

  test('the month gets its own agenda, both are reminded, and the calendar stays watched', async () => {
    const pair = await ingrid.ok('book', { body: wishFor('Jonas') });
    await actorIn(sandbox, 'Jonas').ok('confirmPair', params(pair));
    const { nextReview } = await ingrid.ok('getPair', params(pair));
    const [before] = sandbox.graphServer.state.subscriptions();
    // Two working days before, after nine.
    await sandbox.moveClock('2026-11-30T08:30:00.000Z');
    const [december] = sandbox.graphServer.state
      .calendar(idOf('Jonas'), Date.parse('2026-12-02'), Date.parse('2026-12-03'))
      .filter(({ bodyHtml }) => bodyHtml.includes(nextReview?.id ?? ''));
    expect(december?.meeting).toBeDefined();
    expect(december?.attachments).toHaveLength(1);
    const [january] = meetings('Jonas', pair.id, 'Jonas');
    expect(january?.meeting?.joinUrl).toBe(december?.meeting?.joinUrl);
    const reminded = sandbox.graphServer
      .exchanges()
      .filter(({ method, url }) => method === 'POST' && url.endsWith('/sendActivityNotification'))
      .filter(({ requestBody }) => (JSON.stringify(requestBody) ?? '').includes('prepReminder'))
      .map(({ url }) => url.split('/')[3]);
    expect([...new Set(reminded)].sort()).toEqual([idOf('Ingrid'), idOf('Jonas')]);
    const [after] = sandbox.graphServer.state.subscriptions();
    expect(after?.expiresAt).toBeGreaterThan(before?.expiresAt ?? 0);
    expect(after?.expiresAt).toBeGreaterThan(sandbox.clock.now());
    await ingrid.ok('stopSeries', params(pair));
  });
});

describe('what people do in Outlook', () => {
  test('is followed: moved, cancelled, declined, deleted', async () => {
    await withBooking('Mikkel', async (booked) => {
      await sandbox.processAll();
      const { actions, state } = sandbox.graphServer;
      const manager = idOf('Ingrid');
      const [first] = meetings('Ingrid', booked.id, 'Mikkel');
      if (first?.seriesMasterId === undefined) throw new Error('no meeting');
      expect(state.subscriptions()).toHaveLength(1);
      actions.move(manager, first.id, Date.parse('2026-12-03T12:00:00Z'));
      await sandbox.processAll();
      expect((await ingrid.ok('getPair', params(booked))).nextReview?.occurrence).toMatchObject({
        date: '2026-12-03',
        time: '13:00',
        minutes: 45,
      });
      const [theirs] = meetings('Mikkel', booked.id, 'Mikkel');
      actions.answer(idOf('Mikkel'), theirs?.seriesMasterId ?? '', { response: 'declined', send: true });
      await sandbox.processAll();
      expect((await ingrid.ok('getPair', params(booked))).series?.problem).toBe('seller_declined');
      actions.cancel(manager, first.id);
      await sandbox.processAll();
      const { nextReview } = await ingrid.ok('getPair', params(booked));
      expect(nextReview?.month).not.toBe('2026-12');
      actions.remove(manager, first.seriesMasterId);
      await sandbox.processAll();
      expect((await ingrid.ok('getPair', params(booked))).series).toMatchObject({
        state: 'failed',
        problem: 'series_gone',
      });
      // One button mends it: a new series, which Graph does not take for the old.
      await ingrid.ok('resumeBooking', params(booked));
      await sandbox.processAll();
      expect((await ingrid.ok('getPair', params(booked))).series).toMatchObject({ state: 'booked' });
      expect(meetings('Mikkel', booked.id, 'Mikkel')).toHaveLength(12);
    });
  });

  test('is followed over lost notifications and subscriptions', async () => {
    await withBooking('Sofie', async (booked) => {
      await sandbox.processAll();
      const { actions, state } = sandbox.graphServer;
      const manager = idOf('Ingrid');
      const [first] = meetings('Ingrid', booked.id, 'Sofie');
      const [subscription] = state.subscriptions();
      if (first === undefined || subscription === undefined) throw new Error('nothing to follow');
      // None of the notifications comes; Graph says later that some were missed.
      await sandbox.setFaults({ graph: { notificationLoss: 1 } });
      actions.move(manager, first.id, Date.parse('2026-12-03T12:00:00Z'));
      await sandbox.processAll();
      const date = async () => (await ingrid.ok('getPair', params(booked))).nextReview?.occurrence.date;
      expect(await date()).toBe('2026-12-02');
      await sandbox.clearFaults();
      actions.endSubscription(subscription.id, 'missed');
      await sandbox.processAll();
      expect(await date()).toBe('2026-12-03');
      actions.endSubscription(subscription.id, 'subscriptionRemoved');
      await sandbox.processAll();
      const [renewed] = state.subscriptions();
      expect(renewed?.id).not.toBe(subscription.id);
      expect(state.subscriptions()).toHaveLength(1);
      await sandbox.setFaults({ graph: { notificationDuplicates: 1 } });
      actions.move(manager, first.id, Date.parse('2026-12-04T12:00:00Z'));
      await sandbox.processAll();
      expect(await date()).toBe('2026-12-04');
    });
  });

  test('a notification that is not proven is answered and changes nothing', async () => {
    const url = `${sandbox.api}/graph/notifications`;
    const validated = await fetch(`${url}?validationToken=${encodeURIComponent('<script>1</script>')}`, {
      method: 'POST',
    });
    expect(validated.status).toBe(200);
    expect(validated.headers.get('content-type')).toContain('text/plain');
    expect(await validated.text()).toBe('<script>1</script>');
    const post = (body: string) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const [known] = sandbox.graphServer.state.subscriptions();
    const forged = {
      value: [{ subscriptionId: known?.id ?? 'x', clientState: 'guess', resourceData: { id: 'y' } }],
    };
    sandbox.graphServer.clearExchanges();
    expect((await post(JSON.stringify(forged))).status).toBe(202);
    expect(sandbox.graphServer.exchanges()).toEqual([]);
    expect((await post('not json')).status).toBe(400);
    expect((await post('{"value":7}')).status).toBe(400);
  });
});

describe('when Microsoft 365 fails', () => {
  test.each<[string, Parameters<Sandbox['setFaults']>[0]]>([
    [
      '504 after the event was created',
      { graph: { rules: [{ match: 'POST /me/events', kind: '504-after', times: 1 }] } },
    ],
    ['429 at every step', { graph: { rules: [{ kind: '429', times: 8, retryAfterSeconds: 0 }] } }],
    ['cut connections', { graph: { rules: [{ match: '/me/events', kind: 'drop-after', times: 2 }] } }],
    [
      'an outage that lasts',
      { graph: { rules: [{ match: '/me/events', kind: '503', retryAfterSeconds: 60 }] } },
    ],
  ])('%s: one series, one agenda, one invitation', async (_, faults) => {
    await ingrid.ok('listSellers', {});
    await sandbox.setFaults(faults);
    const wish = wishFor('Amina');
    const pair = await ingrid.ok('book', { body: wish });
    expect(['booking', 'booked']).toContain(pair.series?.state);
    await sandbox.clearFaults();
    await sandbox.moveClock(sandbox.clock.now() + 5 * 60_000);
    await sandbox.processAll();
    expect((await ingrid.ok('getPair', params(pair))).series?.state).toBe('booked');
    expectBookedOnce(pair.id, 'Amina');
    await ingrid.ok('undoBooking', params(pair));
  });

  test('a missing consent is told to the manager, and then it goes on by itself', async () => {
    const wish = wishFor('Lars');
    await sandbox.setFaults({ entra: { people: { [idOf('Ingrid')]: [{ kind: 'consent_required' }] } } });
    // Five minutes later what was read of the directory is no longer remembered, and neither are tokens.
    await sandbox.moveClock(sandbox.clock.now() + 2 * 3_600_000);
    const problem = await ingrid.refused('book', { body: wish }, 'consent_required');
    expect(problem.scopes).not.toEqual([]);
    sandbox.entraServer.consented(idOf('Ingrid'));
    const pair = await ingrid.ok('book', { body: wish });
    await sandbox.processAll();
    expectBookedOnce(pair.id, 'Lars');
    await ingrid.ok('undoBooking', params(pair));
  });

  test.each<[string, Parameters<Sandbox['setFaults']>[0]]>([
    ['a mailbox that is closed to it', { graph: { applicationMailboxes: [] } }],
    ['a token that is not enough', { graph: { rules: [{ match: '/users/', kind: 'claims' }] } }],
  ])('with %s the app waits for the manager, and says so', async (_, faults) => {
    const wish = wishFor('Lars');
    await ingrid.ok('listSellers', {});
    // The manager's own attempt meets an outage; what the app then does alone is not allowed.
    await sandbox.setFaults({
      graph: { rules: [{ match: '/me/events', kind: '503', retryAfterSeconds: 60 }] },
    });
    const begun = await ingrid.ok('book', { body: wish });
    expect(begun.series?.state).toBe('booking');
    await sandbox.setFaults(faults);
    await sandbox.moveClock(sandbox.clock.now() + 5 * 60_000);
    expect((await ingrid.ok('getPair', params(begun))).series?.state).toBe('waiting_for_manager');
    await sandbox.clearFaults();
    const resumed = await ingrid.ok('resumeBooking', params(begun));
    await sandbox.processAll();
    expect((await ingrid.ok('getPair', params(resumed))).series?.state).toBe('booked');
    expectBookedOnce(begun.id, 'Lars');
    await ingrid.ok('undoBooking', params(begun));
  });

  test('kill -9 in the middle of a booking loses and doubles nothing', async () => {
    for (const calls of [1, 2, 5]) {
      const wish = wishFor('Nora');
      await ingrid.ok('listSellers', {});
      await sandbox.setFaults({ graph: { latencyMs: 60 } });
      sandbox.graphServer.clearExchanges();
      const cut = ingrid.send('book', { body: wish }).catch(() => undefined);
      await expect
        .poll(() => sandbox.graphServer.exchanges().length, { interval: 2, timeout: 20_000 })
        .toBeGreaterThanOrEqual(calls);
      await sandbox.kill();
      await cut;
      await sandbox.clearFaults();
      // The manager's client repeats what was not answered; the id makes it the same booking.
      const pair = await ingrid.ok('book', { body: wish });
      // Whoever had it is gone; its claim runs out, and the outbox goes on.
      await sandbox.moveClock(sandbox.clock.now() + 5 * 60_000);
      await sandbox.processAll();
      expect((await ingrid.ok('getPair', params(pair))).series?.state, `killed after ${calls} calls`).toBe(
        'booked',
      );
      expectBookedOnce(pair.id, 'Nora');
      await ingrid.ok('undoBooking', params(pair));
    }
  });
});
