// A BSON document as bson hands it out with its types kept: numbers are Int32, Double, Long or Decimal128
// objects, because plain JavaScript numbers would turn a Double 1.0 into an Int32 on the way back.
import { Buffer } from 'node:buffer';
import { type Binary, BSON, type Decimal128, type Double, type Int32, type Long } from 'bson';

export type Doc = { [field: string]: unknown };
export type BsonNumber = Int32 | Double | Long | Decimal128;

const keepTypes = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

export function parseDocument(bytes: Uint8Array): Doc {
  return BSON.deserialize(bytes, keepTypes);
}

const insertName = Buffer.from('insert\0');

/** Parses a command but leaves documents to insert as bytes, to be stored exactly as they came. */
export function parseCommand(bytes: Uint8Array): Doc {
  // bson applies `fieldsAsRaw` at every depth, so it must stay away from commands that have fields of that name.
  const inserts = insertName.compare(bytes, 5, 5 + insertName.length) === 0;
  return BSON.deserialize(bytes, inserts ? { ...keepTypes, fieldsAsRaw: { documents: true } } : keepTypes);
}

export function serializeDocument(document: Doc): Uint8Array {
  return BSON.serialize(document, { ignoreUndefined: true });
}

/** The class bson gives a value, or undefined for JavaScript's own. */
export function bsonType(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('_bsontype' in value)) return undefined;
  return typeof value._bsontype === 'string' ? value._bsontype : undefined;
}

/** An embedded document, as opposed to a date, an array or one of BSON's own classes. */
export function isDocument(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof RegExp) &&
    bsonType(value) === undefined
  );
}

export function isInt32(value: unknown): value is Int32 {
  return bsonType(value) === 'Int32';
}

export function isDouble(value: unknown): value is Double {
  return bsonType(value) === 'Double';
}

export function isLong(value: unknown): value is Long {
  return bsonType(value) === 'Long';
}

export function isDecimal(value: unknown): value is Decimal128 {
  return bsonType(value) === 'Decimal128';
}

export function isBinary(value: unknown): value is Binary {
  return bsonType(value) === 'Binary';
}

/** A field's own value; an inherited name such as `constructor` is no field. */
export function field(document: Doc, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** Sets a field even when it is called `__proto__`, which an assignment would turn into a prototype. */
export function setField(document: Doc, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  document[name] = value;
}
