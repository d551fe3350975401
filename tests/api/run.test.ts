import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type * as Y from 'yjs';
import { textRootNames } from '../../domain/run/form.ts';
import { joinAs } from '../live/typist.ts';
import type { Actor, Answer } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';

let round: Round;
let booked: Booked;
let ingrid: Actor;
let jonas: Actor;
beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
});
afterAll(() => round?.close());

const params = () => ({ reviewId: booked.reviewId });
const note = (text: string) => (doc: Y.Doc) => doc.getText('note.numbers').insert(0, text);
const summary = (text: string) => (doc: Y.Doc) => doc.getText('summary').insert(0, text);

/** An update that strikes a character in `ranges` ranges, as nobody's typing does. */
function deletesOf(client: number, ranges: number): Uint8Array {
  const bytes: number[] = [];
  const number = (value: number) => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128));
    bytes.push(rest);
  };
  // No structs; one client, its ranges as clock and length.
  for (const value of [0, 1, client, ranges]) number(value);
  for (let range = 0; range < ranges; range++) for (const value of [0, 1]) number(value);
  return Uint8Array.from(bytes);
}

/** What a listener hears at an address, until it is closed. */
async function listen(url: string): Promise<{ heard: unknown[]; socket: WebSocket; close(): void }> {
  const heard: unknown[] = [];
  const socket = new WebSocket(url, 'json.webpubsub.azure.v1');
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { heard, socket, close: () => socket.terminate() };
}

test('strangers, people without a token and pairs that are not confirmed have no form', async () => {
  const waiting = await round.book('Mikkel');
  const callsOf = (reviewId: Booked['reviewId']) => {
    const at = { reviewId };
    const body = { clientId: 1, updateId: randomUUID(), update: 'AAA=' };
    const confirmation = { hash: '0'.repeat(64), confirmed: true, confidence: 8 };
    return [
      ['startReview', { params: at }],
      ['joinLive', { params: at, query: {} }],
      ['readLive', { params: at, query: {} }],
      ['writeLive', { params: at, body }],
      ['showPresence', { params: at, body: { field: 'summary' } }],
      ['confirmGoal', { params: { ...at, slot: 'short.0' }, body: confirmation }],
      ['readConfirmations', { params: at }],
    ] as const;
  };
  for (const [name, request] of callsOf(booked.reviewId)) {
    for (const stranger of ['Amina', 'Henrik', 'Turid']) {
      await round.as(stranger).refused(name, request as never, 'not_found');
    }
    await round.as('nobody').refused(name, request as never, 'not_signed_in');
  }
  for (const [name, request] of callsOf(waiting.reviewId)) {
    for (const person of ['Ingrid', 'Mikkel']) {
      await round.as(person).refused(name, request as never, 'not_confirmed');
    }
  }
});

