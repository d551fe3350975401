// Aggregation expressions over one document.

import type { Doc } from '../values/document.ts';
import { isNumber } from '../values/number.ts';
import { promoteDocument } from '../values/promote.ts';
import { runStages } from './stages.ts';

/** The value of an expression, as in `$expr`. `variables` are reachable as `$$name`. */
export function evaluateExpression(expression: unknown, document: Doc, variables: Doc = {}): unknown {
  return evaluateFields({ value: expression }, document, variables).value;
}

/** Several expressions at once, by field name. */
export function evaluateFields(fields: Doc, document: Doc, variables: Doc = {}): Doc {
  const projection: Doc = { _id: 0 };
  for (const [name, expression] of Object.entries(fields)) projection[name] = asExpression(expression);
  return runStages([{ $project: projection }], [promoteDocument(document)], { variables })[0] ?? {};
}

// In a projection a bare number or boolean would mean "include"; an expression means the value.
function asExpression(expression: unknown): unknown {
  return isNumber(expression) || typeof expression === 'boolean' ? { $literal: expression } : expression;
}
