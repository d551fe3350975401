import { expect, test } from 'vitest';
import { attentionOf, type TeamLine } from './attention.ts';

const now = Date.parse('2026-11-23T08:00:00Z');

/** Only what the order looks at; the rest of a line plays no part in it. */
function line(name: string, rest: object): TeamLine {
  const base = {
    pair: { seller: { firstName: name }, series: { state: 'booked' } },
    next: { occurrence: { start: '2027-01-06T09:30:00Z' }, readiness: { manager: { ready: false } } },
    cadence: { colour: 'green', days: 10, noneThisMonth: false },
    unsigned: false,
    overduePromises: 0,
    goalsAtRisk: 0,
    openGoals: 0,
    helpWanted: 0,
    goalChanges: 0,
  };
  return { ...base, ...rest } as unknown as TeamLine;
}

const shown = (team: TeamLine[]) =>
  attentionOf(team, now).map((one) => `${one.kind} ${one.line.pair.seller.firstName}`);

test('a team where all is well asks for nothing', () => {
  expect(shown([line('Jonas', {})])).toEqual([]);
});

test('overdue promises come first, then help, then what is unsigned and late', () => {
  const late = (days: number) => ({ cadence: { colour: 'red', days, noneThisMonth: true } });
  expect(
    shown([
      line('Lars', late(50)),
      line('Amina', { unsigned: true }),
      line('Sofie', { helpWanted: 1, goalsAtRisk: 1 }),
      line('Jonas', { overduePromises: 1, ...late(60) }),
      line('Mikkel', { goalsAtRisk: 2 }),
    ]),
  ).toEqual(['promises Jonas', 'help Sofie', 'unsigned Amina', 'late Jonas', 'late Lars', 'risk Mikkel']);
});

test('a review within four days asks for preparation until the manager is ready', () => {
  const next = (ready: boolean) => ({
    next: { occurrence: { start: '2026-11-25T09:30:00Z' }, readiness: { manager: { ready } } },
  });
  expect(shown([line('Jonas', next(false)), line('Amina', next(true))])).toEqual(['prepare Jonas']);
});

test('a booking that waits for the manager is never passed over', () => {
  expect(
    shown([
      line('Jonas', { pair: { seller: { firstName: 'Jonas' }, series: { state: 'waiting_for_manager' } } }),
    ]),
  ).toEqual(['booking Jonas']);
});
