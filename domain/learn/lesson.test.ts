import { expect, test } from 'vitest';
import content from '../content/content.json' with { type: 'json' };
import type { MonthText } from '../time.ts';
import { lessonFor } from './lesson.ts';
import { reflectionKeys } from './questions.ts';
import { emptyReflection, saveReflection } from './reflection.ts';

test('the table names exactly the questions of the catalogue', () => {
  expect(reflectionKeys.manager).toEqual(content.reflection.manager.map(({ key }) => key));
  expect(reflectionKeys.seller).toEqual(content.reflection.seller.map(({ key }) => key));
});

const on = (month: string, next?: string) => ({
  month: month as MonthText,
  answers: next === undefined ? {} : { r_next: next, r_diff: 'never shown' },
});
test.each([
  ['none before', [], undefined],
  ['the last one', [on('2027-01', 'ask more'), on('2027-02', ' listen ')], 'listen'],
  ['the newest that names one', [on('2027-01', 'ask more'), on('2027-02')], 'ask more'],
  ['not of the same month', [on('2027-03', 'too new')], undefined],
  ['blank', [on('2027-01', '  ')], undefined],
] as const)('lesson: %s', (_name, reflections, expected) => {
  expect(lessonFor('2027-03' as MonthText, reflections)).toBe(expected);
});

const stored = { rev: 2, answers: { r_good: 'x' } };
test.each([
  ['the first', 'manager', emptyReflection, { rev: 0, answers: { r_next: 'y' } }, 1],
  ['the next', 'manager', stored, { rev: 2, answers: {} }, 3],
  ['an older revision', 'manager', stored, { rev: 1, answers: { r_good: 'other' } }, 'stale'],
  ['a repeat', 'manager', stored, { rev: 1, answers: { r_good: 'x' } }, 2],
  ['a key of the seller', 'manager', stored, { rev: 2, answers: { p_own: '5' } }, 'invalid_input'],
  ['the seller’s own', 'seller', emptyReflection, { rev: 0, answers: { p_own: '5' } }, 1],
] as const)('save: %s', (_name, side, before, given, expected) => {
  const outcome = saveReflection(side, before, given);
  expect(outcome.ok ? outcome.value.rev : outcome.refusal.code).toBe(expected);
});
