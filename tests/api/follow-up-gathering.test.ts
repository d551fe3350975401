// A large team: its manager's reminders come as one notice a week, absences stay quiet, silence is called to mind, and a
// series that is booked anew is told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../sandbox/people.ts';
import { type Booked, type Round, startRound } from './round.ts';

const team = ['Jonas', 'Amina', 'Lars', 'Sofie', 'Nora', 'Mikkel'];

let round: Round;
const booked = new Map<string, Booked>();
beforeAll(async () => {
  round = await startRound();
  for (const name of team) booked.set(name, await round.bookAndConfirm(name));
});
afterAll(() => round?.close());

const idOf = (name: string) => people.find(({ givenName }) => givenName === name)?.id ?? '';
const feed = (name: string) => round.sandbox.graphServer.state.activityFeed(idOf(name));
const count = (name: string, type: string) =>
  feed(name).filter(({ activityType }) => activityType === type).length;
const params = (name: string) => ({ pairId: booked.get(name)?.pairId ?? '' }) as { pairId: Booked['pairId'] };

async function day(date: string, ...times: string[]): Promise<void> {
  await round.sandbox.moveClock(`${date}T03:10:00.000Z`);
  await round.sandbox.backend.runTimer('daily');
  for (const time of times) await round.sandbox.moveClock(`${date}T${time}:00.000Z`);
}

test('six sellers to prepare for are one notice on Monday, with three counts; each seller hears for themself', async () => {
  await day('2027-01-04', '08:01', '12:00');
  const digests = feed('Ingrid').filter(({ activityType }) => activityType === 'weeklyDigest');
  expect(digests).toMatchObject([{ parameters: { prepare: '6', promises: '0', late: '0' } }]);
  expect(digests[0]?.text).toBe('Uken din: å forberede 6, løfter 0, forsinket 0');
  expect(count('Ingrid', 'prepReminder')).toBe(0);
  for (const name of team) expect(count(name, 'prepReminder'), name).toBe(1);
  await day('2027-01-05', '12:00');
  expect(count('Ingrid', 'weeklyDigest')).toBe(1);
});

test('a week with nothing to tell brings no notice', async () => {
  await day('2027-01-11', '12:00');
  expect(count('Ingrid', 'weeklyDigest')).toBe(1);
});

test('who is away is reminded when they are back', async () => {
  const at = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Oslo' });
  round.sandbox.graphServer.actions.create(idOf('Jonas'), {
    subject: 'Borte',
    showAs: 'oof',
    start: at('2027-01-29T00:00:00'),
    end: at('2027-02-02T00:00:00'),
  });
  await day('2027-02-01', '12:00');
  expect([count('Jonas', 'prepReminder'), count('Amina', 'prepReminder')]).toEqual([1, 2]);
  await day('2027-02-02', '07:59', '08:01');
  expect(count('Jonas', 'prepReminder')).toBe(2);
  expect(count('Ingrid', 'weeklyDigest')).toBe(2);
});

test('a series that is booked anew is told to a seller who has confirmed, once it stands in Outlook', async () => {
  expect(count('Nora', 'booked')).toBe(0);
  await round.as('Ingrid').ok('rescheduleSeries', {
    params: params('Nora'),
    body: {
      pattern: { kind: 'weekday', week: 'second', weekday: 'tuesday' },
      time: '09:00',
      zone: 'Europe/Oslo',
      minutes: 45,
    },
  } as never);
  await round.sandbox.moveClock('2027-02-02T08:10:00.000Z');
  expect(feed('Nora').filter(({ activityType }) => activityType === 'booked')).toMatchObject([
    { text: 'Ingrid Solberg har satt opp utviklingssamtalene' },
  ]);
  expect(count('Amina', 'booked')).toBe(0);
});
