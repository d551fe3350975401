// The operators that give a field a new value from its present one. `undefined` leaves the field as it is.
import { Int32, Timestamp } from 'bson';
import { CommandError } from '../errors.ts';
import { compareValues } from '../values/compare.ts';
import { field, isDocument, isLong } from '../values/document.ts';
import { combine, integer, isNumber, scaled } from '../values/number.ts';
import { typeName } from '../values/type-names.ts';

export function increment(current: unknown, operand: unknown, path: string): unknown {
  return arithmetic('$inc', 'add', current ?? (current === null ? null : new Int32(0)), operand, path);
}

export function multiply(current: unknown, operand: unknown, path: string): unknown {
  return arithmetic('$mul', 'multiply', current ?? (current === null ? null : new Int32(0)), operand, path);
}

function arithmetic(
  name: string,
  operation: 'add' | 'multiply',
  current: unknown,
  operand: unknown,
  path: string,
): unknown {
  if (!isNumber(operand))
    throw new CommandError(14, `Cannot apply ${name} with non-numeric argument: {${path}}`);
  if (!isNumber(current)) {
    throw new CommandError(
      14,
      `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of type ${typeName(current)}`,
    );
  }
  const result = combine(operation, current, operand);
  if (!result) throw new CommandError(2, `Failed to apply ${name} to '${path}': integer overflow`);
  return result;
}

export function smaller(current: unknown, operand: unknown): unknown {
  return current === undefined || compareValues(operand, current) < 0 ? operand : undefined;
}

export function larger(current: unknown, operand: unknown): unknown {
  return current === undefined || compareValues(operand, current) > 0 ? operand : undefined;
}

let lastIncrement = 0;

export function currentDate(operand: unknown): unknown {
  const type = isDocument(operand) ? field(operand, '$type') : 'date';
  if (operand !== true && operand !== false && !isDocument(operand)) {
    throw new CommandError(2, '$currentDate takes true or { $type: "date" | "timestamp" }');
  }
  if (type === 'date') return new Date();
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1000), i: ++lastIncrement });
  throw new CommandError(2, 'The $type of $currentDate must be "date" or "timestamp"');
}

export function bitwise(current: unknown, operand: unknown, path: string): unknown {
  let value = scaled(current ?? new Int32(0))?.digits;
  if (!isDocument(operand) || value === undefined)
    throw new CommandError(2, `Cannot apply $bit to '${path}'`);
  for (const [name, mask] of Object.entries(operand)) {
    const bits = scaled(mask)?.digits ?? 0n;
    if (name === 'and') value &= bits;
    else if (name === 'or') value |= bits;
    else if (name === 'xor') value ^= bits;
    else throw new CommandError(2, `$bit knows and, or and xor, not ${name}`);
  }
  return integer(value, isLong(current));
}
