// Dependencies point inwards: domain ← use cases and ports ← adapters ← composition. The sandbox is for tests and
// `npm start` alone, and production code does not know of it.
import { expect, test } from 'vitest';
import { declaredIn, filesIn, isTest, offending, read, sourcesIn, stages } from './sources.ts';

const production = (folder: string) => sourcesIn(folder).filter((path) => !isTest(path));
const isOurs = (name: string) => /^(domain|api|tab|sandbox|tests|infra|appPackage)\//.test(name);
const stageFiles = (folder: string) =>
  [...stages, 'trust'].flatMap((stage) => production(`${folder}/${stage}`));

test('domain imports itself and what its package.json declares', () => {
  const declared = declaredIn('domain', ['dependencies']);
  expect([...declared].sort()).toEqual(['fflate', 'temporal-polyfill', 'yjs', 'zod']);
  expect(
    offending(production('domain'), (name) => name.startsWith('domain/') || declared.includes(name)),
  ).toEqual([]);
});

test('the tab sees only domain of ours, and what its package.json declares', () => {
  const declared = declaredIn('tab', ['dependencies']);
  expect(
    offending(production('tab/src'), (name) =>
      isOurs(name) ? name.startsWith('tab/') || name.startsWith('domain/') : declared.includes(name),
    ),
  ).toEqual([]);
});

test('the api sees only domain of ours, and what its package.json declares', () => {
  const declared = declaredIn('api', ['dependencies', 'devDependencies']);
  // Declared by domain, and the same copy: a second zod, yjs or Temporal would not know the first one's values.
  const throughDomain = declaredIn('domain', ['dependencies']);
  expect(
    offending(production('api/src'), (name) =>
      isOurs(name)
        ? name.startsWith('api/') || name.startsWith('domain/')
        : name.startsWith('node:') || declared.includes(name) || throughDomain.includes(name),
    ),
  ).toEqual([]);
});

test('inside the api, stages know ports and no adapters, and adapters know no stages', () => {
  // app.ts is the type of what a use case may use; running.ts puts the adapters behind it.
  const composition = ['api/src/main.ts', 'api/src/running.ts'];
  expect(
    offending(
      [...stageFiles('api/src'), 'api/src/app.ts', 'api/src/ports.ts'],
      (name) => !name.startsWith('api/src/adapters/') && !composition.includes(name),
    ),
  ).toEqual([]);
  expect(
    offending(production('api/src/adapters'), (name) => {
      const [stage = ''] = name.replace(/^api\/src\//, '').split('/');
      const isStage = name.startsWith('api/src/') && [...stages, 'trust'].includes(stage);
      return !isStage && ![...composition, 'api/src/app.ts'].includes(name);
    }),
  ).toEqual([]);
});

test('nothing but tests imports the sandbox', () => {
  const outside = ['domain', 'api', 'tab', 'infra', 'appPackage'].flatMap(sourcesIn);
  expect(offending(outside, (name) => !/^(sandbox|tests)\//.test(name))).toEqual([]);
  expect(offending(production('sandbox'), (name) => !/^(tests|api|tab)\//.test(name))).toEqual([]);
});

test('production code never names the sandbox', () => {
  const naming = ['domain', 'api', 'tab', 'infra']
    .flatMap(filesIn)
    .filter((path) => !isTest(path) && !/\.(png|ttf|json)$/.test(path))
    .filter((path) => /sandbox/i.test(read(path)));
  expect(naming).toEqual([]);
});

test('the environment is read in one place', () => {
  const reading = [...production('domain'), ...production('tab/src'), ...production('api/src')].filter(
    (path) => /\bprocess\.env\b/.test(read(path).replace(/\/\/.*$/gm, '')),
  );
  expect(reading).toEqual(['api/src/running.ts']);
});
