import { expect, test } from 'vitest';
import { isPublicHoliday } from '../holidays.ts';
import { type DateText, occurrenceTime, type WallTime, type Zone } from '../time.ts';
import { prepBlock, reflectBlock } from './blocks.ts';

const review = (date: string, time = '10:00', minutes = 45) =>
  occurrenceTime(date as DateText, time as WallTime, 'Europe/Oslo' as Zone, minutes);

test.each([
  ['2026-12-02', '2026-11-30'],
  // Over a weekend.
  ['2026-12-07', '2026-12-03'],
  // Over Easter 2027: Maundy Thursday 25 March to Easter Monday 29 March.
  ['2027-03-31', '2027-03-24'],
  // 17 May 2027 is a Monday.
  ['2027-05-19', '2027-05-14'],
])('preparation for %s is on %s', (date, prep) => {
  expect(prepBlock(review(date), isPublicHoliday)).toMatchObject({ date: prep, time: '10:00', minutes: 20 });
});

test('reflection begins when the review ends, on the same wall clock', () => {
  expect(reflectBlock(review('2027-03-28', '10:00', 60))).toMatchObject({
    date: '2027-03-28',
    time: '11:00',
    minutes: 15,
    start: '2027-03-28T09:00:00.000Z',
  });
  expect(reflectBlock(review('2026-12-02', '23:30', 60))).toMatchObject({
    date: '2026-12-03',
    time: '00:30',
  });
});
