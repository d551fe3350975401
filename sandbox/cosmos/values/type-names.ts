// The names and numbers `$type` knows. https://www.mongodb.com/docs/manual/reference/bson-types/
import { CommandError } from '../errors.ts';
import { bsonType, isDocument } from './document.ts';
import { isNumber, toNumber } from './number.ts';

const numbers: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const names = new Map(Object.entries(numbers).map(([name, number]) => [number, name]));

const classNames = new Map([
  ['Int32', 'int'],
  ['Double', 'double'],
  ['Long', 'long'],
  ['Decimal128', 'decimal'],
  ['ObjectId', 'objectId'],
  ['Binary', 'binData'],
  ['Timestamp', 'timestamp'],
  ['MinKey', 'minKey'],
  ['MaxKey', 'maxKey'],
  ['BSONSymbol', 'symbol'],
  ['BSONRegExp', 'regex'],
  ['Code', 'javascript'],
  ['DBRef', 'object'],
]);

/** The name of a value's BSON type, or `missing`. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof Uint8Array) return 'binData';
  if (isDocument(value)) return 'object';
  return classNames.get(bsonType(value) ?? '') ?? 'javascript';
}

/** The type names that one operand of `$type` accepts. */
export function typeAlias(alias: unknown): readonly string[] {
  if (alias === 'number') return ['int', 'double', 'long', 'decimal'];
  const name = isNumber(alias) ? names.get(toNumber(alias) ?? 0) : alias;
  if (typeof name !== 'string' || !Object.hasOwn(numbers, name)) {
    throw new CommandError(2, `Unknown type name alias: ${String(alias)}`);
  }
  return [name];
}
