import { expect, test } from 'vitest';
import { contract } from './contract.ts';
import { paths } from './paths.ts';

test('the paths are those of the contract', () => {
  const expected = Object.fromEntries(
    Object.entries(contract).map(([name, route]) => [name, `${route.method} ${route.path}`]),
  );
  expect(paths).toEqual(expected);
});
