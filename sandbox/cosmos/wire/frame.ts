// Cuts the byte stream of a connection into messages. The length is checked before anything is kept, so a lying
// header cannot make the server hold memory for bytes that never come.
import { Buffer } from 'node:buffer';
import { CommandError } from '../errors.ts';

export const maxMessageBytes = 48_000_000;
const headerBytes = 16;

export type Frame = { requestId: number; opCode: number; body: Buffer; whole: Buffer };

export class FrameSplitter {
  private chunks: Buffer[] = [];
  private size = 0;

  /** Adds what arrived and returns the messages that are complete; throws on a length that cannot be. */
  push(chunk: Buffer): Frame[] {
    this.chunks.push(chunk);
    this.size += chunk.length;
    const frames: Frame[] = [];
    for (
      let length = this.nextLength();
      length !== undefined && this.size >= length;
      length = this.nextLength()
    ) {
      frames.push(this.take(length));
    }
    return frames;
  }

  private nextLength(): number | undefined {
    if (this.size < 4) return undefined;
    const first = this.chunks[0];
    if (!first || first.length < 4) this.chunks = [Buffer.concat(this.chunks)];
    const length = this.chunks[0]?.readInt32LE(0) ?? 0;
    if (length < headerBytes || length > maxMessageBytes + headerBytes) {
      throw new CommandError(17, `Message length ${length} is outside 16 to ${maxMessageBytes}`);
    }
    return length;
  }

  private take(length: number): Frame {
    const all = this.chunks.length === 1 ? (this.chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.chunks);
    const whole = all.subarray(0, length);
    const rest = all.subarray(length);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.size = rest.length;
    return {
      requestId: whole.readInt32LE(4),
      opCode: whole.readInt32LE(12),
      body: whole.subarray(headerBytes),
      whole,
    };
  }
}

export function frame(
  opCode: number,
  requestId: number,
  responseTo: number,
  parts: readonly Uint8Array[],
): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, headerBytes);
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, ...parts], length);
}
