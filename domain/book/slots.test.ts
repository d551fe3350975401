import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { DateText, InstantText, MonthText, Zone } from '../time.ts';
import { defaultPattern } from './pattern.ts';
import { type Availability, datesAhead, proposeSlots } from './slots.ts';

const oslo = 'Europe/Oslo' as Zone;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const free = (zone: string, start = '08:00', end = '16:00'): Availability => ({
  known: true,
  busy: [],
  workingHours: { days, start, end, zone },
});
const dates = ['2026-12-02', '2027-01-06'] as DateText[];

test('dates that have passed are not looked at', () => {
  const from = (now: string) =>
    datesAhead(defaultPattern, '2026-12' as MonthText, oslo, Temporal.Instant.from(now));
  expect(from('2026-11-23T08:00:00Z')[0]).toBe('2026-12-02');
  expect(from('2026-12-03T08:00:00Z')[0]).toBe('2027-01-06');
});

test('only times within both working hours are offered, on both wall clocks', () => {
  const slots = proposeSlots(dates, oslo, 60, free('Europe/Oslo'), free('America/St_Johns'));
  // 08:00 in St. John's is 12:30 in Oslo.
  expect(slots.map(({ time }) => time)).toEqual(['12:30', '13:00', '13:30', '14:00', '14:30', '15:00']);
  expect(slots[0]).toEqual({ date: '2026-12-02', time: '12:30', sellerTime: '08:00', freeOn: 2, of: 2 });
  expect(
    proposeSlots(dates, oslo, 60, free('Europe/Oslo', '08:00', '11:00'), free('America/St_Johns')),
  ).toEqual([]);
});

test('a time that is free on more dates comes first; touching is free, overlapping is not', () => {
  const busy = (start: string, end: string): Availability => ({
    ...free('Europe/Oslo'),
    busy: [{ start: start as InstantText, end: end as InstantText }],
  });
  const slots = proposeSlots(
    dates,
    oslo,
    45,
    busy('2026-12-02T07:00:00.000Z', '2026-12-02T09:00:00.000Z'),
    free('Europe/Oslo'),
  );
  expect(slots[0]).toMatchObject({ time: '10:00', freeOn: 2 });
  expect(slots.find(({ time }) => time === '09:30')).toBeUndefined();
  const early = proposeSlots(
    dates,
    oslo,
    45,
    busy('2026-12-02T07:00:00.000Z', '2026-12-02T14:00:00.000Z'),
    free('Europe/Oslo'),
  );
  expect(early.find(({ time }) => time === '09:30')).toMatchObject({ freeOn: 1, of: 2 });
});

test('a calendar that cannot be read leaves only the working hours to go by', () => {
  const unknown: Availability = { ...free('Europe/Oslo', '09:00', '12:00'), known: false };
  expect(proposeSlots(dates, oslo, 60, free('Europe/Oslo'), unknown)).toHaveLength(5);
});
