// An agreed goal between reviews: a change takes a reason and the other's acceptance, what it said stays readable, and
// there is never room for more than three short goals and two long ones.
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import { joinAs } from '../live/typist.ts';
import type { Actor } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { sealRound, words } from './sealed.ts';

let round: Round;
let booked: Booked & { recordId: string };
let ingrid: Actor;
let jonas: Actor;
let goalId: string;
beforeAll(async () => {
  round = await startRound();
  booked = await sealRound(round, 'Jonas');
  ingrid = round.as('Ingrid');
  jonas = round.as('Jonas');
  goalId = (await jonas.ok('listGoals', { params: booked })).goals[0]?.id ?? '';
});
afterAll(() => round?.close());

const goal = async () => {
  const { goals } = await ingrid.ok('listGoals', { params: booked });
  const found = goals.find(({ id }) => id === goalId);
  if (found === undefined) throw new Error('The goal is gone');
  return found;
};
const feed = (name: string) => {
  const id = people.find(({ givenName }) => givenName === name)?.id ?? '';
  return round.sandbox.graphServer.state
    .activityFeed(id)
    .filter(({ activityType }) => activityType === 'goalChange');
};

const changed = {
  text: 'Oppsummere behovet med kundens egne ord i annethvert møte',
  measure: 'Fem av ti møtenotater',
  actions: [{ text: 'Skrive tre spørsmål', dueOn: '2027-01-11' }, { text: 'Øve med Amina' }],
  ifThen: '',
  priority: '',
  dueOn: '2027-02-12',
};
const reason = 'HALVE KUNDELISTEN ER BORTE';
const wish = (edition: number, more: object = {}) =>
  ({ edition, reason, change: { kind: 'words', words: { ...changed, ...more }, confidence: 7 } }) as never;
const at = (proposalId: string) => ({ goalId, proposalId });
const accept = { answer: 'accept', confidence: 9, attractive: 'Mulig å få til' } as const;

test('a proposal changes nothing, needs a reason, and is the pair’s own', async () => {
  const id = randomUUID();
  const before = await goal();
  for (const name of ['Amina', 'Henrik', 'Turid']) {
    await round.as(name).refused('proposeGoalChange', { params: at(id), body: wish(0) }, 'not_found');
    await round.as(name).refused('answerGoalChange', { params: at(id), body: accept }, 'not_found');
  }
  const words = changed as never;
  for (const body of [
    { edition: 0, reason: ' ', change: { kind: 'end' } },
    { edition: 0, change: { kind: 'end' } },
    { edition: 0, reason, change: { kind: 'words', words, confidence: 11 } },
    {
      edition: 0,
      reason,
      change: { kind: 'words', words: { ...changed, text: 'x'.repeat(1001) }, confidence: 5 },
    },
  ]) {
    await ingrid.refused('proposeGoalChange', { params: at(id), body: body as never }, 'invalid_input');
  }
  const missing = (more: object) =>
    ingrid.refused('proposeGoalChange', { params: at(id), body: wish(0, more) }, 'goal_incomplete');
  // A Saturday, and no step within a week.
  const late = changed.actions.map((action) => ({ ...action, dueOn: '2027-01-29' }));
  expect((await missing({ dueOn: '2027-02-13' })).missing).toEqual(['due_date_not_working_day']);
  expect((await missing({ actions: late })).missing).toEqual(['first_action_within_a_week']);
  await ingrid.refused('proposeGoalChange', { params: at(id), body: wish(1) }, 'stale');
  expect(await goal()).toEqual(before);

  const proposed = await ingrid.ok('proposeGoalChange', { params: at(id), body: wish(0) });
  expect(proposed).toMatchObject({
    text: before.text,
    proposal: { id, by: 'manager', reason, confidence: 7 },
  });
  expect(await ingrid.ok('proposeGoalChange', { params: at(id), body: wish(0) })).toEqual(proposed);
  expect((await jonas.ok('home', {})).asSeller?.nextStep).toEqual({ kind: 'goal_change', id: goalId });
});

test('it can be taken back by its proposer, and not accepted after that', async () => {
  const { proposal } = await goal();
  const id = proposal?.id ?? '';
  await jonas.refused('answerGoalChange', { params: at(id), body: { answer: 'withdraw' } }, 'not_allowed');
  await ingrid.refused('answerGoalChange', { params: at(id), body: accept }, 'not_allowed');
  await ingrid.refused(
    'answerGoalChange',
    { params: at(id), body: { answer: 'decline', word: 'Nei' } },
    'not_allowed',
  );
  const withdrawn = await ingrid.ok('answerGoalChange', { params: at(id), body: { answer: 'withdraw' } });
  expect(withdrawn.proposal).toBeUndefined();
  await jonas.refused('answerGoalChange', { params: at(id), body: accept }, 'goal_changed');
});

