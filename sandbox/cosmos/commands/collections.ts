import { Binary } from 'bson';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { type Doc, field, serializeDocument } from '../values/document.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import { collectionName, documentField, existingCollection, type Handler } from './context.ts';

export const create: Handler = (context) => {
  const { engine, db, command } = context;
  if (existingCollection(context)) {
    throw new CommandError(48, `Collection ${db}.${collectionName(context)} already exists.`);
  }
  const unsupported = ['capped', 'timeseries', 'viewOn', 'validator', 'clusteredIndex', 'collation'].find(
    (option) => field(command, option) !== undefined && field(command, option) !== false,
  );
  if (unsupported) throw new CommandError(72, `The option '${unsupported}' is not supported.`);
  engine.changeCatalog(() => engine.catalog.create(db, collectionName(context)));
  return { ok: 1 };
};

export const drop: Handler = (context) => {
  const { engine } = context;
  const collection = existingCollection(context);
  // Since 7.0 dropping what is not there succeeds.
  if (!collection) return { ok: 1 };
  const nIndexesWas = collection.indexes.length + 1;
  engine.changeCatalog(() => engine.catalog.drop(collection));
  return { nIndexesWas, ns: collection.namespace, ok: 1 };
};

export const dropDatabase: Handler = ({ engine, db }) => {
  const collections = engine.catalog.inDatabase(db);
  engine.changeCatalog(() => {
    for (const collection of collections) engine.catalog.drop(collection);
  });
  return { ...(collections.length > 0 ? { dropped: db } : {}), ok: 1 };
};

export const renameCollection: Handler = ({ engine, command }) => {
  const [from, to] = [field(command, 'renameCollection'), field(command, 'to')].map(readNamespace);
  const source = from && engine.catalog.find(...from);
  if (!source || !to) throw new CommandError(26, 'Source collection does not exist');
  const target = engine.catalog.find(...to);
  if (target && field(command, 'dropTarget') !== true) throw new CommandError(48, 'target namespace exists');
  engine.changeCatalog(() => {
    if (target) engine.catalog.drop(target);
    engine.catalog.rename(source, ...to);
  });
  return { ok: 1 };
};

function readNamespace(namespace: unknown): [string, string] | undefined {
  const match = typeof namespace === 'string' ? /^([^.]+)\.(.+)$/.exec(namespace) : null;
  return match?.[1] && match[2] ? [match[1], match[2]] : undefined;
}

export const listCollections: Handler = ({ catalog, db, command }) => {
  const nameOnly = field(command, 'nameOnly') === true;
  const matches = compileFilter(documentField(command, 'filter'));
  const documents = catalog
    .inDatabase(db)
    .map(
      ({ name, uuid }): Doc => ({
        name,
        type: 'collection',
        ...(nameOnly
          ? {}
          : {
              options: {},
              info: { readOnly: false, uuid: new Binary(uuid, 4) },
              idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
            }),
      }),
    )
    .filter(matches)
    .map(serializeDocument);
  return cursorReply({
    field: 'firstBatch',
    documents,
    cursorId: 0n,
    namespace: `${db}.$cmd.listCollections`,
  });
};

export const listDatabases: Handler = ({ catalog, command }) => {
  const matches = compileFilter(documentField(command, 'filter'));
  const names = [...new Set(catalog.all().map(({ db }) => db))].sort();
  const databases = names.map((name) => ({ name, sizeOnDisk: 0, empty: false })).filter(matches);
  if (field(command, 'nameOnly') === true)
    return { databases: databases.map(({ name }) => ({ name })), ok: 1 };
  return { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
};

export const collStats: Handler = (context) => {
  const collection = existingCollection(context);
  return {
    ns: `${context.db}.${collectionName(context)}`,
    count: collection?.count() ?? 0,
    nindexes: collection ? collection.indexes.length + 1 : 0,
    ok: 1,
  };
};

export const dbStats: Handler = ({ catalog, db }) => {
  const collections = catalog.inDatabase(db);
  return {
    db,
    collections: collections.length,
    objects: collections.reduce((sum, each) => sum + each.count(), 0),
    indexes: collections.reduce((sum, each) => sum + each.indexes.length + 1, 0),
    ok: 1,
  };
};
