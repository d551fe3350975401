import { expect, test } from 'vitest';
import type { MonthText } from '../time.ts';
import { dateInMonth, monthsOf } from './occurrences.ts';
import { defaultPattern } from './pattern.ts';
import { isSameDay, reviewsADay, spreadOverDays, timeBetween } from './team-plan.ts';

test('a team of eight takes two a day over four days, the default day first', () => {
  const patterns = spreadOverDays(8);
  expect(patterns[0]).toEqual(defaultPattern);
  for (const pattern of patterns) {
    expect(patterns.filter((other) => isSameDay(other, pattern))).toHaveLength(reviewsADay);
  }
});

test('a team of any size gets a day each, and no day more than its share', () => {
  for (let sellers = 0; sellers <= 60; sellers++) {
    const patterns = spreadOverDays(sellers);
    expect(patterns).toHaveLength(sellers);
    const most = Math.max(
      0,
      ...patterns.map((one) => patterns.filter((other) => isSameDay(one, other)).length),
    );
    expect(most).toBeLessThanOrEqual(Math.max(reviewsADay, Math.ceil(sellers / 14)));
  }
});

test('different patterns never mean the same date', () => {
  const patterns = spreadOverDays(28).filter((_, index) => index % 2 === 0);
  for (const month of monthsOf('2027-01' as MonthText, 60)) {
    const dates = patterns.map((pattern) => dateInMonth(month, pattern));
    expect(new Set(dates).size).toBe(dates.length);
  }
});

test('a time keeps half an hour to its neighbours on both sides', () => {
  const taken = [{ time: '10:00', minutes: 45 }];
  expect(timeBetween(['10:00', '09:30', '11:00', '11:15'], taken, 45)).toBe('11:15');
  expect(timeBetween(['08:45', '09:00'], taken, 45)).toBe('08:45');
  expect(timeBetween(['09:00'], taken, 45)).toBeUndefined();
  expect(timeBetween(['09:00'], [], 45)).toBe('09:00');
});
