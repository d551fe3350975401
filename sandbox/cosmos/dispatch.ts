// From a parsed command to its reply: faults, request units, retries, the command itself, and the wait until what it
// wrote is durable.
import { setTimeout as delay } from 'node:timers/promises';
import { BSONError } from 'bson';
import type { Context } from './commands/context.ts';
import { commands, retryable } from './commands/table.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { Charge } from './ru/charge.ts';
import { checkCommandAllowed } from './ru/refusals.ts';
import { type Doc, field, isBinary, isDocument, isLong, serializeDocument } from './values/document.ts';
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
    engine.faults.admit(name);
    if (engine.strict) checkCommandAllowed(name, command);
    const handler = commands.get(name);
    if (!handler) throw new CommandError(59, `no such command: '${name}'`);
    refuseCollation(command);
    const db = field(command, '$db');
    if (typeof db !== 'string' || db === '' || /[\0/\\ ".$]/.test(db))
      throw new CommandError(73, 'Invalid database name');
    const context = { engine, db, command, connection, charge };
    const reply = retryable.has(name) ? once(context, () => handler(context)) : await handler(context);
    await engine.commit.settled();
    return reply;
  } catch (error) {
    return failure(error);
  }
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

function sessionOf(command: Doc): Uint8Array | undefined {
  const lsid = field(command, 'lsid');
  const id = isDocument(lsid) ? field(lsid, 'id') : undefined;
  return isBinary(id) ? id.value() : undefined;
}

function failure(error: unknown): Doc {
  if (error instanceof CommandError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.fields };
  }
  if (error instanceof BSONError) return { ok: 0, errmsg: error.message, code: 22, codeName: 'InvalidBSON' };
  console.error('cosmos: a command failed unexpectedly', error);
  return { ok: 0, errmsg: 'Internal error', code: 1, codeName: 'InternalError' };
}
