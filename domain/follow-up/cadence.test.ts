import { expect, test } from 'vitest';
import type { DateText, MonthText } from '../time.ts';
import { cadence } from './cadence.ts';

const d = (text: string) => text as DateText;

test.each([
  ['2027-01-06', '2027-02-10', 'green', 35],
  ['2027-01-06', '2027-02-11', 'amber', 36],
  ['2027-01-06', '2027-02-17', 'amber', 42],
  ['2027-01-06', '2027-02-18', 'red', 43],
  // First Wednesday of June to first Wednesday of August: 63 days, of which July's 31 do not count.
  ['2027-06-02', '2027-08-04', 'green', 32],
])('from %s to %s is %s after %i days', (held, today, colour, days) => {
  expect(cadence(d(held), [], d(today))).toMatchObject({ colour, days });
});

test('the days of an absence do not count, once each, and the pause is told with its last day', () => {
  const away = [
    { from: d('2027-01-11'), to: d('2027-03-31') },
    { from: d('2027-03-15'), to: d('2027-04-02') },
  ];
  expect(cadence(d('2027-01-06'), [], d('2027-03-20'), away)).toEqual({
    colour: 'green',
    days: 5,
    noneThisMonth: false,
    pause: { because: 'absence', until: '2027-03-31' },
  });
  expect(cadence(d('2027-01-06'), [], d('2027-05-15'), away)).toEqual({
    colour: 'red',
    days: 47,
    noneThisMonth: true,
  });
  expect(cadence(d('2027-06-02'), [], d('2027-07-10')).pause).toEqual({
    because: 'july',
    until: '2027-07-31',
  });
});

test('a month without a review is told, unless it is July or was skipped with a reason', () => {
  expect(cadence(d('2027-01-06'), [], d('2027-02-01')).noneThisMonth).toBe(true);
  expect(cadence(d('2027-02-03'), [], d('2027-02-10')).noneThisMonth).toBe(false);
  expect(cadence(d('2027-06-02'), [], d('2027-07-10')).noneThisMonth).toBe(false);
  expect(cadence(d('2027-01-06'), ['2027-02' as MonthText], d('2027-02-20')).noneThisMonth).toBe(false);
  expect(cadence(undefined, [], d('2027-02-20'))).toEqual({ colour: 'none_yet', noneThisMonth: true });
});
