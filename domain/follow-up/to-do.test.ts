import { expect, test } from 'vitest';
import { mergedTick } from './to-do.ts';

test.each([
  ['nothing has changed', { here: false, there: false, before: false }, false],
  ['done there', { here: false, there: true, before: false }, true],
  ['done here', { here: true, there: false, before: false }, true],
  ['done in both places', { here: true, there: true, before: false }, true],
  ['taken back here', { here: false, there: true, before: true }, false],
  ['taken back there', { here: true, there: false, before: true }, false],
])('%s', (_, compared, expected) => {
  expect(mergedTick(compared)).toBe(expected);
});
