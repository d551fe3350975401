import { expect, test } from 'vitest';
import { contract } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import { read } from './sources.ts';
import { page, whoSeesWhat } from './who-sees-what.ts';

test('docs/who-sees-what.md is up to date', () => {
  expect(read(page), 'run: node tests/rules/who-sees-what.ts').toBe(whoSeesWhat());
});

test('every call but health and the notifications of Graph needs a person', () => {
  const open = Object.entries<Route>(contract)
    .filter(([, { access }]) => access === 'open' || access === 'microsoft')
    .map(([name]) => name);
  expect(open.sort()).toEqual(['graphNotifications', 'health']);
});

test('no administrator reaches what belongs to a pair', () => {
  const reached = Object.values<Route>(contract).filter(
    ({ access, path }) => access === 'admin' && /pairs|reviews|records|goals|promises|moments/.test(path),
  );
  expect(reached).toEqual([]);
});
