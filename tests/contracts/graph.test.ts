// What our Graph and Entra adapters put on the wire, against the simulated services and Microsoft's own metadata.
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { applicationPermissions, delegatedPermissions } from '../../api/src/adapters/graph/permissions.ts';
import type { PairDocument, ReviewDocument } from '../../api/src/documents.ts';
import type { Actor } from '../../api/src/ports.ts';
import { type DateText, occurrenceTime, type WallTime, type Zone } from '../../domain/time.ts';
import type { FaultRule, GraphFaults } from '../../sandbox/graph/faults.ts';
import { hasMetadata } from '../checked-sandbox.ts';
import { newPair, personOf, type Rig, startRig } from './graph-rig.ts';

const now = '2026-11-23T08:00:00Z';
const ingrid = personOf('Ingrid');
const jonas = personOf('Jonas');
let rig: Rig;
let manager: Actor;

beforeAll(async () => {
  rig = await startRig(now);
});
beforeEach(async () => {
  rig.graphServer.clearFaults();
  rig.entra.clearFaults();
  rig.clock.set(Date.parse(now));
  manager = await rig.actor('Ingrid');
  rig.calls();
});
afterEach(() => {
  rig.calls();
  expect(rig.problems()).toEqual([]);
});
afterAll(async () => {
  await rig.close();
});

async function goOn(pair: PairDocument, actor = manager) {
  let saved = pair;
  const outcome = await rig.calendar.goOn(actor, pair, async (changed) => {
    saved = { ...changed, version: changed.version + 1 };
    return saved;
  });
  return { outcome, saved };
}

const year = [Date.parse('2026-11-01'), Date.parse('2027-12-31')] as const;
const meetingsOf = (personId: string, pair: PairDocument) =>
  rig.graphServer.state
    .calendar(personId, ...year)
    .filter((entry) => entry.bodyHtml.includes(pair._id) && entry.subject.includes(pair.seller.name));
const blocksOf = (pair: PairDocument) =>
  rig.graphServer.state
    .calendar(ingrid.id, ...year)
    .filter((entry) => entry.bodyHtml.includes(pair._id) && !entry.subject.includes(pair.seller.name));
const mailsAbout = (pair: PairDocument) =>
  rig.graphServer.state.mails(pair.sellerId).filter((mail) => mail.body.includes(pair._id));
const rules = (...all: FaultRule[]): GraphFaults => ({ rules: all });

/** What must be true of every booking, however its calls went. */
function expectBookedOnce(pair: PairDocument): void {
  const own = meetingsOf(ingrid.id, pair);
  expect(own).toHaveLength(12);
  expect(new Set(own.map(({ seriesMasterId }) => seriesMasterId)).size).toBe(1);
  expect(own[0]).toMatchObject({ sensitivity: 'private', timeZone: 'Europe/Oslo' });
  expect(own[0]?.attachments).toHaveLength(1);
  expect(own[0]?.meeting).toBeDefined();
  expect(meetingsOf(pair.sellerId, pair)).toHaveLength(12);
  const invitations = mailsAbout(pair);
  expect(invitations.map(({ kind }) => kind)).toEqual(['invitation']);
  expect(invitations[0]?.attachments).toMatchObject([{ contentType: 'application/pdf' }]);
  const blocks = blocksOf(pair);
  expect(blocks.filter(({ subject }) => subject === 'Egen refleksjon')).toHaveLength(12);
  expect(blocks.filter(({ subject }) => subject === 'Forberedelse til utviklingssamtale')).toHaveLength(1);
}

test.skipIf(!hasMetadata)("Microsoft's metadata is at hand, so that every exchange is checked", () => {
  expect(hasMetadata).toBe(true);
});

