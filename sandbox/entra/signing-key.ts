import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

export type SigningKey = { kid: string; privateKey: CryptoKey; publicJwk: JWK };

/** Reads the directory's RS256 key, or makes it at the first start: yesterday's tokens must still verify. */
export async function loadSigningKey(dataDir: string): Promise<SigningKey> {
  const file = join(dataDir, 'entra-signing-key.json');
  const stored = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const jwk = stored === undefined ? await createKey(file) : (JSON.parse(stored) as JWK);
  const privateKey = (await importJWK(jwk, 'RS256')) as CryptoKey;
  const { kty, n, e, kid } = jwk;
  if (!kty || !n || !e || !kid) throw new Error(`${file} holds no RSA key`);
  return { kid, privateKey, publicJwk: { kty, use: 'sig', alg: 'RS256', kid, n, e } };
}

async function createKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: randomUUID() };
  await mkdir(join(file, '..'), { recursive: true });
  // A rename, so that a crash in the middle leaves no half key.
  await writeFile(`${file}.new`, JSON.stringify(jwk), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return jwk;
}
