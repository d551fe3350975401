// Aggregation expressions over one document, by mingo.
import { Aggregator } from 'mingo';
import { CommandError } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import { promote, promoteDocument } from '../values/promote.ts';

/** The value of an expression, as in `$expr`. `variables` are reachable as `$$name`. */
export function evaluateExpression(expression: unknown, document: Doc, variables: Doc = {}): unknown {
  return evaluateFields({ value: expression }, document, variables).value;
}

/** Several expressions at once, by field name. */
export function evaluateFields(fields: Doc, document: Doc, variables: Doc = {}): Doc {
  const projection: Doc = { _id: 0 };
  for (const [name, expression] of Object.entries(fields)) projection[name] = wrap(promote(expression));
  try {
    const aggregator = new Aggregator([{ $project: projection }], { variables });
    return aggregator.run<Doc>([promoteDocument(document)])[0] ?? {};
  } catch (cause) {
    throw new CommandError(2, cause instanceof Error ? cause.message : 'the expression cannot be evaluated');
  }
}

// In a projection a bare number or boolean would mean "include"; an expression means the value.
function wrap(expression: unknown): unknown {
  return typeof expression === 'number' || typeof expression === 'boolean'
    ? { $literal: expression }
    : expression;
}
