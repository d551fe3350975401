// The parts of a ZIP file (APPNOTE 6.3), unpacked piece by piece under a limit: what a file says of its own size is not
// believed, since a bomb lies.
import { Inflate } from 'fflate';
import { Unreadable, unpackedLimit } from './report-table.ts';

type Entry = { method: number; at: number; size: number };

export type Zip = {
  has: (name: string) => boolean;
  /** Hands out a part piece by piece, with how much of it is done (0 to 1). Throws `Unreadable`. */
  unpack: (name: string, onPiece: (piece: Uint8Array, share: number) => void) => void;
};

const endMark = 0x06054b50;
const directoryMark = 0x02014b50;
const localMark = 0x04034b50;
const partsLimit = 2000;
/** Bytes handed to the inflater at a time: each can become a thousand times as many. */
const piece = 16 * 1024;

/** `limit` is what may come out of all parts together, in bytes. Throws `Unreadable`. */
export function openZip(bytes: Uint8Array, limit = unpackedLimit): Zip {
  const entries = entriesOf(bytes);
  let unpacked = 0;
  const count = (size: number) => {
    unpacked += size;
    if (unpacked > limit) throw new Unreadable('too_large');
  };
  return {
    has: (name) => entries.has(name),
    unpack(name, onPiece) {
      const entry = entries.get(name);
      if (entry === undefined) throw new Unreadable('damaged');
      const packed = bytes.subarray(entry.at, entry.at + entry.size);
      if (packed.length !== entry.size) throw new Unreadable('damaged');
      if (entry.method === 0) {
        count(packed.length);
        onPiece(packed, 1);
        return;
      }
      if (entry.method !== 8) throw new Unreadable('damaged');
      let share = 0;
      const inflate = new Inflate((inflated) => {
        count(inflated.length);
        onPiece(inflated, share);
      });
      try {
        for (let at = 0; at < packed.length; at += piece) {
          share = Math.min(1, (at + piece) / packed.length);
          inflate.push(packed.subarray(at, at + piece), at + piece >= packed.length);
        }
      } catch (error) {
        // fflate throws its own errors for what is no deflated stream.
        if (error instanceof Unreadable) throw error;
        if (error instanceof Error && 'code' in error) throw new Unreadable('damaged');
        throw error;
      }
    },
  };
}

function entriesOf(bytes: Uint8Array): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > partsLimit) throw new Unreadable('damaged');
  const entries = new Map<string, Entry>();
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryMark) throw new Unreadable('damaged');
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const local = view.getUint32(at + 42, true);
    const name = asciiOf(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/');
    at += 46 + nameLength + extraLength + commentLength;
    // A part beyond 4 GB is beyond every limit of ours.
    if (isEncrypted || size === 0xffffffff || local === 0xffffffff) throw new Unreadable('damaged');
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localMark) {
      throw new Unreadable('damaged');
    }
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (!entries.has(name)) entries.set(name, { method, at: start, size });
  }
  return entries;
}

/** The end record stands last, behind it at most a comment of 64 KB. */
function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) === endMark) return at;
  }
  throw new Unreadable('damaged');
}

/** Names of parts are ASCII (OPC, ECMA-376 part 2). */
function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 300));
}
