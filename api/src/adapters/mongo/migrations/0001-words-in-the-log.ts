// Updates of the shared form say by a field whether they still hold words; the emptying of a log asks for it.
import type { Binary, Db } from 'mongodb';

type Update = { _id: string; shard: string; update: Binary; hasWords?: boolean };

const page = 200;

export async function wordsInTheLog(db: Db): Promise<void> {
  const updates = db.collection<Update>('liveUpdates');
  for (;;) {
    const old = await updates
      .find({ hasWords: { $exists: false } })
      .limit(page)
      .toArray();
    for (const { _id, shard, update } of old) {
      await updates.updateOne(
        { _id, shard, hasWords: { $exists: false } },
        { $set: { hasWords: update.length() > 0 } },
      );
    }
    if (old.length < page) return;
  }
}