test('a booking takes six calls with attachment, tab and re-read, and two for the private blocks', async () => {
  const pair = newPair(ingrid, jonas);
  const { outcome, saved } = await goOn(pair);
  expect(outcome).toMatchObject({ ok: true });
  expect(saved.series).toMatchObject({
    state: 'booked',
    steps: { created: true, attached: true, invited: true, blocks: true },
  });
  const calls = rig.calls();
  expect(calls.filter((call) => !call.includes('installedApps'))).toEqual([
    'POST /me/events 201',
    'POST /me/events/{id}/attachments 201',
    'PATCH /me/events/{id} 200',
    'POST /me/events 201',
    'POST /me/events 201',
    'GET /me/events 200',
    'GET /me/onlineMeetings 200',
  ]);
  expect(calls.filter((call) => call.includes('installedApps'))).toHaveLength(1);
  expectBookedOnce(pair);
  const [first] = meetingsOf(jonas.id, pair);
  expect(first?.subject).toBe('Utviklingssamtale: Jonas Berg og Ingrid Solberg');
  expect(first?.bodyHtml).toContain('<div id="rv-agenda" lang="nb">');
  expect(first?.bodyHtml).toContain('Velkommen og rammer (4 min)');
  expect(
    Buffer.from(first?.attachments[0]?.contentBytes ?? '', 'base64')
      .subarray(0, 8)
      .toString(),
  ).toBe('%PDF-1.7');
});

test('the app comes to the meeting chat once the chat is there', async () => {
  rig.graphServer.setFaults({ chatDelayMs: 60_000 });
  const pair = newPair(ingrid, jonas);
  const { saved } = await goOn(pair);
  expect(saved.series).toMatchObject({ state: 'booked', steps: { appInstalled: false } });
  rig.calls();
  rig.clock.set(rig.clock.now() + 61_000);
  const later = await goOn(saved);
  expect(later.saved.series?.steps.appInstalled).toBe(true);
  expect(rig.calls()).toEqual(['POST /chats/{id}/installedApps 201']);
  const again = await goOn({
    ...later.saved,
    series: { ...later.saved.series, steps: { ...later.saved.series?.steps, appInstalled: false } },
  } as PairDocument);
  expect(again.saved.series?.steps.appInstalled).toBe(true);
  expect(rig.calls()).toEqual(['POST /chats/{id}/installedApps 409']);
});

test.each<[string, GraphFaults]>([
  ['504 after the event was created', rules({ match: 'POST /me/events', kind: '504-after', times: 1 })],
  [
    'the connection cut after the event was created',
    rules({ match: 'POST /me/events', kind: 'drop-after', times: 1 }),
  ],
  ['the connection cut before', rules({ match: 'POST /me/events', kind: 'drop', times: 1 })],
  ['no answer at all', rules({ match: 'POST /me/events', kind: 'timeout', times: 1 })],
  ['429 with Retry-After at every step', rules({ kind: '429', times: 6, retryAfterSeconds: 0 })],
  ['503 with Retry-After', rules({ kind: '503', times: 3, retryAfterSeconds: 0 })],
  ['504 after the agenda was attached', rules({ match: '/attachments', kind: '504-after', times: 1 })],
  [
    'the connection cut after the agenda was attached',
    rules({ match: '/attachments', kind: 'drop-after', times: 1 }),
  ],
  ['504 after the invitation', rules({ match: 'PATCH /me/events', kind: '504-after', times: 2 })],
  [
    'a forgotten transaction id and a mailbox that lags behind',
    {
      ...rules({ match: 'POST /me/events', kind: '504-after', times: 1 }),
      transactionIdLifeMs: 0,
    },
  ],
])('%s: one series, one agenda, one invitation, one set of blocks', async (_, faults) => {
  rig.graphServer.setFaults(faults);
  const pair = newPair(ingrid, jonas);
  let { outcome, saved } = await goOn(pair);
  for (let attempt = 0; attempt < 5 && !outcome.ok; attempt++) ({ outcome, saved } = await goOn(saved));
  expect(outcome).toMatchObject({ ok: true, value: { series: { state: 'booked' } } });
  expectBookedOnce(pair);
});

