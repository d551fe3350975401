import { expect, test } from 'vitest';
import content from '../content/content.json' with { type: 'json' };
import { questionOf, questions } from './questions.ts';

const groups = {
  manager_practical: ['manager', 'practical'],
  manager_mental: ['manager', 'mental'],
  seller_practical: ['seller', 'practical'],
  seller_mental: ['seller', 'mental'],
} as const;

test('the table names exactly the questions of the catalogue, in its halves', () => {
  const catalogue = Object.entries(groups).flatMap(([group, [side, half]]) =>
    content.prep[group as keyof typeof groups].map(({ key }) => [key, side, half]),
  );
  expect(Object.entries(questions).map(([key, { side, half }]) => [key, side, half])).toEqual(catalogue);
});

test("a manager's private question can never be shared, a seller's by choice", () => {
  for (const [group, [side]] of Object.entries(groups)) {
    for (const { key, visibility } of content.prep[group as keyof typeof groups]) {
      const shareable = visibility === 'revealed' || side === 'seller';
      expect(questionOf(side, key)?.shareable, key).toBe(shareable);
    }
  }
});

test('only the reaction is not stored', () => {
  const unstored = Object.entries(questions).filter(([, { stored }]) => !stored);
  expect(unstored.map(([key]) => key)).toEqual(['mm_reaction']);
});

test.each([
  ['seller', 'mp_outcome'],
  ['manager', 'sp_wish'],
  ['seller', 'constructor'],
  ['seller', 'unknown'],
] as const)('%s does not answer %s', (side, key) => {
  expect(questionOf(side, key)).toBeUndefined();
});
