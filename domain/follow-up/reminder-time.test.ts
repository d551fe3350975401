import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { isPublicHoliday } from '../holidays.ts';
import type { DateText, Zone } from '../time.ts';
import { reminderTime } from './reminder-time.ts';

test.each([
  ['ahead', '2027-01-13', 'Europe/Oslo', '2027-01-12T03:10Z', '2027-01-13T08:00:00.000Z'],
  ['ahead, on a Saturday', '2027-01-16', 'Europe/Oslo', '2027-01-12T03:10Z', '2027-01-18T08:00:00.000Z'],
  ['ahead, on 17 May', '2027-05-17', 'Europe/Oslo', '2027-05-16T03:10Z', '2027-05-18T07:00:00.000Z'],
  ['late, before nine', '2027-01-11', 'Europe/Oslo', '2027-01-12T03:10Z', '2027-01-12T08:00:00.000Z'],
  ['late, at work', '2027-01-11', 'Europe/Oslo', '2027-01-12T12:30Z', '2027-01-12T12:30:00.000Z'],
  ['late, in the evening', '2027-01-11', 'Europe/Oslo', '2027-01-12T19:00Z', '2027-01-13T08:00:00.000Z'],
  ['late, on a Friday evening', '2027-01-15', 'Europe/Oslo', '2027-01-15T19:00Z', '2027-01-18T08:00:00.000Z'],
  [
    'a quarter past three in Kathmandu',
    '2027-01-12',
    'Asia/Kathmandu',
    '2027-01-12T03:10Z',
    '2027-01-12T03:15:00.000Z',
  ],
  [
    'the evening before here',
    '2027-01-13',
    'Pacific/Auckland',
    '2027-01-12T03:10Z',
    '2027-01-12T20:00:00.000Z',
  ],
  ['summer time', '2027-06-01', 'America/St_Johns', '2027-06-01T03:10Z', '2027-06-01T11:30:00.000Z'],
])('%s', (_name, date, zone, now, expected) => {
  expect(reminderTime(date as DateText, zone as Zone, Temporal.Instant.from(now), isPublicHoliday)).toBe(
    expected,
  );
});
