// OP_QUERY is read only for the first `hello` of a driver, before it knows that the server speaks OP_MSG.
import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';
import { type Doc, parseDocument } from '../values/document.ts';
import { type Frame, frame } from './frame.ts';

export const opQuery = 2004;
const opReply = 1;

export function readOpQuery(incoming: Frame): Doc {
  const { body } = incoming;
  const zero = body.indexOf(0, 4);
  if (zero < 0 || zero + 9 > body.length) throw new CommandError(17, 'OP_QUERY is cut off');
  const namespace = body.toString('utf8', 4, zero);
  if (!namespace.endsWith('.$cmd')) throw new CommandError(17, 'OP_QUERY is accepted for commands only');
  const document = parseDocument(body.subarray(zero + 9));
  return { ...document, $db: namespace.slice(0, -'.$cmd'.length) };
}

export function writeOpReply(responseTo: number, requestId: number, document: Uint8Array): Buffer {
  const header = Buffer.alloc(20);
  header.writeInt32LE(8, 0); // AwaitCapable
  header.writeInt32LE(1, 16); // one document
  return frame(opReply, requestId, responseTo, [header, document]);
}
