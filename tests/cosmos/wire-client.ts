// A client that speaks the wire by hand: to send what no driver would, and to send the same bytes twice.
import { connect, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

export function opMsg(command: Document, flags = 0, trailer: Uint8Array = new Uint8Array()): Buffer {
  const body = BSON.serialize(command);
  return message(2013, Buffer.concat([uint32(flags), Buffer.from([0]), body, trailer]));
}

export function message(opCode: number, body: Uint8Array, length = body.length + 16): Buffer {
  return Buffer.concat([uint32(length), uint32(7), uint32(0), uint32(opCode), body]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** Sends a command and reads its reply. */
export async function request(socket: Socket, bytes: Uint8Array): Promise<Document> {
  socket.write(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    const all = Buffer.concat(chunks);
    if (all.length >= 4 && all.length >= all.readInt32LE(0)) return readReply(all);
  }
  throw new Error('the connection was closed without a reply');
}

export function readReply(bytes: Buffer): Document {
  const start = bytes.readInt32LE(12) === 2013 ? 21 : 36;
  return BSON.deserialize(bytes.subarray(start, start + bytes.readInt32LE(start)));
}

/** Sends bytes, and with `end` closes our side; resolves with everything received when the server closes its side. */
export async function sendAndDrain(port: number, bytes: Uint8Array, end: boolean): Promise<Buffer> {
  const socket = await open(port);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const closed = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server kept the connection open')), 10_000);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    // A reset is a close too.
    socket.on('error', () => undefined);
  });
  if (end) socket.end(bytes);
  else socket.write(bytes);
  await closed;
  return Buffer.concat(chunks);
}
