// The operators of a query that test one value: equality, order, membership, type, pattern.
import { CommandError } from '../errors.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { bsonType, isBinary } from '../values/document.ts';
import { scaled, toInteger, toNumber } from '../values/number.ts';
import { sortKey } from '../values/sort-key.ts';
import { canonicalType, typeByte } from '../values/type-byte.ts';
import { typeAlias, typeName } from '../values/type-names.ts';
import { compileRegex, readRegex } from './regex.ts';

export type ValueTest = (value: unknown) => boolean;

export function equalTo(operand: unknown): ValueTest {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  if (typeof operand === 'string')
    return (value) => value === operand || (isSymbol(value) && String(value) === operand);
  const type = canonicalType(operand);
  return (value) => value !== undefined && canonicalType(value) === type && equalValues(value, operand);
}

/** Equality as a filter means it, where a pattern also matches strings. */
export function equalOrMatching(operand: unknown): ValueTest {
  const regex = readRegex(operand);
  if (!regex) return equalTo(operand);
  const same = equalTo(operand);
  const matches = matchingRegex(regex.pattern, regex.options);
  return (value) => matches(value) || same(value);
}

export function matchingRegex(pattern: string, options: string): ValueTest {
  const regex = compileRegex(pattern, options);
  return (value) =>
    (typeof value === 'string' && regex.test(value)) || (isSymbol(value) && regex.test(String(value)));
}

function isSymbol(value: unknown): boolean {
  return bsonType(value) === 'BSONSymbol';
}

const signs = {
  $gt: (sign: number) => sign > 0,
  $gte: (sign: number) => sign >= 0,
  $lt: (sign: number) => sign < 0,
  $lte: (sign: number) => sign <= 0,
};

export type OrderOperator = keyof typeof signs;

export function isOrderOperator(name: string): name is OrderOperator {
  return Object.hasOwn(signs, name);
}

/** Order within one type only: a string is neither above nor below a number. */
export function ordered(operator: OrderOperator, operand: unknown): ValueTest {
  const holds = signs[operator];
  const type = canonicalType(operand);
  if (type === typeByte.minKey || type === typeByte.maxKey) {
    return (value) => value !== undefined && holds(compareValues(value, operand));
  }
  if (type === typeByte.null) return (value) => (value === null || value === undefined) && holds(0);
  if (Number.isNaN(toNumber(operand) ?? 0)) {
    return (value) => Number.isNaN(toNumber(value) ?? 0) && holds(0);
  }
  return (value) =>
    value !== undefined &&
    canonicalType(value) === type &&
    !Number.isNaN(toNumber(value) ?? 0) &&
    holds(compareValues(value, operand));
}

export function memberOf(operands: readonly unknown[]): ValueTest {
  const patterns = operands.filter((each) => readRegex(each)).map(equalOrMatching);
  const keys = new Set(operands.map((each) => sortKey([each]).toString('latin1')));
  return (value) => keys.has(sortKey([value]).toString('latin1')) || patterns.some((test) => test(value));
}

export function ofType(operand: unknown): ValueTest {
  const accepted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeAlias));
  return (value) => accepted.has(typeName(value));
}

export function remainderOf(operand: unknown): ValueTest {
  if (!Array.isArray(operand) || operand.length !== 2) {
    throw new CommandError(2, 'malformed mod, needs to be an array of two numbers');
  }
  const [divisor, remainder] = operand.map(toInteger);
  if (divisor === undefined || remainder === undefined)
    throw new CommandError(2, 'malformed mod, not numbers');
  if (divisor === 0) throw new CommandError(2, 'divisor cannot be 0');
  return (value) => {
    const number = toInteger(value);
    return number !== undefined && number % divisor === remainder;
  };
}

const bitTests = {
  $bitsAllSet: (value: bigint, mask: bigint) => (value & mask) === mask,
  $bitsAnySet: (value: bigint, mask: bigint) => (value & mask) !== 0n,
  $bitsAllClear: (value: bigint, mask: bigint) => (value & mask) === 0n,
  $bitsAnyClear: (value: bigint, mask: bigint) => (value & mask) !== mask,
};

export type BitOperator = keyof typeof bitTests;

export function isBitOperator(name: string): name is BitOperator {
  return Object.hasOwn(bitTests, name);
}

export function bits(operator: BitOperator, operand: unknown): ValueTest {
  const mask = toBits(
    Array.isArray(operand)
      ? operand.reduce((sum: bigint, at) => sum | (1n << BigInt(toInteger(at) ?? 0)), 0n)
      : operand,
  );
  if (mask === undefined)
    throw new CommandError(2, `${operator} takes a number, a list of positions or a binary`);
  return (value) => {
    const number = toBits(value);
    return number !== undefined && bitTests[operator](number, mask);
  };
}

function toBits(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (isBinary(value))
    return value.value().reduce((sum, byte, at) => sum | (BigInt(byte) << BigInt(8 * at)), 0n);
  const exact = toNumber(value) === undefined ? undefined : scaled(value);
  return exact && exact.exponent >= 0 ? exact.digits * 10n ** BigInt(exact.exponent) : undefined;
}
