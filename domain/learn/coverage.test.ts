import { expect, test } from 'vitest';
import type { MonthText } from '../time.ts';
import { type CoveredPair, coverageOf } from './coverage.ts';

const month = (text: string) => text as MonthText;
const january = month('2027-01');
function team(name: string, size: number, rest: Partial<CoveredPair> = {}): CoveredPair[] {
  return Array.from({ length: size }, (_, index) => ({
    managerId: name,
    managerName: name,
    sellerId: `${name}-${index}`,
    since: january,
    skippedMonths: [],
    ...rest,
  }));
}
const sizes = (...teams: CoveredPair[][]) =>
  coverageOf(teams.flat(), [], [january]).map(({ manager, sellers }) => [manager, sellers]);

test('a team of five stands by itself, smaller ones together', () => {
  expect(sizes(team('Ida', 6), team('Bo', 5), team('Liv', 3), team('Per', 2))).toEqual([
    ['Bo', 5],
    ['Ida', 6],
    [null, 5],
  ]);
});

test('a rest under five takes the smallest team in, so that no difference tells it', () => {
  expect(sizes(team('Ida', 6), team('Bo', 5), team('Liv', 3))).toEqual([
    ['Ida', 6],
    [null, 8],
  ]);
  expect(sizes(team('Ida', 6), team('Liv', 1))).toEqual([[null, 7]]);
});

test('fewer than five in all are not shown', () => {
  expect(sizes(team('Ida', 4))).toEqual([]);
  expect(sizes()).toEqual([]);
});

test('each seller counts once a month, as held or as skipped', () => {
  const ida = team('Ida', 6).map((pair, index) => ({
    ...pair,
    skippedMonths: index > 3 ? [january] : [],
  }));
  const held = ['Ida-0', 'Ida-0', 'Ida-1', 'Ida-5', 'Bo-0'].map((sellerId) => ({ sellerId, month: january }));
  expect(coverageOf(ida, held, [january])[0]?.months).toEqual([
    { month: '2027-01', sellers: 6, held: 3, skipped: 1 },
  ]);
});

test('a month in which the team was smaller than five has no counts', () => {
  const ida = [...team('Ida', 4), ...team('Ida', 2, { since: month('2027-02') })];
  const [unit] = coverageOf(ida, [], [month('2027-02'), january]);
  expect(unit?.months).toEqual([
    { month: '2027-02', sellers: 6, held: 0, skipped: 0 },
    { month: '2027-01', sellers: null, held: null, skipped: null },
  ]);
});
