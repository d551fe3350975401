import { expect, test } from 'vitest';
import type { DateText } from '../time.ts';
import { keptFrom, retentionKinds, retentionRules, usualRetention } from './retention.ts';

test.each([
  ['2027-04-06', 'notesDays', '2027-01-06'],
  ['2027-04-06', 'reflectionsMonths', '2026-04-06'],
  ['2029-02-28', 'recordsMonths', '2027-02-28'],
  // A month that is shorter ends on its last day.
  ['2027-08-31', 'afterLeavingMonths', '2027-02-28'],
] as const)('on %s the term of %s begins %s', (today, kind, from) => {
  expect(keptFrom(today as DateText, usualRetention, kind)).toBe(from);
});

test('what is usual lies within the limits', () => {
  for (const kind of retentionKinds) {
    const { usual, least, most } = retentionRules[kind];
    expect(usual).toBeGreaterThanOrEqual(least);
    expect(usual).toBeLessThanOrEqual(most);
  }
});
