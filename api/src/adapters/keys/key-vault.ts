// Azure Key Vault over its REST API (keys, 7.4): the keys never leave it, and no operator of the database holds them.
import { createHash, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { JsonWebKey, Keys } from '../../ports.ts';

const apiVersion = '7.4';

export type IdentityToken = (resource: string) => Promise<string>;

/** Signing: ES256 (P-256) over a SHA-256 digest. Wrapping: RSA-OAEP-256. */
export function createKeys(config: Config, identityToken: IdentityToken): Keys {
  const known = new Map<string, Promise<JsonWebKey>>();

  async function call(path: string, body?: Record<string, string>): Promise<Record<string, unknown>> {
    const url = `${path.startsWith('http') ? path : `${config.keyVaultUrl}/keys/${path}`}?api-version=${apiVersion}`;
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${await identityToken('https://vault.azure.net')}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        signal: AbortSignal.timeout(10_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.ok) return (await response.json()) as Record<string, unknown>;
      await response.body?.cancel();
      // Signing, wrapping and reading change nothing in the vault: all of them may be repeated.
      if (attempt === 4 || (response.status !== 429 && response.status < 500)) {
        throw new Error(`Key Vault answered ${response.status}`);
      }
      const seconds = Number(response.headers.get('retry-after') ?? 2 ** attempt / 4);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }

  function key(idOrName: string): Promise<JsonWebKey> {
    const reading = known.get(idOrName) ?? call(idOrName).then((answer) => answer.key as JsonWebKey);
    known.set(idOrName, reading);
    reading.catch(() => known.delete(idOrName));
    return reading;
  }

  /** Undefined where the vault has no such key: a seal that names it proves nothing. */
  async function publicKey(keyId: string): Promise<JsonWebKey | undefined> {
    if (!sameVault(config, keyId)) return undefined;
    try {
      return await key(vaultUrl(config, keyId));
    } catch (error) {
      if (error instanceof Error && /Key Vault answered (400|404)/.test(error.message)) return undefined;
      throw error;
    }
  }

  return {
    async sign(digest) {
      const { kid } = await key(config.signingKey);
      // The vault signs a hash: ours is SHA-256 over the record's digest bytes, as any ES256 verifier computes it.
      const value = createHash('sha256').update(digest, 'hex').digest('base64url');
      const answer = await call(`${vaultUrl(config, kid)}/sign`, { alg: 'ES256', value });
      return { keyId: kid, value: String(answer.value) };
    },
    async verify(digest, signature) {
      const jwk = await publicKey(signature.keyId);
      return jwk !== undefined && verifyRecordSeal(publicKeyOf(jwk), digest, signature.value);
    },
    publicKey,
    async wrap(plain) {
      const { kid } = await key(config.wrappingKey);
      const value = Buffer.from(plain).toString('base64url');
      const answer = await call(`${vaultUrl(config, kid)}/wrapkey`, { alg: 'RSA-OAEP-256', value });
      return `${kid} ${String(answer.value)}`;
    },
    async unwrap(wrapped) {
      const [kid = '', value = ''] = wrapped.split(' ');
      if (!sameVault(config, kid)) throw new Error('A key of another vault');
      const answer = await call(`${vaultUrl(config, kid)}/unwrapkey`, { alg: 'RSA-OAEP-256', value });
      return Buffer.from(String(answer.value), 'base64url');
    },
  };
}

/** A key id read from the database must not lead us, and our token, to another host. */
function sameVault(config: Config, keyId: string): boolean {
  return (
    URL.canParse(keyId) && /^\/keys\/[\w-]+\/\w+$/.test(new URL(keyId).pathname) && config.keyVaultUrl !== ''
  );
}

function vaultUrl(config: Config, keyId: string): string {
  return `${config.keyVaultUrl}${new URL(keyId).pathname}`;
}

export function publicKeyOf(jwk: JsonWebKey): KeyObject {
  const { crv = '', x = '', y = '' } = jwk;
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x, y } });
}

/** Whether an ES256 signature (Base64url, r and s side by side) stands over a record's digest (hex). */
export function verifyRecordSeal(key: KeyObject, digest: string, value: string): boolean {
  const signature = Buffer.from(value, 'base64url');
  return verifySignature('sha256', Buffer.from(digest, 'hex'), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
