import { CommandError } from '../errors.ts';
import { executeQuery, type Found, readOf } from '../query/execute.ts';
import { checkFilterAllowed, checkTargetsOneShard } from '../ru/refusals.ts';
import type { Collection } from '../storage/collection.ts';
import { compileUpdate, isReplacement, type Updater } from '../update/apply-update.ts';
import { documentToInsert } from '../update/upsert.ts';
import { type Doc, field, serializeDocument } from '../values/document.ts';
import {
  type Context,
  collectionForWrite,
  documentField,
  documentList,
  existingCollection,
  type Handler,
} from './context.ts';
import { commandVariables } from './variables.ts';
import { insertDocument, updateDocument } from './write-document.ts';
import { runStatements, type StatementResult } from './write-statements.ts';

export const update: Handler = (context) => {
  const statements = documentList(context.command, 'updates');
  return runStatements(context, statements, (statement) => runUpdate(context, statement));
};

function runUpdate(context: Context, statement: Doc): StatementResult {
  const filter = documentField(statement, 'q');
  const change = field(statement, 'u');
  const multi = field(statement, 'multi') === true;
  const upsert = field(statement, 'upsert') === true;
  if (multi && isReplacement(change))
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  if (field(statement, 'sort') !== undefined) {
    throw new CommandError(40415, "BSON field 'update.updates.sort' is an unknown field.");
  }
  checkUpdateAllowed(context, change);
  const updater = compileUpdate(change, field(statement, 'arrayFilters'), commandVariables(context.command));
  const collection = upsert ? collectionForWrite(context) : existingCollection(context);
  if (!collection) return { n: 0, nModified: 0 };
  if (context.engine.strict) checkFilterAllowed(filter);
  if (context.engine.strict && (!multi || upsert)) checkTargetsOneShard(collection, filter);
  const found = matching(context, collection, filter, field(statement, 'hint'), multi ? 0 : 1);
  if (found.length === 0 && upsert) {
    const document = upsertDocument(context, collection, filter, change, updater);
    return { n: 1, nModified: 0, upserted: field(document, '_id') };
  }
  const kind = isReplacement(change) ? 'replace' : 'update';
  const changed = found.filter((row) => updateDocument(context, collection, row, updater, filter, kind));
  return { n: found.length, nModified: changed.length };
}

/** Read completely before the first change: an update must not meet a document again where it has moved it. */
export function matching(
  context: Context,
  collection: Collection,
  filter: Doc,
  hint: unknown,
  limit: number,
): Found[] {
  const execution = executeQuery(collection, {
    filter,
    limit,
    hint,
    variables: commandVariables(context.command),
  });
  const found = [...execution.rows];
  context.charge.read(readOf(execution, 0));
  return found;
}

export function upsertDocument(
  context: Context,
  collection: Collection,
  filter: Doc,
  change: unknown,
  updater: Updater,
): Doc {
  const document = documentToInsert(filter, change, updater);
  insertDocument(context, collection, document, serializeDocument(document));
  return document;
}

export function checkUpdateAllowed(context: Context, change: unknown): void {
  if (context.engine.strict && Array.isArray(change)) {
    throw new CommandError(115, 'An update with an aggregation pipeline is not supported.');
  }
}
