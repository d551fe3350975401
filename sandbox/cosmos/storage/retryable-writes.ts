// The answer to the last numbered write of each session, stored in the same transaction as the write: a client that
// lost the answer and asks again gets it, and nothing is written twice, even across a restart.
import { Buffer } from 'node:buffer';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CommandError } from '../errors.ts';

const keepMs = 30 * 60_000;

export class RetryableWrites {
  private readonly select: StatementSync;
  private readonly save: StatementSync;
  private readonly prune: StatementSync;
  private readonly recent = new Map<string, { number: bigint; reply: Uint8Array }>();
  private prunedAt = 0;

  constructor(database: DatabaseSync) {
    this.select = database.prepare('SELECT number, reply FROM retryableWrites WHERE session = ?');
    this.select.setReadBigInts(true);
    this.save = database.prepare('INSERT OR REPLACE INTO retryableWrites VALUES (?, ?, ?, ?)');
    this.prune = database.prepare('DELETE FROM retryableWrites WHERE at < ?');
  }

  /** The stored answer to exactly this write; throws when the session is already further on. */
  answer(session: Uint8Array, number: bigint): Uint8Array | undefined {
    const last = this.recent.get(keyOf(session)) ?? this.stored(session);
    if (!last || last.number < number) return undefined;
    if (last.number > number) {
      throw new CommandError(
        225,
        `Retryable write with txnNumber ${number} is prohibited: a newer one, ${last.number}, has started`,
      );
    }
    return last.reply;
  }

  /** Must run inside the transaction of the write. */
  record(session: Uint8Array, number: bigint, reply: Uint8Array): void {
    const now = Date.now();
    this.save.run(session, number, reply, now);
    this.recent.set(keyOf(session), { number, reply });
    if (now - this.prunedAt < 60_000) return;
    this.prunedAt = now;
    this.prune.run(now - keepMs);
    this.forget();
  }

  /** Drops what memory knows; the disk has the truth. */
  forget(): void {
    this.recent.clear();
  }

  private stored(session: Uint8Array): { number: bigint; reply: Uint8Array } | undefined {
    const row = this.select.get(session);
    return typeof row?.number === 'bigint' && row.reply instanceof Uint8Array
      ? { number: row.number, reply: row.reply }
      : undefined;
  }
}

function keyOf(session: Uint8Array): string {
  return Buffer.from(session).toString('latin1');
}
