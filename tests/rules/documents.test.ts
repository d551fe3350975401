// The written pages: links lead somewhere, and commands and folders that they name exist.
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, read, root } from './sources.ts';

const pages = [
  'README.md',
  ...['docs', 'sandbox', 'domain', 'api', 'tab', 'tests', 'infra']
    .flatMap(filesIn)
    .filter((path) => path.endsWith('.md')),
];

test('every link to a file leads to one', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page} -> ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const missing = pages.flatMap((page) =>
    [...read(page).matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => scripts[name] === undefined)
      .map((name) => `${page}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every test that a decision leans on exists', () => {
  const missing = pages.flatMap((page) =>
    [...read(page).matchAll(/`((?:tests|domain|api|tab|sandbox)\/[\w./-]+\.\w+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !path.includes('dist/') && !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test('a picture of the README is small enough to load at once', () => {
  const pictures = filesIn('docs/images');
  expect(pictures).toHaveLength(2);
  for (const picture of pictures) {
    expect(read('README.md')).toContain(picture);
    expect(statSync(join(root, picture)).size, picture).toBeLessThan(300_000);
  }
});