test('an event made twice, by a service that forgets and lags, is cleared away before anybody hears of it', async () => {
  rig.graphServer.setFaults({
    ...rules({ match: 'POST /me/events', kind: '504-after', times: 1 }),
    transactionIdLifeMs: 0,
    consistencyDelayMs: 3000,
  });
  const pair = newPair(ingrid, jonas);
  let { outcome, saved } = await goOn(pair);
  const twice = new Set(meetingsOf(ingrid.id, pair).map(({ seriesMasterId }) => seriesMasterId));
  expect(twice.size).toBe(2);
  for (let attempt = 0; attempt < 5 && saved.series?.state !== 'booked'; attempt++) {
    rig.clock.set(rig.clock.now() + 4000);
    ({ outcome, saved } = await goOn(saved));
  }
  expect(outcome).toMatchObject({ ok: true, value: { series: { state: 'booked' } } });
  expectBookedOnce(pair);
});

test('a process that dies after any step leaves a booking that another goes on with', async () => {
  for (let survivesSaves = 0; survivesSaves < 9; survivesSaves++) {
    const pair = newPair(ingrid, jonas);
    let stored: PairDocument = pair;
    let saves = 0;
    const dying = rig.calendar.goOn(manager, pair, async (changed) => {
      // The call to Graph has gone through, its result is not kept.
      if (saves++ === survivesSaves) throw new Error('killed');
      stored = { ...changed, version: changed.version + 1 };
      return stored;
    });
    await dying.catch(() => undefined);
    const { outcome } = await goOn(stored, { kind: 'app' });
    expect(outcome, `after ${survivesSaves} saves`).toMatchObject({
      ok: true,
      value: { series: { state: 'booked' } },
    });
    expectBookedOnce(pair);
  }
});

test('what is deleted while it is booked is told as gone, and not waited for', async () => {
  const pair = newPair(ingrid, jonas);
  let isDeleted = false;
  const outcome = await rig.calendar.goOn(manager, pair, async (changed) => {
    const { eventId } = changed.series ?? pair.series;
    if (eventId !== undefined && !isDeleted) {
      isDeleted = true;
      rig.graphServer.actions.remove(ingrid.id, eventId);
    }
    return { ...changed, version: changed.version + 1 };
  });
  expect(outcome).toMatchObject({ ok: true, value: { series: { state: 'failed', problem: 'series_gone' } } });
});

test.each([
  ['400 letters', 'Æ'.repeat(400)],
  ['markup', `<img src=x onerror="alert(1)"> & "Ola" <b>Nordmann</b>'`],
  ['a pattern of replacement', '$& $1 {agenda} {seller_first}'],
])('a name of %s is harmless text in subject, body, agenda and cancellation', async (_, name) => {
  const pair = newPair(ingrid, { ...jonas, name: name.slice(0, 256), firstName: name.slice(0, 256) });
  const { outcome, saved } = await goOn(pair);
  expect(outcome).toMatchObject({ ok: true, value: { series: { state: 'booked' } } });
  const [first] = rig.graphServer.state
    .calendar(jonas.id, ...year)
    .filter(({ bodyHtml }) => bodyHtml.includes(pair._id));
  expect(first?.subject.length).toBeLessThanOrEqual(255);
  expect(first?.subject).toContain(name.slice(0, 20));
  expect(first?.bodyHtml).not.toMatch(/<img|<b>/);
  expect(first?.bodyHtml.match(/id="rv-agenda"/g)).toHaveLength(1);
  expect(first?.bodyHtml).toContain('Velkommen og rammer (4 min)');
  expect(first?.attachments).toHaveLength(1);
  expect(await rig.calendar.cancelSeries(manager, saved)).toMatchObject({ ok: true });
  expect(rig.graphServer.state.mails(jonas.id).at(-1)?.comment).toBe('Bestillingen er trukket tilbake.');
});

test('without a Teams licence the series is booked to meet in person', async () => {
  const { outcome, saved } = await goOn(newPair(personOf('Kari'), ingrid), await rig.actor('Kari'));
  expect(outcome).toMatchObject({ ok: true });
  expect(saved.series).toMatchObject({ state: 'booked', inPerson: true });
  expect(saved.series?.joinUrl).toBeUndefined();
});

