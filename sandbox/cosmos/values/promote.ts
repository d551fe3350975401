// Plain JavaScript values for mingo, which knows no Int32 or Long. Dates, ObjectIds and binaries stay themselves.

import type { Doc } from './document.ts';
import { isBinary, isDecimal, isDocument, isDouble, isInt32, isLong, setField } from './document.ts';

export function promote(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isInt32(value) || isDouble(value)) return value.value;
  if (isLong(value)) {
    const number = value.toNumber();
    return Number.isSafeInteger(number) ? number : value.toBigInt();
  }
  if (isDecimal(value) || isBinary(value)) return value;
  if (Array.isArray(value)) return value.map(promote);
  return isDocument(value) ? promoteDocument(value) : value;
}

export function promoteDocument(document: Doc): Doc {
  const plain: Doc = {};
  for (const name of Object.keys(document)) setField(plain, name, promote(document[name]));
  return plain;
}
