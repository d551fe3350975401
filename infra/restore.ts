// Brings a backup into an empty database: `npm run restore -- --from FOLDER`.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { BSON, type Db, type Document } from 'mongodb';
import { persist } from '../api/src/adapters/mongo/connection.ts';
import { createStore } from '../api/src/adapters/mongo/store.ts';
import { type Contents, withDatabase } from './backup.ts';

const batch = 100;

/** Into a database without documents only. Nothing is written before every file has been held against its digest. */
export async function restore(db: Db, folder: string): Promise<Contents> {
  const contents = JSON.parse(await readFile(join(folder, 'backup.json'), 'utf8')) as Contents;
  for (const [name, { sha256 }] of Object.entries(contents)) {
    const digest = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, `${name}.ndjson`))) digest.update(chunk);
    if (digest.digest('hex') !== sha256) throw new Error(`${name}.ndjson is not what was backed up`);
  }
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if ((await db.collection(name).findOne({})) !== null) throw new Error(`${name} is not empty`);
  }
  const store = await createStore(async () => ({
    db,
    collection: (name) => db.collection(name),
    close: async () => {},
  }));
  await store.bootstrap();
  for (const [name, { documents }] of Object.entries(contents)) {
    await insertAll(db, name, join(folder, `${name}.ndjson`));
    const there = await db.collection(name).countDocuments();
    if (there !== documents) throw new Error(`${name}: ${there} of ${documents} documents are there`);
  }
  return contents;
}

async function insertAll(db: Db, name: string, path: string): Promise<void> {
  let waiting: Document[] = [];
  const insert = async () => {
    const documents = waiting;
    waiting = [];
    if (documents.length === 0) return;
    await persist(async (repeated) => {
      // What the first try has brought in is not an error of the second.
      const writes = documents.map((document) => ({
        replaceOne: {
          filter: { _id: document._id, shard: document.shard },
          replacement: document,
          upsert: true,
        },
      }));
      const inserts = documents.map((document) => ({ insertOne: { document } }));
      await db.collection(name).bulkWrite(repeated ? writes : inserts);
    });
  };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    waiting.push(BSON.EJSON.parse(line, { relaxed: false }) as Document);
    if (waiting.length === batch) await insert();
  }
  await insert();
}

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { from: { type: 'string' } } });
  const { from } = values;
  if (from === undefined) throw new Error('npm run restore -- --from FOLDER');
  console.table(await withDatabase((db) => restore(db, from)));
}
