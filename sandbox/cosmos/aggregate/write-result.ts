// $out and $merge: a pipeline whose result goes into a collection.
import { ObjectId } from 'bson';
import type { Context } from '../commands/context.ts';
import { insertDocument, updateDocument } from '../commands/write-document.ts';
import { CommandError } from '../errors.ts';
import { findFirst } from '../query/execute.ts';
import type { Collection } from '../storage/collection.ts';
import { type Doc, field, isDocument, parseDocument, serializeDocument } from '../values/document.ts';
import { plainValueAt } from '../values/path.ts';

export function writeResult(context: Context, stage: Doc, documents: readonly Doc[]): void {
  const { $out, $merge } = stage;
  if ($out !== undefined) {
    replaceCollection(context, targetName($out, 'coll'), documents);
    return;
  }
  const options = isDocument($merge) ? $merge : {};
  const collection = collectionNamed(context, targetName($merge, 'into'));
  const on = [field(options, 'on') ?? '_id'].flat().map(String);
  for (const document of documents) {
    mergeDocument(context, collection, typed(document), on, {
      whenMatched: String(field(options, 'whenMatched') ?? 'merge'),
      whenNotMatched: String(field(options, 'whenNotMatched') ?? 'insert'),
    });
  }
}

function targetName(target: unknown, inner: string): string {
  const name = isDocument(target) ? field(target, inner) : target;
  const plain = isDocument(name) ? field(name, 'coll') : name;
  if (typeof plain !== 'string' || plain === '')
    throw new CommandError(73, 'The target of the pipeline has no name');
  return plain;
}

function collectionNamed({ engine, db }: Context, name: string): Collection {
  return engine.catalog.find(db, name) ?? engine.changeCatalog(() => engine.catalog.create(db, name));
}

/** mingo's plain values back to BSON's types. */
function typed(document: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = document;
  return parseDocument(serializeDocument({ _id, ...rest }));
}

function replaceCollection(context: Context, name: string, documents: readonly Doc[]): void {
  const { engine, db } = context;
  engine.changeCatalog(() => {
    const previous = engine.catalog.find(db, name);
    const indexes = previous?.indexes.map(({ spec }) => spec.document) ?? [];
    const shardKey = previous?.shardKey;
    if (previous) engine.catalog.drop(previous);
    const collection = engine.catalog.create(db, name, shardKey);
    for (const index of indexes) engine.catalog.createIndex(collection, index);
    for (const document of documents.map(typed))
      insertDocument(context, collection, document, serializeDocument(document));
  });
}

function mergeDocument(
  context: Context,
  collection: Collection,
  document: Doc,
  on: readonly string[],
  { whenMatched, whenNotMatched }: { whenMatched: string; whenNotMatched: string },
): void {
  const filter = Object.fromEntries(on.map((path) => [path, plainValueAt(document, path)]));
  const found = findFirst(collection, { filter });
  if (!found) {
    if (whenNotMatched === 'insert')
      insertDocument(context, collection, document, serializeDocument(document));
    else if (whenNotMatched === 'fail')
      throw new CommandError(2, '$merge could not find a matching document');
    return;
  }
  if (whenMatched === 'fail')
    throw new CommandError(11000, 'E11000 duplicate key error: $merge found a matching document');
  if (whenMatched === 'keepExisting') return;
  if (whenMatched !== 'merge' && whenMatched !== 'replace')
    throw new CommandError(2, `$merge cannot ${whenMatched}`);
  const updater = (before: Doc) =>
    whenMatched === 'merge' ? { ...before, ...document, _id: before._id } : { ...document, _id: before._id };
  updateDocument(context, collection, found, updater, filter, 'replace');
}
