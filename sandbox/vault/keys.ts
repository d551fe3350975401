// The vault's keys: made at the first start, kept for good. Losing one would lose every record sealed with it.
import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type VaultKey = {
  name: string;
  version: string;
  /** Seconds since 1970. */
  created: number;
  operations: string[];
  jwk: JsonWebKey;
};

export async function loadKeys(dataDir: string, now: number): Promise<VaultKey[]> {
  const file = join(dataDir, 'vault-keys.json');
  const stored = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (stored !== undefined) return JSON.parse(stored) as VaultKey[];
  const created = Math.floor(now / 1000);
  const version = () => randomUUID().replaceAll('-', '');
  const keys: VaultKey[] = [
    {
      name: 'record-signing',
      version: version(),
      created,
      operations: ['sign', 'verify'],
      jwk: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    },
    {
      name: 'record-wrapping',
      version: version(),
      created,
      operations: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
      jwk: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    },
  ];
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return keys;
}
