import { Buffer } from 'node:buffer';
import { isDouble, isInt32 } from './document.ts';
import { sortKey } from './sort-key.ts';
import { canonicalType } from './type-byte.ts';

/** MongoDB's order of any two values; the sign is what counts. */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') {
    return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  if ((isInt32(left) || isDouble(left)) && (isInt32(right) || isDouble(right))) {
    const [a, b] = [left.value, right.value];
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === b) return 0;
  }
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  return Buffer.compare(sortKey([left]), sortKey([right]));
}

export function equalValues(left: unknown, right: unknown): boolean {
  return canonicalType(left) === canonicalType(right) && compareValues(left, right) === 0;
}
