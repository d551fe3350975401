// Which keys a document has in an index: one, or with an array one for each element ("multikey").
import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { splitPath, valuesAt } from '../values/path.ts';
import { sortKey } from '../values/sort-key.ts';
import type { IndexSpec } from './index-spec.ts';

export type IndexEntries = { keys: Buffer[]; multikey: boolean };

type PathValues = { values: unknown[]; array: string | undefined };

/** `matchesPartial` answers whether a document belongs into a partial index. */
export function indexEntries(
  spec: IndexSpec,
  document: Doc,
  matchesPartial?: (document: Doc) => boolean,
): IndexEntries {
  if (matchesPartial && !matchesPartial(document)) return { keys: [], multikey: false };
  const perPath = spec.paths.map((path) => pathValues(document, path));
  if (spec.sparse && perPath.every(({ values }) => values.every((value) => value === undefined))) {
    return { keys: [], multikey: false };
  }
  const arrays = new Set(perPath.map(({ array }) => array).filter((array) => array !== undefined));
  if (arrays.size > 1) {
    throw new CommandError(
      171,
      `cannot index parallel arrays ${[...arrays].map((name) => `[${name}]`).join(' ')}`,
    );
  }
  if (arrays.size === 0) {
    return {
      keys: [
        sortKey(
          perPath.map(({ values }) => values[0]),
          spec.directions,
        ),
      ],
      multikey: false,
    };
  }
  const combinations = perPath.reduce<unknown[][]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  const keys = new Map(
    combinations.map((row) => {
      const key = sortKey(row, spec.directions);
      return [key.toString('latin1'), key];
    }),
  );
  return { keys: [...keys.values()], multikey: true };
}

function pathValues(document: Doc, path: string): PathValues {
  const parts = splitPath(path);
  let value: unknown = document;
  for (const [at, part] of parts.entries()) {
    if (Array.isArray(value)) return throughArray(document, parts, parts.slice(0, at).join('.'));
    if (!isDocument(value)) return { values: [undefined], array: undefined };
    value = field(value, part);
  }
  return Array.isArray(value) ? throughArray(document, parts, path) : { values: [value], array: undefined };
}

function throughArray(document: Doc, parts: readonly string[], array: string): PathValues {
  // The whole array is a key too: it answers equality with an array and finds the empty one.
  const values = valuesAt(document, parts).flatMap((value) =>
    Array.isArray(value) ? [...value, value] : [value],
  );
  return { values: values.length > 0 ? values : [undefined], array };
}

/** Past every key that begins with `prefix`: no value's encoding begins with 0xff, in either direction. */
export function afterPrefix(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Buffer.from([0xff])]);
}
