// A number of any BSON type as bytes in numeric order, equal exactly when the numbers are.
import { isDecimal, isLong } from './document.ts';
import type { KeyWriter } from './key-writer.ts';
import { scaled, toNumber } from './number.ts';

// After the nearest double come two bytes: what a Long differs from it, in even steps around this middle. A decimal
// that no double holds takes an odd step and then its own digits.
const exactly = 0x8000;

export function writeNumber(writer: KeyWriter, value: unknown): void {
  const nearest = toNumber(value) ?? 0;
  if (Number.isNaN(nearest)) writer.raw(new Uint8Array(8));
  else writer.double(nearest === 0 ? 0 : nearest);
  if (typeof value === 'bigint' || isLong(value)) {
    const exact = typeof value === 'bigint' ? value : value.toBigInt();
    writer.uint16(exactly + Number(exact - BigInt(nearest)) * 2);
  } else if (isDecimal(value) && Number.isFinite(nearest)) {
    writeDecimalRemainder(writer, value, nearest);
  } else {
    writer.uint16(exactly);
  }
}

function writeDecimalRemainder(writer: KeyWriter, value: unknown, nearest: number): void {
  const exact = scaled(value);
  const sign = exact ? compareToDouble(exact.digits, exact.exponent, nearest) : 0;
  if (!exact || sign === 0) {
    writer.uint16(exactly);
    return;
  }
  let { digits, exponent } = exact;
  if (exponent >= 0) {
    const difference = digits * 10n ** BigInt(exponent) - BigInt(nearest);
    if (difference > -16000n && difference < 16000n) {
      writer.uint16(exactly + Number(difference) * 2);
      return;
    }
  }
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  writer.uint16(exactly + sign);
  writer.text(`${digits}E${exponent}`);
}

/** -1, 0 or 1: how digits × 10^exponent compares with a double, exactly. */
function compareToDouble(digits: bigint, exponent: number, double: number): -1 | 0 | 1 {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, double);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = (biased === 0 ? fraction : fraction | 0x10000000000000n) * (raw >> 63n ? -1n : 1n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  let left = digits;
  let right = mantissa;
  if (exponent >= 0) left *= 10n ** BigInt(exponent);
  else right *= 10n ** BigInt(-exponent);
  if (power >= 0) right *= 2n ** BigInt(power);
  else left *= 2n ** BigInt(-power);
  return left < right ? -1 : left > right ? 1 : 0;
}
