// A sandbox in which every exchange with the simulated Graph must fit Microsoft's own metadata.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';

/** Microsoft's metadata, beside the checkout; a plain clone has it not, and tests/contracts counts that as skipped. */
export const metadata = join(import.meta.dirname, '../../shared/graph/openapi-subset.json');
export const hasMetadata = existsSync(metadata);

/**
 * As startSandbox; `close` rejects when an exchange did not fit, cleared ones included, and leaves no database behind on
 * another server than the sandbox's own.
 */
export async function startCheckedSandbox(options: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
  const sandbox = await startSandbox({ ...options, ...(hasMetadata ? { validatorFile: metadata } : {}) });
  const { graphServer } = sandbox;
  const clear = graphServer.clearExchanges.bind(graphServer);
  const misfits: string[] = [];
  const collect = () => {
    for (const { method, url, status, problems } of graphServer.exchanges()) {
      misfits.push(...problems.map((problem) => `${method} ${url} ${status}: ${problem}`));
    }
  };
  graphServer.clearExchanges = () => {
    collect();
    clear();
  };
  return {
    ...sandbox,
    async close() {
      collect();
      await sandbox.close();
      if (sandbox.mongo !== sandbox.backend.mongoUri) await dropDatabase(sandbox);
      if (misfits.length > 0) throw new Error(`Exchanges that do not fit Graph:\n${misfits.join('\n')}`);
    },
  };
}

async function dropDatabase({ mongo, mongoDatabase }: Sandbox): Promise<void> {
  const client = await new MongoClient(mongo).connect();
  await client.db(mongoDatabase).dropDatabase();
  await client.close();
}