test('a month is moved on its own, with its blocks, and a move over the neighbour is refused', async () => {
  const pair = newPair(ingrid, jonas);
  const { saved } = await goOn(pair);
  const at = (date: string, time = '10:00') =>
    occurrenceTime(date as DateText, time as WallTime, 'Europe/Oslo' as Zone, 45);
  const starts = () => meetingsOf(jonas.id, pair).map(({ start }) => new Date(start).toISOString());
  expect(
    await rig.calendar.moveOccurrence(manager, saved, at('2026-12-02'), at('2026-12-04', '13:00')),
  ).toEqual({
    ok: true,
    value: true,
  });
  expect(starts()[0]).toBe('2026-12-04T12:00:00.000Z');
  expect(starts()[1]).toBe('2027-01-06T09:00:00.000Z');
  const blocks = blocksOf(pair).map(({ start }) => new Date(start).toISOString());
  expect(blocks.slice(0, 2)).toEqual(['2026-12-02T12:00:00.000Z', '2026-12-04T12:45:00.000Z']);
  // A repeat finds it moved.
  expect(
    await rig.calendar.moveOccurrence(manager, saved, at('2026-12-02'), at('2026-12-04', '13:00')),
  ).toMatchObject({
    ok: true,
  });
  expect(await rig.calendar.moveOccurrence(manager, saved, at('2027-01-06'), at('2027-02-03'))).toEqual({
    ok: false,
    refusal: { code: 'crosses_neighbour' },
  });
  rig.calls();
  const standing = await rig.calendar.standing({ kind: 'app' }, saved);
  expect(standing).toMatchObject({
    ok: true,
    value: { gone: false, moved: [{ original: '2026-12-02', start: '2026-12-04T12:00:00.000Z' }] },
  });
  expect(rig.calls()).toHaveLength(1);
});

test('a month is cancelled with a word, the series is ended, and a fresh booking taken back', async () => {
  const pair = newPair(ingrid, jonas);
  const { saved } = await goOn(pair);
  const at = occurrenceTime('2027-01-06' as DateText, '10:00' as WallTime, 'Europe/Oslo' as Zone, 45);
  expect(await rig.calendar.cancelOccurrence(manager, saved, at)).toMatchObject({ ok: true });
  expect(meetingsOf(ingrid.id, pair)).toHaveLength(11);
  expect(
    blocksOf(pair).filter(({ start }) => new Date(start).toISOString().startsWith('2027-01-06')),
  ).toEqual([]);
  const cancellation = rig.graphServer.state.mails(jonas.id).at(-1);
  expect(cancellation).toMatchObject({ kind: 'cancellation', comment: 'Denne måneden går samtalen ut.' });
  expect(await rig.calendar.standing({ kind: 'app' }, saved)).toMatchObject({
    value: { cancelled: ['2027-01-06'] },
  });

  expect(
    await rig.calendar.endSeries(manager, saved, Temporal.Instant.from('2027-03-10T08:00:00Z')),
  ).toMatchObject({ ok: true });
  expect(meetingsOf(ingrid.id, pair).map(({ start }) => new Date(start).toISOString().slice(0, 10))).toEqual([
    '2026-12-02',
    '2027-02-03',
    '2027-03-03',
  ]);

  const fresh = newPair(ingrid, jonas);
  const booked = await goOn(fresh);
  expect(await rig.calendar.cancelSeries(manager, booked.saved)).toMatchObject({ ok: true });
  expect(await rig.calendar.cancelSeries(manager, booked.saved)).toMatchObject({ ok: true });
  expect(meetingsOf(ingrid.id, fresh).filter(({ isCancelled }) => !isCancelled)).toEqual([]);
  expect(blocksOf(fresh)).toEqual([]);
});

