import { expect, test } from 'vitest';
import type { InstantText } from '../time.ts';
import { emptyPart, ratingOnFocus, type Saved, savePart } from './preparation.ts';
import { stageKeys } from './stages.ts';

const words = (text: string, ready = false) => ({ text, ready });
function save(changes: Partial<Saved> = {}): Saved {
  return { rev: 0, answers: {}, ratings: {}, ...changes };
}

test('a save replaces the words and raises the revision', () => {
  const first = savePart('seller', emptyPart, save({ answers: { sp_wish: words('a') } }), stageKeys);
  expect(first).toEqual({ ok: true, value: { rev: 1, answers: { sp_wish: words('a') }, ratings: {} } });
});

test('words that were deleted are gone', () => {
  const stored = { rev: 1, answers: { sp_wish: words('secret') }, ratings: {} };
  const saved = savePart('seller', stored, save({ rev: 1 }), stageKeys);
  expect(JSON.stringify(saved)).not.toContain('secret');
});

test('readiness is not the save’s to change', () => {
  const stored = { ...emptyPart, readyAt: '2027-01-05T09:00:00.000Z' as InstantText };
  const saved = savePart('seller', stored, save(), stageKeys);
  expect(saved.ok && saved.value.readyAt).toBe(stored.readyAt);
});

const stored = {
  rev: 2,
  answers: { sp_wish: words('a') },
  ratings: { closing: { value: 2, example: 'x', ready: true } },
} as const;
test.each([
  ['an older revision', save({ rev: 1 }), 'stale'],
  ['a newer revision', save({ rev: 3 }), 'stale'],
  ['a repeat of the save that got through', save({ ...stored, rev: 1 }), 2],
  [
    'a repeat with its keys in another order',
    save({ rev: 1, answers: { sp_wish: { ready: false, text: 'a' } }, ratings: stored.ratings }),
    2,
  ],
  ['a question of the manager', save({ rev: 2, answers: { mp_last: words('a') } }), 'invalid_input'],
  ['a key of an object', save({ rev: 2, answers: { toString: words('a') } }), 'invalid_input'],
] as const)('%s', (_name, given, expected) => {
  const outcome = savePart('seller', stored, given, stageKeys);
  expect(outcome.ok ? outcome.value.rev : outcome.refusal.code).toBe(expected);
});

const rated = (value: 4 | null, example: string) =>
  save({ ratings: { closing: { value, example, ready: true } } });
test.each([
  ['a value with an example', rated(4, 'Fjord, 3 May'), ['closing'], 'ok'],
  ['a value without one', rated(4, ' '), ['closing'], 'needs_example'],
  ['not observed needs none', rated(null, ''), ['closing'], 'ok'],
  ['a stage that is not in focus', rated(4, ''), ['discovery'], 'ok'],
  ['a month of all eight has no focus yet', rated(4, ''), stageKeys, 'ok'],
] as const)('rating: %s', (_name, given, ratedStages, expected) => {
  const outcome = savePart('seller', emptyPart, given, ratedStages);
  expect(outcome.ok ? 'ok' : outcome.refusal.code).toBe(expected);
});

test('the reaction is not stored, and a private answer of the manager cannot be shared', () => {
  const answers = {
    mm_reaction: words('anger'),
    mm_state: words('calm', true),
    mp_stage: words('closing', true),
  };
  const outcome = savePart('manager', emptyPart, save({ answers }), stageKeys);
  expect(outcome.ok && outcome.value.answers).toEqual({
    mm_state: words('calm', false),
    mp_stage: words('closing', true),
  });
});

test('the seller may share what is private by default', () => {
  const outcome = savePart(
    'seller',
    emptyPart,
    save({ answers: { sm_mind: words('hard', true) } }),
    stageKeys,
  );
  expect(outcome.ok && outcome.value.answers.sm_mind).toEqual(words('hard', true));
});

test('a rating without an example counts as not observed', () => {
  expect(ratingOnFocus({ value: 5, example: '', ready: true }).value).toBeNull();
  expect(ratingOnFocus({ value: 5, example: 'x', ready: true }).value).toBe(5);
});
