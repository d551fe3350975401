// BSON values as bytes whose plain byte order is MongoDB's order of values. SQLite compares BLOBs with memcmp, so
// one such key serves equality, ranges and sorting in an index, and the same key orders values in memory.
// Every encoding is self-delimiting: equal prefixes mean equal leading values.
import { Buffer } from 'node:buffer';
import { type Doc, isBinary, isDocument } from './document.ts';
import { KeyWriter } from './key-writer.ts';
import { writeNumber } from './number-key.ts';
import { canonicalType, typeByte } from './type-byte.ts';

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
  const type = canonicalType(value);
  writer.byte(type);
  switch (type) {
    case typeByte.string:
      writer.text(String(value));
      break;
    case typeByte.number:
      writeNumber(writer, value);
      break;
    case typeByte.boolean:
      writer.byte(value ? 1 : 0);
      break;
    case typeByte.date:
      writer.double(value instanceof Date ? value.getTime() : Number.NaN);
      break;
    case typeByte.objectId:
      writer.raw(Buffer.from(String(value), 'hex'));
      break;
    case typeByte.timestamp:
      writer.uint64(BigInt.asUintN(64, BigInt(String(value))));
      break;
    case typeByte.array:
      writeArray(value);
      break;
    case typeByte.object:
      writeDocument(isDocument(value) ? value : { ...Object(value) });
      break;
    case typeByte.binary:
      writeBinary(value);
      break;
    case typeByte.regex:
      writeParts(value, ['pattern', 'source', 'options', 'flags']);
      break;
    case typeByte.code:
      writeParts(value, ['code', 'scope', 'collection', 'oid', 'db']);
      break;
    default:
    // Null, MinKey and MaxKey have no more to say than their type.
  }
}

function writeArray(value: unknown): void {
  for (const element of Array.isArray(value) ? value : []) writeValue(element);
  writer.byte(0);
}

function writeDocument(value: Doc): void {
  for (const name of Object.keys(value)) {
    const child = value[name];
    writer.byte(canonicalType(child));
    writer.text(name);
    writeValue(child);
  }
  writer.byte(0);
}

function writeBinary(value: unknown): void {
  const bytes = isBinary(value) ? value.value() : value instanceof Uint8Array ? value : new Uint8Array();
  writer.uint32(bytes.length);
  writer.byte(isBinary(value) ? value.sub_type : 0);
  writer.raw(bytes);
}

function writeParts(value: unknown, names: readonly string[]): void {
  const parts = new Map<string, unknown>(Object.entries(Object(value)));
  for (const name of names) {
    const part = parts.get(name);
    writer.text(typeof part === 'string' ? part : part ? JSON.stringify(part) : '');
  }
}
