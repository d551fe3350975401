import { CommandError } from '../errors.ts';
import { executeQuery, type Found, readOf } from '../query/execute.ts';
import { compileProjection } from '../query/projection.ts';
import { readSort } from '../query/sort.ts';
import { checkFilterAllowed, checkSortHasIndex, checkTargetsOneShard } from '../ru/refusals.ts';
import type { Collection } from '../storage/collection.ts';
import { compileUpdate, isReplacement } from '../update/apply-update.ts';
import { type Doc, field } from '../values/document.ts';
import {
  type Context,
  collectionForWrite,
  documentField,
  existingCollection,
  type Handler,
} from './context.ts';
import { checkUpdateAllowed, upsertDocument } from './update.ts';
import { commandVariables } from './variables.ts';
import { removeDocument, updateDocument } from './write-document.ts';

export const findAndModify: Handler = (context) => {
  const { command, engine } = context;
  const remove = field(command, 'remove') === true;
  const upsert = field(command, 'upsert') === true;
  const change = field(command, 'update');
  if (remove === (change !== undefined))
    throw new CommandError(9, 'Either an update or remove=true must be specified');
  checkUpdateAllowed(context, change);
  const filter = documentField(command, 'query');
  const collection = upsert ? collectionForWrite(context) : existingCollection(context);
  if (engine.strict) checkFilterAllowed(filter);
  if (engine.strict && collection) checkTargetsOneShard(collection, filter);
  const found = collection && findTarget(context, collection, filter);
  if (!collection || (!found && !upsert))
    return reply({ n: 0, ...(remove ? {} : { updatedExisting: false }) }, null);
  const project =
    compileProjection(documentField(command, 'fields'), filter) ?? ((document: Doc) => document);
  if (found && remove) {
    removeDocument(context, collection, found);
    return reply({ n: 1 }, project(found.document));
  }
  const wantsNew = field(command, 'new') === true;
  const updater = compileUpdate(change, field(command, 'arrayFilters'), commandVariables(command));
  if (!found) {
    const inserted = upsertDocument(context, collection, filter, change, updater);
    const facts = { n: 1, updatedExisting: false, upserted: field(inserted, '_id') };
    return reply(facts, wantsNew ? project(inserted) : null);
  }
  const after =
    updateDocument(
      context,
      collection,
      found,
      updater,
      filter,
      isReplacement(change) ? 'replace' : 'update',
    ) ?? found.document;
  return reply({ n: 1, updatedExisting: true }, project(wantsNew ? after : found.document));
};

function reply(lastErrorObject: Doc, value: Doc | null): Doc {
  return { lastErrorObject, value, ok: 1 };
}

function findTarget(context: Context, collection: Collection, filter: Doc): Found | undefined {
  const sort = readSort(field(context.command, 'sort'));
  if (context.engine.strict) checkSortHasIndex(collection, sort);
  const hint = field(context.command, 'hint');
  const execution = executeQuery(collection, {
    filter,
    sort,
    limit: 1,
    hint,
    variables: commandVariables(context.command),
  });
  const [found] = [...execution.rows];
  context.charge.read(readOf(execution, found?.bytes.length ?? 0));
  return found;
}
