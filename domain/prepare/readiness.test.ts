import { expect, test } from 'vitest';
import type { InstantText } from '../time.ts';
import type { Part } from './contract.ts';
import { canBeReady, halvesOf, missingOf, readinessOf } from './readiness.ts';

function part(...keys: string[]): Part {
  return {
    rev: 1,
    answers: Object.fromEntries(keys.map((key) => [key, { text: `about ${key}`, ready: false }])),
    ratings: {},
  };
}

test.each([
  ['seller', part(), { practical: 0, mental: 0 }, { practical: 3, mental: 3 }, false],
  [
    'seller',
    part('sp_wish', 'sp_proud', 'sm_mind'),
    { practical: 2, mental: 1 },
    { practical: 1, mental: 2 },
    false,
  ],
  [
    'seller',
    part('sp_wish', 'sp_proud', 'sp_case', 'sm_mind', 'sm_energy', 'sm_feedback'),
    { practical: 3, mental: 3 },
    { practical: 0, mental: 0 },
    true,
  ],
  [
    'manager',
    part('mp_outcome', 'mp_last', 'mp_stage', 'mp_strength', 'mm_state', 'mm_style'),
    { practical: 4, mental: 2 },
    { practical: 0, mental: 1 },
    false,
  ],
  // Keys of the other side do not count.
  [
    'manager',
    part('sp_wish', 'sm_mind', 'mm_state'),
    { practical: 0, mental: 1 },
    { practical: 3, mental: 2 },
    false,
  ],
] as const)('%s with %j has %j', (side, given, halves, missing, ready) => {
  expect(halvesOf(side, given)).toEqual(halves);
  expect(missingOf(halves)).toEqual(missing);
  expect(canBeReady(halves)).toBe(ready);
});

test('blank answers do not count', () => {
  const blank = { answers: { sp_wish: { text: ' \n', ready: true } } };
  expect(halvesOf('seller', blank)).toEqual({ practical: 0, mental: 0 });
});

test('readiness tells counts and the word "ready" of each side', () => {
  const seller = { ...part('sp_wish'), readyAt: '2027-01-05T09:00:00.000Z' as InstantText };
  expect(readinessOf({ manager: part('mm_state'), seller })).toEqual({
    manager: { practical: 0, mental: 1, ready: false },
    seller: { practical: 1, mental: 0, ready: true },
  });
});
