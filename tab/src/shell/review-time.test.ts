import { expect, test } from 'vitest';
import { nextTurn, partOf } from './review-time.ts';

const occurrence = { start: '2027-01-06T09:30:00.000Z', end: '2027-01-06T10:15:00.000Z' };
const at = (instant: string) => nextTurn(occurrence, Date.parse(instant));

test('the frame waits for the start, then for the end, then for nothing', () => {
  expect(at('2027-01-06T09:29:00Z')).toBe(61_000);
  expect(at('2027-01-06T09:30:00Z')).toBe(45 * 60_000 + 1000);
  expect(at('2027-01-06T10:15:00Z')).toBeUndefined();
  expect(at('2027-01-03T09:30:00Z')).toBeUndefined();
});

test('the part that opens fits where the review stands', () => {
  expect(partOf({ state: 'planned', phase: 'before' })).toBe('prepare');
  expect(partOf({ state: 'planned', phase: 'during' })).toBe('run');
  expect(partOf({ state: 'running', phase: 'after' })).toBe('run');
  expect(partOf({ state: 'signing', phase: 'after' })).toBe('sign');
  expect(partOf({ state: 'sealed', phase: 'after' })).toBe('sign');
});
