import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageKeys } from '../../domain/prepare/stages.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, reviewStart, startRound } from './round.ts';
import { fillForm, sign } from './sealed.ts';

let round: Round;
beforeAll(async () => {
  round = await startRound();
});
afterAll(() => round?.close());

type Answers = Record<string, { text: string; ready: boolean }>;
const sellerAnswers = (ready: boolean): Answers =>
  Object.fromEntries(
    ['sp_wish', 'sp_proud', 'sp_stage', 'sm_mind', 'sm_energy', 'sm_feedback'].map((key) => [
      key,
      { text: `seller ${key}`, ready },
    ]),
  );
const managerAnswers = (ready: boolean): Answers =>
  Object.fromEntries(
    ['mp_outcome', 'mp_stage', 'mp_strength', 'mm_state', 'mm_style', 'mm_message'].map((key) => [
      key,
      { text: `manager ${key}`, ready },
    ]),
  );

async function save(actor: Actor, { reviewId }: Booked, answers: Answers, ratings = {}) {
  const { mine } = await actor.ok('getReview', { params: { reviewId } });
  return actor.ok('savePreparation', { params: { reviewId }, body: { rev: mine.rev, answers, ratings } });
}

describe('before the seller has confirmed', () => {
  test('neither reads or writes a word, and both see the dates', async () => {
    const { pairId, reviewId } = await round.book('Mikkel');
    const params = { reviewId };
    for (const actor of [round.as('Ingrid'), round.as('Mikkel')]) {
      await actor.refused('getReview', { params }, 'not_confirmed');
      await actor.refused('setReady', { params, body: { ready: true } }, 'not_confirmed');
      const body = { rev: 0, answers: {}, ratings: {} };
      await actor.refused('savePreparation', { params, body }, 'not_confirmed');
      const { reviews } = await actor.ok('listReviews', { params: { pairId } });
      expect(reviews.map(({ month, phase, state }) => ({ month, phase, state }))).toContainEqual({
        month: '2027-01',
        phase: 'before',
        state: 'planned',
      });
    }
  });
});

describe('the preparation of a pair', () => {
  let booked: Booked;
  beforeAll(async () => {
    booked = await round.bookAndConfirm('Jonas');
  });

  test('is kept as it is typed, by revision', async () => {
    const jonas = round.as('Jonas');
    const params = { reviewId: booked.reviewId };
    const first = await jonas.ok('getReview', { params });
    expect(first).toMatchObject({ side: 'seller', first: true, phase: 'before', ratedStages: stageKeys });
    expect(first.mine).toEqual({ rev: 0, answers: {}, ratings: {} });
    expect(first.others).toBeUndefined();

    const body = { rev: 0, answers: { sp_wish: { text: 'Mer øving', ready: true } }, ratings: {} };
    const saved = await jonas.ok('savePreparation', { params, body });
    expect(saved.part.rev).toBe(1);
    expect(saved.readiness.seller).toEqual({ practical: 1, mental: 0, ready: false });
    expect(await jonas.ok('savePreparation', { params, body }), 'the same save again').toEqual(saved);
    const other = { ...body, answers: { sp_wish: { text: 'Fra et annet vindu', ready: true } } };
    expect(await jonas.refused('savePreparation', { params, body: other }, 'stale')).toMatchObject({
      currentVersion: 1,
    });
    expect((await jonas.ok('getReview', { params })).mine.answers).toEqual(body.answers);
  });

  test.each([
    ['an unknown question', { rev: 1, answers: { sp_secret: { text: 'x', ready: true } }, ratings: {} }],
    [
      'a question of the other side',
      { rev: 1, answers: { mp_last: { text: 'x', ready: true } }, ratings: {} },
    ],
    [
      'too long a text',
      { rev: 1, answers: { sp_wish: { text: 'x'.repeat(10_001), ready: true } }, ratings: {} },
    ],
    ['a sixth level', { rev: 1, answers: {}, ratings: { closing: { value: 6, example: 'x', ready: true } } }],
    [
      'an unknown stage',
      { rev: 1, answers: {}, ratings: { cooking: { value: 1, example: 'x', ready: true } } },
    ],
    ['no revision', { answers: {}, ratings: {} }],
    ['a date it was ready', { rev: 1, answers: [], ratings: {}, readyAt: reviewStart }],
  ])('refuses %s and keeps what was', async (_name, body) => {
    const jonas = round.as('Jonas');
    const params = { reviewId: booked.reviewId };
    const before = await jonas.ok('getReview', { params });
    await jonas.refused('savePreparation', { params, body: body as never }, 'invalid_input');
    expect((await jonas.ok('getReview', { params })).mine).toEqual(before.mine);
  });

  test('is nobody else’s: to them it does not exist', async () => {
    const params = { reviewId: booked.reviewId };
    for (const name of ['Amina', 'Henrik', 'Turid', 'Kari']) {
      const stranger = round.as(name);
      await stranger.refused('getReview', { params }, 'not_found');
      await stranger.refused('setReady', { params, body: { ready: true } }, 'not_found');
      const body = { rev: 1, answers: {}, ratings: {} };
      await stranger.refused('savePreparation', { params, body }, 'not_found');
      await stranger.refused('listReviews', { params: { pairId: booked.pairId } }, 'not_found');
    }
    await round.as('nobody').refused('getReview', { params }, 'not_signed_in');
    await round
      .as('Jonas')
      .refused('getReview', { params: { reviewId: booked.pairId as never } }, 'not_found');
    await round.as('Jonas').refused('getReview', { params: { reviewId: 'one' } }, 'invalid_input');
  });

  test('both write at once and neither overwrites the other', async () => {
    const [ingrid, jonas] = [round.as('Ingrid'), round.as('Jonas')];
    const write = async (actor: Actor, key: string) => {
      for (let turn = 0; turn < 10; turn++)
        await save(actor, booked, { [key]: { text: `${turn}`, ready: true } });
    };
    await Promise.all([write(ingrid, 'mp_stage'), write(jonas, 'sp_wish')]);
    const params = { reviewId: booked.reviewId };
    expect((await ingrid.ok('getReview', { params })).mine.answers).toEqual({
      mp_stage: { text: '9', ready: true },
    });
    expect((await jonas.ok('getReview', { params })).mine.answers).toEqual({
      sp_wish: { text: '9', ready: true },
    });
  });

  test('the reaction that is hardest to meet is kept nowhere', async () => {
    const ingrid = round.as('Ingrid');
    const saved = await save(ingrid, booked, { mm_reaction: { text: 'REAKSJON', ready: false } });
    expect(saved.part.answers).toEqual({});
    expect(
      JSON.stringify(await ingrid.ok('getReview', { params: { reviewId: booked.reviewId } })),
    ).not.toContain('REAKSJON');
  });
});

