import { Long } from 'bson';
import { CommandError } from '../errors.ts';
import { field, isLong } from '../values/document.ts';
import { toInteger } from '../values/number.ts';
import { cursorReply } from '../wire/cursor-reply.ts';
import { type Handler, integerField } from './context.ts';

export const getMore: Handler = async (context) => {
  const { command, db, engine, charge } = context;
  const namespace = `${db}.${String(field(command, 'collection'))}`;
  const cursor = engine.cursors.find(cursorId(field(command, 'getMore')), namespace);
  const size = integerField(command, 'batchSize') ?? 0;
  const { documents, bytes } = engine.cursors.read(cursor, size > 0 ? size : Number.POSITIVE_INFINITY);
  charge.examined(documents.length);
  charge.returned(bytes);
  return cursorReply({ field: 'nextBatch', documents, cursorId: cursor.id, namespace });
};

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
