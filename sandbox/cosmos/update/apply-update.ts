// Applies an update to one document: a replacement, or operators in the order MongoDB applies them.
import { CommandError } from '../errors.ts';
import { equalValues } from '../values/compare.ts';
import { type Doc, field, isDocument, setField } from '../values/document.ts';
import { splitPath } from '../values/path.ts';
import { addToSet, pop, pull, pullAll, push } from './array-operators.ts';
import { bitwise, currentDate, increment, larger, multiply, smaller } from './field-operators.ts';
import { getAt, setAt, unsetAt } from './field-path.ts';
import { concretePaths, readArrayFilters, type UpdateTarget } from './positional-update.ts';
import { applyUpdatePipeline } from './update-pipeline.ts';

/** Changes the document it is given; the caller owns it. Returns the document to store. */
export type Updater = (document: Doc, filter: Doc, inserting: boolean) => Doc;

type FieldOperator = (current: unknown, operand: unknown, path: string) => unknown;

const fieldOperators: Record<string, FieldOperator> = {
  $set: (_, operand) => operand,
  $setOnInsert: (_, operand) => operand,
  $inc: increment,
  $mul: multiply,
  $min: smaller,
  $max: larger,
  $bit: bitwise,
  $currentDate: (_, operand) => currentDate(operand),
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};
const otherOperators = ['$unset', '$rename'];

/** `variables` are what a pipeline may name with `$$`. */
export function compileUpdate(update: unknown, arrayFilters: unknown, variables: Doc = {}): Updater {
  if (Array.isArray(update)) return (document) => applyUpdatePipeline(update, document, variables);
  if (!isDocument(update)) throw new CommandError(9, 'Update argument must be either an object or an array');
  if (isReplacement(update)) return (document) => replacement(document, update);
  const changes = readChanges(update);
  const filters = readArrayFilters(arrayFilters, update);
  return (document, filter, inserting) => {
    for (const change of changes) applyChange(change, { document, filter, arrayFilters: filters, inserting });
    return document;
  };
}

export function isReplacement(update: unknown): update is Doc {
  if (!isDocument(update)) return false;
  const names = Object.keys(update);
  const operators = names.filter((name) => name.startsWith('$'));
  if (operators.length > 0 && operators.length < names.length) {
    throw new CommandError(9, 'An update has operators only, or none');
  }
  return operators.length === 0;
}

function replacement(document: Doc, update: Doc): Doc {
  const id = field(document, '_id');
  const wanted = field(update, '_id');
  if (id !== undefined && wanted !== undefined && !equalValues(id, wanted)) throw immutableId();
  const { _id, ...rest } = update;
  return { _id: id ?? _id, ...rest };
}

export function immutableId(): CommandError {
  return new CommandError(
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

type Change = { operator: string; path: string; operand: unknown };

function readChanges(update: Doc): Change[] {
  const changes = Object.entries(update).flatMap(([operator, fields]): Change[] => {
    if (!Object.hasOwn(fieldOperators, operator) && !otherOperators.includes(operator)) {
      throw new CommandError(9, `Unknown modifier: ${operator}. Expected a valid update modifier`);
    }
    if (!isDocument(fields))
      throw new CommandError(9, `Modifiers operate on fields but we found a value for ${operator}`);
    return Object.entries(fields).map(([path, operand]) => ({ operator, path, operand }));
  });
  refuseConflicts(changes);
  return changes.sort((a, b) => comparePaths(writtenPath(a), writtenPath(b)));
}

function writtenPath({ operator, path, operand }: Change): string {
  return operator === '$rename' && typeof operand === 'string' ? operand : path;
}

// New fields appear in the order of their names, numbers by their value.
function comparePaths(a: string, b: string): number {
  const numbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  return numbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
}

function refuseConflicts(changes: readonly Change[]): void {
  const paths = changes.flatMap(({ operator, path, operand }) => {
    checkPath(path);
    return operator === '$rename' && typeof operand === 'string' ? [path, operand] : [path];
  });
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) throw conflict(path, path);
    seen.add(path);
  }
  for (const path of paths) {
    const parts = splitPath(path);
    for (let length = 1; length < parts.length; length++) {
      const prefix = parts.slice(0, length).join('.');
      if (seen.has(prefix)) throw conflict(path, prefix);
    }
  }
}

function checkPath(path: string): void {
  if (splitPath(path).includes(''))
    throw new CommandError(56, `The update path '${path}' contains an empty field name`);
}

function conflict(path: string, at: string): CommandError {
  return new CommandError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
}

function applyChange(change: Change, target: UpdateTarget): void {
  const { operator, path, operand } = change;
  const { document } = target;
  if (operator === '$rename') {
    rename(document, path, operand);
    return;
  }
  if (operator === '$setOnInsert' && !target.inserting) return;
  const compute = fieldOperators[operator];
  for (const concrete of concretePaths(path, target)) {
    if (!compute) {
      unsetAt(document, concrete);
      continue;
    }
    const value = compute(getAt(document, concrete), operand, path);
    if (value !== undefined) setAt(document, concrete, value);
  }
}

function rename(document: Doc, from: string, to: unknown): void {
  if (typeof to !== 'string')
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${from}`);
  const value = getAt(document, splitPath(from));
  if (value === undefined) return;
  unsetAt(document, splitPath(from));
  setAt(document, splitPath(to), value);
}

/** `_id` in front, where MongoDB stores it. */
export function withIdFirst(document: Doc): Doc {
  if (Object.keys(document)[0] === '_id') return document;
  const result: Doc = { _id: document._id };
  for (const name of Object.keys(document)) if (name !== '_id') setField(result, name, document[name]);
  return result;
}
