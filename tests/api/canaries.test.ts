// Words that only their author may read, or that the other may read only once the answers are open, against every
// answer that the service gives: each GET of the contract, whoever writes the next one.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract, type RouteName } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import { people } from '../../sandbox/people.ts';
import { joinAs } from '../live/typist.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { duringReview, fillForm, sign } from './sealed.ts';

let round: Round;
let booked: Booked;
let ingrid: Actor;
let jonas: Actor;
const logged: string[] = [];
beforeAll(async () => {
  round = await startRound();
  round.sandbox.backend.onLog((entry) => logged.push(JSON.stringify(entry)));
  booked = await round.bookAndConfirm('Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
});
afterAll(() => round?.close());

const open = (word: string) => `OPEN-${word}`;
const closed = (word: string) => `CLOSED-${word}`;

/** Every GET that needs no more than a review, a pair or nothing. */
function readable(): RouteName[] {
  return (Object.entries(contract) as [RouteName, Route][])
    .filter(([, { method, access, path }]) => {
      const needed = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      return method === 'GET' && access !== 'open' && needed.every((name) => name in booked);
    })
    .map(([name]) => name);
}

async function readEverything(actor: Actor): Promise<string> {
  const from = actor.heard.length;
  for (const name of readable()) {
    const answer = await actor.send(name, { params: booked } as never);
    expect(answer.status, `${actor.name} reads ${name}: ${answer.text}`).toBeLessThan(500);
  }
  return actor.heard.slice(from).join('\n');
}

function wordsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/(OPEN|CLOSED)-[\w-]+/g)].map(([word]) => word))].sort();
}

/** Six answers, so that both can be ready; some marked, some not, some that never may be shown. */
async function prepare(actor: Actor, marked: string[], unmarked: string[], never: string[]): Promise<void> {
  const params = { reviewId: booked.reviewId };
  const { mine } = await actor.ok('getReview', { params });
  const answers = Object.fromEntries([
    ...marked.map((key) => [key, { text: open(key), ready: true }]),
    ...unmarked.map((key) => [key, { text: closed(key), ready: false }]),
    ...never.map((key) => [key, { text: closed(key), ready: true }]),
  ]);
  const ratings = {
    closing: { value: 2, example: open(`${actor.name}-closing`), ready: true },
    discovery: { value: 4, example: closed(`${actor.name}-discovery`), ready: false },
  };
  const placed = { under: 'strength' } as const;
  const evidence = {
    '01940000-0000-7000-8000-000000000001': {
      ...{ kind: 'figure', label: open(`${actor.name}-figure`), value: '8', ready: true },
      ...placed,
    },
    '01940000-0000-7000-8000-000000000002': {
      ...{ kind: 'quote', text: closed(`${actor.name}-quote`), customer: '', ready: false },
      ...placed,
    },
  };
  const body = { rev: mine.rev, answers, ratings, evidence };
  await actor.ok('savePreparation', { params, body: body as never });
  const notes = { rev: 0, text: closed(`${actor.name}-notes`) };
  await actor.ok('saveNotes', { params, body: notes });
  const key = actor === ingrid ? 'r_next' : 'p_note';
  const reflection = { rev: 0, answers: { [key]: closed(`${actor.name}-reflection`) } };
  await actor.ok('saveReflection', { params, body: reflection });
}

test('reads are many enough to mean something', () => {
  expect(readable()).toEqual(
    expect.arrayContaining(['getReview', 'readLive', 'previewRecord', 'growth', 'home', 'readNotes']),
  );
});

test('before the answers open, the other hears nothing of them', async () => {
  await prepare(
    ingrid,
    ['mp_stage', 'mp_strength'],
    ['mp_last', 'mm_state'],
    ['mp_outcome', 'mm_style', 'mm_message'],
  );
  await prepare(jonas, ['sp_wish', 'sp_proud', 'sm_energy'], ['sp_need', 'sm_mind', 'sm_manager'], []);
  // With the focus chosen in the form, a record's preview would carry the ratings.
  const typist = await joinAs(jonas, booked.reviewId);
  await typist.read();
  await typist.write((doc) => {
    doc.getMap('choices').set('focus.0', 'closing');
    doc.getMap('choices').set('focus.1', 'discovery');
  });
  const heard = { ingrid: await readEverything(ingrid), jonas: await readEverything(jonas) };
  expect(wordsIn(heard.jonas).filter((word) => /m[pm]_|Ingrid/.test(word))).toEqual([]);
  expect(wordsIn(heard.ingrid).filter((word) => /s[pm]_|Jonas/.test(word))).toEqual([]);
  // Each reads all of their own, or the test would prove nothing.
  expect(wordsIn(heard.jonas)).toEqual(
    expect.arrayContaining([closed('sm_mind'), closed('Jonas-notes'), closed('Jonas-quote')]),
  );
  expect(wordsIn(heard.ingrid)).toEqual(
    expect.arrayContaining([closed('mm_message'), closed('Ingrid-notes')]),
  );
});