test("the month's own agenda is written on its occurrence once, and the master stays as it was", async () => {
  const pair = newPair(ingrid, jonas, { minutes: 60 });
  const { saved } = await goOn(pair);
  const review = {
    _id: '019aa000-0000-5000-9000-000000000001' as ReviewDocument['_id'],
    length: 'first60' as const,
    occurrence: occurrenceTime('2026-12-02' as DateText, '10:00' as WallTime, 'Europe/Oslo' as Zone, 60),
  };
  rig.calls();
  expect(await rig.calendar.writeAgenda({ kind: 'app' }, saved, review)).toMatchObject({ ok: true });
  expect(rig.calls()).toHaveLength(3);
  const [second] = meetingsOf(jonas.id, pair);
  const first = rig.graphServer.state
    .calendar(jonas.id, ...year)
    .find(({ bodyHtml }) => bodyHtml.includes(review._id));
  const agendas = (html = '') => html.match(/id="rv-agenda"/g);
  expect(first?.bodyHtml).toContain('Velkommen og rammer (6 min)');
  expect(new Date(first?.start ?? 0).toISOString()).toBe('2026-12-02T09:00:00.000Z');
  expect(agendas(first?.bodyHtml)).toHaveLength(1);
  expect(first?.meeting?.joinUrl).toBe(second?.meeting?.joinUrl);
  expect(first?.meeting).toBeDefined();
  expect(second?.bodyHtml).toContain('Velkommen og rammer (5 min)');
  expect(second?.bodyHtml).not.toContain(review._id);
  expect(await rig.calendar.writeAgenda({ kind: 'app' }, saved, review)).toMatchObject({ ok: true });
  expect(rig.calls().filter((call) => call.startsWith('PATCH'))).toEqual([]);
});

test('a series gets another year, and what was moved stays where it is', async () => {
  const pair = newPair(ingrid, jonas);
  const { saved } = await goOn(pair);
  const at = (date: string) =>
    occurrenceTime(date as DateText, '10:00' as WallTime, 'Europe/Oslo' as Zone, 45);
  await rig.calendar.moveOccurrence(manager, saved, at('2026-12-02'), at('2026-12-03'));
  const app: Actor = { kind: 'app' };
  expect(await rig.calendar.extendSeries(app, saved, 24)).toMatchObject({ ok: true });
  const all = rig.graphServer.state
    .calendar(jonas.id, Date.parse('2026-11-01'), Date.parse('2029-01-01'))
    .filter(({ bodyHtml }) => bodyHtml.includes(pair._id));
  expect(all).toHaveLength(24);
  expect(new Date(all[0]?.start ?? 0).toISOString()).toBe('2026-12-03T09:00:00.000Z');
  rig.calls();
  expect(await rig.calendar.extendSeries(app, saved, 24)).toMatchObject({ ok: true });
  expect(rig.calls()).toHaveLength(1);
});

test('the directory knows reports with their zones, and who cannot be booked', async () => {
  const reports = await rig.directory.directReports(manager);
  expect(
    reports.ok && reports.value.map(({ firstName, zone, language }) => `${firstName} ${zone} ${language}`),
  ).toEqual([
    'Amina Europe/Oslo nb',
    'Bikash Asia/Katmandu nb',
    'Emily Europe/London en',
    'Jonas Europe/Oslo nb',
    'Lars Europe/Oslo nb',
    'Mikkel Europe/Oslo nb',
    'Nora Europe/Oslo nb',
    'Sofie Europe/Oslo nb',
  ]);
  expect(await rig.directory.find(manager, ingrid.id)).toEqual({ ok: true, value: ingrid });
  expect(await rig.directory.find(manager, personOf('Gjest').id)).toMatchObject({
    value: { obstacle: 'guest' },
  });
  expect(await rig.directory.find(manager, newPair(ingrid, jonas)._id as never)).toEqual({
    ok: true,
    value: undefined,
  });
  const found = await rig.directory.search(manager, 'Power');
  expect(found).toMatchObject({ ok: true, value: [{ firstName: 'Owen', zone: 'America/St_Johns' }] });
  expect(await rig.directory.search(manager, '"; drop & $filter=1')).toMatchObject({ ok: true, value: [] });
});

