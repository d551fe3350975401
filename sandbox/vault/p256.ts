// ECDSA on P-256 over a digest that is given: Node's crypto hashes what it signs, and Key Vault does not. Plain affine
// arithmetic that takes its time and leaks it, which a sandbox may.
import { createECDH } from 'node:crypto';

type Point = { x: bigint; y: bigint } | undefined;

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const generator = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

/** The signature as r and s of 32 bytes each, as JOSE and Key Vault write it. */
export function signDigest(digest: Buffer, privateKey: Buffer): Buffer {
  const z = toInteger(digest);
  for (;;) {
    const nonce = createECDH('prime256v1');
    // The x of k times the generator is that of the nonce's public key: an uncompressed point is 4, x, y.
    const r = modulo(toInteger(nonce.generateKeys().subarray(1, 33)), n);
    const k = toInteger(nonce.getPrivateKey());
    const s = modulo(inverse(k, n) * (z + r * toInteger(privateKey)), n);
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)]);
  }
}

export function verifyDigest(
  digest: Buffer,
  signature: Buffer,
  publicKey: { x: Buffer; y: Buffer },
): boolean {
  if (signature.length !== 64) return false;
  const r = toInteger(signature.subarray(0, 32));
  const s = toInteger(signature.subarray(32));
  if (r === 0n || r >= n || s === 0n || s >= n) return false;
  const w = inverse(s, n);
  const owner = { x: toInteger(publicKey.x), y: toInteger(publicKey.y) };
  const sum = add(multiply(generator, toInteger(digest) * w), multiply(owner, r * w));
  return sum !== undefined && modulo(sum.x, n) === r;
}

function multiply(point: Point, factor: bigint): Point {
  let result: Point;
  let doubled = point;
  for (let rest = modulo(factor, n); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
  }
  return result;
}

function add(a: Point, b: Point): Point {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (a.x === b.x && modulo(a.y + b.y, p) === 0n) return undefined;
  const slope =
    a.x === b.x ? (3n * a.x * a.x - 3n) * inverse(2n * a.y, p) : (b.y - a.y) * inverse(b.x - a.x, p);
  const x = modulo(slope * slope - a.x - b.x, p);
  return { x, y: modulo(slope * (a.x - x) - a.y, p) };
}

function modulo(value: bigint, base: bigint): bigint {
  const rest = value % base;
  return rest < 0n ? rest + base : rest;
}

/** Extended Euclid. */
function inverse(value: bigint, base: bigint): bigint {
  let [low, high] = [modulo(value, base), base];
  let [a, b] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high % low, low];
    [a, b] = [b - quotient * a, a];
  }
  return modulo(a, base);
}

function toInteger(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
