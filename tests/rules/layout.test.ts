// The round is the layout: the same six folders on each side, and a closed set of names around them.
import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { expect, test } from 'vitest';
import { contract } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import { filesIn, isTest, read, root, sourcesIn, stages } from './sources.ts';

function foldersIn(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name))
    .map(({ name }) => name)
    .sort();
}

const sides: [side: string, others: string[]][] = [
  ['domain', ['content', 'trust']],
  ['api/src', ['adapters', 'http', 'outbox', 'shell', 'trust']],
  ['tab/src', ['client', 'shell', 'trust', 'ui']],
];

test.each(sides)('%s has the six stages and a closed set of other folders', (side, others) => {
  expect(foldersIn(side)).toEqual([...stages, ...others].sort());
});

test.each(stages)('the stage %s: a contract, its routes, and rules or use cases beside them', (stage) => {
  expect(filesIn(`domain/${stage}`)).toContain(`domain/${stage}/contract.ts`);
  const names = sourcesIn(`api/src/${stage}`).map((path) => basename(path));
  expect(names).toContain('routes.ts');
  expect(names.length).toBeGreaterThan(1);
  // A stage that has grown is nouns and verbs in one flat folder.
  expect(foldersIn(`api/src/${stage}`)).toEqual([]);
  expect(foldersIn(`tab/src/${stage}`)).toEqual([]);
  expect(foldersIn(`domain/${stage}`)).toEqual([]);
  expect(sourcesIn(`tab/src/${stage}`).filter((path) => path.endsWith('-page.tsx'))).not.toEqual([]);
});

test('a route stands in the contract of its stage, and only routes.ts registers it', () => {
  for (const [name, route] of Object.entries<Route>(contract)) {
    if (route.stage === 'shell') continue;
    expect(read(`domain/${route.stage}/contract.ts`), name).toMatch(new RegExp(`^ {2}${name}: \\{`, 'm'));
    expect(read(`api/src/${route.stage}/routes.ts`), name).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

const ours = ['domain', 'api', 'tab', 'sandbox', 'tests', 'infra', 'docs'].flatMap(filesIn);

test('names are kebab-case and say what is inside', () => {
  const vague = /^(index|utils?|helpers?|common|shared|misc|lib|types|constants)$/;
  const wrong = ours.filter((path) => {
    const name = basename(path)
      .slice(0, basename(path).length - extname(path).length)
      .replace(/\.test$/, '');
    if (name === '' || name.startsWith('.') || basename(path) === 'README.md') return false;
    // What a host asks for by name: pages of the web.
    if (/\.(html|json|bicepparam)$/.test(path)) return false;
    if (path.endsWith('vite.config.ts')) return false;
    return vague.test(name) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  });
  expect(wrong).toEqual([]);
  const folders = ours.flatMap((path) => path.split('/').slice(0, -1));
  expect([...new Set(folders)].filter((name) => vague.test(name))).toEqual([]);
});

test('no file only passes on what others export', () => {
  const barrels = ours
    .filter((path) => /\.tsx?$/.test(path))
    .filter((path) => {
      const code = read(path)
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .trim();
      return code !== '' && code.replace(/export (type )?(\*|\{[^}]*\}) from '[^']+';?\s*/g, '') === '';
    });
  expect(barrels).toEqual([]);
});

test('the type checks are not switched off', () => {
  const escapes =
    /@ts-(ignore|nocheck|expect-error)|biome-ignore[^\n]*(noExplicitAny|noNonNullAssertion)|\bas any\b|:\s*any\b/;
  const escaping = ['domain', 'api', 'tab', 'sandbox', 'infra']
    .flatMap(sourcesIn)
    .filter((path) => escapes.test(read(path).replace(/^\s*(\/\/(?! biome| @ts)|\/?\*).*$/gm, '')));
  expect(escaping).toEqual([]);
  const { linter } = JSON.parse(read('biome.json')) as { linter: { rules: Record<string, object> } };
  expect(linter.rules.suspicious).toMatchObject({ noExplicitAny: 'error' });
  expect(linter.rules.style).toMatchObject({ noNonNullAssertion: 'error' });
});

test('domain has no Date', () => {
  const dated = sourcesIn('domain')
    .filter((path) => !isTest(path))
    .filter((path) => /\bnew Date\b|\bDate\.(now|parse|UTC)\b/.test(read(path)));
  expect(dated).toEqual([]);
});

test('no file is left half done', () => {
  const marked = ours
    .filter((path) => /\.(ts|tsx|mjs|md|css|bicep)$/.test(path) && !path.startsWith('tests/rules/'))
    .filter((path) => /\b(TODO|FIXME|XXX)\b/.test(read(path)));
  expect(marked).toEqual([]);
});
