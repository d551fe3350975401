// Reads and writes one concrete path of a document, creating what is missing on the way as MongoDB does.
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument, setField } from '../values/document.ts';

export type Path = readonly string[];

export function getAt(document: Doc, path: Path): unknown {
  let value: unknown = document;
  for (const part of path) value = child(value, part);
  return value;
}

function child(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return isIndex(part) ? value[Number(part)] : undefined;
  return isDocument(value) ? field(value, part) : undefined;
}

function isIndex(part: string): boolean {
  return /^\d+$/.test(part);
}

// Beyond this an index in a path is a mistake, and filling the gap with nulls would eat the memory.
const largestGap = 1_500_000;

export function setAt(document: Doc, path: Path, value: unknown): void {
  let node: unknown = document;
  for (const [at, part] of path.entries()) {
    const last = at === path.length - 1;
    const next = child(node, part);
    const wanted = last ? value : (next ?? (next === null ? null : {}));
    if (isDocument(node)) {
      if (last || next === undefined) setField(node, part, wanted);
    } else if (Array.isArray(node) && isIndex(part)) {
      setElement(node, Number(part), last || next === undefined ? wanted : next, part);
    } else {
      throw notViable(path, at, node);
    }
    node = last ? undefined : (next ?? wanted);
  }
}

function setElement(array: unknown[], index: number, value: unknown, part: string): void {
  if (index - array.length > largestGap)
    throw new CommandError(2, `can't backfill more than ${largestGap} elements: ${part}`);
  while (array.length < index) array.push(null);
  array[index] = value;
}

function notViable(path: Path, at: number, node: unknown): CommandError {
  const shown = Array.isArray(node) ? 'an array' : JSON.stringify(node);
  return new CommandError(28, `Cannot create field '${path[at]}' in element {${path[at - 1]}: ${shown}}`);
}

export function unsetAt(document: Doc, path: Path): void {
  const parent = getAt(document, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  if (Array.isArray(parent)) {
    if (isIndex(name) && Number(name) < parent.length) parent[Number(name)] = null;
  } else if (isDocument(parent)) {
    delete parent[name];
  }
}
