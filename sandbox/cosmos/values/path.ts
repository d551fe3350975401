// How MongoDB reads a dotted path: into embedded documents, and through arrays into each of their elements.
import { type Doc, field, isDocument } from './document.ts';

export function splitPath(path: string): string[] {
  return path.split('.');
}

/**
 * Every value a path reaches. A missing field gives `undefined`, except where the path dives into a scalar element
 * of an array, which reaches nothing at all. An array at the end is reported as one value.
 */
export function valuesAt(value: unknown, parts: readonly string[], from = 0): unknown[] {
  const found: unknown[] = [];
  collect(value, parts, from, found);
  return found;
}

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  const name = parts[at];
  if (name === undefined) {
    found.push(value);
    return;
  }
  if (!Array.isArray(value)) {
    if (isDocument(value)) collect(field(value, name), parts, at + 1, found);
    else found.push(undefined);
    return;
  }
  if (/^\d+$/.test(name) && Number(name) < value.length) collect(value[Number(name)], parts, at + 1, found);
  for (const element of value) {
    if (isDocument(element)) collect(field(element, name), parts, at + 1, found);
  }
}

/** Every value of a path with the arrays at its end opened too, as `distinct` and `$in` see it. */
export function flatValuesAt(document: Doc, path: string): unknown[] {
  return valuesAt(document, splitPath(path))
    .filter((value) => value !== undefined)
    .flatMap((value) => (Array.isArray(value) ? value : [value]));
}

/** The value at a path that passes no array; undefined when there is none. */
export function plainValueAt(document: Doc, path: string): unknown {
  let value: unknown = document;
  for (const part of splitPath(path)) {
    if (!isDocument(value)) return undefined;
    value = field(value, part);
  }
  return value;
}
