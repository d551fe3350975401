// Child process of the backend: the database on a worker thread and the Functions host, so that killing this process
// loses what a real crash of both would lose.

import './shifted-date.ts';
import { join } from 'node:path';
import { startCosmosThread } from '../cosmos/thread.ts';
import { type FunctionsHost, startFunctionsHost } from './host.ts';
import type { AppReady, Command, DatabaseReady, FromChild, StartOptions, ToChild } from './messages.ts';
import { shiftDate } from './shifted-date.ts';

type Database = Awaited<ReturnType<typeof startCosmosThread>>;

let clockOffset = 0;
let options: StartOptions | undefined;
let database: Database | undefined;
let host: FunctionsHost | undefined;

async function obey(command: Command): Promise<DatabaseReady | AppReady | undefined> {
  switch (command.kind) {
    case 'start':
      options = command;
      shiftDate(command.clockOffset);
      clockOffset = command.clockOffset;
      database = await startCosmosThread({
        dataDir: join(command.dataDir, 'cosmos'),
        port: command.ports.mongo,
      });
      return { mongoUri: database.uri, mongoPort: database.port };
    case 'env': {
      if (options === undefined) throw new Error('the database has not been started');
      host = await startFunctionsHost({
        appDir: options.appDir,
        port: options.ports.api,
        queueDir: join(options.dataDir, 'storage'),
        env: command.env,
        keys: options.keys,
        ...(options.corsOrigins ? { corsOrigins: options.corsOrigins } : {}),
        onLog: (entry) => tell({ kind: 'log', entry }),
      });
      return { apiUrl: host.url, functions: host.functions };
    }
    case 'clock':
      shiftDate(command.offset);
      host?.clockMoved(command.offset - clockOffset);
      clockOffset = command.offset;
      return undefined;
    case 'cosmosFaults':
      if (command.faults === null) await database?.clearFaults();
      else await database?.setFaults(command.faults);
      return undefined;
    case 'idle':
      await host?.idle();
      return undefined;
    case 'runTimer':
      await host?.runTimer(command.name);
      return undefined;
    case 'close':
      await host?.close();
      await database?.close();
      return undefined;
  }
}

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

process.on('message', async ({ id, command }: ToChild) => {
  try {
    const result = await obey(command);
    tell({ kind: 'done', id, ...(result === undefined ? {} : { result }) });
  } catch (error) {
    tell({
      kind: 'failed',
      id,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});

// Ctrl-C reaches the whole process group; the parent decides when to close.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// The parent is gone.
process.on('disconnect', () => process.exit());
