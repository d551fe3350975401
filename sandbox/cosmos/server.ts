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
  /** Replaces all faults. A crash is over, and the server back, when this resolves. */
  setFaults(faults: CosmosFaults): Promise<void>;
  clearFaults(): Promise<void>;
  close(): Promise<void>;
};

type Running = { engine: Engine; port: number; stop(how: 'close' | 'crash'): Promise<void> };

export async function startCosmos(options: CosmosOptions): Promise<CosmosServer> {
  let running = await run(options);
  const { port } = running;
  return {
    port,
    uri: uriOf(port),
    async setFaults({ crash, ...faults }) {
      if (crash) {
        await running.stop('crash');
        running = await run({ ...options, port });
      }
      running.engine.faults = new FaultInjector(faults);
    },
    async clearFaults() {
      running.engine.faults = new FaultInjector();
    },
    close: () => running.stop('close'),
  };
}

function uriOf(port: number): string {
  return `mongodb://127.0.0.1:${port}/?directConnection=true&retryWrites=true&w=majority`;
}

async function run(options: CosmosOptions): Promise<Running> {
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
    server.once('error', (error) => {
      engine.close();
      reject(error);
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  engine.address = `127.0.0.1:${port}`;
  const stopTtl = startTtlMonitor(engine);
  return {
    engine,
    port,
    async stop(how) {
      stopTtl();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      engine[how]();
      await closed;
    },
  };
}
