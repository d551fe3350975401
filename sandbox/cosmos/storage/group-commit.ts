// Concurrent writes share one SQLite transaction and so one fsync. Nobody is answered before it is on the disk.
import type { DatabaseSync } from 'node:sqlite';
import { CommandError } from '../errors.ts';

type Waiter = { resolve(): void; reject(error: unknown): void };

/** Told what has become of a group: all of it is durable, or nothing has been written. */
export type CommitOutcome = { committed(): void; failed(): void };

export class GroupCommit {
  private readonly database: DatabaseSync;
  private readonly outcome: CommitOutcome;
  private waiters: Waiter[] | undefined;
  private held = false;

  constructor(database: DatabaseSync, outcome: CommitOutcome) {
    this.database = database;
    this.outcome = outcome;
  }

  /** Opens the group's transaction if none is open. */
  begin(): void {
    if (this.waiters || this.held) return;
    this.database.exec('BEGIN IMMEDIATE');
    this.waiters = [];
    setImmediate(() => this.flush());
  }

  /** Resolves when everything written so far is durable; at once when nothing is pending. */
  settled(): Promise<void> {
    const waiters = this.waiters;
    if (!waiters) return Promise.resolve();
    return new Promise((resolve, reject) => {
      waiters.push({ resolve, reject });
    });
  }

  /** Commits what is pending and opens a transaction that somebody else will end. */
  hold(): void {
    this.flush();
    this.database.exec('BEGIN IMMEDIATE');
    this.held = true;
  }

  release(): void {
    this.held = false;
  }

  /** Forgets what is pending, as a crash would. */
  abandon(): void {
    const waiters = this.waiters ?? [];
    this.waiters = undefined;
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
    for (const waiter of waiters) waiter.reject(new CommandError(91, 'The server has crashed'));
  }

  /** Commits what is pending. */
  flush(): void {
    const waiters = this.waiters;
    if (!waiters) return;
    this.waiters = undefined;
    try {
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.outcome.failed();
      for (const waiter of waiters) waiter.reject(error);
      return;
    }
    this.outcome.committed();
    for (const waiter of waiters) waiter.resolve();
  }
}
