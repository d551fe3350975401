import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';
import { field, isBinary, isDocument } from '../values/document.ts';
import type { Handler } from './context.ts';

/** Ends an open transaction; the number of a session's last write expires on its own. */
export const endSessions: Handler = ({ engine, command }) => {
  const sessions = Object.values(command)[0];
  for (const session of Array.isArray(sessions) ? sessions : []) {
    const id = isDocument(session) ? field(session, 'id') : undefined;
    if (isBinary(id)) engine.transactions.rollBackSession(Buffer.from(id.value()).toString('hex'));
  }
  return { ok: 1 };
};

/** commitTransaction and abortTransaction of no transaction: in one they never come here. */
export const withoutTransaction: Handler = () => {
  throw new CommandError(251, 'There is no transaction to end.');
};
