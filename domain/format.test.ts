import { expect, test } from 'vitest';
import {
  clockTime,
  dayAndMonth,
  listText,
  longDate,
  longDateTime,
  monthName,
  numberText,
  percentText,
  shortDate,
  shortDateTime,
  timeForBoth,
  weekOf,
} from './format.ts';

test('dates and times as the style sheet writes them', () => {
  expect(longDate('2027-01-12', 'nb')).toBe('tirsdag 12. januar 2027');
  expect(longDate('2027-01-12', 'en')).toBe('Tuesday 12 January 2027');
  expect(shortDate('2027-01-12', 'nb')).toBe('12.01.2027');
  expect(shortDate('2027-01-12', 'en')).toBe('12 Jan 2027');
  expect(dayAndMonth('2027-05-03', 'nb')).toBe('3. mai');
  expect(monthName('2027-05', 'en')).toBe('May 2027');
  expect(clockTime('09:05', 'nb')).toBe('kl.\u00a009.05');
  expect(clockTime('10:30', 'en')).toBe('10:30');
  expect(longDateTime('2027-01-12', '10:30', 'nb')).toBe('tirsdag 12. januar 2027 kl.\u00a010.30');
  expect(weekOf('2027-01-12', 'nb')).toBe('uke 2');
  expect(weekOf('2027-01-03', 'en')).toBe('week 53');
});

test('an instant is shown on the wall clock of the zone, on both sides of a DST change', () => {
  expect(shortDateTime('2027-03-28T00:59:00.000Z', 'Europe/Oslo', 'nb')).toBe('28.03.2027 kl.\u00a001.59');
  expect(shortDateTime('2027-03-28T01:00:00.000Z', 'Europe/Oslo', 'nb')).toBe('28.03.2027 kl.\u00a003.00');
  expect(shortDateTime('2027-01-12T09:30:00.000Z', 'Asia/Kathmandu', 'en')).toBe('12 Jan 2027 at 15:15');
});

test("the other's time is named only where it differs", () => {
  const ingrid = { time: '14:30', firstName: 'Ingrid' };
  expect(timeForBoth('10:30', ingrid, 'nb')).toBe('kl.\u00a010.30 (14.30 hos Ingrid)');
  expect(timeForBoth('10:30', ingrid, 'en')).toBe('10:30 (14:30 for Ingrid)');
  expect(timeForBoth('14:30', ingrid, 'nb')).toBe('kl.\u00a014.30');
});

test('numbers have hard spaces and decimal commas in bokmål', () => {
  expect(numberText(1_250_000.5, 'nb', 2)).toBe('1\u00a0250\u00a0000,50');
  expect(numberText(1_250_000.5, 'en', 2)).toBe('1,250,000.50');
  expect(numberText(-1234, 'en')).toBe('−1,234');
  expect(numberText(999, 'nb')).toBe('999');
  expect(percentText(40, 'nb')).toBe('40\u00a0%');
  expect(percentText(40, 'en')).toBe('40%');
  expect(listText(['Jonas', 'Ingrid', 'Amir'], 'nb')).toBe('Jonas, Ingrid og Amir');
});
