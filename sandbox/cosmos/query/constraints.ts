// What a filter demands of each path, as far as an index can use it. Everything else the matcher decides later, so
// leaving something out here costs time but never an answer.
import { type Doc, isDocument } from '../values/document.ts';
import { canonicalType, typeByte } from '../values/type-byte.ts';
import { compileFilter, isOperators } from './match.ts';
import { readRegex } from './regex.ts';
import { isOrderOperator } from './value-tests.ts';

export type Bound = { value: unknown; inclusive: boolean };
export type Constraint = { equal?: readonly unknown[]; low?: Bound; high?: Bound };
export type Constraints = Map<string, Constraint>;

export function constraintsOf(filter: Doc): Constraints {
  const constraints: Constraints = new Map();
  collect(filter, '', constraints);
  return constraints;
}

function collect(filter: Doc, prefix: string, constraints: Constraints): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const each of condition) if (isDocument(each)) collect(each, prefix, constraints);
    } else if (!name.startsWith('$')) {
      collectPath(`${prefix}${name}`, condition, constraints);
    }
  }
}

function collectPath(path: string, condition: unknown, constraints: Constraints): void {
  if (!isOperators(condition)) {
    demand(constraints, path, { equal: [condition] });
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) {
    if (operator === '$eq') demand(constraints, path, { equal: [operand] });
    else if (operator === '$in' && Array.isArray(operand)) demand(constraints, path, { equal: operand });
    else if (isOrderOperator(operator) && isRangeable(operand)) {
      const bound = { value: operand, inclusive: operator.endsWith('e') };
      demand(constraints, path, operator.startsWith('$g') ? { low: bound } : { high: bound });
    } else if (operator === '$elemMatch' && isDocument(operand)) {
      if (isOperators(operand)) collectPath(path, operand, constraints);
      else collect(operand, `${path}.`, constraints);
    }
  }
}

function demand(constraints: Constraints, path: string, constraint: Constraint): void {
  if (constraint.equal?.some((value) => readRegex(value) !== undefined || value === undefined)) return;
  // The first of two demands on one side stays: with arrays both need not hold for the same element.
  constraints.set(path, { ...constraint, ...constraints.get(path) });
}

const rangeable = new Set<number>([
  typeByte.number,
  typeByte.string,
  typeByte.date,
  typeByte.objectId,
  typeByte.boolean,
  typeByte.timestamp,
]);

function isRangeable(value: unknown): boolean {
  return rangeable.has(canonicalType(value));
}

/** Whether every document that satisfies the constraints is in an index with this partial filter. */
export function implies(constraints: Constraints, partialFilter: Doc): boolean {
  return Object.entries(partialFilter).every(([path, condition]) => {
    const constraint = constraints.get(path);
    if (!constraint) return false;
    if (constraint.equal) {
      const test = compileFilter({ value: condition });
      return constraint.equal.every((value) => value !== null && test({ value }));
    }
    return (
      isOperators(condition) &&
      Object.entries(condition).every(([name, value]) => name === '$exists' && value === true)
    );
  });
}

/** Whether some constraint excludes documents that lack the path, which a sparse index does not hold. */
export function demandsPresence(constraints: Constraints, paths: readonly string[]): boolean {
  return paths.some((path) => {
    const constraint = constraints.get(path);
    if (!constraint) return false;
    return constraint.equal ? constraint.equal.every((value) => value !== null) : true;
  });
}
