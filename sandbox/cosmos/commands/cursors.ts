import { Long } from 'bson';
import type { Cursor } from '../cursors.ts';
import { CommandError } from '../errors.ts';
import { type Doc, field, isLong } from '../values/document.ts';
import { toInteger } from '../values/number.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import { type Handler, integerField } from './context.ts';

// What MongoDB waits for an event when the client does not say.
const longestWaitMs = 1000;

export const getMore: Handler = async (context) => {
  const { command, db, engine, charge } = context;
  const namespace = `${db}.${String(field(command, 'collection'))}`;
  const cursor = engine.cursors.find(cursorId(field(command, 'getMore')), namespace);
  const size = integerField(command, 'batchSize') ?? 0;
  const read = () => engine.cursors.read(cursor, size > 0 ? size : Number.POSITIVE_INFINITY);
  let batch = read();
  if (cursor.tail && batch.documents.length === 0) {
    await cursor.tail.arrival(integerField(command, 'maxTimeMS') ?? longestWaitMs);
    batch = read();
  }
  const { documents, bytes } = batch;
  charge.readOn(documents.length, bytes);
  return cursorReply({
    field: 'nextBatch',
    documents,
    cursorId: cursor.id,
    namespace,
    ...resumeToken(cursor),
  });
};

/** Where a change stream can go on from. */
export function resumeToken({ tail }: Cursor): { postBatchResumeToken?: Doc } {
  return tail ? { postBatchResumeToken: tail.resumeToken() } : {};
}

export const killCursors: Handler = ({ command, engine }) => {
  const ids = field(command, 'cursors');
  if (!Array.isArray(ids)) throw new CommandError(14, "'cursors' must be an array");
  const asked = ids.map(cursorId);
  const killed = asked.filter((id) => engine.cursors.kill(id));
  const toLongs = (list: bigint[]) => list.map((id) => Long.fromBigInt(id));
  return {
    cursorsKilled: toLongs(killed),
    cursorsNotFound: toLongs(asked.filter((id) => !killed.includes(id))),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

function cursorId(value: unknown): bigint {
  return isLong(value) ? value.toBigInt() : BigInt(toInteger(value) ?? 0);
}
