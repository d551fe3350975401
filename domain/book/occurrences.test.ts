import { RRule, type Weekday as RuleWeekday } from 'rrule';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { DateText, MonthText, WallTime, Zone } from '../time.ts';
import { dateInMonth, monthsOf, occurrenceIn, staysBetweenNeighbours } from './occurrences.ts';
import { type Pattern, weekdaySchema } from './pattern.ts';

const month = (text: string) => text as MonthText;

test.each<[string, Pattern, string]>([
  ['2026-12', { kind: 'weekday', week: 'first', weekday: 'wednesday' }, '2026-12-02'],
  ['2026-07', { kind: 'weekday', week: 'first', weekday: 'wednesday' }, '2026-07-01'],
  ['2027-02', { kind: 'weekday', week: 'fourth', weekday: 'friday' }, '2027-02-26'],
  ['2027-03', { kind: 'weekday', week: 'last', weekday: 'wednesday' }, '2027-03-31'],
  ['2027-02', { kind: 'date', day: 31 }, '2027-02-28'],
  ['2028-02', { kind: 'date', day: 30 }, '2028-02-29'],
  ['2027-01', { kind: 'date', day: 31 }, '2027-01-31'],
  ['2027-01', { kind: 'last_weekday' }, '2027-01-29'],
  ['2027-06', { kind: 'last_weekday' }, '2027-06-30'],
])('in %s, %o is %s', (text, pattern, date) => {
  expect(dateInMonth(month(text), pattern)).toBe(date);
});

test('the wall time stays over both changes of the clock', () => {
  const at = (text: string, zone: string) =>
    occurrenceIn(month(text), { kind: 'date', day: 28 }, '10:00' as WallTime, zone as Zone, 45);
  expect(at('2027-02', 'Europe/Oslo').start).toBe('2027-02-28T09:00:00.000Z');
  expect(at('2027-03', 'Europe/Oslo').start).toBe('2027-03-28T08:00:00.000Z');
  expect(at('2027-11', 'Europe/Oslo').start).toBe('2027-11-28T09:00:00.000Z');
  expect(at('2027-11', 'America/St_Johns').start).toBe('2027-11-28T13:30:00.000Z');
  expect(at('2027-11', 'Asia/Kathmandu').end).toBe('2027-11-28T05:00:00.000Z');
});

test('a moved review stays between its neighbours', () => {
  const neighbours = { before: '2027-01-06' as DateText, after: '2027-03-03' as DateText };
  expect(staysBetweenNeighbours('2027-02-10' as DateText, neighbours)).toBe(true);
  expect(staysBetweenNeighbours('2027-03-03' as DateText, neighbours)).toBe(false);
  expect(staysBetweenNeighbours('2027-01-06' as DateText, neighbours)).toBe(false);
  expect(staysBetweenNeighbours('2030-01-06' as DateText, {})).toBe(true);
});

// 10,000 random series against rrule, day by day, and in zones with odd offsets against Temporal's own arithmetic.
test('a series equals the one that rrule expands', () => {
  const seed = Number(process.env.SEED ?? 20_261_123);
  console.info(`seed ${seed}`);
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const zones = ['Europe/Oslo', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'] as const;
  for (let round = 0; round < 10_000; round++) {
    const pattern: Pattern = pick<() => Pattern>([
      () => ({
        kind: 'weekday',
        week: pick(['first', 'second', 'third', 'fourth', 'last'] as const),
        weekday: pick(weekdaySchema.options),
      }),
      () => ({ kind: 'date', day: 1 + Math.floor(random() * 31) }),
      () => ({ kind: 'last_weekday' }),
    ])();
    const firstMonth = month(
      `${2024 + Math.floor(random() * 20)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}`,
    );
    const months = 1 + Math.floor(random() * 24);
    const dates = monthsOf(firstMonth, months).map((each) => dateInMonth(each, pattern));
    expect(dates, `${firstMonth} ${JSON.stringify(pattern)}`).toEqual(
      expandedByRule(pattern, firstMonth, months),
    );

    const zone = pick(zones);
    const hour = Math.floor(random() * 24);
    const time = `${String(hour).padStart(2, '0')}:30` as WallTime;
    const day = pick(monthsOf(firstMonth, months));
    const { start } = occurrenceIn(day, pattern, time, zone as Zone, 30);
    const local = Temporal.Instant.from(start).toZonedDateTimeISO(zone);
    const asked = Temporal.PlainDateTime.from(`${dateInMonth(day, pattern)}T${time}`);
    const gap = asked.until(local.toPlainDateTime()).total('minutes');
    // Only a wall time that the spring change skips moves, and forward.
    expect([0, 30, 60]).toContain(gap);
    if (gap > 0) expect(local.startOfDay().hoursInDay).toBeLessThan(24);
  }
});

function expandedByRule(pattern: Pattern, firstMonth: MonthText, count: number): string[] {
  const days = [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR];
  const position = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
  const rule = (): { byweekday?: RuleWeekday[]; bysetpos?: number; bymonthday?: number[] } => {
    if (pattern.kind === 'last_weekday') return { byweekday: days, bysetpos: -1 };
    if (pattern.kind === 'weekday') {
      const day = days[weekdaySchema.options.indexOf(pattern.weekday)] as RuleWeekday;
      return { byweekday: [day.nth(position[pattern.week])] };
    }
    // RFC 5545 skips short months; the last candidate of 28 … day is Exchange's last day of the month.
    const last = Math.min(pattern.day, 28);
    return {
      bymonthday: Array.from({ length: pattern.day - last + 1 }, (_, index) => last + index),
      bysetpos: -1,
    };
  };
  const [year = 0, monthNumber = 0] = firstMonth.split('-').map(Number);
  return new RRule({
    freq: RRule.MONTHLY,
    dtstart: new Date(Date.UTC(year, monthNumber - 1, 1)),
    count,
    ...rule(),
  })
    .all()
    .map((date) => date.toISOString().slice(0, 10));
}

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
