import { runPipeline } from '../aggregate/pipeline.ts';
import { openChangeStream } from '../changes/change-stream.ts';
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import type { Reply } from '../wire/connection.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import { type Context, documentField, documentList, type Handler, integerField } from './context.ts';
import { resumeToken } from './cursors.ts';

const defaultBatch = 101;

export const aggregate: Handler = (context) => {
  const { command, engine, charge } = context;
  if (!isDocument(field(command, 'cursor')) && field(command, 'explain') !== true) {
    throw new CommandError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const name = aggregateTarget(context);
  const namespace = `${context.db}.${name ?? '$cmd.aggregate'}`;
  const pipeline = documentList(command, 'pipeline');
  if (pipeline[0] && Object.hasOwn(pipeline[0], '$changeStream'))
    return watch(context, name, namespace, pipeline);
  const run = runPipeline(context, name, pipeline);
  const cursor = engine.cursors.create(namespace, run.rows);
  const size = integerField(documentField(command, 'cursor'), 'batchSize') ?? defaultBatch;
  const { documents, bytes } = engine.cursors.read(cursor, size);
  charge.read({ pointRead: false, documentsExamined: run.statistics().docsExamined, bytesReturned: bytes });
  return cursorReply({ field: 'firstBatch', documents, cursorId: cursor.id, namespace });
};

function watch(
  context: Context,
  name: string | undefined,
  namespace: string,
  pipeline: readonly Doc[],
): Reply {
  const { rows, tail } = openChangeStream(context, name, pipeline);
  const cursor = context.engine.cursors.create(namespace, rows, tail);
  const { documents } = context.engine.cursors.read(cursor, defaultBatch);
  return cursorReply({
    field: 'firstBatch',
    documents,
    cursorId: cursor.id,
    namespace,
    ...resumeToken(cursor),
  });
}

/** The collection, or undefined for an aggregation of the database itself. */
export function aggregateTarget({ command, db }: Context): string | undefined {
  const target = field(command, 'aggregate');
  if (typeof target === 'string' && target !== '') return target;
  if (target === undefined) throw new CommandError(73, `Invalid namespace specified '${db}.'`);
  return undefined;
}
