import { expect, test } from 'vitest';
import type { DateText } from '../time.ts';
import { absentOn, isSpent } from './absence.ts';

const date = (text: string) => text as DateText;
const away = [
  { side: 'seller' as const, from: date('2027-01-11'), to: date('2027-03-31') },
  { side: 'manager' as const, from: date('2027-03-15'), to: date('2027-03-15') },
];

test.each([
  ['2027-01-10', undefined, false],
  ['2027-01-11', undefined, true],
  ['2027-03-31', 'seller', true],
  ['2027-04-01', 'seller', false],
  ['2027-01-11', 'manager', false],
  ['2027-03-15', 'manager', true],
] as const)('on %s, for %s: %s', (on, side, absent) => {
  expect(absentOn(away, date(on), side)).toBe(absent);
});

test('nobody is away where no absence was ever told', () => {
  expect(absentOn(undefined, date('2027-01-11'))).toBe(false);
});

test.each([
  ['2027-03-31', undefined, false],
  ['2027-04-01', undefined, true],
  ['2027-04-01', '2027-01-06', false],
  ['2027-04-01', '2027-04-01', true],
] as const)('on %s, with the last review on %s: spent is %s', (today, lastHeldOn, spent) => {
  const held = lastHeldOn === undefined ? undefined : date(lastHeldOn);
  expect(isSpent({ to: date('2027-03-31') }, held, date(today))).toBe(spent);
});
