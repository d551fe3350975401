// The papers in docs/privacy: the same in both languages, and the data maps name each collection of the database.
import { expect, test } from 'vitest';
import { collections } from '../../api/src/adapters/mongo/queries.ts';
import { filesIn, read } from './sources.ts';

const papers = [
  ['datakart', 'data-map'],
  ['vurdering', 'assessment'],
  ['informasjon-til-ansatte', 'notice-to-employees'],
  ['droftingsnotat', 'discussion-memo'],
  ['databehandler', 'processor'],
] as const;
const page = (name: string) => read(`docs/privacy/${name}.md`);

test('each paper stands in both languages, and the index names them all', () => {
  const names = papers.flat().map((name) => `docs/privacy/${name}.md`);
  expect(filesIn('docs/privacy').filter((path) => !path.endsWith('README.md'))).toEqual(names.sort());
  for (const name of papers.flat()) expect(page('README')).toContain(`(${name}.md)`);
});

test.each(papers)('%s and %s have the same parts, and give no legal advice', (nb, en) => {
  const shape = (text: string) =>
    text
      .split('\n')
      .map((line) => /^(#+ |\||- |\d+\. )/.exec(line)?.[0])
      .filter((mark) => mark !== undefined);
  expect(shape(page(nb))).toEqual(shape(page(en)));
  expect(page(nb)).toContain('ikke juridisk rådgivning');
  expect(page(en).toLowerCase()).toContain('not legal advice');
});

test.each(['datakart', 'data-map'])('%s has a row for each collection', (name) => {
  const rows = page(name)
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, collection]) => collection),
    );
  expect(rows.sort()).toEqual(Object.keys(collections).sort());
});
