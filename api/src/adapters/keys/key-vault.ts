// Azure Key Vault over its REST API (keys, 7.4): the keys never leave it, and no operator of the database holds them.
import { createHash } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { JsonWebKey, Keys } from '../../ports.ts';
import { fromCanonical, sealOf, sealStands } from '../../seal.ts';

const apiVersion = '7.4';

export type IdentityToken = (resource: string) => Promise<string>;

/** Signing: ES256 (P-256) over a SHA-256 digest. Wrapping: RSA-OAEP-256. */
export function createKeys(config: Config, identityToken: IdentityToken): Keys {
  const known = new Map<string, Promise<JsonWebKey>>();

  async function call(path: string, body?: Record<string, string>): Promise<Record<string, unknown>> {
    const url = `${config.keyVaultUrl}/keys/${path}?api-version=${apiVersion}`;
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
    if (!keyIdPattern.test(keyId)) return undefined;
    try {
      const found = await key(keyId);
      return isNamed(keyId, found.kid) ? { ...found, kid: keyId } : undefined;
    } catch (error) {
      if (error instanceof Error && /Key Vault answered (400|404)/.test(error.message)) return undefined;
      throw error;
    }
  }

  async function newest(name: string): Promise<string> {
    const { kid } = await key(name);
    return keyIdIn(kid);
  }

  return {
    async sign(digest) {
      const keyId = await newest(config.signingKey);
      // The vault signs a hash: ours is SHA-256 over the record's digest bytes, as any ES256 verifier computes it.
      const value = createHash('sha256').update(digest, 'hex').digest('base64url');
      const answer = await call(`${keyId}/sign`, { alg: 'ES256', value });
      return { keyId, value: String(answer.value) };
    },
    async verify(digest, seal) {
      const jwk = await publicKey(seal.keyId);
      return jwk !== undefined && sealStands(jwk, digest, seal);
    },
    publicKey,
    async wrap(plain) {
      const keyId = await newest(config.wrappingKey);
      const value = Buffer.from(plain).toString('base64url');
      const answer = await call(`${keyId}/wrapkey`, { alg: 'RSA-OAEP-256', value });
      return `${keyId} ${String(answer.value)}`;
    },
    async unwrap(wrapped) {
      const { keyId, value } = sealOf(wrapped);
      if (!keyIdPattern.test(keyId) || fromCanonical(value, 'base64url') === undefined) {
        throw new Error('No wrapped key');
      }
      const answer = await call(`${keyId}/unwrapkey`, { alg: 'RSA-OAEP-256', value });
      if (!isNamed(keyId, answer.kid)) throw new Error('No wrapped key');
      return Buffer.from(String(answer.value), 'base64url');
    },
  };
}

/** Name and version. What stands in the database names no host: it must not lead us, and our token, to another. */
const keyIdPattern = /^[\w-]+\/\w+$/;

function keyIdIn(url: string): string {
  return new URL(url).pathname.replace(/^\/keys\//, '');
}

/** A vault may read names without regard to case; ours are exact, so that no letter of them changes unseen. */
function isNamed(keyId: string, url: unknown): boolean {
  return typeof url === 'string' && keyIdIn(url) === keyId;
}