describe('readiness and the opening of the answers', () => {
  test('needs three answers in each half', async () => {
    const booked = await round.bookAndConfirm('Amina');
    const amina = round.as('Amina');
    await save(amina, booked, { sp_wish: { text: 'x', ready: true }, sm_mind: { text: 'y', ready: false } });
    const params = { reviewId: booked.reviewId };
    const problem = await amina.refused('setReady', { params, body: { ready: true } }, 'not_ready');
    expect(problem.missing).toEqual({ practical: 2, mental: 2 });
    expect((await amina.ok('getReview', { params })).readiness.seller.ready).toBe(false);
  });

  test('opens to both at once when both are ready, only what is marked and may be shared', async () => {
    const booked = await round.bookAndConfirm('Lars');
    const params = { reviewId: booked.reviewId };
    const [ingrid, lars] = [round.as('Ingrid'), round.as('Lars')];
    const rating = (ready: boolean, example: string) => ({ value: 3, example, ready });
    await save(
      lars,
      booked,
      { ...sellerAnswers(true), sm_mind: { text: 'HARD TO SAY', ready: false } },
      { closing: rating(true, 'Fjord'), discovery: rating(false, 'NOT MARKED') },
    );
    await save(ingrid, booked, managerAnswers(true), { closing: rating(true, 'Vik') });

    await lars.ok('setReady', { params, body: { ready: true } });
    const waiting = await lars.ok('setReady', { params, body: { ready: true } });
    expect(waiting.readiness.seller.ready).toBe(true);
    expect(waiting.others).toBeUndefined();
    expect((await lars.ok('setReady', { params, body: { ready: false } })).readiness.seller.ready).toBe(
      false,
    );
    await lars.ok('setReady', { params, body: { ready: true } });
    expect((await ingrid.ok('getReview', { params })).others).toBeUndefined();
    expect(lars.heard.join()).not.toContain('manager m');
    expect(ingrid.heard.join()).not.toContain('seller s');

    const opened = await ingrid.ok('setReady', { params, body: { ready: true } });

    expect(opened.revealedAt).toBeDefined();
    expect(Object.keys(opened.others?.answers ?? {})).toEqual([
      'sp_wish',
      'sp_proud',
      'sp_stage',
      'sm_energy',
      'sm_feedback',
    ]);
    expect(opened.others?.ratings).toEqual({ closing: rating(true, 'Fjord') });
    const seen = await lars.ok('getReview', { params });
    expect(seen.others?.answers).toEqual({
      mp_stage: { text: 'manager mp_stage', ready: true },
      mp_strength: { text: 'manager mp_strength', ready: true },
    });
    const kept = await lars.ok('setReady', { params, body: { ready: false } });
    expect(kept.readiness.seller.ready, 'what is open cannot be closed').toBe(true);

    expect(ingrid.heard.join()).not.toMatch(/HARD TO SAY|NOT MARKED/);
    expect(lars.heard.join()).not.toMatch(/manager (mp_outcome|mm_)/);

    // The one who waited is told in the activity feed, once, without a word of the answers.
    await round.sandbox.processAll();
    const notices = round.sandbox.graphServer
      .exchanges()
      .filter(({ url, status }) => url.endsWith('/sendActivityNotification') && status < 300)
      .map((exchange) => JSON.stringify(exchange))
      .filter((text) => text.includes('bothReady'));
    expect(notices).toHaveLength(1);
    expect(notices.join()).not.toMatch(/seller s|manager m/);
  });
});

