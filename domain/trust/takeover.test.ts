import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { InstantText } from '../time.ts';
import { changeAt, isUnderWay, type PairSpan, presentPair, takeoverStart } from './takeover.ts';

const at = (day: number, hour = 8) =>
  `2027-01-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z` as InstantText;
const instant = (day: number, hour?: number) => Temporal.Instant.from(at(day, hour));

const former: PairSpan = { startsAt: at(1), confirmedAt: at(1), endsAt: 'open' };
const waiting: PairSpan = { startsAt: takeoverStart(instant(10)), endsAt: 'open' };
const confirmed: PairSpan = { ...waiting, confirmedAt: at(11) };

test.each([
  ['before the seller confirms', waiting, instant(20), false],
  ['in the two days', confirmed, instant(12, 7), false],
  ['when the two days are over', confirmed, instant(12, 8), true],
  ['after its end', { ...confirmed, endsAt: at(15) }, instant(15), false],
  ['just before its end', { ...confirmed, endsAt: at(15) }, instant(15, 7), true],
])('%s', (_when, pair, now, expected) => {
  expect(isUnderWay(pair, now)).toBe(expected);
});

test('a pair that waits does not hide the one under way', () => {
  expect(presentPair([waiting, former], instant(11))).toBe(former);
  expect(presentPair([confirmed, { ...former, endsAt: at(12) }], instant(13))).toBe(confirmed);
  expect(presentPair([waiting], instant(11))).toBe(waiting);
  expect(presentPair([{ ...former, endsAt: at(2) }], instant(11))).toBeUndefined();
});

test('the change is at the later of the two', () => {
  expect(changeAt(waiting)).toBeUndefined();
  expect(changeAt(confirmed)).toBe(at(12));
  expect(changeAt({ ...waiting, confirmedAt: at(20) })).toBe(at(20));
});
