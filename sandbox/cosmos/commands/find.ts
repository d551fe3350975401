import { CommandError } from '../errors.ts';
import { type Execution, executeQuery, readOf } from '../query/execute.ts';
import { compileFilter } from '../query/match.ts';
import { compileProjection } from '../query/projection.ts';
import { readSort } from '../query/sort.ts';
import { checkFilterAllowed, checkSortHasIndex } from '../ru/refusals.ts';
import { type Doc, field, serializeDocument } from '../values/document.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import {
  type Context,
  collectionName,
  documentField,
  existingCollection,
  type Handler,
  integerField,
} from './context.ts';
import { commandVariables } from './variables.ts';

const defaultBatch = 101;

export const find: Handler = (context) => {
  const { command, engine, db } = context;
  const execution = startFind(context, command);
  const namespace = `${db}.${collectionName(context)}`;
  if (!execution) return cursorReply({ field: 'firstBatch', documents: [], cursorId: 0n, namespace });
  const cursor = engine.cursors.create(namespace, projected(execution, command));
  const limit = integerField(command, 'limit') ?? 0;
  const size = integerField(command, 'batchSize') ?? defaultBatch;
  const single = field(command, 'singleBatch') === true || limit < 0;
  const { documents, bytes } = engine.cursors.read(cursor, size, single);
  context.charge.read(readOf(execution, bytes));
  return cursorReply({ field: 'firstBatch', documents, cursorId: cursor.id, namespace });
};

/** The query of a find command, not yet read from; undefined when there is no such collection. */
export function startFind(context: Context, command: Doc): Execution | undefined {
  if (field(command, 'tailable') === true)
    throw new CommandError(2, 'tailable cursors need a capped collection');
  const filter = documentField(command, 'filter');
  const sort = readSort(field(command, 'sort'));
  const skip = integerField(command, 'skip') ?? 0;
  if (skip < 0) throw new CommandError(2, `Skip value must be non-negative, but received: ${skip}`);
  const collection = existingCollection(context);
  if (context.engine.strict) {
    checkFilterAllowed(filter);
    checkSortHasIndex(collection, sort);
  }
  if (!collection) {
    // A wrong filter is wrong without documents, too.
    compileFilter(filter);
    return undefined;
  }
  const limit = Math.abs(integerField(command, 'limit') ?? 0);
  return executeQuery(collection, {
    filter,
    sort,
    skip,
    limit,
    hint: field(command, 'hint'),
    variables: commandVariables(command),
  });
}

function projected({ rows }: Execution, command: Doc): Generator<Uint8Array> {
  const project = compileProjection(documentField(command, 'projection'), documentField(command, 'filter'));
  return (function* () {
    for (const { bytes, document } of rows) yield project ? serializeDocument(project(document)) : bytes;
  })();
}
