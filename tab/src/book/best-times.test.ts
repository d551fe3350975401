import { expect, test } from 'vitest';
import { bestTimes, type Slot, suggestedTime } from './best-times.ts';

const slot = (time: string, freeOn: number) =>
  ({ date: '2027-01-06', time, sellerTime: time, freeOn, of: 12 }) as Slot;

test('the freest times are kept and shown as the clock has them', () => {
  const slots = [
    slot('14:00', 12),
    slot('09:00', 10),
    slot('10:30', 12),
    slot('08:00', 12),
    slot('11:00', 9),
  ];
  expect(bestTimes(slots, 3).map((one) => one.time)).toEqual(['08:00', '10:30', '14:00']);
  expect(bestTimes(slots, 1).map((one) => one.time)).toEqual(['10:30']);
});

test('a time that is offered twice is shown once, as free as its best', () => {
  expect(bestTimes([slot('09:00', 3), slot('09:00', 8)], 6)).toEqual([slot('09:00', 8)]);
  expect(bestTimes([], 6)).toEqual([]);
});

test('the suggestion is the freest time nearest ten', () => {
  expect(suggestedTime([slot('08:00', 12), slot('10:00', 11), slot('10:30', 12), slot('14:00', 12)])).toBe(
    '10:30',
  );
  expect(suggestedTime([])).toBeUndefined();
});
