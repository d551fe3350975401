// One collection: a table of documents, and one table of keys for each index. Every change of a document changes
// its keys in the same SQLite savepoint.
import { Buffer } from 'node:buffer';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CommandError } from '../errors.ts';
import { type Doc, field, parseDocument } from '../values/document.ts';
import { plainValueAt } from '../values/path.ts';
import { sortKey } from '../values/sort-key.ts';
import { indexEntries } from './index-entries.ts';
import type { IndexSpec } from './index-spec.ts';

export type Row = { rid: number; bytes: Uint8Array };

export type StoredIndex = {
  id: number;
  spec: IndexSpec;
  /** True once any document had an array there: then a scan may meet a document twice and serves no sort. */
  multikey: boolean;
  matchesPartial?: (document: Doc) => boolean;
};

export type CollectionOptions = {
  id: number;
  db: string;
  name: string;
  shardKey?: string;
  uuid: Uint8Array;
  indexes: StoredIndex[];
  /** RU does not enforce uniqueness where the path meets an array. */
  arraysEscapeUnique: boolean;
};

export class Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly shardKey: string | undefined;
  readonly uuid: Uint8Array;
  readonly indexes: StoredIndex[];
  dropped = false;
  private readonly database: DatabaseSync;
  private readonly arraysEscapeUnique: boolean;
  private readonly statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, options: CollectionOptions) {
    this.database = database;
    this.id = options.id;
    this.db = options.db;
    this.name = options.name;
    this.shardKey = options.shardKey;
    this.uuid = options.uuid;
    this.indexes = options.indexes;
    this.arraysEscapeUnique = options.arraysEscapeUnique;
  }

  get namespace(): string {
    return `${this.db}.${this.name}`;
  }

  get table(): string {
    return `c${this.id}`;
  }

  statement(sql: string): StatementSync {
    if (this.dropped) throw new CommandError(26, `collection ${this.namespace} was dropped`);
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  /** `_id`, and with a shard key its value, because `_id` is unique within a shard value only. */
  idKey(document: Doc): Buffer {
    const id = field(document, '_id');
    return this.shardKey === undefined ? sortKey([id]) : sortKey([id, plainValueAt(document, this.shardKey)]);
  }

  insert(document: Doc, bytes: Uint8Array): number {
    return this.atomically(() => {
      const rid = this.insertRow(document, bytes);
      for (const index of this.indexes) {
        for (const key of this.keysOf(index, document, rid)) this.addKey(index, key, rid, document);
      }
      return rid;
    });
  }

  replace(rid: number, before: Doc, after: Doc, bytes: Uint8Array): void {
    this.atomically(() => {
      this.statement(`UPDATE ${this.table} SET doc = ?, ts = ? WHERE rid = ?`).run(bytes, seconds(), rid);
      for (const index of this.indexes) {
        const old = this.keysOf(index, before, rid);
        const now = this.keysOf(index, after, rid);
        for (const key of old) if (!now.some((each) => each.equals(key))) this.removeKey(index, key, rid);
        for (const key of now) if (!old.some((each) => each.equals(key))) this.addKey(index, key, rid, after);
      }
    });
  }

  remove(rid: number, document: Doc): void {
    for (const index of this.indexes) {
      for (const key of this.keysOf(index, document, rid)) this.removeKey(index, key, rid);
    }
    this.statement(`DELETE FROM ${this.table} WHERE rid = ?`).run(rid);
  }

  count(): number {
    return Number(this.statement(`SELECT count(*) AS n FROM ${this.table}`).get()?.n ?? 0);
  }

  isEmpty(): boolean {
    return this.statement(`SELECT 1 FROM ${this.table} LIMIT 1`).get() === undefined;
  }

  /** `before` in seconds since 1970. */
  writtenBefore(before: number, limit: number): Row[] {
    return this.statement(`SELECT rid, doc FROM ${this.table} WHERE ts <= ? LIMIT ?`)
      .all(Math.floor(before), limit)
      .flatMap(({ rid, doc }) => (doc instanceof Uint8Array ? [{ rid: Number(rid), bytes: doc }] : []));
  }

  /** Fills a new index from the documents already there. */
  buildIndex(index: StoredIndex): void {
    for (const { rid, doc } of this.statement(`SELECT rid, doc FROM ${this.table}`).iterate()) {
      if (!(doc instanceof Uint8Array)) continue;
      const document = parseDocument(doc);
      for (const key of this.keysOf(index, document, Number(rid)))
        this.addKey(index, key, Number(rid), document);
    }
  }

  private insertRow(document: Doc, bytes: Uint8Array): number {
    const insert = this.statement(`INSERT INTO ${this.table} (id, doc, ts) VALUES (?, ?, ?)`);
    try {
      return Number(insert.run(this.idKey(document), bytes, seconds()).lastInsertRowid);
    } catch (error) {
      if (isUniqueViolation(error)) throw this.duplicate('_id_', ['_id'], { _id: 1 }, document);
      throw error;
    }
  }

  private keysOf(index: StoredIndex, document: Doc, rid: number): Buffer[] {
    const { keys, multikey } = indexEntries(index.spec, document, index.matchesPartial);
    if (!multikey) return keys;
    index.multikey = true;
    // Written every time: a rollback undoes it on the disk but not in memory.
    this.statement('UPDATE indexes SET multikey = 1 WHERE id = ? AND multikey = 0').run(index.id);
    if (!index.spec.unique || !this.arraysEscapeUnique) return keys;
    const suffix = Buffer.alloc(9);
    suffix.writeBigUInt64BE(BigInt(rid), 1);
    return keys.map((key) => Buffer.concat([key, suffix]));
  }

  private addKey(index: StoredIndex, key: Buffer, rid: number, document: Doc): void {
    try {
      this.statement(`INSERT INTO i${index.id} (key, rid) VALUES (?, ?)`).run(key, rid);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw this.duplicate(index.spec.name, index.spec.paths, field(index.spec.document, 'key'), document);
    }
  }

  private removeKey(index: StoredIndex, key: Buffer, rid: number): void {
    this.statement(`DELETE FROM i${index.id} WHERE key = ? AND rid = ?`).run(key, rid);
  }

  private duplicate(
    name: string,
    paths: readonly string[],
    keyPattern: unknown,
    document: Doc,
  ): CommandError {
    const keyValue: Doc = {};
    for (const path of paths) keyValue[path] = plainValueAt(document, path) ?? null;
    const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
    return new CommandError(
      11000,
      `E11000 duplicate key error collection: ${this.namespace} index: ${name} dup key: { ${shown.join(', ')} }`,
      { keyPattern, keyValue },
    );
  }

  private atomically<T>(change: () => T): T {
    this.statement('SAVEPOINT change').run();
    try {
      const result = change();
      this.statement('RELEASE change').run();
      return result;
    } catch (error) {
      this.statement('ROLLBACK TO change').run();
      this.statement('RELEASE change').run();
      throw error;
    }
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

const sqliteUnique = new Set([1555, 2067]);

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && sqliteUnique.has(Number(error.errcode));
}
