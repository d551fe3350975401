import { CommandError } from '../errors.ts';
import { executeQuery, readOf } from '../query/execute.ts';
import { checkFilterAllowed } from '../ru/refusals.ts';
import { field } from '../values/document.ts';
import { flatValuesAt } from '../values/path.ts';
import { sortKey } from '../values/sort-key.ts';
import { documentField, existingCollection, type Handler, integerField } from './context.ts';

export const count: Handler = (context) => {
  const { command, engine, charge } = context;
  const collection = existingCollection(context);
  const filter = documentField(command, 'query');
  if (engine.strict) checkFilterAllowed(filter);
  if (!collection) return { n: 0, ok: 1 };
  const skip = integerField(command, 'skip') ?? 0;
  const limit = Math.abs(integerField(command, 'limit') ?? 0);
  if (Object.keys(filter).length === 0) {
    const all = Math.max(0, collection.count() - skip);
    return { n: limit > 0 ? Math.min(limit, all) : all, ok: 1 };
  }
  const execution = executeQuery(collection, {
    filter,
    skip,
    limit,
    hint: field(command, 'hint'),
  });
  let n = 0;
  for (const _ of execution.rows) n += 1;
  charge.read(readOf(execution, 0));
  return { n, ok: 1 };
};

export const distinct: Handler = (context) => {
  const { command, engine, charge } = context;
  const key = field(command, 'key');
  if (typeof key !== 'string') throw new CommandError(14, "'key' must be a string");
  const collection = existingCollection(context);
  const filter = documentField(command, 'query');
  if (engine.strict) checkFilterAllowed(filter);
  if (!collection) return { values: [], ok: 1 };
  const execution = executeQuery(collection, { filter });
  const values = new Map<string, unknown>();
  for (const { document } of execution.rows) {
    for (const value of flatValuesAt(document, key)) values.set(sortKey([value]).toString('latin1'), value);
  }
  charge.read(readOf(execution, 0));
  return { values: [...values.values()], ok: 1 };
};
