import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { accessState, expiryOf } from './break-glass.ts';

const approved = Temporal.Instant.from('2027-01-07T10:00:00Z');
const expiresAt = expiryOf(approved);

test('an approval lasts a day to the moment', () => {
  const given = { state: 'approved', expiresAt } as const;
  expect(accessState(given, approved)).toBe('approved');
  expect(accessState(given, approved.add({ milliseconds: 24 * 3_600_000 - 1 }))).toBe('approved');
  expect(accessState(given, approved.add({ hours: 24 }))).toBe('over');
});

test('what nobody has approved opens nothing', () => {
  expect(accessState({ state: 'asked' }, approved)).toBe('asked');
  expect(accessState({ state: 'refused' }, approved)).toBe('refused');
  expect(accessState({ state: 'approved' }, approved)).toBe('over');
});
