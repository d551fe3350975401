// A local database in a folder of its own, and both majors of the official driver to speak to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as driver7 from 'mongodb';
import * as driver6 from 'mongodb6';
import type { CosmosOptions, CosmosServer } from '../../sandbox/cosmos/server.ts';
import { startCosmosThread } from '../../sandbox/cosmos/thread.ts';

export type Driver = typeof driver7;
/** The fields a test gives a document are its own business. */
export type Doc = Record<string, unknown> & { _id?: string | number | object };

/** Both majors have the same interface as far as the tests use it; only their types are two. */
export const drivers: readonly [string, Driver][] = [
  ['mongodb 7', driver7],
  ['mongodb 6', driver6 as unknown as Driver],
];

export type Rig = { server: CosmosServer; dataDir: string; close(): Promise<void> };

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'medspill-cosmos-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function startRig(mode: NonNullable<CosmosOptions['mode']> = 'strict-ru'): Promise<Rig> {
  const folder = temporaryFolder();
  const server = await startCosmosThread({ dataDir: folder.path, port: 0, mode });
  return {
    server,
    dataDir: folder.path,
    async close() {
      await server.close();
      folder.remove();
    },
  };
}

export async function connect(
  uri: string,
  options: driver7.MongoClientOptions = {},
): Promise<driver7.MongoClient> {
  return new driver7.MongoClient(uri, options).connect();
}

/** The error a promise is rejected with, as the driver reports it. */
export async function refusal(promise: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  try {
    await promise;
  } catch (error) {
    const { code, message } = Object(error);
    return { code, message: String(message) };
  }
  throw new Error('expected a refusal, but it was accepted');
}

/** Waits for a condition, because time alone proves nothing. */
export async function until(condition: () => Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`the condition did not come true within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A seed for this run, printed so that a failure can be repeated with SEED=… */
export function printedSeed(what: string): number {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
  console.log(`${what}: SEED=${seed}`);
  return seed;
}
