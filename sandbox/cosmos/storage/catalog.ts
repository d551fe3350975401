// Which databases, collections and indexes there are: read from SQLite at the start, kept beside it afterwards.
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { compileFilter } from '../query/match.ts';
import { type Doc, parseDocument, serializeDocument } from '../values/document.ts';
import { Collection, type StoredIndex } from './collection.ts';
import { readIndexSpec } from './index-spec.ts';

export class Catalog {
  private readonly database: DatabaseSync;
  readonly arraysEscapeUnique: boolean;
  /** Changes with every change of collections or indexes. */
  revision = 0;
  private collections = new Map<string, Collection>();

  constructor(database: DatabaseSync, arraysEscapeUnique: boolean) {
    this.database = database;
    this.arraysEscapeUnique = arraysEscapeUnique;
    this.load();
  }

  /** Reads everything anew; also after a failed commit, when memory knows more than the disk. */
  load(): void {
    this.revision += 1;
    for (const collection of this.collections.values()) collection.dropped = true;
    this.collections = new Map();
    for (const row of this.database.prepare('SELECT * FROM collections').all()) {
      const indexes = this.database
        .prepare('SELECT id, spec, multikey FROM indexes WHERE collection = ? ORDER BY id')
        .all(row.id ?? null)
        .map(({ id, spec, multikey }) =>
          storedIndex(Number(id), parseDocument(toBytes(spec)), multikey === 1),
        );
      this.remember(
        Number(row.id),
        String(row.db),
        String(row.name),
        row.shardKey,
        toBytes(row.uuid),
        indexes,
      );
    }
  }

  find(db: string, name: string): Collection | undefined {
    return this.collections.get(`${db}.${name}`);
  }

  all(): Collection[] {
    return [...this.collections.values()];
  }

  inDatabase(db: string): Collection[] {
    return this.all().filter((collection) => collection.db === db);
  }

  create(db: string, name: string, shardKey?: string): Collection {
    this.revision += 1;
    const uuid = randomBytes(16);
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO collections (db, name, shardKey, uuid) VALUES (?, ?, ?, ?)')
      .run(db, name, shardKey ?? null, uuid);
    const id = Number(lastInsertRowid);
    this.database.exec(
      `CREATE TABLE c${id} (rid INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL, ts INTEGER NOT NULL)`,
    );
    return this.remember(id, db, name, shardKey, uuid, []);
  }

  drop(collection: Collection): void {
    this.revision += 1;
    for (const index of [...collection.indexes]) this.dropIndex(collection, index);
    this.database.exec(`DROP TABLE c${collection.id}`);
    this.database.prepare('DELETE FROM collections WHERE id = ?').run(collection.id);
    this.collections.delete(collection.namespace);
    collection.dropped = true;
  }

  rename(collection: Collection, db: string, name: string): void {
    this.database
      .prepare('UPDATE collections SET db = ?, name = ? WHERE id = ?')
      .run(db, name, collection.id);
    this.load();
  }

  createIndex(collection: Collection, document: Doc): StoredIndex {
    this.revision += 1;
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO indexes (collection, spec) VALUES (?, ?)')
      .run(collection.id, serializeDocument(document));
    const index = storedIndex(Number(lastInsertRowid), document, false);
    const primary = index.spec.unique ? 'key' : 'key, rid';
    this.database.exec(
      `CREATE TABLE i${index.id} (key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (${primary})) WITHOUT ROWID`,
    );
    collection.buildIndex(index);
    collection.indexes.push(index);
    return index;
  }

  dropIndex(collection: Collection, index: StoredIndex): void {
    this.revision += 1;
    this.database.exec(`DROP TABLE i${index.id}`);
    this.database.prepare('DELETE FROM indexes WHERE id = ?').run(index.id);
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
  }

  private remember(
    id: number,
    db: string,
    name: string,
    shardKey: unknown,
    uuid: Uint8Array,
    indexes: StoredIndex[],
  ): Collection {
    const collection = new Collection(this.database, {
      id,
      db,
      name,
      uuid,
      indexes,
      arraysEscapeUnique: this.arraysEscapeUnique,
      ...(typeof shardKey === 'string' ? { shardKey } : {}),
    });
    this.collections.set(collection.namespace, collection);
    return collection;
  }
}

function storedIndex(id: number, document: Doc, multikey: boolean): StoredIndex {
  const spec = readIndexSpec(document);
  const matchesPartial = spec.partialFilter && compileFilter(spec.partialFilter);
  return { id, spec, multikey, ...(matchesPartial ? { matchesPartial } : {}) };
}

function toBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}
