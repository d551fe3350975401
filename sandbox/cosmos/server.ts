// A MongoDB server for development and tests that is as strict as Cosmos DB: `startCosmos` runs it in this process.
import { createServer, type Socket } from 'node:net';
import { createDispatch } from './dispatch.ts';
import { Engine, type Mode } from './engine.ts';
import { type CosmosFaults, FaultInjector } from './faults.ts';
import { startTtlMonitor } from './storage/ttl-monitor.ts';
import { serveConnection } from './wire/connection.ts';

export type { CosmosFaults } from './faults.ts';

export type CosmosOptions = {
  dataDir: string;
  /** 0 picks a free one. */
  port: number;
  /** 'strict-ru' refuses what Cosmos DB (RU) refuses and is the default; 'mongo' has no such limits. */
  mode?: Mode;
};

export type CosmosServer = {
  uri: string;
  port: number;
  setFaults(faults: CosmosFaults): Promise<void>;
  clearFaults(): Promise<void>;
  close(): Promise<void>;
};

export async function startCosmos(options: CosmosOptions): Promise<CosmosServer> {
  const engine = new Engine(options.dataDir, options.mode ?? 'strict-ru');
  const answer = createDispatch(engine);
  const sockets = new Set<Socket>();
  let lastConnection = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveConnection(socket, { id: ++lastConnection }, answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  engine.address = `127.0.0.1:${port}`;
  const stopTtl = startTtlMonitor(engine);
  return {
    port,
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true&retryWrites=true&w=majority`,
    async setFaults(faults) {
      engine.faults = new FaultInjector(faults);
    },
    async clearFaults() {
      engine.faults = new FaultInjector();
    },
    async close() {
      stopTtl();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
      engine.close();
    },
  };
}
