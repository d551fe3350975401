// Reads rows in pages. Between two pages nothing of SQLite is left open, so a cursor may rest for minutes while
// others write, and goes on behind the last key it has seen.
import { Buffer } from 'node:buffer';
import type { Collection, Row, StoredIndex } from './collection.ts';

/** Keys from `low` (inclusive) up to `high` (exclusive). */
export type KeyRange = { low: Buffer; high: Buffer };

/** What a query has cost so far. */
export type ScanStatistics = { keysExamined: number; docsExamined: number };

const firstPage = 32;
const largestPage = 1024;

export function* scanTable(collection: Collection, statistics: ScanStatistics): Generator<Row> {
  let last = 0;
  for (let page = firstPage; ; page = Math.min(page * 4, largestPage)) {
    const rows = collection
      .statement(`SELECT rid, doc FROM ${collection.table} WHERE rid > ? ORDER BY rid LIMIT ?`)
      .all(last, page);
    for (const { rid, doc } of rows) {
      last = Number(rid);
      statistics.docsExamined += 1;
      if (doc instanceof Uint8Array) yield { rid: last, bytes: doc };
    }
    if (rows.length < page) return;
  }
}

/** Rows in the order of an index, or of `_id` when no index is given, or the reverse of it. */
export function* scanRanges(
  collection: Collection,
  index: StoredIndex | '_id',
  ranges: readonly KeyRange[],
  reverse: boolean,
  statistics: ScanStatistics,
): Generator<Row> {
  const seen = index !== '_id' && index.multikey ? new Set<number>() : undefined;
  for (const range of reverse ? [...ranges].reverse() : ranges) {
    for (const { key, row } of scanRange(collection, index, range, reverse)) {
      statistics.keysExamined += key.length > 0 ? 1 : 0;
      if (seen?.has(row.rid)) continue;
      seen?.add(row.rid);
      statistics.docsExamined += 1;
      yield row;
    }
  }
}

type KeyedRow = { key: Uint8Array; row: Row };

function* scanRange(
  collection: Collection,
  index: StoredIndex | '_id',
  range: KeyRange,
  reverse: boolean,
): Generator<KeyedRow> {
  const source =
    index === '_id'
      ? { from: `${collection.table} AS c`, key: 'c.id' }
      : { from: `i${index.id} AS i JOIN ${collection.table} AS c ON c.rid = i.rid`, key: 'i.key' };
  const rid = index === '_id' ? 'c.rid' : 'i.rid';
  const order = reverse ? `${source.key} DESC, ${rid} DESC` : `${source.key}, ${rid}`;
  const select = `SELECT ${source.key} AS key, ${rid} AS rid, c.doc AS doc FROM ${source.from}`;
  const start = `${select} WHERE ${source.key} >= ? AND ${source.key} < ? ORDER BY ${order} LIMIT ?`;
  const next = reverse
    ? `${select} WHERE ${source.key} >= ? AND (${source.key}, ${rid}) < (?, ?) ORDER BY ${order} LIMIT ?`
    : `${select} WHERE ${source.key} < ? AND (${source.key}, ${rid}) > (?, ?) ORDER BY ${order} LIMIT ?`;
  let last: KeyedRow | undefined;
  for (let page = firstPage; ; page = Math.min(page * 4, largestPage)) {
    const rows = last
      ? collection.statement(next).all(reverse ? range.low : range.high, last.key, last.row.rid, page)
      : collection.statement(start).all(range.low, range.high, page);
    for (const { key, rid, doc } of rows) {
      if (!(key instanceof Uint8Array) || !(doc instanceof Uint8Array)) continue;
      last = { key, row: { rid: Number(rid), bytes: doc } };
      yield last;
    }
    if (rows.length < page) return;
  }
}

/** The whole of an index. */
export const everything: KeyRange = { low: Buffer.alloc(0), high: Buffer.from([0xff]) };
