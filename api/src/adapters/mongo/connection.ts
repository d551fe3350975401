import type { Collection, Db, Document, MongoClient, MongoServerError } from 'mongodb';
import { MongoClient as Client } from 'mongodb';
import { count } from '../../tally.ts';

/** RU throttling: wait as told, then the same write again. 112 is a write conflict. */
const retriable = new Set([16500, 112]);
const maxTries = 8;
/** Milliseconds: whoever waits behind a request has left by then, and a timer comes again. */
const longestWait = 20_000;

export type Connection = {
  collection<D extends Document>(name: string): Collection<D>;
  db: Db;
  close(): Promise<void>;
};

/**
 * One client for the process. Cosmos DB cuts idle connections after four minutes, so ours leave after two.
 * `retryWrites` follows the URI: RU has it only behind a capability.
 */
export async function connect(uri: string, database: string): Promise<Connection> {
  const client: MongoClient = new Client(uri, {
    maxIdleTimeMS: 120_000,
    serverSelectionTimeoutMS: 10_000,
    connectTimeoutMS: 10_000,
    socketTimeoutMS: 60_000,
    maxPoolSize: 50,
    writeConcern: { w: 'majority' },
    ignoreUndefined: true,
  });
  await client.connect();
  const db = client.db(database);
  return { db, collection: (name) => db.collection(name), close: () => client.close() };
}

/**
 * Runs a read or an idempotent write again when the server throttles it or its connection breaks. Our writes are
 * guarded by a version or a unique key, so a repeat never doubles; and a `repeated` write that finds its guard gone
 * looks whether it was itself that went through.
 */
export async function persist<T>(work: (repeated: boolean) => Promise<T>): Promise<T> {
  let waited = 0;
  for (let attempt = 1; ; attempt++) {
    count('database', attempt > 1);
    try {
      return await work(attempt > 1);
    } catch (error) {
      const wait = attempt < maxTries ? delayBefore(error, attempt) : undefined;
      if (wait === undefined || waited + wait > longestWait) throw error;
      waited += wait;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

function delayBefore(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const jitter = Math.random() * 50;
  if ('code' in error && retriable.has(Number(error.code))) {
    const told = /RetryAfterMs=(\d+)/.exec(error.message)?.[1];
    return (told === undefined ? 50 * 2 ** attempt : Number(told)) + jitter;
  }
  const broken = [
    'MongoNetworkError',
    'MongoNetworkTimeoutError',
    'MongoServerSelectionError',
    'MongoPoolClearedError',
  ];
  return broken.includes(error.name) ? 50 * 2 ** Math.min(attempt, 6) + jitter : undefined;
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error as MongoServerError).code === 11000;
}
