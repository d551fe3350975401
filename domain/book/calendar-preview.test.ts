import { expect, test } from 'vitest';
import type { DateText, MonthText } from '../time.ts';
import { gapOverJuly, markOf, previewDates } from './calendar-preview.ts';
import { defaultPattern, type Pattern, type Weekday } from './pattern.ts';

const month = (text: string) => text as MonthText;
const date = (text: string) => text as DateText;
const weekdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** Capability list, section 6: public holiday / Easter week, Christmas week or squeezed day / July weeks. */
const counts = {
  first: ['9/3/2', '4/1/0', '2/1/0', '7/0/0', '2/6/0'],
  second: ['5/2/10', '0/4/10', '0/4/10', '5/0/8', '3/1/7'],
  third: ['5/3/10', '1/2/10', '2/2/10', '4/0/10', '3/3/10'],
  fourth: ['5/7/8', '4/7/10', '3/8/10', '10/4/10', '5/9/10'],
  last: ['7/10/3', '4/7/5', '3/8/7', '9/7/8', '5/11/10'],
} as const;

test('ten years of every weekday pattern meet what the capability list counts', () => {
  for (const week of Object.keys(counts) as (keyof typeof counts)[]) {
    const met = weekdays.map((weekday) => {
      const kinds = previewDates({ kind: 'weekday', week, weekday }, month('2027-01'), 120).map(
        (one) => one.mark?.kind,
      );
      const count = (...wanted: string[]) => kinds.filter((kind) => kind && wanted.includes(kind)).length;
      return `${count('holiday')}/${count('easter_week', 'christmas_week', 'squeezed')}/${count('july')}`;
    });
    expect([week, met]).toEqual([week, counts[week]]);
  }
});

test('the default pattern meets exactly three in 2027–2036', () => {
  const marked = previewDates(defaultPattern, month('2027-01'), 120).filter((one) => one.mark !== undefined);
  expect(marked.map((one) => one.date)).toHaveLength(3);
});

test('17 May 2027 is marked once with two names', () => {
  const mark = markOf(date('2027-05-17'));
  expect(mark?.kind === 'holiday' && mark.names.map((name) => name.nb)).toEqual([
    'grunnlovsdagen',
    'andre pinsedag',
  ]);
});

test('the July weeks of 2027 are 12–30 July', () => {
  const julyDays = Array.from({ length: 31 }, (_, index) => `2027-07-${String(index + 1).padStart(2, '0')}`);
  const marked = julyDays.filter((day) => markOf(date(day))?.kind === 'july');
  expect(marked[0]).toBe('2027-07-12');
  expect(marked.at(-1)).toBe('2027-07-30');
  expect(marked).toHaveLength(15);
});

test('gaps of a weekday pattern are 28 or 35 days, and 56 or 63 over a skipped July', () => {
  for (const { gapDays } of previewDates(defaultPattern, month('2027-01'), 120)) {
    if (gapDays !== undefined) expect([28, 35]).toContain(gapDays);
  }
  expect(gapOverJuly(defaultPattern, 2027)).toBe(63);
  expect(gapOverJuly(defaultPattern, 2028)).toBe(56);
});

test('alternatives lie in the same month, are free, and the same weekday comes first', () => {
  const patterns: Pattern[] = [
    { kind: 'date', day: 17 },
    { kind: 'last_weekday' },
    { kind: 'weekday', week: 'fourth', weekday: 'thursday' },
  ];
  for (const pattern of patterns) {
    for (const one of previewDates(pattern, month('2026-12'), 120)) {
      if (one.mark === undefined) expect(one.alternatives).toEqual([]);
      for (const other of one.alternatives) {
        expect(other.slice(0, 7)).toBe(one.month);
        expect(markOf(other)).toBeUndefined();
      }
      if (one.mark !== undefined) expect(one.alternatives.length).toBeGreaterThan(0);
    }
  }
  const [january] = previewDates({ kind: 'date', day: 1 }, month('2027-01'), 1);
  expect(january?.alternatives[0]).toBe('2027-01-08');
});
