// `node tests/faults/make-release.ts 0.1`, at the tag of a release: packs a data folder as that release leaves it, for
// the drill that opens it with later ones.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { seedReviews } from '../../sandbox/seed/seed-reviews.ts';

const release = process.argv[2];
if (release === undefined) throw new Error('Which release?');
const dataDir = mkdtempSync(join(tmpdir(), 'medspill-release-'));
const sandbox = await startSandbox({ dataDir, port: 0, quiet: true });
await seedReviews(sandbox, console.log);
await sandbox.processAll();
await sandbox.close();
const files = Object.fromEntries(
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    // Another machine has other ports.
    .filter((entry) => entry.isFile() && entry.name !== 'ports.json')
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path.slice(dataDir.length + 1), new Uint8Array(readFileSync(path))]),
);
const packed = join(import.meta.dirname, `release-${release.replaceAll('.', '-')}.zip`);
writeFileSync(packed, zipSync(files, { level: 9 }));
rmSync(dataDir, { recursive: true });
console.log(packed, Object.keys(files));
process.exit();
