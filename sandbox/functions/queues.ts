// Azure Storage queues in one SQLite file: durable messages that are leased, not taken. Times are epoch milliseconds
// of the process's (shifted) clock.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type QueueMessage = {
  id: string;
  text: string;
  dequeueCount: number;
  popReceipt: string;
  insertedAt: number;
  expiresAt: number;
  visibleAt: number;
};

export type TimerStatus = { last: number; next: number; lastUpdated: number };

export type Queues = {
  put(queue: string, text: string, options?: { visibleInSeconds?: number; lifeSeconds?: number }): void;
  /** Leases up to `count` visible messages; unless deleted they are back after the lease. */
  lease(queue: string, count: number, leaseSeconds: number): QueueMessage[];
  delete(message: QueueMessage): void;
  /** Gives a leased message back, or prolongs its lease. */
  show(message: QueueMessage, inSeconds: number): void;
  /** Moves a message that failed too often aside. */
  poison(queue: string, message: QueueMessage): void;
  visibleCount(queue: string): number;
  /** When the next hidden message of the queue comes into sight. */
  nextVisibleAt(queue: string): number | undefined;
  /** The clock was set back: what was due stays due. */
  moveBack(milliseconds: number): void;
  onPut(callback: (queue: string) => void): void;
  readTimer(name: string): TimerStatus | undefined;
  writeTimer(name: string, status: TimerStatus): void;
  close(): void;
};

const lifeSecondsByDefault = 7 * 24 * 3600;
/** 64 KiB once the host has encoded the text as base64. */
const largestText = 48 * 1024;

export function openQueues(directory: string): Queues {
  mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(join(directory, 'storage.sqlite'));
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = normal;
    create table if not exists message (
      id text primary key, queue text not null, text text not null, dequeueCount integer not null,
      popReceipt text not null, insertedAt integer not null, expiresAt integer not null, visibleAt integer not null
    );
    create index if not exists sight on message (queue, visibleAt);
    create table if not exists timer (
      name text primary key, last integer not null, next integer not null, lastUpdated integer not null
    );`);
  const columns = 'id, text, dequeueCount, popReceipt, insertedAt, expiresAt, visibleAt';
  const insert = database.prepare(`insert into message (${columns}, queue) values (?, ?, 0, ?, ?, ?, ?, ?)`);
  const take = database.prepare(`
    update message set dequeueCount = dequeueCount + 1, popReceipt = lower(hex(randomblob(16))), visibleAt = ?
    where id in (select id from message where queue = ? and visibleAt <= ? order by insertedAt, rowid limit ?)
    returning ${columns}`);
  const remove = database.prepare('delete from message where id = ? and popReceipt = ?');
  const expire = database.prepare('delete from message where expiresAt <= ?');
  const setVisible = database.prepare('update message set visibleAt = ? where id = ? and popReceipt = ?');
  const move = database.prepare(
    'update message set queue = ?, dequeueCount = 0, visibleAt = ?, insertedAt = ?, expiresAt = ? where id = ? and popReceipt = ?',
  );
  const count = database.prepare(
    'select count(*) as n from message where queue = ? and visibleAt <= ? and expiresAt > ?',
  );
  const soonest = database.prepare(
    'select min(visibleAt) as at from message where queue = ? and visibleAt > ?',
  );
  const shift = database.prepare(
    'update message set insertedAt = insertedAt - ?1, visibleAt = visibleAt - ?1, expiresAt = expiresAt - ?1',
  );
  const timer = database.prepare('select last, next, lastUpdated from timer where name = ?');
  const saveTimer = database.prepare(
    'insert or replace into timer (name, last, next, lastUpdated) values (?, ?, ?, ?)',
  );
  const callbacks: ((queue: string) => void)[] = [];
  const announce = (queue: string) => {
    for (const callback of callbacks) callback(queue);
  };

  return {
    put(queue, text, options = {}) {
      if (Buffer.byteLength(text) > largestText)
        throw new Error('The request body is too large and exceeds the maximum permissible limit.');
      const now = Date.now();
      insert.run(
        randomUUID(),
        text,
        '',
        now,
        now + (options.lifeSeconds ?? lifeSecondsByDefault) * 1000,
        now + (options.visibleInSeconds ?? 0) * 1000,
        queue,
      );
      announce(queue);
    },
    lease(queue, most, leaseSeconds) {
      const now = Date.now();
      expire.run(now);
      return take.all(now + leaseSeconds * 1000, queue, now, most) as QueueMessage[];
    },
    delete(message) {
      remove.run(message.id, message.popReceipt);
    },
    show(message, inSeconds) {
      setVisible.run(Date.now() + inSeconds * 1000, message.id, message.popReceipt);
    },
    poison(queue, message) {
      const now = Date.now();
      move.run(
        `${queue}-poison`,
        now,
        now,
        now + lifeSecondsByDefault * 1000,
        message.id,
        message.popReceipt,
      );
      announce(`${queue}-poison`);
    },
    visibleCount(queue) {
      const now = Date.now();
      return Number(count.get(queue, now, now)?.n);
    },
    nextVisibleAt(queue) {
      const at = soonest.get(queue, Date.now())?.at;
      return typeof at === 'number' ? at : undefined;
    },
    moveBack(milliseconds) {
      shift.run(milliseconds);
    },
    onPut(callback) {
      callbacks.push(callback);
    },
    readTimer: (name) => timer.get(name) as TimerStatus | undefined,
    writeTimer(name, status) {
      saveTimer.run(name, status.last, status.next, status.lastUpdated);
    },
    close: () => database.close(),
  };
}
