// One client connection: messages in, replies out, strictly one after the other.
import type { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { BSONError } from 'bson';
import { CommandError } from '../errors.ts';
import { type Doc, serializeDocument } from '../values/document.ts';
import { RawReply } from './cursor-reply.ts';
import { type Frame, FrameSplitter } from './frame.ts';
import { opMsg, readOpMsg, writeOpMsg } from './op-msg.ts';
import { opQuery, readOpQuery, writeOpReply } from './op-query.ts';

export type Reply = Doc | RawReply;
/** Answers a command, or says that the connection is to be cut instead. */
export type Answer = (command: Doc, connection: ConnectionState) => Promise<Reply | 'drop'>;
/** What the server remembers of a connection between commands. */
export type ConnectionState = { id: number; lastRequest?: Doc };

let lastReplyId = 0;

export function serveConnection(socket: Socket, state: ConnectionState, answer: Answer): void {
  const splitter = new FrameSplitter();
  let queue: Promise<void> = Promise.resolve();
  let closing = false;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    if (closing) return;
    let frames: Frame[];
    try {
      frames = splitter.push(chunk);
    } catch (error) {
      closing = true;
      queue = queue.then(() => refuse(socket, undefined, error));
      return;
    }
    for (const frame of frames) {
      queue = queue
        .then(async () => {
          if (!socket.writable) return;
          closing = !(await serveFrame(socket, frame, state, answer)) || closing;
        })
        .catch((error) => {
          console.error('cosmos: a reply could not be sent', error);
          closing = true;
          socket.destroy();
        });
    }
    // A client that sends faster than it is answered waits at its own socket.
    socket.pause();
    queue = queue.then(() => {
      socket.resume();
    });
  });
}

/** False when the connection is over. */
async function serveFrame(
  socket: Socket,
  frame: Frame,
  state: ConnectionState,
  answer: Answer,
): Promise<boolean> {
  let request: Request;
  try {
    request = readRequest(frame);
  } catch (error) {
    refuse(socket, frame, error);
    return false;
  }
  const reply = await answer(request.command, state);
  if (reply === 'drop') {
    socket.destroy();
    return false;
  }
  if (request.wantsReply && socket.writable) socket.write(request.write(toBytes(reply)));
  return true;
}

type Request = { command: Doc; wantsReply: boolean; write(document: Uint8Array): Buffer };

function readRequest(frame: Frame): Request {
  if (frame.opCode === opMsg) {
    const message = readOpMsg(frame);
    return {
      command: message.command,
      wantsReply: message.wantsReply,
      write: (document) => writeOpMsg(frame.requestId, ++lastReplyId, document, message.checksum),
    };
  }
  if (frame.opCode === opQuery) {
    return {
      command: readOpQuery(frame),
      wantsReply: true,
      write: (document) => writeOpReply(frame.requestId, ++lastReplyId, document),
    };
  }
  throw new CommandError(17, `Operation ${frame.opCode} is not supported`);
}

function toBytes(reply: Reply): Uint8Array {
  return reply instanceof RawReply ? reply.bytes : serializeDocument(reply);
}

/** A message that cannot be read ends the connection: what follows it on the stream cannot be trusted. */
function refuse(socket: Socket, frame: Frame | undefined, error: unknown): void {
  const known = error instanceof CommandError;
  const code = known ? error.code : 22;
  const codeName = known ? error.codeName : 'InvalidBSON';
  const malformed = error instanceof BSONError || error instanceof RangeError;
  const errmsg = known || malformed ? String(error.message) : 'The message cannot be read';
  const document = serializeDocument({ ok: 0, errmsg, code, codeName });
  if (socket.writable) socket.end(writeOpMsg(frame?.requestId ?? 0, ++lastReplyId, document, false));
  socket.once('close', () => socket.destroy());
  socket.resume();
}
