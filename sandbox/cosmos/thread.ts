// The same server in a thread of its own, so that its waits for the disk never hold up the rest of the process.
import { Worker } from 'node:worker_threads';
import type { CosmosOptions, CosmosServer } from './server.ts';
import type { ThreadReply, ThreadRequest } from './worker.ts';

export async function startCosmosThread(options: CosmosOptions): Promise<CosmosServer> {
  const { port, uri, ask, end } = await startThread(options);
  return {
    port,
    uri,
    setFaults: (faults) => ask({ method: 'setFaults', faults }),
    clearFaults: () => ask({ method: 'clearFaults' }),
    async close() {
      await ask({ method: 'close' });
      await end();
    },
  };
}

type Thread = {
  port: number;
  uri: string;
  ask(request: ThreadRequest): Promise<void>;
  end(): Promise<unknown>;
};

async function startThread(options: CosmosOptions): Promise<Thread> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  const pending = new Map<number, { resolve(): void; reject(error: Error): void }>();
  let lastId = 0;
  let ended = false;
  const { port, uri } = await new Promise<{ port: number; uri: string }>((resolve, reject) => {
    worker.on('message', (reply: ThreadReply) => {
      if (reply.kind === 'listening') resolve(reply);
      else settle(reply);
    });
    worker.on('error', (error) => {
      console.error('cosmos: the database thread has failed', error);
      reject(error);
    });
    worker.once('exit', () => {
      ended = true;
      reject(hasEnded());
      for (const waiting of pending.values()) waiting.reject(hasEnded());
      pending.clear();
    });
  });
  function settle(reply: ThreadReply & { kind: 'done' }): void {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if (reply.error === undefined) waiting?.resolve();
    else waiting?.reject(new Error(reply.error));
  }
  return {
    port,
    uri,
    ask(request) {
      if (ended) return Promise.reject(hasEnded());
      return new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { resolve, reject });
        worker.postMessage({ id: lastId, ...request });
      });
    },
    end: () => worker.terminate(),
  };
}

function hasEnded(): Error {
  return new Error('the database thread has ended');
}
