// Open cursors: what is left of a result after its first batch.
import { randomBytes } from 'node:crypto';
import { CommandError } from './errors.ts';

// A reply must stay under the largest message; the driver asks for the rest with getMore.
const largestBatchBytes = 16 * 1024 * 1024;
const idleMs = 10 * 60_000;

export type Cursor = {
  id: bigint;
  namespace: string;
  rows: Iterator<Uint8Array>;
  /** Read already but too large for the last batch. */
  held?: Uint8Array;
  usedAt: number;
  /** Of a cursor that waits for more instead of ending. */
  tail?: Tail;
};

export type Tail = {
  /** Resolves when there is more, or after the time given. */
  arrival(withinMs: number): Promise<void>;
  resumeToken(): Record<string, unknown>;
};

export type Batch = { documents: Uint8Array[]; bytes: number; done: boolean };

export class CursorRegistry {
  private readonly open = new Map<bigint, Cursor>();

  create(namespace: string, rows: Iterator<Uint8Array>, tail?: Tail): Cursor {
    return { id: 0n, namespace, rows, usedAt: Date.now(), ...(tail ? { tail } : {}) };
  }

  /** Reads a batch and keeps the cursor open when more may follow. */
  read(cursor: Cursor, size: number, single = false): Batch {
    cursor.usedAt = Date.now();
    const batch = fill(cursor, size);
    if (cursor.tail) batch.done = false;
    if (batch.done || single) this.close(cursor);
    else if (cursor.id === 0n) {
      cursor.id = randomBytes(8).readBigUInt64LE() >> 1n || 1n;
      this.open.set(cursor.id, cursor);
    }
    if (batch.done || single) cursor.id = 0n;
    return batch;
  }

  find(id: bigint, namespace: string): Cursor {
    this.expire();
    const cursor = this.open.get(id);
    if (!cursor || cursor.namespace !== namespace) throw new CommandError(43, `cursor id ${id} not found`);
    return cursor;
  }

  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (cursor) this.close(cursor);
    return cursor !== undefined;
  }

  private close(cursor: Cursor): void {
    this.open.delete(cursor.id);
    cursor.rows.return?.();
  }

  private expire(): void {
    const oldest = Date.now() - idleMs;
    for (const cursor of this.open.values()) if (cursor.usedAt < oldest) this.close(cursor);
  }
}

function fill(cursor: Cursor, size: number): Batch {
  const documents: Uint8Array[] = [];
  let bytes = 0;
  while (documents.length < size) {
    const document = cursor.held ?? cursor.rows.next().value;
    delete cursor.held;
    if (!(document instanceof Uint8Array) || document.length === 0) return { documents, bytes, done: true };
    if (documents.length > 0 && bytes + document.length > largestBatchBytes) {
      cursor.held = document;
      return { documents, bytes, done: false };
    }
    documents.push(document);
    bytes += document.length;
  }
  return { documents, bytes, done: false };
}
