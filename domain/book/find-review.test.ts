import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { DateText, InstantText, MonthText, WallTime, Zone } from '../time.ts';
import { reviewsFor } from './find-review.ts';
import { occurrenceIn } from './occurrences.ts';
import { defaultPattern } from './pattern.ts';

const reviews = ['2026-12', '2027-01', '2027-02'].map((month) => ({
  month: month as MonthText,
  occurrence: occurrenceIn(
    month as MonthText,
    defaultPattern,
    '10:00' as WallTime,
    'Europe/Oslo' as Zone,
    45,
  ),
}));
const at = (text: string) => Temporal.Instant.from(text);
const months = (found: { month: string }[]) => found.map(({ month }) => month);

test.each<[string, Parameters<typeof reviewsFor>[1], string, string[]]>([
  [
    'the start that the host tells',
    { start: '2027-01-06T09:00:00Z' as InstantText },
    '2026-11-23T08:00:00Z',
    ['2027-01'],
  ],
  [
    'the original date in the id',
    { original: '2027-02-03' as DateText, pattern: defaultPattern },
    '2026-11-23T08:00:00Z',
    ['2027-02'],
  ],
  ['the clock, in the meeting', {}, '2026-12-02T09:10:00Z', ['2026-12']],
  ['the clock, an hour late', {}, '2026-12-02T11:00:00Z', ['2026-12']],
  ['in doubt the last and the next', {}, '2026-12-20T09:00:00Z', ['2026-12', '2027-01']],
  ['before the first, the first', {}, '2026-11-23T09:00:00Z', ['2026-12']],
])('%s decides', (_, hint, now, expected) => {
  expect(months(reviewsFor(reviews, hint, at(now)))).toEqual(expected);
});

test('there is none where there are none', () => {
  expect(reviewsFor([], {}, at('2026-12-02T09:10:00Z'))).toEqual([]);
});
