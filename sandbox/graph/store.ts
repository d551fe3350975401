// The tenant's memory: JSON documents in one SQLite file. WAL keeps every committed transaction over kill -9.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type Place = {
  id: string;
  /** Whose it is: a mailbox, a subscription, an event. */
  owner?: string;
  /** A second way to find it: iCalUId, join link, transaction id. */
  link?: string;
};

export type Collection<T> = {
  get(id: string): T | undefined;
  put(place: Place, document: T): void;
  remove(id: string): void;
  ownedBy(owner: string): T[];
  linkedTo(link: string): T[];
  all(): T[];
};

export type Store = {
  collection<T>(kind: string): Collection<T>;
  /** All or nothing; nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  /** A number never given before in this tenant, also after a restart. */
  next(): number;
  close(): void;
};

export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const db = new DatabaseSync(join(dataDir, 'graph.sqlite'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS documents (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL, id TEXT NOT NULL, owner TEXT, link TEXT, doc TEXT NOT NULL,
      UNIQUE (kind, id)
    );
    CREATE INDEX IF NOT EXISTS by_owner ON documents (kind, owner, seq);
    CREATE INDEX IF NOT EXISTS by_link ON documents (kind, link);
    CREATE TABLE IF NOT EXISTS counter (value INTEGER NOT NULL);
  `);
  if (db.prepare('SELECT value FROM counter').get() === undefined) {
    db.exec('INSERT INTO counter VALUES (0)');
  }
  const one = db.prepare('SELECT doc FROM documents WHERE kind = ? AND id = ?');
  const upsert = db.prepare(
    `INSERT INTO documents (kind, id, owner, link, doc) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, link = excluded.link, doc = excluded.doc`,
  );
  const drop = db.prepare('DELETE FROM documents WHERE kind = ? AND id = ?');
  const byOwner = db.prepare('SELECT doc FROM documents WHERE kind = ? AND owner = ? ORDER BY seq');
  const byLink = db.prepare('SELECT doc FROM documents WHERE kind = ? AND link = ? ORDER BY seq');
  const byKind = db.prepare('SELECT doc FROM documents WHERE kind = ? ORDER BY seq');
  const count = db.prepare('UPDATE counter SET value = value + 1 RETURNING value');
  let depth = 0;

  return {
    collection<T>(kind: string): Collection<T> {
      const parse = (row: unknown): T => JSON.parse((row as { doc: string }).doc) as T;
      return {
        get(id) {
          const row = one.get(kind, id);
          return row === undefined ? undefined : parse(row);
        },
        put({ id, owner, link }, document) {
          upsert.run(kind, id, owner ?? null, link ?? null, JSON.stringify(document));
        },
        remove(id) {
          drop.run(kind, id);
        },
        ownedBy: (owner) => byOwner.all(kind, owner).map(parse),
        linkedTo: (link) => byLink.all(kind, link).map(parse),
        all: () => byKind.all(kind).map(parse),
      };
    },
    transaction(work) {
      if (depth > 0) return work();
      db.exec('BEGIN IMMEDIATE');
      depth++;
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      } finally {
        depth--;
      }
    },
    next() {
      return (count.get() as { value: number }).value;
    },
    close() {
      db.close();
    },
  };
}
