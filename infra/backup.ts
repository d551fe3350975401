// A copy of the database outside Azure: `npm run backup -- --to FOLDER`; restore.ts is the way back. Stop the function
// app first: collections are read one after the other. Words of records stay encrypted under keys that the vault
// holds; everything else in the copy can be read, so keep it where the database itself might stand.
import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BSON, type Db, MongoClient } from 'mongodb';

const { EJSON } = BSON;
/** Of each collection; the digest is SHA-256 over its file. */
export type Contents = Record<string, { documents: number; sha256: string }>;

export async function backUp(db: Db, folder: string): Promise<Contents> {
  await mkdir(folder, { recursive: true });
  const contents: Contents = {};
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  for (const { name } of found.sort((a, b) => a.name.localeCompare(b.name))) {
    const file = await open(join(folder, `${name}.ndjson`), 'w');
    const digest = createHash('sha256');
    let documents = 0;
    for await (const document of db.collection(name).find()) {
      const line = `${EJSON.stringify(document, { relaxed: false })}\n`;
      digest.update(line);
      await file.write(line);
      documents++;
    }
    await file.close();
    contents[name] = { documents, sha256: digest.digest('hex') };
  }
  await writeFile(join(folder, 'backup.json'), `${JSON.stringify(contents, null, 2)}\n`);
  return contents;
}

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
  const { to } = values;
  if (to === undefined) throw new Error('npm run backup -- --to FOLDER');
  console.table(await withDatabase((db) => backUp(db, to)));
}

/** Which one: MONGODB_URI and MONGODB_DATABASE, as the function app has them. */
export async function withDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const uri = process.env.MONGODB_URI;
  if (uri === undefined) throw new Error('MONGODB_URI is not set');
  const client = await new MongoClient(uri).connect();
  try {
    return await work(client.db(process.env.MONGODB_DATABASE ?? 'medspill'));
  } finally {
    await client.close();
  }
}
