// BSON values as bytes whose plain byte order is MongoDB's order of values. SQLite compares BLOBs with memcmp, so
// one such key serves equality, ranges and sorting in an index, and the same key orders values in memory.
// Every encoding is self-delimiting: equal prefixes mean equal leading values.
import { Buffer } from 'node:buffer';
import { bsonType, type Doc, isBinary, isDecimal, isDocument, isLong } from './document.ts';
import { scaled, toNumber } from './number.ts';

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

/** Collects bytes; kept and reused, because most keys are short and there are very many. */
class KeyWriter {
  bytes = Buffer.allocUnsafe(4096);
  length = 0;

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  uint16(value: number): void {
    this.reserve(2);
    this.length = this.bytes.writeUInt16BE(value, this.length);
  }

  uint32(value: number): void {
    this.reserve(4);
    this.length = this.bytes.writeUInt32BE(value >>> 0, this.length);
  }

  /** A double, its bits turned so that bytes sort like numbers. */
  double(value: number): void {
    this.reserve(8);
    const at = this.length;
    this.bytes.writeDoubleBE(value, at);
    const first = this.bytes[at] ?? 0;
    if (first & 0x80) {
      for (let i = at; i < at + 8; i++) this.bytes[i] = ~(this.bytes[i] ?? 0) & 0xff;
    } else {
      this.bytes[at] = first | 0x80;
    }
    this.length += 8;
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
  }

  /** UTF-8, with inner zero bytes escaped and a terminator that sorts before everything. */
  text(value: string): void {
    this.reserve(value.length * 3 + 2);
    const start = this.length;
    this.length += this.bytes.write(value, start, 'utf8');
    if (value.includes('\0')) {
      const plain = Buffer.from(this.bytes.subarray(start, this.length));
      this.length = start;
      this.reserve(plain.length * 2 + 2);
      for (const byte of plain) {
        this.byte(byte);
        if (byte === 0) this.byte(0xff);
      }
    }
    this.byte(0);
    this.byte(0);
  }

  invertFrom(start: number): void {
    for (let i = start; i < this.length; i++) this.bytes[i] = ~(this.bytes[i] ?? 0) & 0xff;
  }

  take(): Buffer {
    const copy = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    return copy;
  }
}

const writer = new KeyWriter();

/** The key of several values, each ascending (1) or descending (-1). */
export function sortKey(values: readonly unknown[], directions: readonly number[] = []): Buffer {
  writer.length = 0;
  for (let i = 0; i < values.length; i++) {
    const start = writer.length;
    writeValue(values[i]);
    if (directions[i] === -1) writer.invertFrom(start);
  }
  return writer.take();
}

function writeValue(value: unknown): void {
  if (value === null || value === undefined) return writer.byte(typeByte.null);
  switch (typeof value) {
    case 'string':
      writer.byte(typeByte.string);
      return writer.text(value);
    case 'number':
    case 'bigint':
      return writeNumber(value);
    case 'boolean':
      writer.byte(typeByte.boolean);
      return writer.byte(value ? 1 : 0);
    default:
      return writeObject(value);
  }
}

function writeObject(value: unknown): void {
  if (Array.isArray(value)) return writeArray(value);
  if (value instanceof Date) {
    writer.byte(typeByte.date);
    return writer.double(value.getTime());
  }
  if (value instanceof Uint8Array) return writeBinary(value, 0);
  if (isDocument(value)) return writeDocument(value);
  return writeBsonClass(value);
}

function writeArray(values: readonly unknown[]): void {
  writer.byte(typeByte.array);
  for (const value of values) writeValue(value);
  writer.byte(0);
}

function writeDocument(value: Doc): void {
  writer.byte(typeByte.object);
  for (const name of Object.keys(value)) {
    const child = value[name];
    writer.byte(canonicalType(child));
    writer.text(name);
    writeValue(child);
  }
  writer.byte(0);
}

function writeBinary(bytes: Uint8Array, subtype: number): void {
  writer.byte(typeByte.binary);
  writer.uint32(bytes.length);
  writer.byte(subtype);
  writer.raw(bytes);
}

function writeBsonClass(value: unknown): void {
  switch (bsonType(value)) {
    case 'Int32':
    case 'Double':
    case 'Long':
      // A Timestamp is a Long to bson, but says so in its `_bsontype`.
      return writeNumber(value);
    case 'Decimal128':
      return writeNumber(value);
    case 'ObjectId':
      writer.byte(typeByte.objectId);
      return writer.raw(Buffer.from(String(value), 'hex'));
    case 'Binary':
      return isBinary(value) ? writeBinary(value.value(), value.sub_type) : undefined;
    case 'Timestamp':
      writer.byte(typeByte.timestamp);
      return writer.raw(bigEndian(BigInt.asUintN(64, BigInt(String(value)))));
    case 'MinKey':
      return writer.byte(typeByte.minKey);
    case 'MaxKey':
      return writer.byte(typeByte.maxKey);
    case 'BSONSymbol':
      writer.byte(typeByte.string);
      return writer.text(String(value));
    case 'BSONRegExp':
      return writeText(typeByte.regex, value, ['pattern', 'options']);
    default:
      return writeText(typeByte.code, value, ['code', 'scope', 'collection', 'oid', 'db']);
  }
}

function writeText(type: number, value: unknown, fields: readonly string[]): void {
  writer.byte(type);
  const record = new Map(Object.entries(Object(value)));
  for (const name of fields) {
    const part = record.get(name);
    writer.text(typeof part === 'string' ? part : part ? JSON.stringify(part) : '');
  }
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

// After the nearest double come two bytes: what a Long differs from it, in even steps around 0x8000. A decimal
// that no double holds takes an odd step and then its own digits, so that equal keys mean equal numbers.
function writeNumber(value: unknown): void {
  writer.byte(typeByte.number);
  const nearest = toNumber(value) ?? 0;
  if (Number.isNaN(nearest)) {
    writer.raw(new Uint8Array(8));
    return writer.uint16(0x8000);
  }
  writer.double(nearest === 0 ? 0 : nearest);
  if (isLong(value) || typeof value === 'bigint') {
    const exact = typeof value === 'bigint' ? value : value.toBigInt();
    return writer.uint16(0x8000 + Number(exact - BigInt(nearest)) * 2);
  }
  if (isDecimal(value)) return writeDecimalRemainder(value, nearest);
  return writer.uint16(0x8000);
}

function writeDecimalRemainder(value: unknown, nearest: number): void {
  const exact = scaled(value);
  if (!exact || !Number.isFinite(nearest)) return writer.uint16(0x8000);
  const sign = compareToDouble(exact.digits, exact.exponent, nearest);
  if (sign === 0) return writer.uint16(0x8000);
  if (exact.exponent >= 0) {
    const difference = exact.digits * 10n ** BigInt(exact.exponent) - BigInt(nearest);
    if (difference > -16000n && difference < 16000n) return writer.uint16(0x8000 + Number(difference) * 2);
  }
  writer.uint16(0x8000 + sign);
  let { digits, exponent } = exact;
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
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
