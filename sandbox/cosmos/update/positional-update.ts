// Turns the placeholders of an update path into concrete positions: `$` (the element the query matched), `$[]` (every
// element) and `$[name]` (those that an array filter selects).
import { CommandError } from '../errors.ts';
import { compileFilter, type Predicate } from '../query/match.ts';
import { matchedElement } from '../query/positional.ts';
import { type Doc, isDocument } from '../values/document.ts';
import { splitPath } from '../values/path.ts';
import { getAt, type Path } from './field-path.ts';

export type ArrayFilters = ReadonlyMap<string, Predicate>;
export type UpdateTarget = { document: Doc; filter: Doc; arrayFilters: ArrayFilters; inserting: boolean };

export function concretePaths(path: string, target: UpdateTarget): Path[] {
  if (!path.includes('$')) return [splitPath(path)];
  let paths: string[][] = [[]];
  for (const part of splitPath(path)) {
    paths = paths.flatMap((prefix) =>
      positions(part, prefix, path, target).map((position) => [...prefix, position]),
    );
  }
  return paths;
}

function positions(part: string, prefix: Path, path: string, target: UpdateTarget): string[] {
  if (part === '$') return [matchedPosition(prefix, target)];
  const placeholder = /^\$\[(\w*)\]$/.exec(part);
  if (!placeholder) {
    if (part.startsWith('$') && prefix.length === 0) {
      throw new CommandError(52, `The dollar ($) prefixed field '${part}' in '${path}' is not allowed`);
    }
    return [part];
  }
  const array = getAt(target.document, prefix);
  if (!Array.isArray(array)) {
    throw new CommandError(
      2,
      `The path '${prefix.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  const selects = placeholder[1] ? arrayFilter(placeholder[1], path, target) : () => true;
  return [...array.keys()].filter((index) => selects({ [placeholder[1] ?? '']: array[index] })).map(String);
}

function arrayFilter(name: string, path: string, target: UpdateTarget): Predicate {
  const filter = target.arrayFilters.get(name);
  if (!filter) throw new CommandError(2, `No array filter found for identifier '${name}' in path '${path}'`);
  return filter;
}

function matchedPosition(prefix: Path, target: UpdateTarget): string {
  const index = target.inserting
    ? undefined
    : matchedElement(target.filter, target.document, prefix.join('.'));
  if (index === undefined) {
    throw new CommandError(2, 'The positional operator did not find the match needed from the query.');
  }
  return String(index);
}

/** Each filter speaks of one name, which the update must use. */
export function readArrayFilters(filters: unknown, update: Doc): ArrayFilters {
  const byName = new Map<string, Predicate>();
  if (filters === undefined || filters === null) return byName;
  if (!Array.isArray(filters)) throw new CommandError(14, 'arrayFilters must be an array');
  const used = JSON.stringify(
    Object.values(update).map((fields) => (isDocument(fields) ? Object.keys(fields) : [])),
  );
  for (const filter of filters) {
    const name = isDocument(filter) ? subjectOf(filter) : undefined;
    if (!isDocument(filter) || name === undefined) {
      throw new CommandError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    }
    if (byName.has(name))
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    if (!used.includes(`$[${name}]`)) {
      throw new CommandError(9, `The array filter for identifier '${name}' was not used in the update`);
    }
    byName.set(name, compileFilter(filter));
  }
  return byName;
}

function subjectOf(filter: Doc): string | undefined {
  for (const [path, condition] of Object.entries(filter)) {
    if (!path.startsWith('$')) return splitPath(path)[0];
    const inner = Array.isArray(condition) ? condition.find(isDocument) : undefined;
    if (isDocument(inner)) return subjectOf(inner);
  }
  return undefined;
}