test('a notice reaches the feed with a deep link, and installs the app where it is missing', async () => {
  const notice = (to: string) => ({
    id: `test/${to}`,
    to: to as PairDocument['sellerId'],
    kind: 'confirm_pair' as const,
    pairId: newPair(ingrid, jonas)._id,
    target: { page: 'pair' as const, id: 'x' },
    values: { manager: 'Ingrid Solberg' },
  });
  expect(await rig.notifier.send(notice(jonas.id), 'nb')).toBe('sent');
  expect(rig.graphServer.state.activityFeed(jonas.id).at(-1)).toMatchObject({
    activityType: 'confirmPair',
    previewText: 'Bekreft at dette er lederen din, så kan dere begynne.',
    webUrl: expect.stringContaining(`https://teams.microsoft.com/l/entity/${rig.config.teamsAppId}/home`),
  });
  const sofie = personOf('Sofie');
  expect(await rig.notifier.send(notice(sofie.id), 'nb')).toBe('sent');
  expect(rig.graphServer.state.activityFeed(sofie.id)).toHaveLength(1);
});

test('where Teams may show the app to nobody, the notice becomes a private entry in the own calendar, once', async () => {
  const owen = personOf('Owen');
  rig.graphServer.setFaults({ withoutCustomApps: [owen.id] });
  const notice = {
    id: 'checkpoint_due/test',
    to: owen.id as PairDocument['sellerId'],
    kind: 'checkpoint_due' as const,
    pairId: newPair(ingrid, jonas)._id,
    target: { page: 'goal' as const, id: 'x' },
    values: {},
  };
  expect(await rig.notifier.send(notice, 'en')).toBe('gone');
  expect(rig.graphServer.state.activityFeed(owen.id)).toEqual([]);
  const at = occurrenceTime('2027-01-13' as DateText, '09:15' as WallTime, 'America/St_Johns' as Zone, 15);
  expect(await rig.notifier.remindInOutlook(notice, owen, at)).toBe('sent');
  expect(await rig.notifier.remindInOutlook(notice, owen, at)).toBe('sent');
  const start = Date.parse(at.start);
  const entries = rig.graphServer.state.calendar(owen.id, start, start + 900_000);
  expect(entries).toMatchObject([
    {
      subject: 'A checkpoint is due. It takes two minutes.',
      start,
      end: start + 900_000,
      sensitivity: 'private',
      showAs: 'free',
      attendees: [],
    },
  ]);
  // Exchange opens only the calendars of managers to the app: then there is no way left, and no fault either.
  rig.graphServer.setFaults({ withoutCustomApps: [owen.id], applicationMailboxes: [ingrid.id] });
  expect(await rig.notifier.remindInOutlook({ ...notice, id: 'another' }, owen, at)).toBe('gone');
  rig.graphServer.setFaults({});
});

test('what Entra asks of the person is answered as such', async () => {
  const scopes = ['Calendars.ReadWrite'];
  const ask = async () => rig.microsoft.token(await rig.actor('Ingrid'), scopes);
  rig.entra.setFaults({ people: { [ingrid.id]: [{ kind: 'consent_required' }] } });
  expect(await ask()).toEqual({ ok: false, refusal: { code: 'consent_required', scopes } });
  rig.entra.setFaults({ people: { [ingrid.id]: [{ kind: 'mfa' }] } });
  expect(await ask()).toMatchObject({
    refusal: { code: 'interaction_required', claims: expect.stringContaining('polids') },
  });
  rig.entra.setFaults({ everyone: [{ kind: 'outage' }] });
  expect(await ask()).toEqual({ ok: false, refusal: { code: 'microsoft_unavailable' } });
  rig.entra.clearFaults();
  expect(await ask()).toMatchObject({ ok: true });
});

test('a claims challenge of Graph itself is answered once, else handed to the person', async () => {
  rig.graphServer.setFaults(rules({ match: 'getSchedule', kind: 'claims', times: 1 }));
  const from = '2026-12-02T07:00:00.000Z' as never;
  const to = '2026-12-02T15:00:00.000Z' as never;
  expect(await rig.calendar.freeBusy(manager, [ingrid, jonas], from, to)).toMatchObject({ ok: true });
  rig.graphServer.setFaults(rules({ match: 'getSchedule', kind: 'claims' }));
  expect(await rig.calendar.freeBusy(manager, [ingrid, jonas], from, to)).toMatchObject({
    refusal: { code: 'interaction_required', claims: expect.any(String) },
  });
});

