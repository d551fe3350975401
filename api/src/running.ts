// The running app: adapters behind ports, handlers behind routes. Made once per process, at the first call.
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { RouteName } from '@medspill/domain/contract';
import { Temporal } from 'temporal-polyfill';
import { createPaper } from './adapters/documents/paper.ts';
import { createIdentityToken } from './adapters/entra/managed-identity.ts';
import { createMicrosoft } from './adapters/entra/microsoft.ts';
import { createCalendar } from './adapters/graph/calendar.ts';
import { createGraph } from './adapters/graph/client.ts';
import { createDirectory } from './adapters/graph/directory.ts';
import { createPermissions } from './adapters/graph/granted.ts';
import { createNotifier } from './adapters/graph/notifier.ts';
import { createToDo } from './adapters/graph/to-do.ts';
import { createKeys } from './adapters/keys/key-vault.ts';
import { connect } from './adapters/mongo/connection.ts';
import { migrate } from './adapters/mongo/migrate.ts';
import { createStore } from './adapters/mongo/store.ts';
import { createRealtime } from './adapters/realtime/web-pubsub.ts';
import type { App } from './app.ts';
import { bookHandlers, handleGraphNotifications } from './book/routes.ts';
import { readConfig } from './config.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { followUpHandlers } from './follow-up/routes.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { type Edge, faultText, type Handler, serve } from './http/route.ts';
import { createTokenVerifier } from './http/token.ts';
import { learnHandlers } from './learn/routes.ts';
import { newId } from './new-id.ts';
import { backlogOf, daily, type NoticeMessage, sendNotice, sweep } from './outbox/jobs.ts';
import { prepareHandlers } from './prepare/routes.ts';
import { runHandlers } from './run/routes.ts';
import { createHealth } from './shell/health.ts';
import { shellHandlers } from './shell/routes.ts';
import { version } from './shell/version.ts';
import { signHandlers } from './sign/routes.ts';
import { counting, newTally } from './tally.ts';
import { trustHandlers } from './trust/routes.ts';

type Running = Edge & {
  health: ReturnType<typeof createHealth>;
  flush: EventLog['flush'];
  handlers: { [N in RouteName]?: Handler<N> };
};

let running: Promise<Running> | undefined;

function start(): Promise<Running> {
  running ??= compose().catch((error) => {
    // A database that was down at the first call must not stay down for the life of the process.
    running = undefined;
    throw error;
  });
  return running;
}

async function compose(): Promise<Running> {
  const config = readConfig(process.env);
  const clock = { now: () => Temporal.Now.instant() };
  const identityToken = createIdentityToken(config);
  const { log, flush } = createEventLog(config, identityToken);
  const microsoft = createMicrosoft(config, clock);
  const graph = createGraph(config, microsoft, {
    log: (failure) => log('info', { event: 'graph', ...failure }),
  });
  const connection = await connect(config.mongoUri, config.mongoDatabase);
  const store = await createStore(async () => connection);
  await store.bootstrap();
  const migrated = await migrate(connection.db);
  if (migrated.length > 0) log('info', { event: 'migrated', version, steps: migrated.join(' ') });
  const paper = createPaper();
  const app: App = {
    config,
    clock,
    newId,
    store,
    directory: createDirectory(graph),
    calendar: createCalendar({ config, graph, paper, clock }),
    notifier: createNotifier(config, graph),
    permissions: createPermissions(microsoft),
    toDo: createToDo(graph),
    realtime: createRealtime(config, identityToken),
    keys: createKeys(config, identityToken),
    paper,
    log,
  };
  return {
    app,
    flush,
    health: createHealth(app),
    verify: createTokenVerifier(config, () => new Date(clock.now().epochMilliseconds)),
    rate: createRateLimit(() => performance.now()),
    handlers: {
      ...shellHandlers(app),
      ...bookHandlers(app),
      ...prepareHandlers(app),
      ...runHandlers(app),
      ...signHandlers(app),
      ...followUpHandlers(app),
      ...learnHandlers(app),
      ...trustHandlers(app),
    },
  };
}

export async function handleHttp(
  name: RouteName,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const { handlers, ...edge } = await start();
  if (name === 'health') return edge.health();
  if (name === 'graphNotifications') {
    return job(name, context, (app) => handleGraphNotifications(app, request));
  }
  const handler = handlers[name];
  if (handler === undefined) throw new Error(`No handler for ${name}`);
  return serve(name, handler as Handler<typeof name>, edge, request, context);
}

/** One wide event for what no person has asked for. The host is told of a failure as well: it repeats messages. */
async function job<T>(
  name: string,
  context: InvocationContext,
  work: (app: App) => Promise<T>,
  more: (app: App, answer: T) => Promise<Record<string, unknown>> = async () => ({}),
): Promise<T> {
  const { app } = await start();
  const started = performance.now();
  const tally = newTally();
  const done = (outcome: string, fields: Record<string, unknown> = {}) =>
    app.log(outcome === 'ok' ? 'info' : 'error', {
      event: 'job',
      job: name,
      requestId: context.invocationId,
      traceParent: context.traceContext?.traceParent,
      version,
      outcome,
      ms: Math.round(performance.now() - started),
      ...tally,
      ...fields,
    });
  try {
    const answer = await counting(tally, () => work(app));
    done('ok', await more(app, answer));
    return answer;
  } catch (error) {
    done('fault', { error: faultText(error) });
    throw error;
  }
}

export function runSweep(context: InvocationContext): Promise<NoticeMessage[]> {
  return job('sweep', context, sweep, async (app, messages) => ({
    messages: messages.length,
    ...(await backlogOf(app)),
  }));
}

export function runDaily(context: InvocationContext): Promise<void> {
  return job('daily', context, daily);
}

export function runSendNotice(message: unknown, context: InvocationContext): Promise<void> {
  // The queue's producer is the sweep above; the host hands JSON back as it was put.
  return job('sendNotice', context, (app) => sendNotice(app, message as NoticeMessage));
}

/** What has not left yet, before the process ends. */
export async function flush(): Promise<void> {
  await (await running)?.flush();
}