test('it is declined with a word, and the goal stands', async () => {
  const id = randomUUID();
  await jonas.ok('proposeGoalChange', { params: at(id), body: wish(0) });
  expect((await ingrid.ok('home', {})).team[0]?.goalChanges).toBe(1);
  await ingrid.refused('proposeGoalChange', { params: at(randomUUID()), body: wish(0) }, 'proposal_waiting');
  const silent = { answer: 'decline', word: '' } as const;
  await ingrid.refused('answerGoalChange', { params: at(id), body: silent }, 'invalid_input');
  const declined = await ingrid.ok('answerGoalChange', {
    params: at(id),
    body: { answer: 'decline', word: 'La oss vente til neste samtale' },
  });
  expect(declined).toMatchObject({
    text: words.goal,
    earlier: [],
    declined: { by: 'manager', word: 'La oss vente til neste samtale' },
  });
  expect((await ingrid.ok('home', {})).team[0]?.goalChanges).toBe(0);
});

test('of two answers at once one counts, and the old words stay readable', async () => {
  const id = randomUUID();
  const { version } = await jonas.ok('proposeGoalChange', { params: at(id), body: wish(0) });
  expect(version).toBeGreaterThan(1);
  // A tick meanwhile is no other goal.
  await jonas.ok('tickAction', { params: { goalId, index: 0 }, body: { done: true } });
  const answers = await Promise.all([
    ingrid.send('answerGoalChange', { params: at(id), body: accept }),
    jonas.send('answerGoalChange', { params: at(id), body: { answer: 'withdraw' } }),
    ingrid.send('answerGoalChange', { params: at(id), body: accept }),
  ]);
  const after = await goal();
  expect(after.proposal).toBeUndefined();
  if (after.earlier.length === 0) {
    // The withdrawal was first: the same proposal again, under an id of its own.
    expect(answers[1]?.status).toBe(200);
    const again = randomUUID();
    await jonas.ok('proposeGoalChange', { params: at(again), body: wish(0) });
    await ingrid.ok('answerGoalChange', { params: at(again), body: accept });
  }
  const standing = await goal();
  expect(standing).toMatchObject({
    text: changed.text,
    dueOn: changed.dueOn,
    confidence: { manager: 9, seller: 7 },
    // Only the seller answers why it is worth it.
    attractive: 'Mer ro i møtet',
  });
  expect(standing.actions[0]).toMatchObject({ text: 'Skrive tre spørsmål', done: true });
  expect(standing.earlier).toMatchObject([{ text: words.goal, reason, changedBy: 'seller' }]);
  expect((await jonas.ok('home', {})).asSeller?.goals[0]).toEqual(standing);
});

test('each is told once for each step, without a word of it', async () => {
  // Nothing rings during a review; the news waits until it is over.
  expect(feed('Jonas')).toEqual([]);
  await round.sandbox.moveClock('2027-01-06T10:30:00.000Z');
  expect(feed('Jonas').length).toBeGreaterThanOrEqual(3);
  expect(feed('Ingrid').length).toBeGreaterThanOrEqual(2);
  const told = JSON.stringify([...feed('Jonas'), ...feed('Ingrid')]);
  expect(told).not.toContain(reason);
  expect(told).not.toContain('kundens egne ord');
  const before = [feed('Jonas').length, feed('Ingrid').length];
  await round.sandbox.processAll();
  expect([feed('Jonas').length, feed('Ingrid').length]).toEqual(before);
});

/** Copies of the goal as three further reviews would have left them. */
async function carryOver(count: number, more: object = {}): Promise<void> {
  const client = await MongoClient.connect(round.sandbox.mongo);
  try {
    const databases = (await client.db().admin().listDatabases()).databases.map(({ name }) => name);
    for (const name of databases) {
      const goals = client.db(name).collection<{ _id: string }>('goals');
      const stored = await goals.findOne({ _id: goalId });
      if (stored === null) continue;
      const copies = Array.from({ length: count }, () => ({
        ...stored,
        _id: randomUUID(),
        reviewId: randomUUID(),
        ...more,
      }));
      await goals.insertMany(copies);
      return;
    }
    throw new Error('No database holds the goal');
  } finally {
    await client.close();
  }
}

test('a goal that is reached counts in the growth of its month, and takes no place', async () => {
  const months = async () => (await ingrid.ok('growth', { params: booked })).months;
  expect(await months()).toMatchObject([{ month: '2027-01', goalsSet: 1, goalsReached: 0 }]);
  const answer = { at: '2027-01-13T09:00:00.000Z', done: '', learned: '', state: 'done', needHelp: '' };
  const checkpoints = [{ number: 1, dueOn: '2027-01-13', answer }];
  await carryOver(1, { reviewId: booked.reviewId, slot: 'short.1', checkpoints });
  expect(await months()).toMatchObject([{ month: '2027-01', goalsSet: 2, goalsReached: 1 }]);
});

