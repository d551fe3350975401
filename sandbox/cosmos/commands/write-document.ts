// Puts one document into a collection: checks that hold for inserts, updates and upserts alike.
import { Buffer } from 'node:buffer';
import type { ChangeKind } from '../changes/change-log.ts';
import { CommandError } from '../errors.ts';
import type { Found } from '../query/execute.ts';
import { checkShardKeyPresent, largestDocument } from '../ru/refusals.ts';
import type { Collection } from '../storage/collection.ts';
import { immutableId, type Updater, withIdFirst } from '../update/apply-update.ts';
import { equalValues } from '../values/compare.ts';
import { type Doc, field, isDocument, parseDocument, serializeDocument } from '../values/document.ts';
import { plainValueAt } from '../values/path.ts';
import { typeName } from '../values/type-names.ts';
import type { Context } from './context.ts';

export function insertDocument(
  context: Context,
  collection: Collection,
  document: Doc,
  bytes: Uint8Array,
): void {
  checkSize(context, bytes);
  checkId(field(document, '_id'));
  if (context.engine.strict) checkShardKeyPresent(collection, document);
  context.engine.commit.begin();
  collection.insert(document, bytes);
  record(context, collection, 'insert', { document, after: document, bytes });
  context.charge.write('insert', bytes.length, collection.indexes.length);
}

/** Returns the new document, or undefined when the update changed nothing. */
export function updateDocument(
  context: Context,
  collection: Collection,
  found: Found,
  updater: Updater,
  filter: Doc,
  kind: 'update' | 'replace',
): Doc | undefined {
  const after = withIdFirst(updater(parseDocument(found.bytes), filter, false));
  if (!equalValues(field(after, '_id'), field(found.document, '_id'))) throw immutableId();
  checkShardKeyKept(collection, found.document, after);
  const bytes = serializeDocument(after);
  if (Buffer.compare(bytes, found.bytes) === 0) return undefined;
  checkSize(context, bytes);
  context.engine.commit.begin();
  collection.replace(found.rid, found.document, after, bytes);
  record(context, collection, kind, { document: after, before: found.document, after, bytes });
  context.charge.write('replace', bytes.length, collection.indexes.length);
  return after;
}

export function removeDocument(context: Context, collection: Collection, found: Found): void {
  context.engine.commit.begin();
  collection.remove(found.rid, found.document);
  record(context, collection, 'delete', { document: found.document, bytes: found.bytes });
  context.charge.write('remove', 0, collection.indexes.length);
}

type Written = { document: Doc; before?: Doc; after?: Doc; bytes: Uint8Array };

function record({ engine }: Context, collection: Collection, kind: ChangeKind, written: Written): void {
  const { document, bytes, ...states } = written;
  const { shardKey } = collection;
  engine.changes.record({
    kind,
    db: collection.db,
    collection: collection.name,
    documentKey: {
      ...(shardKey === undefined ? {} : { [shardKey]: plainValueAt(document, shardKey) }),
      _id: field(document, '_id'),
    },
    bytes: bytes.length,
    ...states,
  });
}

function checkSize(context: Context, bytes: Uint8Array): void {
  const largest = largestDocument(context.engine.mode);
  if (bytes.length <= largest) return;
  throw new CommandError(
    10334,
    `Request size is too large: a document of ${bytes.length} bytes, and ${largest} are allowed`,
  );
}

function checkId(id: unknown): void {
  const type = typeName(id);
  if (type === 'array' || type === 'regex' || type === 'undefined') {
    throw new CommandError(2, `The '_id' value cannot be of type ${type}`);
  }
  const dollar = isDocument(id) ? Object.keys(id).find((name) => name.startsWith('$')) : undefined;
  if (dollar)
    throw new CommandError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    );
}

function checkShardKeyKept(collection: Collection, before: Doc, after: Doc): void {
  const { shardKey } = collection;
  if (shardKey === undefined || equalValues(plainValueAt(before, shardKey), plainValueAt(after, shardKey)))
    return;
  throw new CommandError(66, `Updating the shard key '${shardKey}' of a document is not allowed`);
}
