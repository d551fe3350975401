// The steps of a goal in Microsoft To Do: sent by a click in one's own name, ticked in either place, read back on asking.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import type { Actor } from './person.ts';
import { type Round, startRound } from './round.ts';
import { sealRound } from './sealed.ts';

let round: Round;
let jonas: Actor;
let ingrid: Actor;
let params: { goalId: string };
let pairId: string;
beforeAll(async () => {
  round = await startRound();
  const booked = await sealRound(round, 'Jonas');
  pairId = booked.pairId;
  jonas = round.as('Jonas');
  ingrid = round.as('Ingrid');
  const { goals } = await jonas.ok('listGoals', { params: booked });
  params = { goalId: goals[0]?.id ?? '' };
});
afterAll(() => round?.close());

const idOf = (name: string) => people.find(({ givenName }) => givenName === name)?.id ?? '';
const tasks = (name: string) => round.sandbox.graphServer.state.tasks(idOf(name));
const send = (actor: Actor) => actor.ok('sendToDo', { params } as never);
const read = (actor: Actor) => actor.ok('readToDo', { params } as never);
const ticks = async (actor: Actor) => (await read(actor)).actions.map(({ done }) => done);
const tickHere = (index: number, done: boolean) =>
  jonas.ok('tickAction', { params: { ...params, index }, body: { done } } as never);
const tickThere = (index: number, done: boolean) =>
  round.sandbox.graphServer.actions.tickTask(idOf('Jonas'), String(tasks('Jonas')[index]?.id), done);
const statuses = (name: string) => tasks(name).map(({ status }) => status);

test('nothing is read or made before somebody has asked for it', async () => {
  round.sandbox.graphServer.clearExchanges();
  expect((await read(jonas)).inToDo).toBeUndefined();
  expect(round.sandbox.graphServer.exchanges().filter(({ url }) => url.includes('/todo/'))).toEqual([]);
});

test('the steps stand in a list of their own with their dates and a way back, once, for the asker alone', async () => {
  expect((await send(jonas)).inToDo).toBe(true);
  await send(jonas);
  expect(tasks('Jonas')).toMatchObject([
    {
      list: 'Medspill',
      title: 'Skrive tre spørsmål',
      status: 'notStarted',
      dueDateTime: { dateTime: '2027-01-08T00:00:00', timeZone: 'Europe/Oslo' },
      linkedResources: [{ applicationName: 'Medspill', webUrl: expect.stringContaining('goal%2F') }],
    },
    { list: 'Medspill', title: 'Øve med Amina', status: 'notStarted' },
  ]);
  expect(tasks('Ingrid')).toEqual([]);
  const { goals } = await ingrid.ok('listGoals', { params: { pairId } } as never);
  expect(goals[0]?.inToDo).toBeUndefined();
  expect((await jonas.ok('home', {})).asSeller?.goals[0]?.inToDo).toBe(true);
});

test('what was ticked last holds in both places', async () => {
  tickThere(0, true);
  expect(await ticks(jonas)).toEqual([true, false]);
  await tickHere(1, true);
  expect(await ticks(jonas)).toEqual([true, true]);
  expect(statuses('Jonas')).toEqual(['completed', 'completed']);
  await tickHere(0, false);
  tickThere(1, false);
  expect(await ticks(jonas)).toEqual([false, false]);
  expect(statuses('Jonas')).toEqual(['notStarted', 'notStarted']);
});

test('a task that was deleted stays away until it is asked for again', async () => {
  round.sandbox.graphServer.actions.deleteTask(idOf('Jonas'), String(tasks('Jonas')[0]?.id));
  await tickHere(0, true);
  expect(await ticks(jonas)).toEqual([true, false]);
  expect(statuses('Jonas')).toEqual(['notStarted']);
  await send(jonas);
  expect(statuses('Jonas').sort()).toEqual(['completed', 'notStarted']);
});

test('the manager has tasks of their own', async () => {
  await send(ingrid);
  expect(statuses('Ingrid')).toEqual(['completed', 'notStarted']);
  expect(await ticks(ingrid)).toEqual([true, false]);
});

test('without consent the click says so and changes nothing', async () => {
  await round.sandbox.setFaults({ entra: { people: { [idOf('Jonas')]: [{ kind: 'consent_required' }] } } });
  const problem = await jonas.refused('sendToDo', { params } as never, 'consent_required');
  expect(problem.scopes).toEqual(['Tasks.ReadWrite']);
  await round.sandbox.clearFaults();
  expect(await ticks(jonas)).toEqual([true, false]);
  await round.as('Amina').refused('sendToDo', { params } as never, 'not_found');
});
