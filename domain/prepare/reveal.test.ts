import { expect, test } from 'vitest';
import type { InstantText } from '../time.ts';
import type { Part } from './contract.ts';
import { bothViews, othersPart } from './reveal.ts';

const opened = '2027-01-06T09:00:00.000Z';
const preparation: { manager: Part; seller: Part } = {
  manager: {
    rev: 3,
    answers: {
      mp_stage: { text: 'shared closing', ready: true },
      mp_strength: { text: 'unready strength', ready: false },
      // Stored as ready by mistake or malice: the question itself is never shown.
      mm_message: { text: 'hardest sentence', ready: true },
    },
    ratings: {
      closing: { value: 2, example: 'shared example', ready: true },
      discovery: { value: 4, example: 'unready example', ready: false },
    },
  },
  seller: {
    rev: 5,
    answers: {
      sp_wish: { text: 'my wish', ready: true },
      sm_mind: { text: 'hard to say', ready: false },
      sm_energy: { text: 'chosen to share', ready: true },
    },
    ratings: { closing: { value: null, example: '', ready: true } },
    readyAt: '2027-01-05T09:00:00.000Z' as InstantText,
  },
};

test.each(['manager', 'seller'] as const)('nothing of the other reaches the %s before it opens', (reader) => {
  expect(othersPart(reader, preparation, undefined)).toBeUndefined();
  expect(bothViews(preparation, undefined)).toEqual([]);
});

test('the seller reads what the manager marked ready and could share', () => {
  expect(othersPart('seller', preparation, opened)).toEqual({
    answers: { mp_stage: { text: 'shared closing', ready: true } },
    ratings: { closing: { value: 2, example: 'shared example', ready: true } },
  });
});

test('the manager reads what the seller chose, readiness included', () => {
  expect(othersPart('manager', preparation, opened)).toEqual({
    answers: {
      sp_wish: { text: 'my wish', ready: true },
      sm_energy: { text: 'chosen to share', ready: true },
    },
    ratings: { closing: { value: null, example: '', ready: true } },
    readyAt: '2027-01-05T09:00:00.000Z',
  });
});

test('both views stand side by side, only where marked ready', () => {
  expect(bothViews(preparation, opened)).toEqual([{ stage: 'closing', manager: 2, seller: null }]);
});
