// Each dependency has one line with its reason, and each line a dependency.
import { expect, test } from 'vitest';
import { declaredIn, importsOf, read, sourcesIn, workspaces } from './sources.ts';

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

test('docs/dependencies.md names what the package.json files declare', () => {
  const declared = new Set(['', ...workspaces].flatMap((folder) => declaredIn(folder, [...kinds])));
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` *\| *(.+?) *\| *(.+?) *\|$/gm)];
  expect(rows.map(([, name = '']) => name).sort()).toEqual([...declared].sort());
  for (const [, name, where = '', reason = ''] of rows) {
    expect(reason.length, name).toBeGreaterThan(12);
    for (const folder of where.split(', '))
      expect(declaredIn(folder === 'root' ? '' : folder, [...kinds]), `${name} in ${folder}`).toContain(name);
  }
});

test('what runs is imported where it is declared', () => {
  for (const folder of workspaces) {
    const code = sourcesIn(folder);
    const imported = new Set(code.flatMap(importsOf));
    const text = code.map(read).join('\n');
    const unused = declaredIn(folder, ['dependencies']).filter(
      // Loaded by its file, as a font is, or when it is first needed.
      (name) => !imported.has(name) && !text.includes(`'${name}/`) && !text.includes(`import('${name}')`),
    );
    expect(unused, folder).toEqual([]);
  }
});