describe('the shared form', () => {
  test('both write at once and each reads the other’s words', async () => {
    const [a, b] = await Promise.all([joinAs(ingrid, booked.reviewId), joinAs(jonas, booked.reviewId)]);
    expect(a.clientId).not.toBe(b.clientId);
    await Promise.all([a.write(summary('fra Ingrid ')), b.write(summary('fra Jonas '))]);
    await Promise.all([a.read(), b.read()]);
    expect(a.form().summary).toBe(b.form().summary);
    expect(a.form().summary).toContain('fra Ingrid ');
    expect(a.form().summary).toContain('fra Jonas ');
  });

  test('a listener hears a number after the write, and never a word', async () => {
    const typist = await joinAs(ingrid, booked.reviewId);
    const listener = await listen((await joinAs(jonas, booked.reviewId)).listenUrl);
    const seq = await typist.write(summary('HVISKET '));
    await expect.poll(() => JSON.stringify(listener.heard)).toContain(`"seq":${seq}`);
    expect(JSON.stringify(listener.heard)).not.toContain('HVISKET');
    // A listener can only listen.
    listener.socket.send(
      JSON.stringify({
        type: 'sendToGroup',
        group: typist.group,
        data: 'forged',
        dataType: 'text',
        ackId: 1,
      }),
    );
    await expect.poll(() => JSON.stringify(listener.heard)).toContain('Forbidden');
    listener.close();
  });

  test('a tab that renews its address keeps its client id; another person cannot have it', async () => {
    const { clientId } = await joinAs(ingrid, booked.reviewId);
    const again = await ingrid.ok('joinLive', { params: params(), query: { clientId } });
    expect(again.clientId).toBe(clientId);
    const other = await jonas.ok('joinLive', { params: params(), query: { clientId } });
    expect(other.clientId).not.toBe(clientId);
  });

  test('the same update twice is one, and is answered as the first was', async () => {
    const typist = await joinAs(jonas, booked.reviewId);
    await typist.read();
    const body = typist.body(typist.change(summary('EN-GANG ')));
    const answers = await Promise.all([1, 2, 3].map(() => jonas.ok('writeLive', { params: params(), body })));
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(1);
    await typist.read();
    expect(typist.form().summary.split('EN-GANG ')).toHaveLength(2);
  });

  test('a newcomer reads everything, and one who is up to date reads nothing', async () => {
    const typist = await joinAs(ingrid, booked.reviewId);
    await typist.read();
    const newcomer = await joinAs(jonas, booked.reviewId);
    await newcomer.read();
    expect(newcomer.form()).toEqual(typist.form());
    const { seq } = await ingrid.ok('readLive', { params: params(), query: {} });
    expect(await ingrid.ok('readLive', { params: params(), query: { since: seq } })).toEqual({
      seq,
      updates: [],
      state: 'open',
      presence: [],
    });
  });

  test('a refused update changes nothing', async () => {
    const [a, b] = [await joinAs(ingrid, booked.reviewId), await joinAs(jonas, booked.reviewId)];
    await Promise.all([a.read(), b.read()]);
    const before = await ingrid.ok('readLive', { params: params(), query: {} });
    const base64 = (bytes: number[]) => Buffer.from(bytes).toString('base64');
    const forged = { ...b.body(a.change(summary('forfalsket'))) };
    expect(await jonas.refused('writeLive', { params: params(), body: forged }, 'bad_update')).toMatchObject({
      because: 'foreign_client',
    });
    const borrowed = a.body(a.change(summary('lånt')));
    await jonas.refused('writeLive', { params: params(), body: borrowed }, 'bad_update');
    const hostile = {
      malformed: base64([255, 255, 255, 255]),
      unknown_root: b.change((doc) => doc.getText('elsewhere').insert(0, 'x')),
    };
    for (const [because, update] of Object.entries(hostile)) {
      const problem = await jonas.refused(
        'writeLive',
        { params: params(), body: b.body(update) },
        'bad_update',
      );
      expect(problem.because).toBe(because);
    }
    const long = await joinAs(jonas, booked.reviewId);
    await long.read();
    const tooLong = long.body(long.change(summary('x'.repeat(10_001))));
    const problem = await jonas.refused('writeLive', { params: params(), body: tooLong }, 'bad_update');
    expect(problem.because).toBe('field_too_long');
    const tooLarge = b.body(base64(new Array(257 * 1024).fill(1)));
    expect(await jonas.refused('writeLive', { params: params(), body: tooLarge }, 'too_large')).toMatchObject(
      {
        limit: 256 * 1024,
      },
    );
    for (const body of [{}, { clientId: b.clientId, updateId: 'x', update: 'AAA=' }, 'not json']) {
      await jonas.refused('writeLive', { params: params(), body: body as never }, 'invalid_input');
    }
    expect(await ingrid.ok('readLive', { params: params(), query: {} })).toEqual(before);
  });

  test('a huge delete set, a gap and a form of more than a megabyte change nothing', async () => {
    const { reviewId } = await round.bookAndConfirm('Sofie');
    const at = { params: { reviewId } };
    const sofie = round.as('Sofie');
    const [a, b] = [await joinAs(ingrid, reviewId), await joinAs(sofie, reviewId)];
    await a.write(summary('ærlige ord'));
    await b.read();
    const refusedFor = async (update: string) =>
      (await sofie.refused('writeLive', { ...at, body: b.body(update) }, 'bad_update')).because;
    const before = await ingrid.ok('readLive', { ...at, query: {} });

    expect(await refusedFor(Buffer.from(deletesOf(a.clientId, 10_001)).toString('base64'))).toBe(
      'delete_set_too_large',
    );
    const lost = await joinAs(sofie, reviewId);
    lost.change(note('kom aldri fram'));
    const gap = lost.body(lost.change(note('bygger på det')));
    const pending = await sofie.refused('writeLive', { ...at, body: gap }, 'bad_update');
    expect(pending.because).toBe('pending');
    expect(await ingrid.ok('readLive', { ...at, query: {} })).toEqual(before);

    // Three bytes a character, ten thousand a field: the thirty-fifth is one too many for the form.
    const fields = [...textRootNames].filter((name) => name !== 'summary');
    let full: unknown;
    for (const name of fields) {
      const body = b.body(b.change((doc) => doc.getText(name).insert(0, '€'.repeat(10_000))));
      const { status, text } = await sofie.send('writeLive', { ...at, body });
      if (status === 200) continue;
      full = JSON.parse(text);
      break;
    }
    expect(full).toMatchObject({ code: 'bad_update', because: 'form_too_large' });
    const reader = await joinAs(ingrid, reviewId);
    await reader.read();
    expect(reader.form().summary).toBe('ærlige ord');
    const written = fields.filter((name) => reader.doc.getText(name).length === 10_000);
    expect(written.length).toBe(34);
    // Striking makes room again.
    await reader.write((doc) => doc.getText(written[0] ?? '').delete(0, 10_000));
  });

  test('a flood is slowed down, and nothing acknowledged is lost', async () => {
    const typist = await joinAs(jonas, booked.reviewId);
    await typist.read();
    const { seq: before } = await jonas.ok('readLive', { params: params(), query: {} });
    const answers: Answer[] = [];
    // A slow machine lets more through before it is too fast, so it goes on until it is.
    while (!answers.some(({ status }) => status === 429) && answers.length < 3000) {
      const bodies = Array.from({ length: 100 }, (_, index) => typist.body(typist.change(note(`${index} `))));
      const burst = bodies.map((body) => jonas.send('writeLive', { params: params(), body }));
      answers.push(...(await Promise.all(burst)));
    }
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed.length).toBeGreaterThan(0);
    expect(slowed.every(({ retryAfter }) => retryAfter >= 1)).toBe(true);
    // Those that lean on a refused one are refused as pending; those that were answered with a number stand.
    const stored = answers.filter(({ status }) => status === 200);
    const { seq } = await ingrid.ok('readLive', { params: params(), query: {} });
    expect(seq - before).toBe(stored.length);
  });

  test('the other sees where one writes, and it is kept nowhere', async () => {
    const presence = async () => (await ingrid.ok('readLive', { params: params(), query: {} })).presence;
    const listener = await listen((await joinAs(ingrid, booked.reviewId)).listenUrl);
    await jonas.ok('showPresence', { params: params(), body: { field: 'note.goals', seen: 3 } });
    // In the bell, so that it does not matter which process was told.
    const bell = '"presence":[{"side":"seller","field":"note.goals","seen":3}]';
    await expect.poll(() => JSON.stringify(listener.heard)).toContain(bell);
    listener.close();
    expect(await presence()).toMatchObject([{ side: 'seller', field: 'note.goals' }]);
    await jonas.ok('showPresence', { params: params(), body: { field: '' } });
    expect(await presence()).toEqual([]);
    await jonas.refused(
      'showPresence',
      { params: params(), body: { field: 'x'.repeat(81) } },
      'invalid_input',
    );
  });

  test('what was acknowledged stands after kill -9', async () => {
    const typist = await joinAs(jonas, booked.reviewId);
    await typist.read();
    await typist.write(summary('FØR-DREPT '));
    await round.sandbox.kill();
    await typist.write(summary('ETTER-DREPT '));
    const newcomer = await joinAs(ingrid, booked.reviewId);
    await newcomer.read();
    expect(newcomer.form().summary).toMatch(/^ETTER-DREPT FØR-DREPT /);
  });
});

