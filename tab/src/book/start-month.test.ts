import { defaultPattern } from '@medspill/domain/book/pattern';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { firstMonthFrom, monthChoices } from './start-month.ts';

const from = (date: string) => firstMonthFrom(defaultPattern, Temporal.PlainDate.from(date));

test('the first month is this one only while its day is ahead', () => {
  // The first Wednesday of January 2027 is the 6th.
  expect(from('2027-01-05')).toBe('2027-01');
  expect(from('2027-01-06')).toBe('2027-02');
  expect(from('2026-12-31')).toBe('2027-01');
});

test('six months are offered, over a new year', () => {
  expect(monthChoices(defaultPattern, Temporal.PlainDate.from('2026-10-20'))).toEqual([
    '2026-11',
    '2026-12',
    '2027-01',
    '2027-02',
    '2027-03',
    '2027-04',
  ]);
});