describe('the evidence tray', () => {
  const idOf = (number: number) => `01940000-0000-7000-8000-00000000000${number}`;
  const placed = { under: 'strength', ready: true } as const;
  const figure = (value: string) => ({ kind: 'figure', label: 'Vunnet', value, ...placed }) as const;
  const tray = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, number) => [idOf(number), figure(`${number}`)]));
  let booked: Booked;
  let ingrid: Actor;
  let mikkel: Actor;
  beforeAll(async () => {
    [ingrid, mikkel] = [round.as('Ingrid'), round.as('Mikkel')];
    const { asSeller } = await mikkel.ok('home', {});
    if (asSeller?.next === undefined) throw new Error('Mikkel has no review');
    booked = { pairId: asSeller.pair.id, reviewId: asSeller.next.id };
    await mikkel.ok('confirmPair', { params: { pairId: booked.pairId } });
  });
  const keep = async (actor: Actor, evidence: object) => {
    const params = { reviewId: booked.reviewId };
    const { mine } = await actor.ok('getReview', { params });
    return { params, body: { rev: mine.rev, answers: mine.answers, ratings: {}, evidence } as never };
  };

  test('holds five figures; the sixth is refused and the five stand', async () => {
    await mikkel.ok('savePreparation', await keep(mikkel, tray(5)));
    expect(
      await mikkel.refused('savePreparation', await keep(mikkel, tray(6)), 'limit_reached'),
    ).toMatchObject({ limit: 5 });
    const { mine } = await mikkel.ok('getReview', { params: { reviewId: booked.reviewId } });
    expect(mine.evidence).toEqual(tray(5));
  });

  test('is left alone by a save that does not name it', async () => {
    await save(mikkel, booked, { sp_wish: { text: 'Øve', ready: false } });
    const { mine } = await mikkel.ok('getReview', { params: { reviewId: booked.reviewId } });
    expect(mine.evidence).toEqual(tray(5));
  });

  test.each([
    ['a link that is not https', { kind: 'link', title: 'Rapport', url: 'http://firma.no', ...placed }],
    ['a script as a link', { kind: 'link', title: 'Rapport', url: 'javascript:alert(1)', ...placed }],
    ['a quote of no words', { kind: 'quote', text: ' ', customer: '', ...placed }],
    ['a heading of its own', { kind: 'quote', text: 'x', customer: '', under: 'gossip', ready: true }],
    ['a moment that is nobody’s', { kind: 'moment', momentId: idOf(9), ...placed }],
    ['a record that is not there', { kind: 'record', recordId: idOf(9), ...placed }],
  ])('refuses %s', async (_name, item) => {
    await mikkel.refused('savePreparation', await keep(mikkel, { [idOf(1)]: item }), 'invalid_input');
  });

  test('points to moments of the own pair alone', async () => {
    const momentId = '01940000-0000-7000-8000-00000000abcd';
    const body = { id: momentId, situation: 'Møtet', behaviour: 'Spurte', impact: 'Kunden svarte' } as never;
    await ingrid.ok('addMoment', { params: { pairId: booked.pairId }, body });
    const item = { kind: 'moment', momentId, ...placed };
    await mikkel.ok('savePreparation', await keep(mikkel, { [idOf(1)]: item }));
    const { asSeller } = await round.as('Jonas').ok('home', {});
    const params = { reviewId: asSeller?.next?.id };
    const other = { rev: 1, answers: {}, ratings: {}, evidence: { [idOf(1)]: item } };
    const { mine } = await round.as('Jonas').ok('getReview', { params } as never);
    await round
      .as('Jonas')
      .refused('savePreparation', { params, body: { ...other, rev: mine.rev } } as never, 'invalid_input');
  });

  test('opens with the answers, and only what is marked', async () => {
    const quote = (text: string, ready: boolean) => ({
      kind: 'quote',
      text,
      customer: 'Vik',
      under: 'improvement',
      ready,
    });
    await mikkel.ok(
      'savePreparation',
      await keep(mikkel, { [idOf(1)]: figure('MIKKEL 8 av 19'), [idOf(2)]: quote('MIKKEL UMERKET', false) }),
    );
    await ingrid.ok('savePreparation', await keep(ingrid, { [idOf(3)]: quote('INGRID sitat', true) }));
    const evidenceOf = async (actor: Actor) =>
      (await actor.ok('getReview', { params: { reviewId: booked.reviewId } })).others;
    expect(await evidenceOf(ingrid)).toBeUndefined();
    await save(mikkel, booked, sellerAnswers(true));
    await save(ingrid, booked, managerAnswers(true));
    const ready = { params: { reviewId: booked.reviewId }, body: { ready: true } };
    await mikkel.ok('setReady', ready);
    expect(ingrid.heard.join()).not.toContain('MIKKEL');
    expect(mikkel.heard.join()).not.toContain('INGRID');
    await ingrid.ok('setReady', ready);
    expect((await evidenceOf(ingrid))?.evidence).toEqual({ [idOf(1)]: figure('MIKKEL 8 av 19') });
    expect((await evidenceOf(mikkel))?.evidence).toEqual({ [idOf(3)]: quote('INGRID sitat', true) });
    expect(ingrid.heard.join()).not.toContain('UMERKET');
  });
});

