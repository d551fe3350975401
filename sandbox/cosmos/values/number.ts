// Arithmetic that keeps BSON's number types the way MongoDB does: Int32 grows to Long, any Double makes a
// Double, any Decimal128 a Decimal128.
import { Decimal128, Double, Int32, Long } from 'bson';
import { type BsonNumber, isDecimal, isDouble, isInt32, isLong } from './document.ts';

export function isNumber(value: unknown): value is BsonNumber | number | bigint {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    isInt32(value) ||
    isDouble(value) ||
    isLong(value) ||
    isDecimal(value)
  );
}

/** The nearest JavaScript number; undefined when the value is no number. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (isInt32(value) || isDouble(value)) return value.value;
  if (isLong(value)) return value.toNumber();
  if (isDecimal(value)) return Number(value.toString());
  return undefined;
}

function toBigInt(value: unknown): bigint | undefined {
  if (isInt32(value)) return BigInt(value.value);
  if (isLong(value)) return value.toBigInt();
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

const int32 = { min: -2147483648n, max: 2147483647n };
const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** The narrowest integer that holds a value, or a Long when `wide`; undefined beyond 64 bits. */
export function integer(value: bigint, wide: boolean): BsonNumber | undefined {
  if (!wide && value >= int32.min && value <= int32.max) return new Int32(Number(value));
  return value >= int64.min && value <= int64.max ? Long.fromBigInt(value) : undefined;
}

/** `left + right` or `left * right`; undefined when a 64-bit integer would overflow. */
export function combine(
  operation: 'add' | 'multiply',
  left: unknown,
  right: unknown,
): BsonNumber | undefined {
  if (isDecimal(left) || isDecimal(right)) return combineDecimals(operation, left, right);
  const a = toBigInt(left);
  const b = toBigInt(right);
  if (a !== undefined && b !== undefined) {
    return integer(operation === 'add' ? a + b : a * b, isLong(left) || isLong(right));
  }
  const x = toNumber(left) ?? Number.NaN;
  const y = toNumber(right) ?? Number.NaN;
  return new Double(operation === 'add' ? x + y : x * y);
}

type Scaled = { digits: bigint; exponent: number };

/** A finite decimal or number as digits × 10^exponent; undefined for NaN and the infinities. */
export function scaled(value: unknown): Scaled | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(
    String(isDecimal(value) || isLong(value) ? value.toString() : toNumber(value)),
  );
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${whole}${fraction}` || '0');
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

function combineDecimals(operation: 'add' | 'multiply', left: unknown, right: unknown): Decimal128 {
  const a = scaled(left);
  const b = scaled(right);
  if (!a || !b) {
    const x = toNumber(left) ?? Number.NaN;
    const y = toNumber(right) ?? Number.NaN;
    return Decimal128.fromString(String(operation === 'add' ? x + y : x * y));
  }
  if (operation === 'multiply') return decimal(a.digits * b.digits, a.exponent + b.exponent);
  // Beyond 34 digits the smaller operand cannot be seen in the sum any more.
  if (Math.abs(a.exponent - b.exponent) > 100)
    return decimalOf((toNumber(left) ?? 0) > (toNumber(right) ?? 0) ? left : right);
  const exponent = Math.min(a.exponent, b.exponent);
  return decimal(
    a.digits * 10n ** BigInt(a.exponent - exponent) + b.digits * 10n ** BigInt(b.exponent - exponent),
    exponent,
  );
}

function decimalOf(value: unknown): Decimal128 {
  return isDecimal(value) ? value : Decimal128.fromString(String(toNumber(value)));
}

function decimal(digits: bigint, exponent: number): Decimal128 {
  return Decimal128.fromStringWithRounding(`${digits}E${exponent}`);
}

/** An Int32 or a Long that holds a whole number, as commands expect for limits and counts. */
export function toInteger(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isFinite(number) ? Math.trunc(number) : undefined;
}
