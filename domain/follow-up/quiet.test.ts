import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { isPublicHoliday } from '../holidays.ts';
import type { InstantText } from '../time.ts';
import { freeFrom, type Span, type WorkingHours } from './quiet.ts';

const office: WorkingHours = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  start: '08:00',
  end: '16:00',
  zone: 'Europe/Oslo',
};
const span = (start: string, end: string): Span => ({
  start: `${start}:00.000Z` as InstantText,
  end: `${end}:00.000Z` as InstantText,
});
const from = (now: string, taken: Span[] = [], hours: Partial<WorkingHours> = {}) =>
  freeFrom(Temporal.Instant.from(`${now}:00Z`), { ...office, ...hours }, taken, isPublicHoliday)
    .toString({ smallestUnit: 'minute' })
    .replace('Z', '');

test.each([
  ['at work it is now', '2027-01-12T10:00', [], {}, '2027-01-12T10:00'],
  ['nothing comes before nine, though work begins at eight', '2027-01-12T07:10', [], {}, '2027-01-12T08:00'],
  ['after hours it waits for the morning', '2027-01-12T15:00', [], {}, '2027-01-13T08:00'],
  ['a weekend passes', '2027-01-15T20:00', [], {}, '2027-01-18T08:00'],
  ['so does 17 May', '2027-05-14T20:00', [], {}, '2027-05-18T07:00'],
  [
    'a meeting passes, and the one right after it',
    '2027-01-12T10:00',
    [span('2027-01-12T09:30', '2027-01-12T10:30'), span('2027-01-12T10:30', '2027-01-12T11:15')],
    {},
    '2027-01-12T11:15',
  ],
  [
    'a meeting that has yet to begin is none',
    '2027-01-12T10:00',
    [span('2027-01-12T10:05', '2027-01-12T10:30')],
    {},
    '2027-01-12T10:00',
  ],
  [
    'a meeting to the end of the day leaves tomorrow',
    '2027-01-12T10:00',
    [span('2027-01-12T09:30', '2027-01-12T15:30')],
    {},
    '2027-01-13T08:00',
  ],
  [
    'an absence of two weeks passes',
    '2027-01-12T10:00',
    [span('2027-01-11T23:00', '2027-01-25T23:00')],
    {},
    '2027-01-26T08:00',
  ],
  ['late hours begin late', '2027-01-12T08:00', [], { start: '11:00', end: '19:00' }, '2027-01-12T10:00'],
  ['early hours end early', '2027-01-12T13:30', [], { start: '06:00', end: '14:00' }, '2027-01-13T08:00'],
  [
    'mornings before nine are hours too',
    '2027-01-12T05:00',
    [],
    { start: '06:00', end: '08:30' },
    '2027-01-12T05:00',
  ],
  ['Tuesdays only', '2027-01-13T10:00', [], { days: ['tuesday'] }, '2027-01-19T08:00'],
  ['Saturdays too', '2027-01-15T20:00', [], { days: [...office.days, 'saturday'] }, '2027-01-16T08:00'],
  [
    'a night shift counts as unknown',
    '2027-01-12T23:00',
    [],
    { start: '22:00', end: '06:00' },
    '2027-01-13T08:00',
  ],
  ['no days count as unknown', '2027-01-16T10:00', [], { days: [] }, '2027-01-18T08:00'],
  ['it is the zone of the reader', '2027-01-12T02:00', [], { zone: 'Asia/Kathmandu' }, '2027-01-12T03:15'],
])('%s', (_, now, taken, hours, expected) => {
  expect(from(now, taken, hours)).toBe(expected);
});
