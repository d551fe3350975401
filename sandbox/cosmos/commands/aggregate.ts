import { runPipeline } from '../aggregate/pipeline.ts';
import { CommandError } from '../errors.ts';
import { field, isDocument } from '../values/document.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import { type Context, documentField, documentList, type Handler, integerField } from './context.ts';

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
  const run = runPipeline(context, name, documentList(command, 'pipeline'));
  const cursor = engine.cursors.create(namespace, run.rows);
  const size = integerField(documentField(command, 'cursor'), 'batchSize') ?? defaultBatch;
  const { documents, bytes } = engine.cursors.read(cursor, size);
  charge.query();
  charge.examined(run.statistics().docsExamined);
  charge.returned(bytes);
  return cursorReply({ field: 'firstBatch', documents, cursorId: cursor.id, namespace });
};

/** The collection, or undefined for an aggregation of the database itself. */
export function aggregateTarget({ command, db }: Context): string | undefined {
  const target = field(command, 'aggregate');
  if (typeof target === 'string' && target !== '') return target;
  if (target === undefined) throw new CommandError(73, `Invalid namespace specified '${db}.'`);
  return undefined;
}