test('busy times of half a year are read in windows that Graph takes', async () => {
  const pair = newPair(ingrid, jonas);
  await goOn(pair);
  rig.calls();
  const read = await rig.calendar.freeBusy(
    manager,
    [ingrid, jonas],
    '2026-12-01T00:00:00.000Z' as never,
    '2027-05-15T00:00:00.000Z' as never,
  );
  expect(rig.calls()).toHaveLength(3);
  expect(read).toMatchObject({ ok: true, value: [{ known: true }, { known: true }] });
  expect(read.ok && read.value[1]?.busy.map(({ start }) => start)).toContain('2027-05-05T08:00:00.000Z');
});

test("Outlook's own proposals are asked for in the manager's name alone", async () => {
  const wish = {
    from: '2026-12-01T07:00:00.000Z' as never,
    to: '2026-12-18T15:00:00.000Z' as never,
    minutes: 45,
  };
  const found = await rig.calendar.findTimes(manager, jonas, wish);
  expect(rig.calls()).toEqual(['POST /me/findMeetingTimes 200']);
  expect(found.ok && found.value.length).toBeGreaterThan(10);
  expect(await rig.calendar.findTimes({ kind: 'app' }, jonas, wish)).toMatchObject({
    refusal: { code: 'consent_required' },
  });
  expect(rig.calls()).toEqual([]);
});

test('steps of a goal become tasks of whoever asks, once, and are ticked in either place', async () => {
  const seller = await rig.actor('Jonas');
  const steps = [
    {
      key: 'goal/0',
      text: 'Skrive tre spørsmål',
      dueOn: '2026-12-01' as DateText,
      zone: 'Europe/Oslo',
      done: false,
    },
    { key: 'goal/1', text: 'Øve med Amina', zone: 'Europe/Oslo', done: true },
  ];
  const target = { page: 'goal', id: 'goal' } as const;
  expect(await rig.toDo.put(seller, steps, target)).toMatchObject({ ok: true });
  expect(await rig.toDo.put(seller, steps, target)).toMatchObject({ ok: true });
  expect(rig.graphServer.state.tasks(jonas.id)).toHaveLength(2);
  expect(await rig.toDo.read(seller, ['goal/0', 'goal/1', 'goal/2'])).toEqual({
    ok: true,
    value: [false, true, undefined],
  });
});

test('twelve bookings at once never exceed the limits of Graph', async () => {
  rig.graphServer.setFaults({ latencyMs: 5 });
  const pairs = Array.from({ length: 12 }, () => newPair(ingrid, jonas));
  const outcomes = await Promise.all(pairs.map((pair) => goOn(pair)));
  expect(outcomes.every(({ outcome }) => outcome.ok)).toBe(true);
  for (const pair of pairs) expectBookedOnce(pair);
  expect(rig.graph.peak).toBeLessThanOrEqual(4);
  expect(rig.graphServer.state.highestConcurrency()).toBeLessThanOrEqual(2);
  expect(rig.calls().filter((call) => call.endsWith('429'))).toEqual([]);
});

test('the permissions asked for are those of the calls made, no more and no fewer', () => {
  rig.calls();
  const asked = [
    ...Object.keys(delegatedPermissions).map((name) => `delegated ${name}`),
    ...Object.keys(applicationPermissions).map((name) => `application ${name}`),
  ];
  // A call names all that would let it through: `delegated A|B`.
  const calls = rig.permissions().map((line) => {
    const [kind = '', names = ''] = line.split(' ');
    return names.split('|').map((name) => `${kind} ${name}`);
  });
  expect(calls.filter((allowing) => !asked.some((one) => allowing.includes(one)))).toEqual([]);
  expect(asked.filter((one) => !calls.some((allowing) => allowing.includes(one)))).toEqual([]);
});
