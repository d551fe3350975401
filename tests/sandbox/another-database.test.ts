// The product on another MongoDB server than the sandbox's own, as MONGODB_URI names it: nothing stays behind in ours.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, expect, test } from 'vitest';
import { startCosmos } from '../../sandbox/cosmos/server.ts';
import { actorIn } from '../../sandbox/seed/actor.ts';
import { seedReviews } from '../../sandbox/seed/seed-reviews.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

test('a server without the limits of request units holds the whole seeded organisation', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'medspill-another-'));
  opened.push(() => rm(folder, { recursive: true, force: true }));
  const server = await startCosmos({ dataDir: join(folder, 'server'), port: 0, mode: 'mongo' });
  opened.push(() => server.close());
  const sandbox = await startCheckedSandbox({
    dataDir: join(folder, 'sandbox'),
    port: 0,
    quiet: true,
    mongodbUri: server.uri,
  });
  opened.push(() => sandbox.close());
  expect(sandbox.mongo).toBe(server.uri);
  await seedReviews(sandbox, () => {});
  const { records } = await actorIn(sandbox, 'Ida')('listRecords', {});
  expect(records.map(({ state }) => state)).toEqual(['sealed']);

  const client = await new MongoClient(server.uri).connect();
  opened.push(() => client.close());
  const { databases } = await client.db().admin().listDatabases();
  const [database] = databases.filter(({ name }) => name.startsWith('medspill-'));
  expect(await client.db(database?.name).collection('records').countDocuments()).toBe(1);
  const own = await new MongoClient(sandbox.backend.mongoUri).connect();
  opened.push(() => own.close());
  expect((await own.db().admin().listDatabases()).databases).toEqual([]);

  await sandbox.close();
  const left = (await client.db().admin().listDatabases()).databases;
  expect(left.filter(({ name }) => name.startsWith('medspill-'))).toEqual([]);
}, 120_000);
