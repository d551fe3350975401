import { expect, test } from 'vitest';
import { easterSunday, publicHolidays } from './holidays.ts';
import type { DateText } from './time.ts';

test.each([
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2030, '2030-04-21'],
  [2035, '2035-03-25'],
  [2038, '2038-04-25'],
])('Easter %i is %s', (year, date) => {
  expect(easterSunday(year).toString()).toBe(date);
});

test('17 May 2027 has two names on one date', () => {
  expect(
    publicHolidays(2027)
      .get('2027-05-17' as DateText)
      ?.map((name) => name.nb),
  ).toEqual(['grunnlovsdagen', 'andre pinsedag']);
  expect(publicHolidays(2027).size).toBe(11);
  expect(publicHolidays(2026).size).toBe(12);
});
