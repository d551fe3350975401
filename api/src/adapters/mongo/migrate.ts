// Brings the documents of an older release to the form that this one reads, step by step, once each.
//
// A step may be cut off and run again, and may run in two processes at once: it changes only what still has the old form.
// While it runs, and after a rollback, an older build works on the same documents. So a step only adds what older builds
// pass over; what they still read is taken away by a step of the release after. Sealed records are never touched: a field
// that no signature covers counts as a change of the record.
import type { Db } from 'mongodb';
import { persist } from './connection.ts';
import { wordsInTheLog } from './migrations/0001-words-in-the-log.ts';

export type Step = { name: string; up(db: Db): Promise<void> };

/** In the order of their numbers, which are the names of their files; never changed once released. */
export const steps: readonly Step[] = [{ name: '0001-words-in-the-log', up: wordsInTheLog }];

/** What has been done to this database, by name. It holds nothing of anybody. */
type Ledger = { _id: 'ledger'; shard: 'ledger'; done: string[] };

const key = { _id: 'ledger', shard: 'ledger' } as const;

/** Answers the names of the steps that were taken now. Names that only a newer build knows are left alone. */
export async function migrate(db: Db, known: readonly Step[] = steps): Promise<string[]> {
  const ledger = db.collection<Ledger>('ledger');
  const done = new Set((await persist(() => ledger.findOne(key)))?.done);
  const taken: string[] = [];
  for (const { name, up } of known) {
    if (done.has(name)) continue;
    await persist(() => up(db));
    await persist(() => ledger.updateOne(key, { $addToSet: { done: name } }, { upsert: true }));
    taken.push(name);
  }
  return taken;
}
