// Turns a filter into a predicate over typed documents.
import { evaluateExpression } from '../aggregate/expression.ts';
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { isNumber, toInteger, toNumber } from '../values/number.ts';
import { splitPath, valuesAt } from '../values/path.ts';
import { compileRegex, readRegex } from './regex.ts';
import {
  bits,
  equalOrMatching,
  equalTo,
  isBitOperator,
  isOrderOperator,
  matchingRegex,
  memberOf,
  ofType,
  ordered,
  remainderOf,
  type ValueTest,
} from './value-tests.ts';

export type Predicate = (document: Doc) => boolean;
/** Tests all the values a path reaches, arrays not yet opened. */
type ReachTest = (values: readonly unknown[]) => boolean;

/** `variables` are what `$expr` may name with `$$`. */
export function compileFilter(filter: Doc, variables: Doc = {}): Predicate {
  const tests = Object.entries(filter).map(([name, condition]) => compileClause(name, condition, variables));
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (document) => tests.every((test) => test(document));
}

function compileClause(name: string, condition: unknown, variables: Doc): Predicate {
  switch (name) {
    case '$and': {
      const tests = compileList(name, condition, variables);
      return (document) => tests.every((test) => test(document));
    }
    case '$or': {
      const tests = compileList(name, condition, variables);
      return (document) => tests.some((test) => test(document));
    }
    case '$nor': {
      const tests = compileList(name, condition, variables);
      return (document) => !tests.some((test) => test(document));
    }
    case '$expr':
      return (document) => Boolean(evaluateExpression(condition, document, variables));
    case '$comment':
      return () => true;
    default:
      if (name.startsWith('$')) throw new CommandError(2, `unknown top level operator: ${name}`);
      return compilePath(name, condition);
  }
}

function compileList(name: string, condition: unknown, variables: Doc): Predicate[] {
  if (!Array.isArray(condition) || condition.length === 0) {
    throw new CommandError(2, `${name} must be a nonempty array`);
  }
  return condition.map((each) => {
    if (!isDocument(each)) throw new CommandError(2, `${name} entries need to be full objects`);
    return compileFilter(each, variables);
  });
}

function compilePath(path: string, condition: unknown): Predicate {
  const parts = splitPath(path);
  const test = compileCondition(condition);
  return (document) => test(valuesAt(document, parts));
}

/** `{ $gt: 1, $lt: 5 }` rather than a document to compare with. */
export function isOperators(condition: unknown): condition is Doc {
  if (!isDocument(condition)) return false;
  const [first] = Object.keys(condition);
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function compileCondition(condition: unknown): ReachTest {
  if (!isOperators(condition)) return anyOf(equalOrMatching(condition));
  const tests = Object.entries(condition).map(([name, operand]) => compileOperator(name, operand, condition));
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (values) => tests.every((test) => test(values));
}

/** Any value the path reaches, or any element of an array it reaches. */
function anyOf(test: ValueTest): ReachTest {
  return (values) => values.some((value) => test(value) || (Array.isArray(value) && value.some(test)));
}

function negated(test: ReachTest): ReachTest {
  return (values) => !test(values);
}

function compileOperator(name: string, operand: unknown, siblings: Doc): ReachTest {
  if (isOrderOperator(name)) return anyOf(ordered(name, operand));
  if (isBitOperator(name)) return anyOf(bits(name, operand));
  switch (name) {
    case '$eq':
      return anyOf(equalTo(operand));
    case '$ne':
      return negated(anyOf(equalTo(operand)));
    case '$in':
      return anyOf(memberOf(list(name, operand)));
    case '$nin':
      return negated(anyOf(memberOf(list(name, operand))));
    case '$not':
      return negated(compileNot(operand));
    case '$exists': {
      const wanted = isNumber(operand) ? toNumber(operand) !== 0 : operand !== false && operand !== null;
      return (values) => values.some((value) => value !== undefined) === wanted;
    }
    case '$type':
      return anyOf(ofType(operand));
    case '$mod':
      return anyOf(remainderOf(operand));
    case '$regex':
      return anyOf(regexWithOptions(operand, field(siblings, '$options')));
    case '$options':
      if (!Object.hasOwn(siblings, '$regex')) throw new CommandError(2, '$options needs a $regex');
      return () => true;
    case '$size': {
      const size = toInteger(operand);
      if (size === undefined || size < 0)
        throw new CommandError(2, '$size must be a whole number of at least 0');
      return (values) => values.some((value) => Array.isArray(value) && value.length === size);
    }
    case '$all':
      return compileAll(operand);
    case '$elemMatch': {
      const test = compileElemMatch(operand);
      return (values) => values.some((value) => Array.isArray(value) && value.some(test));
    }
    case '$comment':
      return () => true;
    default:
      throw new CommandError(2, `unknown operator: ${name}`);
  }
}

function list(name: string, operand: unknown): readonly unknown[] {
  if (!Array.isArray(operand)) throw new CommandError(2, `${name} needs an array`);
  if (operand.some(isOperators)) throw new CommandError(2, `cannot nest $ under ${name}`);
  return operand;
}

function compileNot(operand: unknown): ReachTest {
  if (readRegex(operand)) return anyOf(equalOrMatching(operand));
  if (!isOperators(operand)) throw new CommandError(2, '$not needs a regex or a document of operators');
  return compileCondition(operand);
}

function regexWithOptions(operand: unknown, options: unknown): ValueTest {
  const regex = readRegex(operand);
  if (!regex && typeof operand !== 'string') throw new CommandError(2, '$regex has to be a string');
  const pattern = regex?.pattern ?? String(operand);
  const flags = typeof options === 'string' ? options : (regex?.options ?? '');
  compileRegex(pattern, flags);
  return matchingRegex(pattern, flags);
}

function compileAll(operand: unknown): ReachTest {
  if (!Array.isArray(operand)) throw new CommandError(2, '$all needs an array');
  const tests = operand.map((each) =>
    isDocument(each) && Object.hasOwn(each, '$elemMatch')
      ? compileCondition(each)
      : anyOf(equalOrMatching(each)),
  );
  return (values) => tests.length > 0 && tests.every((test) => test(values));
}

const logical = new Set(['$and', '$or', '$nor']);

/** The test for one element of an array. */
export function compileElemMatch(operand: unknown): ValueTest {
  if (!isDocument(operand)) throw new CommandError(2, '$elemMatch needs an Object');
  const [first] = Object.keys(operand);
  if (isOperators(operand) && !logical.has(first ?? '')) {
    const test = compileCondition(operand);
    return (element) => test([element]);
  }
  const test = compileFilter(operand);
  return (element) => {
    if (isDocument(element)) return test(element);
    return Array.isArray(element) && test(Object.fromEntries(element.entries()));
  };
}

/** Whether one value satisfies the condition a filter sets for a path. */
export function compileValueCondition(condition: unknown): ValueTest {
  const test = compileCondition(condition);
  return (value) => test([value]);
}
