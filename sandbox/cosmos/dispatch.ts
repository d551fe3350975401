// From a parsed command to its reply: faults, request units, retries, the command itself, and the wait until what it
// wrote is durable.
import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Handler } from './commands/context.ts';
import { runInTransaction, sessionOf, transactionOf } from './commands/in-transaction.ts';
import { changesData, commands, retryable } from './commands/table.ts';
import type { Engine } from './engine.ts';
import { CommandError, describeFailure } from './errors.ts';
import { Charge } from './ru/charge.ts';
import { checkCommandAllowed } from './ru/refusals.ts';
import { type Doc, field, isDocument, isLong, serializeDocument } from './values/document.ts';
import type { Answer, ConnectionState, Reply } from './wire/connection.ts';
import { RawReply } from './wire/cursor-reply.ts';

export function createDispatch(engine: Engine): Answer {
  return async (command, connection) => {
    const [name = ''] = Object.keys(command);
    const { faults } = engine;
    const dropPoint = faults.dropPoint(name);
    if (faults.latencyMs > 0) await delay(faults.latencyMs);
    if (dropPoint === 'before') return 'drop';
    const started = performance.now();
    const charge = new Charge();
    const reply = await run(engine, name, command, connection, charge);
    faults.budget?.spend(charge.units);
    if (name !== 'getLastRequestStatistics') {
      connection.lastRequest = {
        CommandName: name,
        RequestCharge: Math.round(charge.units * 100) / 100,
        RequestDurationInMilliSeconds: Math.round(performance.now() - started),
      };
    }
    return dropPoint === 'after' ? 'drop' : reply;
  };
}

async function run(
  engine: Engine,
  name: string,
  command: Doc,
  connection: ConnectionState,
  charge: Charge,
): Promise<Reply> {
  try {
    if (engine.ended) throw new CommandError(91, 'The server has ended');
    engine.faults.admit(name, field(command, name));
    if (engine.strict) checkCommandAllowed(name, command);
    const handler = commands.get(name);
    if (!handler) throw new CommandError(59, `no such command: '${name}'`);
    refuseCollation(command);
    const db = field(command, '$db');
    if (typeof db !== 'string' || db === '' || /[\0/\\ ".$]/.test(db))
      throw new CommandError(73, 'Invalid database name');
    const context = { engine, catalog: engine.catalog, db, command, connection, charge };
    const reply = await perform(context, name, handler);
    await engine.commit.settled();
    return reply;
  } catch (error) {
    return { ok: 0, ...describeFailure(error) };
  }
}

async function perform(context: Context, name: string, handler: Handler): Promise<Reply> {
  const { engine, command } = context;
  const transaction = transactionOf(command);
  if (transaction) return runInTransaction(context, transaction, () => handler(context));
  if (changesData(name, command)) {
    while (engine.transactions.isOpen) await engine.transactions.idle();
    return retryable.has(name) ? once(context, () => handler(context)) : handler(context);
  }
  return handler({ ...context, catalog: engine.transactions.catalogBefore ?? engine.catalog });
}

/** Strings compare byte by byte here, in either mode; Cosmos DB does not know another way either. */
function refuseCollation(command: Doc): void {
  const statements = [command, field(command, 'updates') ?? field(command, 'deletes')].flat();
  for (const statement of statements) {
    const collation = isDocument(statement) ? field(statement, 'collation') : undefined;
    if (isDocument(collation) && field(collation, 'locale') !== 'simple') {
      throw new CommandError(115, 'Collation is not supported.');
    }
  }
}

/** Runs a numbered write once; asked again it gives the same answer. */
function once(context: Context, handle: () => Reply | Promise<Reply>): Reply {
  const { engine, command } = context;
  const session = sessionOf(command);
  const number = field(command, 'txnNumber');
  const reply = () => {
    const result = handle();
    if (result instanceof Promise) throw new TypeError('a write answers at once, inside its transaction');
    return result;
  };
  if (!session || !isLong(number)) return reply();
  const earlier = engine.retryableWrites.answer(session, number.toBigInt());
  if (earlier) return new RawReply(earlier);
  const result = reply();
  const bytes = result instanceof RawReply ? result.bytes : serializeDocument(result);
  engine.commit.begin();
  engine.retryableWrites.record(session, number.toBigInt(), bytes);
  return new RawReply(bytes);
}
