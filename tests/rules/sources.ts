// The project's source files and what each imports, read once for all rules.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const stages = ['book', 'prepare', 'run', 'sign', 'follow-up', 'learn'] as const;

const passedBy = new Set(['node_modules', 'dist', '.out', '.cache', '.data']);

/** Paths from the root, with forward slashes. A folder that is not there yet has no files. */
export function filesIn(folder: string): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => passedBy.has(part)))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function sourcesIn(folder: string): string[] {
  return filesIn(folder).filter((path) => /\.(ts|tsx|mjs)$/.test(path));
}

export const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** A path from the root for what is ours (`@medspill/domain/ids` is `domain/ids`), else the name of a package. */
export function importsOf(path: string): string[] {
  const found = read(path).matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, name = '']) => {
    if (name.startsWith('.'))
      return normalize(join(dirname(path), name))
        .split(sep)
        .join('/');
    if (name.startsWith('@medspill/')) return name.slice('@medspill/'.length);
    return packageOf(name);
  });
}

export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Every import of these files that the rule does not allow, as `file -> import`. */
export function offending(paths: string[], allows: (imported: string, path: string) => boolean): string[] {
  return paths.flatMap((path) =>
    importsOf(path)
      .filter((imported) => !allows(imported, path))
      .map((imported) => `${path} -> ${imported}`),
  );
}

type PackageFile = {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

export const workspaces = ['domain', 'api', 'tab', 'sandbox'] as const;

/** Names of what a package.json declares, without the project's own packages. `folder` is '' for the root. */
export function declaredIn(folder: string, kinds: (keyof PackageFile)[]): string[] {
  const file = JSON.parse(read(join(folder, 'package.json'))) as PackageFile;
  return kinds
    .flatMap((kind) => Object.keys(file[kind] ?? {}))
    .filter((name) => !name.startsWith('@medspill/'));
}
