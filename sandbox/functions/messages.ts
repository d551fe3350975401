// What parent and child of the backend process say to each other.
import type { CosmosFaults } from '../cosmos/server.ts';
import type { LogEntry } from './core.ts';
import type { DeclaredFunction } from './host.ts';
import type { HostKeys } from './http-listener.ts';

export type StartOptions = {
  appDir: string;
  dataDir: string;
  ports: { api: number; mongo: number };
  clockOffset: number;
  keys: HostKeys;
  corsOrigins?: string[];
};

export type Command =
  | ({ kind: 'start' } & StartOptions)
  | { kind: 'env'; env: Record<string, string> }
  | { kind: 'clock'; offset: number }
  | { kind: 'cosmosFaults'; faults: CosmosFaults | null }
  | { kind: 'idle' }
  | { kind: 'runTimer'; name: string }
  | { kind: 'close' };

/** Each command is answered once, by its number. */
export type ToChild = { id: number; command: Command };

export type FromChild =
  | { kind: 'done'; id: number; result?: DatabaseReady | AppReady }
  | { kind: 'failed'; id: number; message: string }
  | { kind: 'log'; entry: LogEntry };

export type DatabaseReady = { mongoUri: string; mongoPort: number };
export type AppReady = { apiUrl: string; functions: DeclaredFunction[] };
