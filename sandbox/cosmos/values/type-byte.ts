// MongoDB's order of types: the byte a value's sort key begins with.
import { bsonType, isDocument } from './document.ts';

/** The leading byte of each type, in MongoDB's comparison order. */
export const typeByte = {
  minKey: 0x02,
  undefined: 0x06,
  null: 0x0a,
  number: 0x14,
  string: 0x1e,
  object: 0x28,
  array: 0x32,
  binary: 0x3c,
  objectId: 0x46,
  boolean: 0x50,
  date: 0x5a,
  timestamp: 0x5f,
  regex: 0x64,
  code: 0x6e,
  maxKey: 0xf0,
} as const;

/** The byte that groups a value with those it is comparable with. */
export function canonicalType(value: unknown): number {
  if (value === null || value === undefined) return typeByte.null;
  switch (typeof value) {
    case 'string':
      return typeByte.string;
    case 'number':
    case 'bigint':
      return typeByte.number;
    case 'boolean':
      return typeByte.boolean;
    default:
  }
  if (Array.isArray(value)) return typeByte.array;
  if (value instanceof Date) return typeByte.date;
  if (value instanceof Uint8Array) return typeByte.binary;
  return classTypes.get(bsonType(value) ?? '') ?? (isDocument(value) ? typeByte.object : typeByte.code);
}

const classTypes = new Map<string, number>([
  ['Int32', typeByte.number],
  ['Double', typeByte.number],
  ['Long', typeByte.number],
  ['Decimal128', typeByte.number],
  ['ObjectId', typeByte.objectId],
  ['Binary', typeByte.binary],
  ['Timestamp', typeByte.timestamp],
  ['MinKey', typeByte.minKey],
  ['MaxKey', typeByte.maxKey],
  ['BSONSymbol', typeByte.string],
  ['BSONRegExp', typeByte.regex],
  ['Code', typeByte.code],
  ['DBRef', typeByte.object],
]);