describe('goals', () => {
  const slot = 'short.0';
  const goal = (doc: Y.Doc) => {
    doc.getText('goal.short.0.text').insert(0, 'Oppsummere behovet med kundens egne ord i hvert første møte');
    doc.getText('goal.short.0.measure').insert(0, 'Åtte av ti møtenotater');
    doc.getText('goal.short.0.action.0').insert(0, 'Skrive tre spørsmål');
    doc.getText('goal.short.0.action.1').insert(0, 'Øve med Amina');
    const choices = doc.getMap('choices');
    choices.set('goal.short.0.stage', 'discovery');
    choices.set('goal.short.0.kind', 'learning');
    choices.set('goal.short.0.dueOn', '2027-02-05');
    choices.set('goal.short.0.doer', 'seller');
    choices.set('goal.short.0.follower', 'manager');
    choices.set('goal.short.0.action.0.dueOn', '2027-01-08');
  };
  const body = (hash: string, more = {}) => ({ hash, confirmed: true, confidence: 8, ...more });

  test('count when both have confirmed the same words, and a changed word asks both again', async () => {
    const typist = await joinAs(jonas, booked.reviewId);
    await typist.read();
    const at = { ...params(), slot };
    const empty = typist.hashOf(slot);
    const incomplete = await ingrid.refused(
      'confirmGoal',
      { params: at, body: body(empty) },
      'goal_incomplete',
    );
    expect(incomplete.missing).toEqual(expect.arrayContaining(['text_too_short', 'stage', 'due_date']));

    await typist.write(goal);
    const hash = typist.hashOf(slot);
    await ingrid.refused('confirmGoal', { params: at, body: body(empty) }, 'goal_changed');
    const byManager = await ingrid.ok('confirmGoal', {
      params: at,
      body: body(hash, { attractive: 'not asked' }),
    });
    expect(byManager.confirmations[slot]?.manager).toMatchObject({ hash, confidence: 8 });
    expect(byManager.confirmations[slot]?.manager?.attractive).toBeUndefined();
    const reason = await jonas.refused('confirmGoal', { params: at, body: body(hash) }, 'goal_incomplete');
    expect(reason.missing).toEqual(['attractive']);
    await jonas.ok('confirmGoal', { params: at, body: body(hash, { attractive: 'Jeg vil lytte bedre' }) });
    const both = (await ingrid.ok('readConfirmations', { params: params() })).confirmations[slot];
    expect(Object.keys(both ?? {}).sort()).toEqual(['manager', 'seller']);

    await typist.write((doc) => doc.getText('goal.short.0.measure').insert(0, 'Minst '));
    expect((await ingrid.ok('readConfirmations', { params: params() })).confirmations[slot]).toEqual({});
    await jonas.refused('confirmGoal', { params: at, body: body(hash, { attractive: 'x' }) }, 'goal_changed');
  });

  test('a confirmation can be taken back, and a slot that is none is not found', async () => {
    const typist = await joinAs(jonas, booked.reviewId);
    await typist.read();
    const hash = typist.hashOf(slot);
    const at = { ...params(), slot };
    await ingrid.ok('confirmGoal', { params: at, body: body(hash) });
    const taken = await ingrid.ok('confirmGoal', { params: at, body: body(hash, { confirmed: false }) });
    expect(taken.confirmations[slot]?.manager).toBeUndefined();
    const nowhere = { ...params(), slot: 'short.3' };
    await ingrid.refused('confirmGoal', { params: nowhere, body: body(hash) }, 'not_found');
    await ingrid.refused(
      'confirmGoal',
      { params: at, body: body(hash, { confidence: 11 }) },
      'invalid_input',
    );
  });
});

