// Each dependency has one line with its reason, and each line a dependency.
import { expect, test } from 'vitest';
import { declaredIn, read, workspaces } from './sources.ts';

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

test('docs/dependencies.md names what the package.json files declare', () => {
  const declared = new Set(['', ...workspaces].flatMap((folder) => declaredIn(folder, [...kinds])));
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` *\| *(.+?) *\| *(.+?) *\|$/gm)];
  expect(rows.map(([, name = '']) => name).sort()).toEqual([...declared].sort());
  for (const [, name, where = '', reason = ''] of rows) {
    expect(reason.length, name).toBeGreaterThan(15);
    for (const folder of where.split(', '))
      expect(declaredIn(folder === 'root' ? '' : folder, [...kinds]), `${name} in ${folder}`).toContain(name);
  }
});
