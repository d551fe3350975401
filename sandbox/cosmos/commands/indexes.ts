import { CommandError } from '../errors.ts';
import { plainPattern } from '../query/plan.ts';
import { checkIndexAllowed } from '../ru/refusals.ts';
import type { Collection, StoredIndex } from '../storage/collection.ts';
import { type IndexSpec, readIndexSpec } from '../storage/index-spec.ts';
import { type Doc, field, isDocument, serializeDocument } from '../values/document.ts';
import { toNumber } from '../values/number.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import {
  type Context,
  collectionForWrite,
  collectionName,
  documentList,
  existingCollection,
  type Handler,
} from './context.ts';

const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' };

export const createIndexes: Handler = (context) => {
  const { command, engine, db } = context;
  const specs = documentList(command, 'indexes').map(completeSpec);
  const createdCollectionAutomatically = existingCollection(context) === undefined;
  const collection = collectionForWrite(context);
  const before = collection.indexes.length + 1;
  const created = engine.changeCatalog(
    () => specs.filter((spec) => createIndex(context, collection, spec)).length,
  );
  const after = (engine.catalog.find(db, collection.name)?.indexes.length ?? 0) + 1;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically,
    ...(created === 0 ? { note: 'all indexes already exist' } : {}),
    ok: 1,
  };
};

/** False when the index is there already. */
function createIndex({ engine }: Context, collection: Collection, spec: Doc): boolean {
  const wanted = readIndexSpec(spec);
  checkKey(wanted);
  if (isIdIndex(wanted)) return false;
  for (const { spec: present } of collection.indexes) if (isSameIndex(present, wanted)) return false;
  if (engine.strict) checkIndexAllowed(collection, wanted);
  engine.catalog.createIndex(collection, spec);
  return true;
}

function completeSpec(spec: Doc): Doc {
  const key = field(spec, 'key');
  if (!isDocument(key) || Object.keys(key).length === 0)
    throw new CommandError(67, 'Index keys cannot be an empty object');
  const name = field(spec, 'name');
  const named = typeof name === 'string' && name !== '' ? name : plainPattern(key).flat().join('_');
  const { key: _key, name: _name, v: _v, background: _background, ...options } = spec;
  return { v: 2, key, name: named, ...options };
}

function checkKey(spec: IndexSpec): void {
  const key = field(spec.document, 'key');
  for (const [path, kind] of Object.entries(isDocument(key) ? key : {})) {
    const direction = toNumber(kind);
    const known = direction === undefined ? kind === 'hashed' : direction !== 0 && !Number.isNaN(direction);
    if (!known)
      throw new CommandError(67, `Unknown index plugin or direction '${String(kind)}' for '${path}'`);
    if (path === '' || path.startsWith('$') || path.includes('..'))
      throw new CommandError(67, `Index key '${path}' is not a path`);
    if (path.includes('$**')) throw new CommandError(67, 'Wildcard indexes are not supported');
  }
  if (spec.expireAfterSeconds !== undefined && spec.paths.length !== 1) {
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
}

function isIdIndex(spec: IndexSpec): boolean {
  return spec.paths.length === 1 && spec.paths[0] === '_id';
}

/** Throws when one of the two names would mean two things. */
function isSameIndex(present: IndexSpec, wanted: IndexSpec): boolean {
  const key = (spec: IndexSpec) => JSON.stringify(spec.paths.map((path, at) => [path, spec.directions[at]]));
  const options = (spec: IndexSpec) =>
    JSON.stringify([spec.unique, spec.sparse, spec.partialFilter ?? null, spec.expireAfterSeconds ?? null]);
  const sameKey = key(present) === key(wanted);
  const sameOptions = options(present) === options(wanted);
  if (present.name === wanted.name && !(sameKey && sameOptions)) {
    throw new CommandError(
      sameKey ? 85 : 86,
      `An existing index has the same name as the requested index but differs: ${wanted.name}`,
    );
  }
  const samePart = JSON.stringify(present.partialFilter) === JSON.stringify(wanted.partialFilter);
  if (present.name !== wanted.name && sameKey && samePart) {
    throw new CommandError(85, `Index already exists with a different name: ${present.name}`);
  }
  return present.name === wanted.name;
}

export const listIndexes: Handler = (context) => {
  const collection = existingCollection(context);
  const namespace = `${context.db}.${collectionName(context)}`;
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
  const documents = [idIndex, ...collection.indexes.map(({ spec }) => spec.document)].map(serializeDocument);
  return cursorReply({ field: 'firstBatch', documents, cursorId: 0n, namespace });
};

export const dropIndexes: Handler = (context) => {
  const { engine, command } = context;
  const collection = existingCollection(context);
  if (!collection) throw new CommandError(26, 'ns not found');
  const nIndexesWas = collection.indexes.length + 1;
  const index = field(command, 'index');
  const chosen =
    index === '*'
      ? [...collection.indexes]
      : (Array.isArray(index) ? index : [index]).map((each) => chosenIndex(collection, each));
  engine.changeCatalog(() => {
    for (const each of chosen) engine.catalog.dropIndex(collection, each);
  });
  return { nIndexesWas, ok: 1 };
};

function chosenIndex(collection: Collection, index: unknown): StoredIndex {
  if (index === '_id_') throw new CommandError(72, 'cannot drop _id index');
  const pattern = isDocument(index) ? JSON.stringify(plainPattern(index)) : undefined;
  const found = collection.indexes.find(({ spec }) => {
    const key = field(spec.document, 'key');
    return spec.name === index || (isDocument(key) && JSON.stringify(plainPattern(key)) === pattern);
  });
  if (!found) throw new CommandError(27, `index not found with name [${String(index)}]`);
  return found;
}
