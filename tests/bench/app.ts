// The app of the API in this process, over the local database as a process of its own; nobody else is reached.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandStartedEvent, Db } from 'mongodb';
import { Temporal } from 'temporal-polyfill';
import { createPaper } from '../../api/src/adapters/documents/paper.ts';
import { createIdentityToken } from '../../api/src/adapters/entra/managed-identity.ts';
import { createMicrosoft } from '../../api/src/adapters/entra/microsoft.ts';
import { createCalendar } from '../../api/src/adapters/graph/calendar.ts';
import { createGraph } from '../../api/src/adapters/graph/client.ts';
import { createDirectory } from '../../api/src/adapters/graph/directory.ts';
import { createNotifier } from '../../api/src/adapters/graph/notifier.ts';
import { createToDo } from '../../api/src/adapters/graph/to-do.ts';
import { createKeys } from '../../api/src/adapters/keys/key-vault.ts';
import { connect } from '../../api/src/adapters/mongo/connection.ts';
import { createStore } from '../../api/src/adapters/mongo/store.ts';
import { createRealtime } from '../../api/src/adapters/realtime/web-pubsub.ts';
import type { App } from '../../api/src/app.ts';
import { readConfig } from '../../api/src/config.ts';
import { newId } from '../../api/src/new-id.ts';
import { tenantId } from '../../sandbox/people.ts';

export type BenchApp = {
  app: App;
  db: Db;
  /** Names of the commands that the app sends from now on. */
  listen(): string[];
  close(): Promise<void>;
};

/** `now` is an ISO 8601 instant at which the clock stands. */
export async function startApp(now: string): Promise<BenchApp> {
  const folder = mkdtempSync(join(tmpdir(), 'medspill-bench-'));
  const child = fork(fileURLToPath(new URL('cosmos-process.ts', import.meta.url)), [folder]);
  const [{ port }] = await once(child, 'message');
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true&w=majority&monitorCommands=true`;
  const connection = await connect(uri, 'bench');
  const silent = 'http://127.0.0.1:1';
  const config = readConfig({
    TENANT_IDS: tenantId,
    CLIENT_ID: 'bench',
    ALLOWED_CLIENTS: 'bench',
    MANAGED_IDENTITY_CLIENT_ID: 'bench',
    MONGODB_URI: uri,
    WEB_PUBSUB_URL: silent,
    KEY_VAULT_URL: silent,
    PUBLIC_URL: silent,
    TEAMS_APP_ID: 'bench',
  });
  const clock = { now: () => Temporal.Instant.from(now) };
  const identityToken = createIdentityToken(config);
  const graph = createGraph(config, createMicrosoft(config, clock), { log: () => {} });
  const paper = createPaper();
  const store = await createStore(async () => connection);
  await store.bootstrap();
  const heard: string[][] = [];
  connection.db.client.on('commandStarted', ({ commandName }: CommandStartedEvent) => {
    for (const names of heard) names.push(commandName);
  });
  return {
    app: {
      config,
      clock,
      newId,
      store,
      directory: createDirectory(graph),
      calendar: createCalendar({ config, graph, paper, clock }),
      notifier: createNotifier(config, graph),
      permissions: { granted: async () => [] },
      realtime: createRealtime(config, identityToken),
      keys: createKeys(config, identityToken),
      paper,
      toDo: createToDo(graph),
      log: (level, event) => {
        if (level === 'error') throw new Error(JSON.stringify(event));
      },
    },
    db: connection.db,
    listen() {
      const names: string[] = [];
      heard.push(names);
      return names;
    },
    async close() {
      await connection.close();
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
