// Composition: a Microsoft 365 tenant and an Azure subscription in small, with the built product in them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAppPackage } from './app-package.ts';
import { createClock, type SandboxClock } from './clock.ts';
import { startControl } from './control.ts';
import { authorisedParty, managedIdentityClientId, type UserClient } from './entra/registrations.ts';
import { type EntraServer, startEntra } from './entra/server.ts';
import type { UserTokenOptions } from './entra/tokens.ts';
import { type Backend, startBackend } from './functions/backend.ts';
import type { LogEntry } from './functions/core.ts';
import { type GraphServer, startGraph } from './graph/server.ts';
import { listen } from './http-server.ts';
import { createOperations, type Operations, type SandboxFaults, type Services } from './operations.ts';
import { clientId, teamsAppId, tenantId } from './people.ts';
import { rememberedPorts, rememberPorts } from './ports.ts';
import { type RealtimeServer, startRealtime } from './realtime/server.ts';
import { startVault } from './vault/server.ts';
import { startWorkplace } from './workplace/server.ts';
import { createTabHost } from './workplace/tab-host.ts';

export type SandboxOptions = {
  dataDir: string;
  /** Of the workplace; 0 or nothing takes the one of the last start, or a free one. */
  port?: number;
  /** Without it the backend's warnings and errors are printed. */
  quiet?: boolean;
  /** Microsoft's metadata as an OpenAPI subset, to check every exchange on Graph. */
  validatorFile?: string;
  /** Another built function app than the product's. */
  appDir?: string;
  /** Another database server than the sandbox's own; without it, MONGODB_URI of the environment. */
  mongodbUri?: string;
  onLog?: (entry: LogEntry) => void;
  /** Tells what is being started. */
  onProgress?: (step: string) => void;
};

export type Sandbox = {
  workplace: string;
  /** Where the tab is served, at an origin of its own. */
  tab: string;
  /** The same tab, at the origin of the workplace. */
  tabSameOrigin: string;
  /** `http://127.0.0.1:PORT/api` */
  api: string;
  control: string;
  entra: string;
  graph: string;
  mongo: string;
  /** The product's database on that server. */
  mongoDatabase: string;
  realtime: string;
  /** The settings of the function app, as Azure would give them to it. */
  settings: Readonly<Record<string, string>>;
  token(person: string, client?: UserClient, options?: UserTokenOptions): Promise<string>;
  clock: SandboxClock;
  graphServer: GraphServer;
  entraServer: EntraServer;
  realtimeServer: RealtimeServer;
  backend: Backend;
  /** Queues, notifications and outboxes are empty, and what is due has been done. */
  processAll(): Promise<void>;
  /** Epoch milliseconds or an ISO 8601 instant; then everything due is done. */
  moveClock(to: number | string): Promise<void>;
  setFaults(faults: SandboxFaults): Promise<void>;
  clearFaults(): Promise<void>;
  /** kill -9 of the process with the API and the database; resolves when it is up again. */
  kill(): Promise<void>;
  /** A second instance of the function app over the same database, as Azure has when there is much to do. */
  startAnotherApi(): Promise<{ api: string }>;
  close(): Promise<void>;
};

const root = join(import.meta.dirname, '..');

/** On another server each data folder has a database of its own, as it has in the sandbox. */
function databaseFor(dataDir: string): string {
  return `medspill-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}`;
}

