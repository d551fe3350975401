// Seals: ES256 signatures by a key outside the database, checked with its public half and without any network.
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

export type Seal = {
  /** Name and version of a key in the vault: `record-signing/0123…`. */
  keyId: string;
  /** Base64url, r and s side by side. */
  value: string;
};

export type PublicKey = { kty: string; crv?: string; x?: string; y?: string };

/** Whether a seal stands over a digest (hex). Every other spelling of the same signature is another seal. */
export function sealStands(key: PublicKey, digest: string, { value }: Seal): boolean {
  const publicKey = publicKeyOf(key);
  const signature = fromCanonical(value, 'base64url');
  if (publicKey === undefined || signature === undefined) return false;
  return verify(
    'sha256',
    Buffer.from(digest, 'hex'),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    signature,
  );
}

/** Bytes of a text that is written as it would be written anew; spare bits and foreign letters are refused. */
export function fromCanonical(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

/** An addendum's seal is one string: key id and value with a space between. */
export function sealOf(text: string): Seal {
  const space = text.indexOf(' ');
  return { keyId: text.slice(0, Math.max(0, space)), value: text.slice(space + 1) };
}

function publicKeyOf({ kty, crv, x, y }: PublicKey): KeyObject | undefined {
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) return undefined;
  if (fromCanonical(x, 'base64url') === undefined || fromCanonical(y, 'base64url') === undefined) {
    return undefined;
  }
  try {
    return createPublicKey({ format: 'jwk', key: { kty, crv, x, y } });
  } catch {
    // A point that does not lie on the curve.
    return undefined;
  }
}
