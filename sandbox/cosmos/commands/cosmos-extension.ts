// The commands that only Cosmos DB has.
// https://learn.microsoft.com/azure/cosmos-db/mongodb/custom-commands
import { CommandError } from '../errors.ts';
import { type Doc, field } from '../values/document.ts';
import { splitPath } from '../values/path.ts';
import type { Context, Handler } from './context.ts';

export const customAction: Handler = (context) => {
  const action = field(context.command, 'customAction');
  switch (action) {
    case 'CreateDatabase':
      return { ok: 1 };
    case 'CreateCollection':
      return createCollection(context);
    case 'GetCollection':
      return getCollection(context);
    default:
      throw new CommandError(115, `customAction '${String(action)}' is not supported.`);
  }
};

function createCollection(context: Context): Doc {
  const { engine, db, command } = context;
  const name = namedCollection(command);
  const shardKey = readShardKey(field(command, 'shardKey'));
  if (engine.catalog.find(db, name)) throw new CommandError(48, `Collection ${db}.${name} already exists.`);
  engine.changeCatalog(() => engine.catalog.create(db, name, shardKey));
  return { ok: 1 };
}

function getCollection({ catalog, db, command }: Context): Doc {
  const collection = catalog.find(db, namedCollection(command));
  if (!collection) throw new CommandError(26, 'The collection does not exist');
  const { name, shardKey } = collection;
  return {
    database: db,
    collection: name,
    ...(shardKey ? { shardKeyDefinition: { [shardKey]: 'hashed' } } : {}),
    ok: 1,
  };
}

function namedCollection(command: Doc): string {
  const name = field(command, 'collection');
  if (typeof name !== 'string' || name === '' || name.includes('$'))
    throw new CommandError(73, 'Invalid collection name');
  return name;
}

function readShardKey(shardKey: unknown): string | undefined {
  if (shardKey === undefined) return undefined;
  if (typeof shardKey !== 'string' || splitPath(shardKey).includes('')) {
    throw new CommandError(2, 'The shard key must be the path of one field');
  }
  return shardKey;
}

/** What the last command on this connection cost. */
export const getLastRequestStatistics: Handler = ({ connection }) => ({ ...connection.lastRequest, ok: 1 });
