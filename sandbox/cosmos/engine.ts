// What all commands work on: the database file, its catalog, open cursors, faults.
import type { DatabaseSync } from 'node:sqlite';
import { ChangeLog } from './changes/change-log.ts';
import { CursorRegistry } from './cursors.ts';
import { FaultInjector } from './faults.ts';
import { Catalog } from './storage/catalog.ts';
import { lockFolder, openDatabase, openReader } from './storage/database.ts';
import { GroupCommit } from './storage/group-commit.ts';
import { RetryableWrites } from './storage/retryable-writes.ts';
import { Transactions } from './transactions.ts';

export type Mode = 'strict-ru' | 'mongo';

export class Engine {
  readonly mode: Mode;
  readonly database: DatabaseSync;
  readonly catalog: Catalog;
  readonly commit: GroupCommit;
  readonly retryableWrites: RetryableWrites;
  readonly transactions: Transactions;
  readonly changes = new ChangeLog();
  readonly cursors = new CursorRegistry();
  /** host:port, which `hello` repeats. */
  address = '';
  faults = new FaultInjector();
  /** Whether the files are closed: what was on its way comes too late. */
  ended = false;

  private readonly reader: DatabaseSync;
  private readonly lock: DatabaseSync;

  constructor(dataDir: string, mode: Mode) {
    this.mode = mode;
    this.lock = lockFolder(dataDir);
    this.database = openDatabase(dataDir);
    this.catalog = new Catalog(this.database, mode === 'strict-ru');
    this.retryableWrites = new RetryableWrites(this.database);
    this.commit = new GroupCommit(this.database, {
      committed: () => this.changes.publish(),
      failed: () => {
        this.catalog.load();
        this.retryableWrites.forget();
        this.changes.discard();
      },
    });
    this.reader = openReader(dataDir);
    const lifetimeMs = mode === 'strict-ru' ? 5_000 : 60_000;
    this.transactions = new Transactions(
      this.database,
      this.reader,
      this.commit,
      this.catalog,
      this.changes,
      { lifetimeMs },
    );
  }

  get strict(): boolean {
    return this.mode === 'strict-ru';
  }

  /** A change of the catalog: all of it happens, or nothing. */
  changeCatalog<T>(change: () => T): T {
    this.commit.begin();
    this.database.exec('SAVEPOINT catalog');
    try {
      const result = change();
      this.database.exec('RELEASE catalog');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK TO catalog; RELEASE catalog');
      this.catalog.load();
      throw error;
    }
  }

  /** Ends without committing what nobody has been promised. */
  crash(): void {
    this.transactions.rollBack();
    this.commit.abandon();
    this.closeFiles();
  }

  close(): void {
    this.transactions.rollBack();
    this.commit.flush();
    this.closeFiles();
  }

  private closeFiles(): void {
    this.ended = true;
    this.reader.close();
    this.database.close();
    this.lock.close();
  }
}
