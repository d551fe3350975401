// The same server in a thread of its own, so that its waits for the disk never hold up the rest of the process.
import { Worker } from 'node:worker_threads';
import type { CosmosFaults, CosmosOptions, CosmosServer } from './server.ts';
import type { ThreadReply, ThreadRequest } from './worker.ts';

export async function startCosmosThread(options: CosmosOptions): Promise<CosmosServer> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  const pending = new Map<number, { resolve(): void; reject(error: Error): void }>();
  let lastId = 0;
  const { port, uri } = await new Promise<{ port: number; uri: string }>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (reply: ThreadReply) => {
      if (reply.kind === 'listening') return resolve(reply);
      const waiting = pending.get(reply.id);
      pending.delete(reply.id);
      if (reply.error === undefined) waiting?.resolve();
      else waiting?.reject(new Error(reply.error));
    });
  });
  worker.once('exit', () => {
    for (const { reject } of pending.values()) reject(new Error('the database thread has ended'));
    pending.clear();
  });
  function ask(request: ThreadRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, ...request });
    });
  }
  return {
    port,
    uri,
    setFaults: (faults: CosmosFaults) => ask({ method: 'setFaults', faults }),
    clearFaults: () => ask({ method: 'clearFaults' }),
    async close() {
      await ask({ method: 'close' });
      await worker.terminate();
    },
  };
}
