import { beforeEach, expect, test } from 'vitest';
import { followServerClock, nowMs } from './clock.ts';

const aheadOf = (ms: number) => nowMs() - Date.now() - ms;

/** An answer that took 40 ms and whose service is `ms` ahead of this device. */
function answerFrom(ms: number): void {
  const received = Date.now();
  followServerClock(new Date(received - 20 + ms).toUTCString(), received - 40, received);
}

beforeEach(() => answerFrom(0));

test('a service clock that has moved is followed, there and back', () => {
  answerFrom(40 * 86_400_000);
  expect(Math.abs(aheadOf(40 * 86_400_000))).toBeLessThan(1600);
  answerFrom(-3_600_000);
  expect(Math.abs(aheadOf(-3_600_000))).toBeLessThan(1600);
  answerFrom(0);
  expect(Math.abs(aheadOf(0))).toBeLessThan(50);
});

test('the whole seconds of the header are no skew', () => {
  for (let i = 0; i < 50; i++) {
    const received = Date.now() + i * 37;
    followServerClock(new Date(received).toUTCString(), received - 40, received);
  }
  expect(Math.abs(aheadOf(0))).toBeLessThan(50);
});

test('an answer without a date says nothing', () => {
  followServerClock(null, Date.now(), Date.now());
  followServerClock('soon', Date.now(), Date.now());
  expect(Math.abs(aheadOf(0))).toBeLessThan(50);
});
