// Multi-document transactions, one at a time: SQLite has one writer, so while one is open other writes wait for it and
// other reads see the state before it, by a second connection. Cosmos DB (RU) has them within one unsharded collection
// and for five seconds.
import type { DatabaseSync } from 'node:sqlite';
import type { ChangeLog } from './changes/change-log.ts';
import { CommandError } from './errors.ts';
import { Catalog } from './storage/catalog.ts';
import type { GroupCommit } from './storage/group-commit.ts';

export type TransactionId = { session: string; number: bigint };

type Open = TransactionId & {
  timer: NodeJS.Timeout;
  catalogRevision: number;
  before: Catalog;
  /** The first collection it has touched. */
  namespace?: string;
};

type Limits = { lifetimeMs: number };

// A second transaction that starts meanwhile waits this long before it is told to try again.
const patienceMs = 500;
const transient = { errorLabels: ['TransientTransactionError'] };

export class Transactions {
  private readonly database: DatabaseSync;
  private readonly commit: GroupCommit;
  private readonly catalog: Catalog;
  private readonly changes: ChangeLog;
  private readonly limits: Limits;
  /** A connection that sees only what is committed. */
  private readonly reader: DatabaseSync;
  private open: Open | undefined;
  private waiting: (() => void)[] = [];
  private readonly committed = new Map<string, bigint>();

  constructor(
    database: DatabaseSync,
    reader: DatabaseSync,
    commit: GroupCommit,
    catalog: Catalog,
    changes: ChangeLog,
    limits: Limits,
  ) {
    this.database = database;
    this.reader = reader;
    this.commit = commit;
    this.catalog = catalog;
    this.changes = changes;
    this.limits = limits;
  }

  get isOpen(): boolean {
    return this.open !== undefined;
  }

  /** The state before the open transaction, for everybody else. */
  get catalogBefore(): Catalog | undefined {
    return this.open?.before;
  }

  /** Resolves when no transaction is open. */
  async idle(withinMs = Number.POSITIVE_INFINITY): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (this.open) {
      const left = Math.min(deadline - performance.now(), this.limits.lifetimeMs);
      if (left <= 0) throw new CommandError(112, 'Another transaction is open. Please retry.', transient);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async start(id: TransactionId): Promise<void> {
    if (this.open && isSame(this.open, id))
      throw new CommandError(117, 'The transaction has already started');
    if (this.open?.session === id.session) this.rollBack();
    while (this.open) await this.idle(patienceMs);
    this.commit.hold();
    const timer = setTimeout(() => this.rollBack(), this.limits.lifetimeMs);
    const before = new Catalog(this.reader, this.catalog.arraysEscapeUnique);
    this.open = { ...id, timer, before, catalogRevision: this.catalog.revision };
  }

  /** Throws unless exactly this transaction is open. */
  require(id: TransactionId): void {
    if (this.open && isSame(this.open, id)) return;
    throw new CommandError(251, `Transaction ${id.number} has been aborted or does not exist.`, transient);
  }

  /** Whether this is the one collection of the open transaction; the first asked for is. */
  touchesOnly(namespace: string): boolean {
    if (!this.open) return false;
    this.open.namespace ??= namespace;
    return this.open.namespace === namespace;
  }

  commitOpen(id: TransactionId): void {
    // The client may ask again when it has lost the answer.
    if (!this.open && this.committed.get(id.session) === id.number) return;
    this.require(id);
    try {
      this.database.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw error;
    }
    this.changes.publish();
    this.committed.delete(id.session);
    this.committed.set(id.session, id.number);
    const [oldest] = this.committed.keys();
    if (this.committed.size > 1000 && oldest !== undefined) this.committed.delete(oldest);
    this.end();
  }

  rollBack(): void {
    if (!this.open) return;
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
    this.changes.discard();
    if (this.catalog.revision !== this.open.catalogRevision) this.catalog.load();
    this.end();
  }

  rollBackSession(session: string): void {
    if (this.open?.session === session) this.rollBack();
  }

  private end(): void {
    clearTimeout(this.open?.timer);
    this.open = undefined;
    this.commit.release();
    const waiting = this.waiting;
    this.waiting = [];
    for (const wake of waiting) wake();
  }
}

function isSame(a: TransactionId, b: TransactionId): boolean {
  return a.session === b.session && a.number === b.number;
}