test('once both are ready, the other hears what is marked and may be shared, and no more', async () => {
  const request = { params: { reviewId: booked.reviewId }, body: { ready: true } };
  await ingrid.ok('setReady', request);
  await jonas.ok('setReady', request);
  const heard = { ingrid: await readEverything(ingrid), jonas: await readEverything(jonas) };
  expect(wordsIn(heard.jonas).filter((word) => /m[pm]_|Ingrid/.test(word))).toEqual([
    open('Ingrid-closing'),
    open('Ingrid-figure'),
    open('mp_stage'),
    open('mp_strength'),
  ]);
  expect(wordsIn(heard.ingrid).filter((word) => /s[pm]_|Jonas/.test(word))).toEqual([
    open('Jonas-closing'),
    open('Jonas-figure'),
    open('sm_energy'),
    open('sp_proud'),
    open('sp_wish'),
  ]);
});

test('in the review, at the signing and in the month after it, what is private stays with its author', async () => {
  await round.sandbox.moveClock(duringReview);
  await fillForm(ingrid, jonas, booked);
  await sign(ingrid, booked);
  const recordId = await sign(jonas, booked, open('disagreement'));
  await round.sandbox.processAll();
  for (const actor of [ingrid, jonas]) {
    const params = { reviewId: booked.reviewId };
    const notes = await actor.ok('readNotes', { params });
    await actor.ok('saveNotes', {
      params,
      body: { ...notes, text: `${notes.text} ${closed(`${actor.name}-after`)}` },
    });
    const words = { situation: open(`${actor.name}-situation`), behaviour: 'Spurte', impact: 'Ro' };
    await actor.ok('addMoment', { params: booked, body: { id: randomUUID(), ...words } });
  }
  await round.sandbox.moveClock('2027-02-04T09:00:00.000Z');
  await round.sandbox.backend.runTimer('daily');
  Object.assign(booked, { recordId });
  expect(readable()).toEqual(expect.arrayContaining(['readRecord', 'recordJson', 'recordPdf']));
  const heard = { ingrid: await readEverything(ingrid), jonas: await readEverything(jonas) };
  const foreign = { ingrid: /CLOSED-(s[pm]_|Jonas)/, jonas: /CLOSED-(m[pm]_|Ingrid)/ };
  expect(wordsIn(heard.jonas).filter((word) => foreign.jonas.test(word))).toEqual([]);
  expect(wordsIn(heard.ingrid).filter((word) => foreign.ingrid.test(word))).toEqual([]);
  // What both may read is there, and each still has what is their own.
  for (const text of [heard.ingrid, heard.jonas]) {
    expect(wordsIn(text)).toEqual(
      expect.arrayContaining([open('disagreement'), open('Ingrid-situation'), open('Jonas-situation')]),
    );
  }
  expect(wordsIn(heard.jonas)).toContain(closed('Jonas-after'));
  expect(wordsIn(heard.ingrid)).toContain(closed('Ingrid-after'));
});

test('strangers, administrators included, hear nothing at all', async () => {
  for (const name of ['Amina', 'Henrik', 'Turid', 'Kari']) {
    expect(wordsIn(await readEverything(round.as(name))), name).toEqual([]);
  }
});

test('no word stands in the log, nor in anything that was sent to Microsoft 365', async () => {
  await round.sandbox.processAll();
  expect(logged.length).toBeGreaterThan(0);
  expect(wordsIn(logged.join())).toEqual([]);
  expect(wordsIn(JSON.stringify(round.sandbox.graphServer.exchanges()))).toEqual([]);
  // What lies in the mailboxes, the feeds and the calendars of everybody, however it came there.
  const { state } = round.sandbox.graphServer;
  const years = [Date.parse('2026-01-01'), Date.parse('2029-01-01')] as const;
  const lying = people.map(({ id }) => [
    state.mails(id),
    state.activityFeed(id),
    state.calendar(id, ...years),
  ]);
  expect(JSON.stringify(lying)).toContain('Utviklingssamtale');
  expect(wordsIn(JSON.stringify(lying))).toEqual([]);
});
