import { expect, test } from 'vitest';
import { wordingHints } from './wording.ts';

test.each([
  ['Sykmeldingen varte i to uker.', 'health', 'Sykmeldingen'],
  ['Hun var utbrent i vår', 'health', 'utbrent'],
  ['On sick leave since May', 'health', 'sick leave'],
  ['Du svarer aldri på e-post', 'generalisation', 'aldri'],
  ['Du er veldig ofte alltid sen', 'generalisation', 'alltid'],
  ['You are always late', 'generalisation', 'always'],
  ['Han er lat', 'generalisation', 'lat'],
])('%s', (text, kind, word) => {
  expect(wordingHints(text)).toEqual([{ kind, word }]);
});

test.each([
  'Jeg vil alltid stille et åpent spørsmål først.',
  'Aldri før har så mange sagt ja.',
  'Kunden er et legekontor i Bodø.',
  'Du stilte fire spørsmål. Alltid hyggelig å høre.',
  'Platen var flat, og laten ble tatt.',
  'Han ringte kunden samme dag.',
  '',
])('nothing to say about: %s', (text) => {
  expect(wordingHints(text)).toEqual([]);
});

test('a long text without a point is read in the time of a keystroke, not of a meal', () => {
  // Nested repeats in the rules would never come back from this.
  expect(wordingHints('du og '.repeat(5_000))).toEqual([]);
  expect(wordingHints(`du ${'a '.repeat(5_000)}`)).toEqual([]);
});

test('both kinds at once, each once', () => {
  const text = 'Du er alltid syk, sykmeldt og sykmeldt igjen. Du er lat.';
  expect(wordingHints(text).map((one) => one.kind)).toEqual(['health', 'generalisation']);
});
