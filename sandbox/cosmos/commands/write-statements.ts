// What insert, update and delete share: several statements, ordered or not, each with its own error.
import { describeFailure } from '../errors.ts';
import { type Doc, field } from '../values/document.ts';
import type { Context } from './context.ts';

export type StatementResult = { n: number; nModified?: number; upserted?: unknown };

export function runStatements<T>(
  context: Context,
  statements: readonly T[],
  run: (statement: T) => StatementResult,
): Doc {
  const ordered = field(context.command, 'ordered') !== false;
  const writeErrors: Doc[] = [];
  const upserted: Doc[] = [];
  let n = 0;
  let nModified: number | undefined;
  for (const [index, statement] of statements.entries()) {
    try {
      // As on RU, the budget can end in the middle of a batch.
      context.engine.faults.budget?.admit(context.charge.units);
      const result = run(statement);
      n += result.n;
      if (result.nModified !== undefined) nModified = (nModified ?? 0) + result.nModified;
      if (Object.hasOwn(result, 'upserted')) upserted.push({ index, _id: result.upserted });
    } catch (error) {
      writeErrors.push({ index, ...describeFailure(error) });
      if (ordered) break;
    }
  }
  return {
    n,
    ...(nModified === undefined ? {} : { nModified }),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
    ok: 1,
  };
}