describe('private notes', () => {
  test('are their author’s alone, by revision', async () => {
    const saved = await ingrid.ok('saveNotes', {
      params: params(),
      body: { rev: 0, text: 'LEDERENS NOTAT' },
    });
    expect(saved).toEqual({ rev: 1, text: 'LEDERENS NOTAT' });
    expect(
      await ingrid.ok('saveNotes', { params: params(), body: { rev: 0, text: 'LEDERENS NOTAT' } }),
    ).toEqual(saved);
    await ingrid.refused('saveNotes', { params: params(), body: { rev: 0, text: 'annet' } }, 'stale');
    expect(await ingrid.ok('readNotes', { params: params() })).toEqual(saved);
    expect(await jonas.ok('readNotes', { params: params() })).toEqual({ rev: 0, text: '' });
    await jonas.ok('saveNotes', { params: params(), body: { rev: 0, text: 'SELGERENS NOTAT' } });
    for (const name of ['Amina', 'Henrik', 'Turid']) {
      await round.as(name).refused('readNotes', { params: params() }, 'not_found');
      await round
        .as(name)
        .refused('saveNotes', { params: params(), body: { rev: 0, text: 'x' } }, 'not_found');
    }
    const tooLong = { rev: 1, text: 'x'.repeat(10_001) };
    await ingrid.refused('saveNotes', { params: params(), body: tooLong }, 'invalid_input');
    expect(jonas.heard.join()).not.toContain('LEDERENS');
    expect(ingrid.heard.join()).not.toContain('SELGERENS');
  });
});

