// What the project takes from others: exact versions, checked content, free licences, known install scripts.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { read, root, workspaces } from './sources.ts';

type Locked = {
  version?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
};
type Manifest = Record<string, unknown> & { allowScripts?: Record<string, boolean> };

const inFolder = 'node_modules/';
const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages,
)
  .filter(([path, entry]) => path.startsWith(inFolder) && entry.link !== true)
  .map(([path, entry]) => ({ ...entry, name: path.slice(path.lastIndexOf(inFolder) + inFolder.length) }));
const manifests = ['', ...workspaces].map((folder) => `${folder === '' ? '' : `${folder}/`}package.json`);

/** Licences that ask for no more than their own text beside the copy. */
const free = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'Zlib',
]);
/** Of packages that name none in their package.json: what their LICENSE file says, read by a person. */
const readByHand: Readonly<Record<string, string>> = { 'png-js@2.0.0': 'MIT' };

test('every version is exact', () => {
  const loose = manifests.flatMap((path) => {
    const manifest = JSON.parse(read(path)) as Manifest;
    return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries((manifest[kind] ?? {}) as Record<string, string>)
        // Our own folders have no version to choose.
        .filter(
          ([name, version]) =>
            !name.startsWith('@medspill/') && !/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version),
        )
        .map(([name, version]) => `${path}: ${name} ${version}`),
    );
  });
  expect(loose).toEqual([]);
});

// npm writes no digest for a binary of another system, which it never fetched.
test('every package is checked against its digest, and its address is left to npm', () => {
  expect(locked.length).toBeGreaterThan(200);
  expect(
    locked
      .filter(
        (one) => one.inBundle !== true && one.optional !== true && !/^sha512-/.test(one.integrity ?? ''),
      )
      .map((one) => one.name),
  ).toEqual([]);
  expect(read('package-lock.json')).not.toContain('"resolved": "http');
});

test('what runs in a tenant may be used, copied and sold', () => {
  const bound = locked
    .filter((one) => one.dev !== true && one.optional !== true)
    .map((one) => ({
      id: `${one.name}@${one.version}`,
      license: one.license ?? readByHand[`${one.name}@${one.version}`] ?? 'none',
    }))
    .filter(
      ({ license }) =>
        !license
          .replace(/[()]/g, '')
          .split(/ AND | OR /)
          .every((part) => free.has(part)),
    );
  expect(bound).toEqual([]);
});

test('no other package than those named runs a script when it is installed', () => {
  const allowed = Object.keys((JSON.parse(read('package.json')) as Manifest).allowScripts ?? {});
  const running = new Set(
    locked.filter((one) => one.hasInstallScript === true && one.optional !== true).map((one) => one.name),
  );
  expect([...running].sort()).toEqual(allowed.sort());
});

test('`npm run sbom` lists each package, with its version and digest', () => {
  // The shell finds npm under each system's own name.
  const { stdout, status } = spawnSync('npm run --silent sbom', { cwd: root, encoding: 'utf8', shell: true });
  expect(status).toBe(0);
  const bill = JSON.parse(stdout) as {
    bomFormat: string;
    components: { name: string; version: string; hashes?: { alg: string }[] }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const listed = new Set(bill.components.map((one) => `${one.name}@${one.version}`));
  const missing = locked
    .filter((one) => one.optional !== true)
    .map((one) => `${one.name}@${one.version}`)
    .filter((id) => !listed.has(id));
  expect(missing).toEqual([]);
  expect(
    bill.components
      .filter((one) => one.name === 'mongodb')
      .every((one) => one.hashes?.[0]?.alg === 'SHA-512'),
  ).toBe(true);
});
