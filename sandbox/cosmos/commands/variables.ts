import { evaluateFields } from '../aggregate/expression.ts';
import { type Doc, field, isDocument } from '../values/document.ts';

/** `let` of a command: constant expressions that its filter and pipeline may name with `$$`. */
export function commandVariables(command: Doc): Doc {
  const variables = field(command, 'let');
  return isDocument(variables) ? evaluateFields(variables, {}) : {};
}
