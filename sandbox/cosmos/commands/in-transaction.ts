// Runs a command inside the transaction it names; any failure ends the transaction, as MongoDB does.
import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';
import type { TransactionId } from '../transactions.ts';
import { type Doc, field, isBinary, isDocument, isLong } from '../values/document.ts';
import type { Reply } from '../wire/connection.ts';
import { RawReply } from '../wire/cursor-reply.ts';
import { type Context, existingCollection } from './context.ts';

const allowed = new Set([
  'find',
  'getMore',
  'aggregate',
  'distinct',
  'insert',
  'update',
  'delete',
  'findAndModify',
]);
const allowedInMongo = new Set(['create', 'createIndexes']);

/** The transaction a command belongs to, if any. */
export function transactionOf(command: Doc): TransactionId | undefined {
  if (field(command, 'autocommit') !== false) return undefined;
  const session = sessionOf(command);
  const number = field(command, 'txnNumber');
  if (!session || !isLong(number)) throw new CommandError(72, 'A transaction needs lsid and txnNumber');
  return { session: Buffer.from(session).toString('hex'), number: number.toBigInt() };
}

export function sessionOf(command: Doc): Uint8Array | undefined {
  const lsid = field(command, 'lsid');
  const id = isDocument(lsid) ? field(lsid, 'id') : undefined;
  return isBinary(id) ? id.value() : undefined;
}

export async function runInTransaction(
  context: Context,
  id: TransactionId,
  handle: () => Reply | Promise<Reply>,
): Promise<Reply> {
  const { command, engine } = context;
  const { transactions } = engine;
  const [name = ''] = Object.keys(command);
  if (name === 'commitTransaction') {
    transactions.commitOpen(id);
    return { ok: 1 };
  }
  if (name === 'abortTransaction') {
    transactions.require(id);
    transactions.rollBack();
    return { ok: 1 };
  }
  if (field(command, 'startTransaction') === true) await transactions.start(id);
  transactions.require(id);
  try {
    checkAllowed(context, name);
    const reply = await handle();
    if (!(reply instanceof RawReply) && field(reply, 'writeErrors') !== undefined) transactions.rollBack();
    return reply;
  } catch (error) {
    transactions.rollBack();
    throw error;
  }
}

function checkAllowed(context: Context, name: string): void {
  const known = allowed.has(name) || (!context.engine.strict && allowedInMongo.has(name));
  if (!known) throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.`);
  if (!context.engine.strict || name === 'getMore') return;
  const collection = existingCollection(context);
  if (collection?.shardKey !== undefined) {
    throw new CommandError(263, 'Transactions are supported on unsharded collections only.');
  }
  const namespace = `${context.db}.${String(Object.values(context.command)[0])}`;
  if (!context.engine.transactions.touchesOnly(namespace)) {
    throw new CommandError(263, 'A transaction over several collections is not supported.');
  }
}
