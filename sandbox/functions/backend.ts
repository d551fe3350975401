// The parent's side of the backend process: starts it, keeps it alive, moves its clock and kills it when a test asks.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { SandboxClock } from '../clock.ts';
import type { CosmosFaults } from '../cosmos/server.ts';
import type { LogEntry } from './core.ts';
import type { DeclaredFunction } from './host.ts';
import type { HostKeys } from './http-listener.ts';
import type { AppReady, Command, DatabaseReady, FromChild, ToChild } from './messages.ts';

export type BackendOptions = {
  appDir: string;
  dataDir: string;
  clock: SandboxClock;
  /** App settings, once the database's address is known. */
  env: (mongoUri: string) => Record<string, string>;
  /** 0 takes a free port at the first start and keeps it. */
  ports: { api: number; mongo: number };
  /** Origins of App Service's own CORS; without them the app answers preflights itself. */
  corsOrigins?: string[];
  onLog?: (entry: LogEntry) => void;
};

export type Backend = {
  apiUrl: string;
  mongoUri: string;
  /** Of the process that runs, or ran last. */
  readonly pid: number;
  functions: DeclaredFunction[];
  keys: HostKeys;
  /** SIGKILL; resolves when the process is gone. It stays down until `restart`. */
  kill(): Promise<void>;
  /** A new process on the same ports and data. */
  restart(): Promise<void>;
  /** Resolves when the process is up, also after one that died by itself. */
  ready(): Promise<void>;
  idle(): Promise<void>;
  runTimer(name: string): Promise<void>;
  setCosmosFaults(faults: CosmosFaults): Promise<void>;
  clearCosmosFaults(): Promise<void>;
  onLog(callback: (entry: LogEntry) => void): () => void;
  close(): Promise<void>;
};

type Running = { child: ChildProcess; gone: Promise<void>; ask(command: Command): Promise<unknown> };

/** What of our own environment the app may see; its settings come from `env`. */
const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot', 'NODE_EXTRA_CA_CERTS'];

/** A process that cannot start is not started for ever. */
const mostFailedStarts = 5;

export async function startBackend(options: BackendOptions): Promise<Backend> {
  const keys = await loadKeys(options.dataDir);
  const ports = { ...options.ports };
  const listeners = new Set<(entry: LogEntry) => void>(options.onLog ? [options.onLog] : []);
  let closing = false;
  let running: Running | undefined;
  let starting: Promise<AppReady & DatabaseReady> | undefined;
  let faults: CosmosFaults | null = null;
  let failedStarts = 0;
  let pid = 0;

  const log = (entry: LogEntry) => {
    for (const listener of listeners) listener(entry);
  };

  function start(): Promise<AppReady & DatabaseReady> {
    starting = launch();
    // Whoever waits gets the error; a restart that nobody waits for says it in the log.
    starting.catch((error: unknown) => log({ level: 'critical', category: 'host', message: String(error) }));
    return starting;
  }

  async function launch(): Promise<AppReady & DatabaseReady> {
    const current = spawn(log);
    running = current;
    pid = current.child.pid ?? 0;
    void current.gone.then(() => {
      if (closing || running !== current || ++failedStarts > mostFailedStarts) return;
      log({ level: 'critical', category: 'host', message: 'the backend process died and is started again' });
      void start();
    });
    const database = (await current.ask({
      kind: 'start',
      appDir: options.appDir,
      dataDir: options.dataDir,
      ports,
      clockOffset: options.clock.offset(),
      keys,
      ...(options.corsOrigins ? { corsOrigins: options.corsOrigins } : {}),
    })) as DatabaseReady;
    if (faults !== null) await current.ask({ kind: 'cosmosFaults', faults });
    const app = (await current.ask({ kind: 'env', env: options.env(database.mongoUri) })) as AppReady;
    // The clock may have been moved meanwhile.
    await current.ask({ kind: 'clock', offset: options.clock.offset() });
    ports.mongo = database.mongoPort;
    ports.api = Number(new URL(app.apiUrl).port);
    failedStarts = 0;
    return { ...database, ...app };
  }

  async function ask(command: Command): Promise<void> {
    await starting;
    if (running === undefined) throw new Error('the backend process is down');
    await running.ask(command);
  }

  async function kill(): Promise<void> {
    const current = running;
    // Forgotten first, so that its end is not taken for an accident.
    running = undefined;
    current?.child.kill('SIGKILL');
    await current?.gone;
  }

  const stopFollowing = options.clock.onMove(() => {
    void running?.ask({ kind: 'clock', offset: options.clock.offset() }).catch(() => {
      // A process that dies now reads the offset when it starts again.
    });
  });

  const first = await start().catch(async (error: unknown) => {
    closing = true;
    stopFollowing();
    await kill();
    throw error;
  });

  return {
    apiUrl: first.apiUrl,
    mongoUri: first.mongoUri,
    functions: first.functions,
    keys,
    get pid() {
      return pid;
    },
    kill,
    async restart() {
      await kill();
      await start();
    },
    async ready() {
      await starting;
    },
    idle: () => ask({ kind: 'idle' }),
    runTimer: (name) => ask({ kind: 'runTimer', name }),
    async setCosmosFaults(given) {
      faults = given;
      await ask({ kind: 'cosmosFaults', faults: given });
    },
    async clearCosmosFaults() {
      faults = null;
      await ask({ kind: 'cosmosFaults', faults: null });
    },
    onLog(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    async close() {
      closing = true;
      stopFollowing();
      const current = running;
      if (current === undefined) return;
      await current.ask({ kind: 'close' }).catch((error: unknown) => {
        log({ level: 'error', category: 'host', message: String(error) });
      });
      await kill();
    },
  };
}

function spawn(log: (entry: LogEntry) => void): Running {
  const env = Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child = fork(new URL('./process.ts', import.meta.url), {
    execPath: process.execPath,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Functions run in UTC.
    env: { ...env, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let count = 0;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values())
        reject(new Error(`the backend process ended (${signal ?? `code ${code}`})`));
      waiting.clear();
      resolve();
    });
  });
  follow(child.stdout, 'stdout', log);
  follow(child.stderr, 'stderr', log);
  child.on('message', (message: FromChild) => {
    if (message.kind === 'log') return log(message.entry);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'done') asked?.resolve(message.result);
    else asked?.reject(new Error(message.message));
  });
  return {
    child,
    gone,
    ask: (command) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        const message: ToChild = { id, command };
        child.send(message, (error) => {
          if (error === null) return;
          waiting.delete(id);
          reject(error);
        });
      }),
  };
}

function follow(
  stream: Readable | null,
  category: 'stdout' | 'stderr',
  log: (entry: LogEntry) => void,
): void {
  if (stream === null) return;
  createInterface({ input: stream }).on('line', (message) =>
    log({ level: category === 'stderr' ? 'error' : 'information', category, message }),
  );
}

/** Function keys outlive a restart. */
async function loadKeys(dataDir: string): Promise<HostKeys> {
  const file = join(dataDir, 'function-keys.json');
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  if (stored !== undefined) return JSON.parse(stored) as HostKeys;
  const keys = { function: randomUUID(), master: randomUUID() };
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
