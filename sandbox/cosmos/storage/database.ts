// The SQLite file under the server. WAL with synchronous=FULL: an acknowledged commit survives a kill and a power
// cut, and a torn page at the end of the log is simply not part of it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const schema = `
CREATE TABLE IF NOT EXISTS collections (
  id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, shardKey TEXT, uuid BLOB NOT NULL,
  UNIQUE (db, name)
);
CREATE TABLE IF NOT EXISTS indexes (
  id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS retryableWrites (
  session BLOB PRIMARY KEY, number INTEGER NOT NULL, reply BLOB NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
`;

export function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(fileIn(dataDir));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  // A larger log means fewer checkpoints in the way of writers; a larger cache keeps hot index pages.
  database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000;');
  database.exec(schema);
  return database;
}

/** A second connection, which sees nothing that is not committed. */
export function openReader(dataDir: string): DatabaseSync {
  return new DatabaseSync(fileIn(dataDir), { readOnly: true });
}

/**
 * Keeps a second server out of the folder: two would not know of each other's catalog and counters. The lock is
 * SQLite's own, so it ends with the process, however that ends.
 */
export function lockFolder(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const lock = new DatabaseSync(join(dataDir, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA busy_timeout = 2000; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new Error(`The database folder ${dataDir} is in use by another server`, { cause });
  }
  return lock;
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'cosmos.sqlite');
}