/** The clock of the last start goes on from where it stood, plus the time that has passed. */
function keptClock(dataDir: string): SandboxClock {
  const file = join(dataDir, 'clock.json');
  const stored = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { offset: number })
    : { offset: 0 };
  const clock = createClock(stored.offset);
  clock.onMove(() => writeFileSync(file, JSON.stringify({ offset: clock.offset() })));
  return clock;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dataDir } = options;
  const anotherServer = options.mongodbUri ?? process.env.MONGODB_URI;
  const mongoDatabase = anotherServer === undefined ? 'medspill' : databaseFor(dataDir);
  const progress = options.onProgress ?? (() => {});
  mkdirSync(dataDir, { recursive: true });
  const ports = await rememberedPorts(dataDir, options.port ?? 0);
  const clock = keptClock(dataDir);
  const appPackage = readAppPackage(join(root, 'appPackage', 'manifest.json'));
  const opened: (() => Promise<void>)[] = [];
  /** What started last stops first. */
  async function close(): Promise<void> {
    for (const stop of opened.splice(0).reverse()) await stop();
  }
  async function started<T extends { close(): Promise<void> }>(service: Promise<T>): Promise<T> {
    const value = await service;
    opened.push(() => value.close());
    return value;
  }

  try {
    progress('Microsoft Entra ID');
    const entra = await started(startEntra({ dataDir: join(dataDir, 'entra'), port: ports.entra, clock }));
    const jwksUrl = entra.jwksUrl(tenantId);
    progress('Microsoft Graph');
    const graph = await started(
      startGraph({
        dataDir: join(dataDir, 'graph'),
        port: ports.graph,
        clock,
        jwksUrl,
        declaredActivityTypes: appPackage.activityTypes,
        ...(options.validatorFile === undefined ? {} : { validatorFile: options.validatorFile }),
      }),
    );
    progress('Azure Key Vault, Azure Web PubSub');
    const vault = await started(
      startVault({ dataDir: join(dataDir, 'vault'), port: ports.vault, clock, jwksUrl }),
    );
    const realtime = await started(
      startRealtime({ dataDir: join(dataDir, 'realtime'), port: ports.realtime, clock, jwksUrl }),
    );

    let running: { services: Services; operations: Operations } | undefined;
    let tabOrigin = '';
    let workplaceOrigin = '';
    const tabHost = createTabHost({
      tabDir: join(root, 'tab', 'dist'),
      officeJs: join(root, 'sandbox', 'workplace', 'dist', 'office.js'),
      config: { clientId, tenantId, teamsAppId },
      addresses: () => ({
        workplace: workplaceOrigin,
        api: running?.services.backend.apiUrl ?? '',
        realtime: realtime.url,
      }),
    });
    progress('Outlook and Teams');
    const tab = await started(
      listen(
        (request, response) => void tabHost(request, response).catch(() => response.destroy()),
        ports.tab,
      ),
    );
    tabOrigin = tab.url;
    const workplace = await started(
      startWorkplace({
        port: ports.workplace,
        pageDir: join(root, 'sandbox', 'workplace', 'dist', 'page'),
        running: () => running,
        appPackage,
        tabOrigin: () => tabOrigin,
        tabHost,
      }),
    );
    workplaceOrigin = workplace.url;

    progress('Azure Functions and Azure Cosmos DB');
    const env = (mongoUri: string) => ({
      TENANT_IDS: tenantId,
      CLIENT_ID: clientId,
      ALLOWED_CLIENTS: [
        authorisedParty['teams-web'],
        authorisedParty['teams-desktop'],
        authorisedParty['outlook-web'],
        authorisedParty['outlook-nested'],
      ].join(','),
      MANAGED_IDENTITY_CLIENT_ID: managedIdentityClientId,
      IDENTITY_ENDPOINT: entra.identityEndpoint,
      IDENTITY_HEADER: entra.identityHeader,
      ENTRA_URL: entra.url,
      GRAPH_URL: graph.url,
      MONGODB_URI: anotherServer ?? mongoUri,
      MONGODB_DATABASE: mongoDatabase,
      WEB_PUBSUB_URL: realtime.url,
      KEY_VAULT_URL: vault.url,
      PUBLIC_URL: tab.url,
      TEAMS_APP_ID: teamsAppId,
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    });
    const backend = await started(
      startBackend({
        appDir: options.appDir ?? join(root, 'api', 'dist'),
        dataDir: join(dataDir, 'azure'),
        clock,
        ports: { api: ports.api, mongo: ports.mongo },
        env,
        onLog(entry) {
          options.onLog?.(entry);
          const loud = ['warning', 'error', 'critical'].includes(entry.level);
          if (loud && options.quiet !== true) console.error(`${entry.level}: ${entry.message}`);
        },
      }),
    );
    const services: Services = { clock, entra, graph, realtime, backend };
    const operations = createOperations(services);
    running = { services, operations };
    const control = await started(
      startControl({ port: ports.control, services, operations, workplaceOrigin: () => workplaceOrigin }),
    );
    const portOf = (url: string) => Number(new URL(url).port);
    rememberPorts(dataDir, {
      workplace: workplace.port,
      tab: tab.port,
      control: control.port,
      entra: portOf(entra.url),
      graph: portOf(graph.url),
      vault: portOf(vault.url),
      realtime: portOf(realtime.url),
      api: portOf(backend.apiUrl),
      mongo: portOf(backend.mongoUri.replace(/^mongodb:/, 'http:')),
    });

    return {
      workplace: workplace.url,
      tab: tab.url,
      tabSameOrigin: workplace.url,
      api: `${new URL(backend.apiUrl).origin}/api`,
      control: control.url,
      entra: entra.url,
      graph: graph.url,
      mongo: anotherServer ?? backend.mongoUri,
      mongoDatabase,
      realtime: realtime.url,
      settings: env(backend.mongoUri),
      token: operations.token,
      clock,
      graphServer: graph,
      entraServer: entra,
      realtimeServer: realtime,
      backend,
      processAll: operations.processAll,
      moveClock: (to) => operations.moveClock(typeof to === 'number' ? to : Date.parse(to)),
      setFaults: operations.setFaults,
      clearFaults: operations.clearFaults,
      kill: operations.kill,
      async startAnotherApi() {
        const another = await started(
          startBackend({
            appDir: options.appDir ?? join(root, 'api', 'dist'),
            dataDir: join(dataDir, 'azure-2'),
            clock,
            ports: { api: 0, mongo: 0 },
            env: () => env(backend.mongoUri),
            ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
          }),
        );
        return { api: `${new URL(another.apiUrl).origin}/api` };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
