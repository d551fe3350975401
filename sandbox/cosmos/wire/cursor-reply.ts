// Puts stored documents into a reply as the bytes they are: reading and writing them again would cost most of a
// query's time.
import { Buffer } from 'node:buffer';
import { Long } from 'bson';
import { serializeDocument } from '../values/document.ts';

/** A reply whose BSON is already made. */
export class RawReply {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export type CursorBatch = {
  field: 'firstBatch' | 'nextBatch';
  documents: readonly Uint8Array[];
  cursorId: bigint;
  namespace: string;
  /** Only change streams have one. */
  postBatchResumeToken?: Record<string, unknown>;
};

export function cursorReply(batch: CursorBatch): RawReply {
  const token = batch.postBatchResumeToken;
  const rest = serializeDocument({
    id: Long.fromBigInt(batch.cursorId),
    ns: batch.namespace,
    ...(token ? { postBatchResumeToken: token } : {}),
  });
  const cursor = document([element(0x04, batch.field, array(batch.documents)), rest.subarray(4, -1)]);
  const ok = serializeDocument({ ok: 1 });
  return new RawReply(document([element(0x03, 'cursor', cursor), ok.subarray(4, -1)]));
}

function element(type: number, name: string, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value]);
}

function array(documents: readonly Uint8Array[]): Buffer {
  const size = documents.reduce((sum, each, index) => sum + each.length + String(index).length + 2, 5);
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeInt32LE(size, 0);
  for (const [index, each] of documents.entries()) {
    at = bytes.writeUInt8(0x03, at);
    at += bytes.write(`${index}\0`, at, 'latin1');
    bytes.set(each, at);
    at += each.length;
  }
  bytes.writeUInt8(0, at);
  return bytes;
}

function document(elements: readonly Uint8Array[]): Buffer {
  const size = elements.reduce((sum, each) => sum + each.length, 5);
  const length = Buffer.allocUnsafe(4);
  length.writeInt32LE(size, 0);
  return Buffer.concat([length, ...elements, Buffer.from([0])], size);
}
