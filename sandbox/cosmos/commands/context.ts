// What a command's handler gets, and how it reads the command's fields.
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Charge } from '../ru/charge.ts';
import type { Catalog } from '../storage/catalog.ts';
import type { Collection } from '../storage/collection.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { toInteger } from '../values/number.ts';
import type { ConnectionState, Reply } from '../wire/connection.ts';

export type Context = {
  engine: Engine;
  /** What the command sees: while a transaction is open, for others the state before it. */
  catalog: Catalog;
  db: string;
  command: Doc;
  connection: ConnectionState;
  charge: Charge;
};

export type Handler = (context: Context) => Reply | Promise<Reply>;

/** The collection a command names in its first field. */
export function collectionName({ command, db }: Context): string {
  const [name] = Object.values(command);
  if (
    typeof name !== 'string' ||
    name === '' ||
    name.startsWith('.') ||
    name.includes('\0') ||
    name.includes('$')
  ) {
    throw new CommandError(73, `Invalid namespace specified '${db}.${String(name)}'`);
  }
  return name;
}

export function existingCollection(context: Context): Collection | undefined {
  return context.catalog.find(context.db, collectionName(context));
}

/** The collection a write goes to; the first write makes it. */
export function collectionForWrite(context: Context): Collection {
  const found = existingCollection(context);
  return (
    found ??
    context.engine.changeCatalog(() => context.engine.catalog.create(context.db, collectionName(context)))
  );
}

export function documentField(document: Doc, name: string): Doc {
  const value = field(document, name);
  if (value === undefined || value === null) return {};
  if (!isDocument(value)) throw new CommandError(14, `'${name}' must be an object`);
  return value;
}

export function integerField(document: Doc, name: string): number | undefined {
  const value = field(document, name);
  if (value === undefined || value === null) return undefined;
  const integer = toInteger(value);
  if (integer === undefined) throw new CommandError(14, `'${name}' must be a number`);
  return integer;
}

export function documentList(document: Doc, name: string): Doc[] {
  const value = field(document, name);
  if (!Array.isArray(value)) throw new CommandError(14, `'${name}' must be an array of objects`);
  return value.map((each) => {
    if (!isDocument(each)) throw new CommandError(14, `'${name}' must be an array of objects`);
    return each;
  });
}
