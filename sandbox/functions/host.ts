// The Azure Functions host in small: it loads a built, unmodified v4 app and drives the library as Azure's worker does.
// The library's state, the settings and the clock belong to the process, so one process runs one host.
import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listen } from '../http-server.ts';
import { type Binding, type LogEntry, provideCore, registered, runHooks } from './core.ts';
import { createHttpListener, createRoutes, type HostKeys } from './http-listener.ts';
import { type AppFunction, createInvoker } from './invocation.ts';
import { createQueueListener, type QueueListener, type QueueSettings } from './queue-listener.ts';
import { openQueues } from './queues.ts';
import { isDisabled } from './settings.ts';
import { createTimerListener, type TimerListener } from './timer-listener.ts';

export type FunctionsHostOptions = {
  /** Folder with host.json, package.json and the file that its `main` names. */
  appDir: string;
  port: number;
  /** Durable storage of queues and timers. */
  queueDir: string;
  /** App settings. */
  env?: Record<string, string>;
  keys?: HostKeys;
  corsOrigins?: string[];
  onLog?: (entry: LogEntry) => void;
};

export type DeclaredFunction = {
  name: string;
  type: string;
  route?: string;
  methods?: string[];
  schedule?: string;
  authLevel?: string;
  bindings: Record<string, Binding>;
};

export type FunctionsHost = {
  url: string;
  functions: DeclaredFunction[];
  keys: HostKeys;
  runTimer(name: string): Promise<void>;
  /** Resolves when nothing runs and no message with a trigger is in sight. */
  idle(): Promise<void>;
  /** To be called after each move of the clock, with how far it was moved. */
  clockMoved(milliseconds: number): void;
  close(): Promise<void>;
};

type HostSettings = {
  extensions?: {
    http?: { routePrefix?: string };
    queues?: {
      batchSize?: number;
      newBatchThreshold?: number;
      maxDequeueCount?: number;
      visibilityTimeout?: string;
    };
  };
};

const bodyLimitByDefault = 210 * 1024 * 1024;

export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  Object.assign(process.env, {
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    FUNCTIONS_EXTENSION_VERSION: '~4',
    WEBSITE_SITE_NAME: 'sandbox',
    ...options.env,
  });
  registered.log = options.onLog ?? (() => {});
  const settings = JSON.parse(await readFile(join(options.appDir, 'host.json'), 'utf8')) as HostSettings;
  const functions = (await loadApp(options.appDir)).filter(({ name }) => !isDisabled(name));
  const appHookData = {};
  await runHooks('appStart', {
    hookData: {},
    appHookData,
    functionAppDirectory: options.appDir,
  });
  const capabilities = (await registered.model?.getCapabilities?.({})) ?? {};
  registered.locked = true;

  const queues = openQueues(options.queueDir);
  const invoker = createInvoker(queues, appHookData);
  const timers = new Map<string, TimerListener>();
  const queueListeners: QueueListener[] = [];
  for (const target of functions) {
    const type = target.trigger.type.toLowerCase();
    if (type === 'timertrigger') timers.set(target.name, createTimerListener(target, invoker, queues));
    else if (type === 'queuetrigger')
      queueListeners.push(createQueueListener(target, invoker, queues, queueSettings(settings)));
    else if (type !== 'httptrigger')
      throw new Error(`this host has no trigger of the type "${target.trigger.type}"`);
  }

  const routePrefix = settings.extensions?.http?.routePrefix ?? 'api';
  const routes = createRoutes(functions, routePrefix);
  const keys = options.keys ?? { function: randomUUID(), master: randomUUID() };
  const http = createHttpListener(routes, invoker, {
    keys,
    bodyLimit: Number(process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT ?? bodyLimitByDefault),
    ...(capabilities.HttpUri ? { streamUri: capabilities.HttpUri } : {}),
    ...(options.corsOrigins ? { corsOrigins: options.corsOrigins } : {}),
  });
  const server = await listen((request, response) => {
    // Only a target that is no URL gets here.
    http.answer(request, response).catch(() => response.writeHead(400).end());
  }, options.port);

  queues.onPut((queue) => {
    for (const listener of queueListeners) if (listener.queue === queue) setImmediate(listener.poll);
  });
  for (const listener of queueListeners) listener.start();
  for (const timer of timers.values()) timer.start();

  const isIdle = () =>
    invoker.running() === 0 && queueListeners.every((listener) => listener.pending() === 0);

  return {
    url: server.url,
    functions: functions.map((target) =>
      declare(target, routes.find((route) => route.target === target)?.route.template),
    ),
    keys,
    async runTimer(name) {
      const timer = timers.get(name);
      if (timer === undefined) throw new Error(`there is no timer function "${name}"`);
      await timer.run();
    },
    async idle() {
      while (!isIdle()) await new Promise((again) => setTimeout(again, 5));
    },
    clockMoved(milliseconds) {
      if (milliseconds < 0) queues.moveBack(-milliseconds);
      for (const timer of timers.values()) timer.clockMoved();
      for (const listener of queueListeners) listener.poll();
    },
    async close() {
      for (const timer of timers.values()) timer.close();
      for (const listener of queueListeners) listener.close();
      await server.close();
      http.close();
      await runHooks('appTerminate', { hookData: {}, appHookData });
      queues.close();
    },
  };
}

async function loadApp(appDir: string): Promise<AppFunction[]> {
  provideCore();
  const { main } = JSON.parse(await readFile(join(appDir, 'package.json'), 'utf8')) as { main?: string };
  if (main === undefined) throw new Error(`${appDir}/package.json names no "main"`);
  const require = createRequire(join(resolve(appDir), 'package.json'));
  for (const file of globSync(main, { cwd: appDir }).sort()) {
    const path = resolve(appDir, file);
    // Azure's worker tries `require` first, and falls back to `import` for modules with top-level await.
    try {
      require(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ERR_REQUIRE_ASYNC_MODULE' && code !== 'ERR_REQUIRE_ESM') throw error;
      await import(pathToFileURL(path).href);
    }
  }
  if (registered.functions.size === 0) throw new Error(`the app in ${appDir} registered no function`);
  return [...registered.functions.values()].map(({ metadata, callback }) => {
    const [triggerName, trigger] =
      Object.entries(metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type)) ?? [];
    if (triggerName === undefined || trigger === undefined)
      throw new Error(`"${metadata.name}" has no trigger`);
    return { name: metadata.name, metadata, callback, triggerName, trigger };
  });
}

function declare(target: AppFunction, route: string | undefined): DeclaredFunction {
  const { trigger } = target;
  return {
    name: target.name,
    type: trigger.type,
    bindings: target.metadata.bindings,
    ...(route === undefined ? {} : { route }),
    ...(trigger.methods ? { methods: trigger.methods } : {}),
    ...(trigger.schedule ? { schedule: trigger.schedule } : {}),
    ...(trigger.authLevel ? { authLevel: trigger.authLevel } : {}),
  };
}

function queueSettings({ extensions }: HostSettings): QueueSettings {
  const given = extensions?.queues ?? {};
  const [hours = 0, minutes = 0, seconds = 0] = (given.visibilityTimeout ?? '00:00:00')
    .split(':')
    .map(Number);
  const batchSize = given.batchSize ?? 16;
  return {
    batchSize,
    newBatchThreshold: given.newBatchThreshold ?? Math.floor(batchSize / 2),
    maxDequeueCount: given.maxDequeueCount ?? 5,
    visibilityTimeoutSeconds: (hours * 60 + minutes) * 60 + seconds,
  };
}
