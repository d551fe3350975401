// What all commands work on: the database file, its catalog, open cursors, faults.
import type { DatabaseSync } from 'node:sqlite';
import { CursorRegistry } from './cursors.ts';
import { FaultInjector } from './faults.ts';
import { Catalog } from './storage/catalog.ts';
import { openDatabase } from './storage/database.ts';
import { GroupCommit } from './storage/group-commit.ts';
import { RetryableWrites } from './storage/retryable-writes.ts';

export type Mode = 'strict-ru' | 'mongo';

export class Engine {
  readonly mode: Mode;
  readonly database: DatabaseSync;
  readonly catalog: Catalog;
  readonly commit: GroupCommit;
  readonly retryableWrites: RetryableWrites;
  readonly cursors = new CursorRegistry();
  /** host:port, which `hello` repeats. */
  address = '';
  faults = new FaultInjector();

  constructor(dataDir: string, mode: Mode) {
    this.mode = mode;
    this.database = openDatabase(dataDir);
    this.catalog = new Catalog(this.database, mode === 'strict-ru');
    this.retryableWrites = new RetryableWrites(this.database);
    this.commit = new GroupCommit(this.database, () => {
      this.catalog.load();
      this.retryableWrites.forget();
    });
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
    this.commit.abandon();
    this.database.close();
  }

  close(): void {
    this.commit.flush();
    this.database.close();
  }
}
