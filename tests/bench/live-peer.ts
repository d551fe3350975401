// A server of y-websocket's protocol, as its own does it: one document for each room, in memory, nothing checked and
// nothing stored. Started as a process of its own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, length, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { type WebSocket, WebSocketServer } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

const syncMessage = 0;
const awarenessMessage = 1;

type Room = { doc: Y.Doc; sockets: Set<WebSocket> };
const rooms = new Map<string, Room>();

function roomOf(name: string): Room {
  const known = rooms.get(name);
  if (known !== undefined) return known;
  const room: Room = { doc: new Y.Doc(), sockets: new Set() };
  room.doc.on('update', (update: Uint8Array) => {
    const encoder = createEncoder();
    writeVarUint(encoder, syncMessage);
    writeUpdate(encoder, update);
    const message = toUint8Array(encoder);
    for (const socket of room.sockets) socket.send(message);
  });
  rooms.set(name, room);
  return room;
}

const server = createServer();
new WebSocketServer({ server }).on('connection', (socket, request) => {
  const room = roomOf(request.url ?? '');
  room.sockets.add(socket);
  socket.on('close', () => room.sockets.delete(socket));
  socket.on('message', (data: Buffer) => {
    const decoder = createDecoder(new Uint8Array(data));
    const kind = readVarUint(decoder);
    const encoder = createEncoder();
    writeVarUint(encoder, kind);
    if (kind === syncMessage) {
      readSyncMessage(decoder, encoder, room.doc, socket);
      if (length(encoder) > 1) socket.send(toUint8Array(encoder));
    } else if (kind === awarenessMessage) {
      writeVarUint8Array(encoder, readVarUint8Array(decoder));
      for (const other of room.sockets) other.send(toUint8Array(encoder));
    }
  });
  const encoder = createEncoder();
  writeVarUint(encoder, syncMessage);
  writeSyncStep1(encoder, room.doc);
  socket.send(toUint8Array(encoder));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