test('who has lost the right to a form hears no more of it', async () => {
  const { pairId, reviewId } = await round.bookAndConfirm('Nora');
  const nora = round.as('Nora');
  const manager = await listen((await joinAs(ingrid, reviewId)).listenUrl);
  const seller = await listen((await joinAs(nora, reviewId)).listenUrl);
  const ends = new Promise((resolve) => manager.socket.once('close', resolve));
  await ingrid.ok('undoBooking', { params: { pairId } });
  await round.sandbox.processAll();
  await ends;
  await ingrid.refused('joinLive', { params: { reviewId }, query: {} }, 'not_found');
  expect(seller.socket.readyState).toBe(WebSocket.OPEN);
  manager.close();
  seller.close();
});

// Last: it moves the clock for everybody.
describe('the meeting', () => {
  test('can be opened a quarter of an hour early, by either, once', async () => {
    const { reviewId } = await round.bookAndConfirm('Amina');
    const at = { params: { reviewId } };
    const amina = round.as('Amina');
    const { mine } = await ingrid.ok('getReview', at);
    await ingrid.ok('savePreparation', {
      ...at,
      body: { rev: mine.rev, answers: { mp_stage: { text: 'vist', ready: true } }, ratings: {} },
    });
    await round.sandbox.moveClock('2027-01-06T08:44:00.000Z');
    expect(await amina.refused('startReview', at, 'too_early')).toMatchObject({
      startsAt: '2027-01-06T08:45:00.000Z',
    });
    await round.sandbox.moveClock('2027-01-06T08:46:00.000Z');
    const started = await amina.ok('startReview', at);
    expect(started).toMatchObject({ state: 'running', phase: 'during' });
    expect(started.others?.answers).toEqual({ mp_stage: { text: 'vist', ready: true } });
    const again = await ingrid.ok('startReview', at);
    expect(again.startedAt).toBe(started.startedAt);
  });
});
