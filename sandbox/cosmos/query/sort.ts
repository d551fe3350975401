import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';
import { compareValues } from '../values/compare.ts';
import { type Doc, isDocument } from '../values/document.ts';
import { toNumber } from '../values/number.ts';
import { splitPath, valuesAt } from '../values/path.ts';
import { sortKey } from '../values/sort-key.ts';

export type SortField = { path: string; direction: 1 | -1 };

export function readSort(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return [];
  if (!isDocument(sort)) throw new CommandError(14, 'sort must be a document');
  return Object.entries(sort).map(([path, value]) => {
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1) {
      throw new CommandError(2, `Illegal sort for ${path}: only 1 and -1 are allowed`);
    }
    return { path, direction };
  });
}

/** The key by which documents are ordered: of an array its smallest element counts, descending its largest. */
export function documentSortKey(document: Doc, sort: readonly SortField[]): Buffer {
  const directions = sort.map(({ direction }) => direction);
  const values = sort.map(({ path, direction }) => {
    const reached = valuesAt(document, splitPath(path)).flatMap((value) =>
      Array.isArray(value) ? value : [value],
    );
    return reached.length < 2
      ? reached[0]
      : reached.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best));
  });
  return sortKey(values, directions);
}

/** Stable, as MongoDB's in-memory sort is in practice. */
export function sortDocuments<T extends { document: Doc }>(
  rows: readonly T[],
  sort: readonly SortField[],
): T[] {
  return rows
    .map((row) => ({ row, key: documentSortKey(row.document, sort) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ row }) => row);
}
