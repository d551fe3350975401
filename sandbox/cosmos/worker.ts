// The inside of the thread that thread.ts starts.
import { parentPort, workerData } from 'node:worker_threads';
import { type CosmosFaults, startCosmos } from './server.ts';

export type ThreadRequest =
  | { method: 'setFaults'; faults: CosmosFaults }
  | { method: 'clearFaults' }
  | { method: 'close' };
export type ThreadReply =
  | { kind: 'listening'; port: number; uri: string }
  | { kind: 'done'; id: number; error?: string };

const server = await startCosmos(workerData);

parentPort?.on('message', async (request: ThreadRequest & { id: number }) => {
  reply(
    await perform(request).then(
      () => ({ kind: 'done', id: request.id }),
      (error: unknown) => ({ kind: 'done', id: request.id, error: String(error) }),
    ),
  );
});
reply({ kind: 'listening', port: server.port, uri: server.uri });

function perform(request: ThreadRequest): Promise<void> {
  switch (request.method) {
    case 'setFaults':
      return server.setFaults(request.faults);
    case 'clearFaults':
      return server.clearFaults();
    case 'close':
      return server.close();
  }
}

function reply(message: ThreadReply): void {
  parentPort?.postMessage(message);
}
