// The same server in a thread of its own, so that its waits for the disk never hold up the rest of the process.
import { Worker } from 'node:worker_threads';
import type { CosmosOptions, CosmosServer } from './server.ts';
import type { ThreadReply, ThreadRequest } from './worker.ts';

export async function startCosmosThread(options: CosmosOptions): Promise<CosmosServer> {
  let thread = await startThread(options);
  const { port, uri } = thread;
  return {
    port,
    uri,
    async setFaults({ crash, ...faults }) {
      if (crash) {
        await thread.kill();
        thread = await startThread({ ...options, port });
      }
      await thread.ask({ method: 'setFaults', faults });
    },
    clearFaults: () => thread.ask({ method: 'clearFaults' }),
    async close() {
      await thread.ask({ method: 'close' });
      await thread.kill();
    },
  };
}

type Thread = {
  port: number;
  uri: string;
  ask(request: ThreadRequest): Promise<void>;
  kill(): Promise<unknown>;
};

async function startThread(options: CosmosOptions): Promise<Thread> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  const pending = new Map<number, { resolve(): void; reject(error: Error): void }>();
  let lastId = 0;
  const listening = new Promise<{ port: number; uri: string }>((resolve, reject) => {
    worker.on('error', (error) => {
      console.error('cosmos: the database thread has failed', error);
      reject(error);
    });
    worker.on('message', (reply: ThreadReply) => {
      if (reply.kind === 'listening') {
        resolve(reply);
        return;
      }
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
  const { port, uri } = await listening;
  return {
    port,
    uri,
    ask(request) {
      return new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { resolve, reject });
        worker.postMessage({ id: lastId, ...request });
      });
    },
    kill: () => worker.terminate(),
  };
}
