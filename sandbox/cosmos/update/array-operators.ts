// $push, $addToSet, $pull, $pullAll and $pop. Each gets the present value and returns the new one; `undefined` leaves
// the field as it is.
import { CommandError } from '../errors.ts';
import { compileFilter, compileValueCondition, isOperators } from '../query/match.ts';
import { readSort, sortDocuments } from '../query/sort.ts';
import type { ValueTest } from '../query/value-tests.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { field, isDocument } from '../values/document.ts';
import { isNumber, toInteger, toNumber } from '../values/number.ts';

export function push(current: unknown, operand: unknown, path: string): unknown[] {
  const array = arrayAt(current, '$push', path);
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) return [...array, operand];
  const added = field(operand, '$each');
  if (!Array.isArray(added)) throw new CommandError(2, 'The argument to $each in $push must be an array');
  const unknown = Object.keys(operand).find(
    (name) => !['$each', '$slice', '$sort', '$position'].includes(name),
  );
  if (unknown) throw new CommandError(2, `Unrecognized clause in $push: ${unknown}`);
  const placed = insertAt(array, added, field(operand, '$position'));
  return sliced(sorted(placed, field(operand, '$sort')), field(operand, '$slice'));
}

function arrayAt(current: unknown, operator: string, path: string): readonly unknown[] {
  if (current === undefined) return [];
  if (!Array.isArray(current)) {
    throw new CommandError(2, `The field '${path}' must be an array but is of another type, for ${operator}`);
  }
  return current;
}

function insertAt(array: readonly unknown[], added: readonly unknown[], position: unknown): unknown[] {
  if (position === undefined) return [...array, ...added];
  const at = toInteger(position);
  if (at === undefined) throw new CommandError(2, 'The value for $position must be an integer');
  return [...array.slice(0, at), ...added, ...array.slice(at)];
}

function sorted(array: unknown[], order: unknown): unknown[] {
  if (order === undefined) return array;
  if (isNumber(order)) return array.toSorted((a, b) => compareValues(a, b) * (toNumber(order) ?? 1));
  const rows = array.map((value) => ({ value, document: isDocument(value) ? value : {} }));
  return sortDocuments(rows, readSort(order)).map(({ value }) => value);
}

function sliced(array: unknown[], slice: unknown): unknown[] {
  if (slice === undefined) return array;
  const size = toInteger(slice);
  if (size === undefined) throw new CommandError(2, 'The value for $slice must be an integer');
  if (size === 0) return [];
  return size > 0 ? array.slice(0, size) : array.slice(size);
}

export function addToSet(current: unknown, operand: unknown, path: string): unknown[] {
  const result = [...arrayAt(current, '$addToSet', path)];
  const each = isDocument(operand) && Object.hasOwn(operand, '$each') ? field(operand, '$each') : [operand];
  if (!Array.isArray(each)) throw new CommandError(14, 'The argument to $each in $addToSet must be an array');
  for (const value of each) if (!result.some((present) => equalValues(present, value))) result.push(value);
  return result;
}

export function pull(current: unknown, operand: unknown, path: string): unknown[] | undefined {
  if (current === undefined) return undefined;
  const array = arrayAt(current, '$pull', path);
  const matches = pullTest(operand);
  return array.filter((value) => !matches(value));
}

function pullTest(operand: unknown): ValueTest {
  if (!isDocument(operand) || isOperators(operand)) return compileValueConditionOrExact(operand);
  const test = compileFilter(operand);
  return (value) => isDocument(value) && test(value);
}

function compileValueConditionOrExact(operand: unknown): ValueTest {
  if (Array.isArray(operand)) return (value) => equalValues(value, operand);
  return compileValueCondition(operand);
}

export function pullAll(current: unknown, operand: unknown, path: string): unknown[] | undefined {
  if (!Array.isArray(operand)) throw new CommandError(2, '$pullAll requires an array argument');
  if (current === undefined) return undefined;
  return arrayAt(current, '$pullAll', path).filter(
    (value) => !operand.some((each) => equalValues(each, value)),
  );
}

export function pop(current: unknown, operand: unknown, path: string): unknown[] | undefined {
  const end = toNumber(operand);
  if (end !== 1 && end !== -1) throw new CommandError(9, '$pop expects 1 or -1');
  if (current === undefined) return undefined;
  if (!Array.isArray(current))
    throw new CommandError(14, `Path '${path}' contains an element of non-array type`);
  return end === 1 ? current.slice(0, -1) : current.slice(1);
}