test('a fourth short goal is refused: at the change, at the agreement and at the signature', async () => {
  const { reviews } = await ingrid.ok('listReviews', { params: booked });
  const february = reviews.find(({ month }) => month === '2027-02');
  if (february === undefined) throw new Error('There is no February');
  await round.sandbox.moveClock('2027-02-03T09:10:00.000Z');
  const review = { reviewId: february.id };
  const slot = 'short.0';
  const typist = await joinAs(jonas, february.id);
  await typist.write((doc) => {
    doc.getText('summary').insert(0, 'Februar');
    for (const one of ['short.0', 'short.1']) {
      doc.getText(`goal.${one}.text`).insert(0, `Ringe tre gamle kunder i uken om ${one}`);
      doc.getText(`goal.${one}.measure`).insert(0, 'Ringeliste');
      doc.getText(`goal.${one}.action.0`).insert(0, 'Lage liste');
      doc.getText(`goal.${one}.action.1`).insert(0, 'Ringe');
      const set = (key: string, value: string) => doc.getMap('choices').set(`goal.${one}.${key}`, value);
      set('stage', 'discovery');
      set('kind', 'result');
      set('dueOn', '2027-03-01');
      set('doer', 'seller');
      set('follower', 'manager');
      set('action.0.dueOn', '2027-02-08');
    }
    doc.getMap('choices').set('focus.0', 'discovery');
    doc.getMap('choices').set('noPromiseNeeded', true);
    // A month with no time: the same record in the end.
    doc.getMap('choices').set('form.short', true);
  });
  const confirm = (actor: Actor, one: 'short.0' | 'short.1') =>
    actor.send('confirmGoal', {
      params: { ...review, slot: one },
      body: { hash: typist.hashOf(one), confirmed: true, confidence: 8, attractive: 'Lyst' },
    });
  // One is open from January, one more is carried over: one of the two new ones has room.
  await carryOver(1);
  expect([(await confirm(jonas, slot)).status, (await confirm(ingrid, slot)).status]).toEqual([200, 200]);
  const fourth = await confirm(jonas, 'short.1');
  expect(JSON.parse(fourth.text)).toMatchObject({ code: 'too_many_goals', limit: 3 });
  const record = await jonas.ok('previewRecord', { params: review });
  expect(record.missing).toEqual([]);
  expect(record.content).toMatchObject({ template: { length: 'short15' }, goals: [{ slot }] });

  // Another one opens after the agreement: the signature is refused, and says why.
  await carryOver(1);
  const { digest, seq, missing } = await jonas.ok('previewRecord', { params: review });
  expect(missing).toEqual(['short_goals']);
  const refused = await jonas.refused(
    'signRecord',
    { params: review, body: { digest, seq } },
    'record_incomplete',
  );
  expect(refused.missing).toEqual(['short_goals']);
});

test('a goal that both end makes room, and takes no more changes', async () => {
  const { reviews } = await ingrid.ok('listReviews', { params: booked });
  const review = { reviewId: reviews.find(({ month }) => month === '2027-02')?.id ?? '' } as Booked;
  // Past its due date a goal takes no place; brought back, it would be the fourth.
  await carryOver(1, { dueOn: '2027-02-01' });
  const { goals } = await jonas.ok('listGoals', { params: booked });
  const old = goals.find(({ dueOn }) => dueOn === '2027-02-01');
  const revive = {
    params: { goalId: old?.id ?? '', proposalId: randomUUID() },
    body: wish(1, { dueOn: '2027-02-26' }),
  };
  expect((await jonas.refused('proposeGoalChange', revive, 'too_many_goals')).limit).toBe(3);

  const id = randomUUID();
  const end = { edition: 1, reason: 'Vi har fått andre kunder', change: { kind: 'end' } } as const;
  await ingrid.ok('proposeGoalChange', { params: at(id), body: end });
  const ended = await jonas.ok('answerGoalChange', { params: at(id), body: accept });
  expect(ended).toMatchObject({ state: 'ended', ended: { by: 'manager', reason: end.reason } });
  expect(ended.confidence).toEqual({ manager: 9, seller: 7 });
  expect(ended.checkpoints.filter(({ answer }) => answer === undefined)).toEqual([]);
  expect(await jonas.ok('answerGoalChange', { params: at(id), body: accept })).toEqual(ended);
  await jonas.refused('proposeGoalChange', { params: at(randomUUID()), body: wish(1) }, 'goal_ended');
  expect((await jonas.ok('previewRecord', { params: review })).missing).toEqual([]);
});
