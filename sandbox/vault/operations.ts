import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import type { VaultKey } from './keys.ts';
import { signDigest, verifyDigest } from './p256.ts';

export type OperationInput = { alg?: unknown; value?: unknown; digest?: unknown };

/** A request that the vault answers with 400 BadParameter. */
export class BadParameter extends Error {}

const largestInput = 190; // 2048 bits less the padding of RSA-OAEP-256.

/** The result's `value`: base64url, or whether a signature holds. */
export function operate(key: VaultKey, operation: string, input: OperationInput): string | boolean {
  if (operation === 'sign' || operation === 'verify') {
    demandAlgorithm(key, input, 'ES256');
    const digest = bytes(operation === 'sign' ? input.value : input.digest, 'digest');
    if (digest.length !== 32)
      throw new BadParameter('Invalid length of the value: ES256 takes a digest of 32 bytes.');
    if (operation === 'sign') return signDigest(digest, part(key, 'd')).toString('base64url');
    return verifyDigest(digest, bytes(input.value, 'value'), { x: part(key, 'x'), y: part(key, 'y') });
  }
  demandAlgorithm(key, input, 'RSA-OAEP-256');
  const value = bytes(input.value, 'value');
  const privateKey = createPrivateKey({ key: key.jwk, format: 'jwk' });
  if (operation === 'encrypt' || operation === 'wrapKey') {
    if (value.length > largestInput) throw new BadParameter('The value is too long for this key.');
    return publicEncrypt(padding(createPublicKey(privateKey)), value).toString('base64url');
  }
  try {
    return privateDecrypt(padding(privateKey), value).toString('base64url');
  } catch {
    throw new BadParameter('The value could not be decrypted with this key.');
  }
}

function padding(key: KeyObject) {
  return { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
}

function demandAlgorithm(key: VaultKey, input: OperationInput, algorithm: string): void {
  if (input.alg !== algorithm)
    throw new BadParameter(`Algorithm '${String(input.alg)}' is not supported with the key '${key.name}'.`);
}

function bytes(value: unknown, name: string): Buffer {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]*$/.test(value))
    throw new BadParameter(`Property ${name} has invalid value: base64url was expected.`);
  return Buffer.from(value, 'base64url');
}

function part(key: VaultKey, name: 'd' | 'x' | 'y'): Buffer {
  const value = key.jwk[name];
  if (value === undefined) throw new BadParameter(`The key '${key.name}' cannot do this.`);
  return Buffer.from(value, 'base64url');
}
