// Deletes what has expired, as MongoDB's TTL monitor does. `_ts` is the time of the last write, which Cosmos DB keeps
// for every document.
import type { Engine } from '../engine.ts';
import { type Doc, parseDocument } from '../values/document.ts';
import { splitPath, valuesAt } from '../values/path.ts';
import { sortKey } from '../values/sort-key.ts';
import type { Collection, Row, StoredIndex } from './collection.ts';
import { scanRanges } from './scan.ts';

const everyMs = 1000;
const largestSweep = 500;

export function startTtlMonitor(engine: Engine): () => void {
  const timer = setInterval(() => sweep(engine), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function sweep(engine: Engine): void {
  if (engine.transactions.isOpen) return;
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      const { expireAfterSeconds } = index.spec;
      if (expireAfterSeconds === undefined) continue;
      for (const row of expired(collection, index, Date.now() - expireAfterSeconds * 1000)) {
        engine.commit.begin();
        collection.remove(row.rid, parseDocument(row.bytes));
      }
    }
  }
}

function expired(collection: Collection, index: StoredIndex, before: number): Row[] {
  const [path = ''] = index.spec.paths;
  if (path === '_ts') return collection.writtenBefore(before / 1000, largestSweep);
  const [direction = 1] = index.spec.directions;
  const [first, last] = [new Date(-8.64e15), new Date(before)].map((date) => sortKey([date], [direction]));
  if (!first || !last) return [];
  const range = direction === 1 ? { low: first, high: last } : { low: last, high: first };
  const rows: Row[] = [];
  for (const row of scanRanges(collection, index, [range], false, { keysExamined: 0, docsExamined: 0 })) {
    if (isExpired(parseDocument(row.bytes), path, before)) rows.push(row);
    if (rows.length === largestSweep) break;
  }
  return rows;
}

function isExpired(document: Doc, path: string, before: number): boolean {
  const dates = valuesAt(document, splitPath(path)).flat();
  return dates.some((date) => date instanceof Date && date.getTime() < before);
}
