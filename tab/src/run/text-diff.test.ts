import { expect, it } from 'vitest';
import { changeBetween, changesBetween, placeAfter } from './text-diff.ts';

const changes: [string, string, number, ReturnType<typeof changeBetween>][] = [
  ['', 'a', 1, { index: 0, removed: 0, inserted: 'a' }],
  ['aa', 'aaa', 1, { index: 0, removed: 0, inserted: 'a' }],
  ['aa', 'aaa', 3, { index: 2, removed: 0, inserted: 'a' }],
  ['abc', 'ac', 1, { index: 1, removed: 1, inserted: '' }],
  ['aaa', 'aa', 0, { index: 0, removed: 1, inserted: '' }],
  ['abc', 'axc', 2, { index: 1, removed: 1, inserted: 'x' }],
  ['abc', 'abc', 3, undefined],
  ['😀', '😁', 2, { index: 0, removed: 2, inserted: '😁' }],
  ['a😀', 'a😀😀', 5, { index: 3, removed: 0, inserted: '😀' }],
  ['hei', '', 0, { index: 0, removed: 3, inserted: '' }],
];

it.each(changes)('%j to %j with the caret at %i', (before, after, caret, expected) => {
  expect(changeBetween(before, after, caret)).toEqual(expected);
});

it('rebuilds the text from any change', () => {
  const texts = ['', 'a', 'ab', 'ba', 'aba', '😀', 'a😀b', '😁', 'abab', '😀😁'];
  for (const before of texts) {
    for (const after of texts) {
      for (let caret = 0; caret <= after.length; caret += 1) {
        const change = changeBetween(before, after, caret) ?? { index: 0, removed: 0, inserted: '' };
        const { index, removed, inserted } = change;
        expect(before.slice(0, index) + inserted + before.slice(index + removed)).toBe(after);
        expect(inserted.isWellFormed()).toBe(true);
      }
    }
  }
});

const places: [number, Parameters<typeof placeAfter>[1], number][] = [
  [5, [{ insert: 'abc' }], 8],
  [0, [{ insert: 'abc' }], 0],
  [5, [{ retain: 5 }, { insert: 'abc' }], 5],
  [5, [{ retain: 2 }, { delete: 2 }], 3],
  [5, [{ retain: 4 }, { delete: 4 }], 4],
  [2, [{ retain: 4 }, { delete: 4 }], 2],
  [6, [{ delete: 2 }, { retain: 1 }, { insert: 'xy' }], 6],
];

it.each(places)('a caret at %i after %j stands at %i', (place, delta, expected) => {
  expect(placeAfter(place, delta)).toBe(expected);
});

it('changes only the words that differ', () => {
  expect(changesBetween('en to tre fire', 'null en to tre og fire')).toEqual([
    { index: 10, removed: 0, inserted: 'og ' },
    { index: 0, removed: 0, inserted: 'null ' },
  ]);
});

it('rebuilds the text from its changes', () => {
  const texts = [
    '',
    'en',
    'en to',
    'to en',
    ' en  to tre',
    'tre en to\nfire',
    'en to 😀 tre',
    'en 😁 tre',
    'x'.repeat(9),
  ];
  for (const before of texts) {
    for (const after of texts) {
      let text = before;
      for (const { index, removed, inserted } of changesBetween(before, after)) {
        text = text.slice(0, index) + inserted + text.slice(index + removed);
      }
      expect(text).toBe(after);
    }
  }
});