// From here on the clock moves for everybody.
describe('when the meeting starts', () => {
  test('the answers open by the clock alone, with what is marked ready', async () => {
    const booked = await round.bookAndConfirm('Sofie');
    const params = { reviewId: booked.reviewId };
    const [ingrid, sofie] = [round.as('Ingrid'), round.as('Sofie')];
    await save(sofie, booked, {
      sp_wish: { text: 'shown wish', ready: true },
      sp_proud: { text: 'UNMARKED', ready: false },
    });
    await round.sandbox.moveClock('2027-01-06T08:59:00.000Z');
    expect(await ingrid.ok('getReview', { params })).toMatchObject({ phase: 'before', state: 'planned' });
    expect(ingrid.heard.join()).not.toContain('shown wish');

    await round.sandbox.moveClock('2027-01-06T09:00:30.000Z');

    const seen = await ingrid.ok('getReview', { params });
    expect(seen).toMatchObject({ phase: 'during', state: 'running', revealedAt: reviewStart });
    expect(seen.others?.answers).toEqual({ sp_wish: { text: 'shown wish', ready: true } });
    expect(ingrid.heard.join()).not.toContain('UNMARKED');
    expect(await sofie.ok('getReview', { params })).toMatchObject({ others: { answers: {}, ratings: {} } });
  });
});

describe('in a month with a focus', () => {
  test('a rating without an example is refused, and “not observed” needs none', async () => {
    const [ingrid, amina] = [round.as('Ingrid'), round.as('Amina')];
    const { asSeller } = await amina.ok('home', {});
    if (asSeller?.next === undefined) throw new Error('Amina has no review');
    const booked = { pairId: asSeller.pair.id, reviewId: asSeller.next.id };
    const { pairId } = booked;
    await fillForm(ingrid, amina, booked);
    await sign(ingrid, booked);
    await sign(amina, booked);
    await round.sandbox.processAll();
    await round.sandbox.backend.runTimer('daily');
    const { reviews } = await amina.ok('listReviews', { params: { pairId } });
    const reviewId = reviews.find(({ month }) => month === '2027-02')?.id;
    if (reviewId === undefined) throw new Error('There is no review in February');
    const params = { reviewId };
    expect((await amina.ok('getReview', { params })).ratedStages).toEqual(['discovery']);
    const rate = (value: 4 | null, example: string) => ({
      params,
      body: { rev: 0, answers: {}, ratings: { discovery: { value, example, ready: true } } },
    });
    for (const actor of [ingrid, amina]) {
      const problem = await actor.refused('savePreparation', rate(4, '  '), 'needs_example');
      expect(problem).toMatchObject({ status: 422, stage: 'discovery' });
      expect((await actor.ok('getReview', { params })).mine).toEqual({ rev: 0, answers: {}, ratings: {} });
    }
    const unseen = await ingrid.ok('savePreparation', rate(null, ''));
    expect(unseen.part.ratings).toEqual({ discovery: { value: null, example: '', ready: true } });
    const seen = await amina.ok('savePreparation', rate(4, 'Havneplan 20. januar'));
    expect(seen.part.ratings.discovery?.value).toBe(4);
  });
});
