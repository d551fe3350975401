// Microsoft Graph v1.0 in small, over HTTP: access, throttling, faults, routes, and a record of every exchange.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxClock } from '../clock.ts';
import { people as everybody, tenantId as homeTenant, type Person } from '../people.ts';
import { authorize, type Caller, createAccess } from './access.ts';
import { answerRoutes } from './calendar/answer-routes.ts';
import { attachmentRoutes } from './calendar/attachment-routes.ts';
import { availabilityRoutes } from './calendar/availability-routes.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { createClientActions, type GraphClientActions } from './client-actions.ts';
import { openContract } from './contract.ts';
import { createExchangeLog, type Exchange, permissionLine } from './exchange.ts';
import { createFaults, type GraphFaults, refusalOf } from './faults.ts';
import { accessDenied, badRequest, GraphError } from './graph-error.ts';
import { mailRoutes } from './mail-routes.ts';
import { mailboxSettingsRoutes } from './people/mailbox-settings-routes.ts';
import { presenceRoutes } from './people/presence-routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { appliedPreferences, readPreferences } from './preferences.ts';
import { parseBody, readBody } from './request-body.ts';
import { type Call, type Found, findRoute, type Reply, type Route } from './route.ts';
import { seed } from './seed.ts';
import { createState, type GraphState } from './state.ts';
import { createSubscriptions } from './subscriptions.ts';
import { taskRoutes } from './tasks/routes.ts';
import { activityRoutes } from './teams/activity-routes.ts';
import { appRoutes } from './teams/app-routes.ts';
import { type ActivityType, type CatalogueApp, standardCatalogue } from './teams/catalogue.ts';
import { chatRoutes } from './teams/chat-routes.ts';
import { onlineMeetingRoutes } from './teams/online-meeting-routes.ts';
import { createThrottle } from './throttling.ts';
import { createWorld, type World } from './world.ts';

export type { GraphClientActions } from './client-actions.ts';
export type { Exchange } from './exchange.ts';
export type { GraphFaults } from './faults.ts';
export type { GraphState } from './state.ts';

export type GraphOptions = {
  dataDir: string;
  port: number;
  clock: SandboxClock;
  /** Entra's keys: tokens are checked for signature, audience, tenant and permissions. */
  jwksUrl: string;
  /** Microsoft's metadata as an OpenAPI subset; with it every exchange is checked. */
  validatorFile?: string;
  /** The manifest's `activities.activityTypes`: other types are refused. */
  declaredActivityTypes?: (string | ActivityType)[];
  people?: Person[];
  tenantId?: string;
  catalogue?: CatalogueApp[];
  /** Whether the app may read online meetings without a user (New-CsApplicationAccessPolicy); by default it may. */
  applicationAccessPolicy?: boolean;
  /** Ids of the mailboxes that Exchange RBAC opens to the app without a user; without it all. */
  applicationMailboxes?: string[];
  /** `false` starts with empty calendars. */
  seeded?: boolean;
};

export type GraphServer = {
  /** `http://127.0.0.1:PORT`, without the version. */
  url: string;
  exchanges(): Exchange[];
  clearExchanges(): void;
  setFaults(faults: GraphFaults): void;
  clearFaults(): void;
  /** All pending notifications are delivered or given up. */
  idle(): Promise<void>;
  close(): Promise<void>;
  state: GraphState;
  /** What people do in Outlook and Teams themselves. */
  actions: GraphClientActions;
};

type Outcome = { reply: Reply; permissions?: string; operation?: string };

export async function startGraph(options: GraphOptions): Promise<GraphServer> {
  const faults = createFaults();
  const declared = (options.declaredActivityTypes ?? []).map((type) =>
    typeof type === 'string' ? { type } : type,
  );
  const world: World = createWorld({
    dataDir: options.dataDir,
    clock: options.clock,
    people: options.people ?? everybody,
    tenantId: options.tenantId ?? homeTenant,
    catalogue: options.catalogue ?? standardCatalogue(declared),
    applicationAccessPolicy: options.applicationAccessPolicy ?? true,
    faults,
  });
  const subscriptions = createSubscriptions(world);
  world.changed = subscriptions.changed;
  seed(world, options.seeded ?? true);
  const access = createAccess(options.jwksUrl, options.clock, world.people, world.tenantId);
  const throttle = createThrottle();
  const log = createExchangeLog(
    options.validatorFile === undefined ? undefined : openContract(options.validatorFile),
  );
  const routes: Route[] = [
    ...peopleRoutes,
    ...presenceRoutes,
    ...mailboxSettingsRoutes,
    ...calendarRoutes,
    ...answerRoutes,
    ...attachmentRoutes,
    ...availabilityRoutes,
    ...onlineMeetingRoutes,
    ...chatRoutes,
    ...appRoutes,
    ...activityRoutes,
    ...taskRoutes,
    ...mailRoutes,
    ...subscriptions.routes,
  ];

  function find(method: string, path: string): Found {
    const found = findRoute(routes, method, path);
    if ('route' in found) return found;
    if (found.methods.length > 0) {
      throw new GraphError(405, 'BadRequest', 'The HTTP method is not allowed on this resource.', {
        allow: found.methods.join(', '),
      });
    }
    throw badRequest(`Resource not found for the segment '${path.split('/')[1] ?? ''}'.`, 'BadRequest');
  }

  /** The person of /me or /users/{user}; undefined where the path names none. */
  function ownerOf(found: Found, caller: Caller): Person | undefined {
    if (found.isMe) {
      if (caller.person === undefined) {
        throw badRequest('/me request is only valid with delegated authentication flow.', 'BadRequest');
      }
      return caller.person;
    }
    const name = found.user ?? (found.route.path === '/users/{user}' ? found.params.user : undefined);
    if (name === undefined) return undefined;
    const person = world.people.find(name);
    if (person !== undefined) return person;
    if (found.route.service === 'outlook') {
      throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`);
    }
    throw new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }

  async function work(
    found: Found,
    caller: Caller,
    headers: Record<string, string>,
    address: URL,
    body: unknown,
  ): Promise<Reply> {
    const { route } = found;
    const owner = ownerOf(found, caller);
    authorize(caller, (found.isMe ? route.allowMe : undefined) ?? route.allow, route.service);
    if (route.ownOnly === true && caller.person !== undefined && caller.person.id !== owner?.id) {
      throw accessDenied();
    }
    if (caller.person === undefined && route.service === 'outlook' && owner !== undefined) {
      const scope = faults.current().applicationMailboxes ?? options.applicationMailboxes;
      if (scope !== undefined && !scope.includes(owner.id)) throw accessDenied();
    }
    const call: Call = {
      world,
      caller,
      get owner() {
        if (owner === undefined) throw new Error(`${found.template} names nobody`);
        return owner;
      },
      params: found.params,
      query: address.searchParams,
      headers,
      body,
      preferences: readPreferences(headers),
      address: `${address.origin}${address.pathname}`,
    };
    const reply = world.store.transaction(() => route.handle(call));
    subscriptions.pump();
    return await reply;
  }

  /** Access and limits first, so that a refused call does nothing. */
  async function answer(
    method: string,
    address: URL,
    headers: Record<string, string>,
    text: string,
    raw: { body?: unknown },
  ): Promise<Outcome> {
    if (!/^\/(v1\.0|beta)\//i.test(address.pathname)) throw badRequest('Invalid version.', 'BadRequest');
    const caller = await access(headers.authorization);
    const found = find(method, address.pathname.replace(/^\/(v1\.0|beta)/i, ''));
    const allow = (found.isMe ? found.route.allowMe : undefined) ?? found.route.allow;
    const permissions = permissionLine(allow, caller.person !== undefined);
    // Read first, so that the record of a call that is refused for its pace is whole.
    raw.body = parseBody(text, headers['content-type']);
    const leave = throttle.enter(
      found.route.service,
      caller.appId,
      (found.user ?? caller.person?.id ?? '').toLowerCase(),
    );
    try {
      const { latencyMs = 0 } = faults.current();
      if (latencyMs > 0) await pause(latencyMs);
      const reply = await work(found, caller, headers, address, raw.body);
      return { reply, permissions, operation: found.template };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return { reply: errorReply(error, headers), permissions, operation: found.template };
    } finally {
      leave();
    }
  }

  function errorReply(error: GraphError, headers: Record<string, string>): Reply {
    const requestId = headers['client-request-id'] ?? randomUUID();
    return {
      status: error.status,
      headers: error.headers,
      body: {
        error: {
          code: error.code,
          message: error.message,
          innerError: {
            date: new Date(options.clock.now()).toISOString().slice(0, 19),
            'request-id': requestId,
            'client-request-id': requestId,
          },
        },
      },
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new Date(options.clock.now()).toISOString();
    const method = request.method ?? 'GET';
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    const host = headers.host ?? '127.0.0.1';
    const scheme = host === 'graph.microsoft.com' ? 'https' : 'http';
    const address = new URL(request.url ?? '/', `${scheme}://${host}`);
    const rule = faults.draw(
      `${method} ${decodeURIComponent(address.pathname).replace(/^\/(v1\.0|beta)/i, '')}`,
    );
    const raw: { body?: unknown } = {};

    const record = (status: number, outcome: Partial<Outcome>): void => {
      const { authorization: _token, ...shown } = headers;
      log.add({
        at,
        method,
        url: `${address.pathname}${address.search}`,
        requestHeaders: shown,
        ...(raw.body === undefined ? {} : { requestBody: raw.body }),
        status,
        ...(outcome.reply?.body === undefined ? {} : { responseBody: outcome.reply.body }),
        ...(outcome.operation === undefined ? {} : { operation: outcome.operation }),
        ...(outcome.permissions === undefined ? {} : { permissions: outcome.permissions }),
      });
    };

    let outcome: Outcome;
    try {
      const text = await readBody(request);
      if (rule?.kind === 'drop' || rule?.kind === 'timeout') {
        if (text !== '') raw.body = parseBody(text, headers['content-type']);
        record(0, {});
        // A time-out holds the line; the client gives up, or the server does at its close.
        if (rule.kind === 'drop') request.socket.destroy();
        return;
      }
      const refusal = rule === undefined ? undefined : refusalOf(rule);
      if (refusal !== undefined) {
        if (text !== '') raw.body = parseBody(text, headers['content-type']);
        outcome = { reply: errorReply(refusal, headers) };
      } else outcome = await answer(method, address, headers, text, raw);
      if (rule?.kind === 'drop-after') {
        record(0, {});
        request.socket.destroy();
        return;
      }
      if (rule?.kind === '504-after') {
        const late = new GraphError(504, 'GatewayTimeout', 'The gateway did not receive a timely response.');
        outcome = { ...outcome, reply: errorReply(late, headers) };
      }
    } catch (error) {
      if (!(error instanceof GraphError))
        console.error('simulated Graph failed', method, address.pathname, error);
      const shown =
        error instanceof GraphError ? error : new GraphError(500, 'InternalServerError', String(error));
      outcome = { reply: errorReply(shown, headers) };
    }
    record(outcome.reply.status, outcome);
    send(response, headers, outcome.reply);
  }

  function send(response: ServerResponse, headers: Record<string, string>, reply: Reply): void {
    const requestId = headers['client-request-id'] ?? randomUUID();
    response.statusCode = reply.status;
    response.setHeader('request-id', requestId);
    response.setHeader('client-request-id', requestId);
    response.setHeader('date', new Date(options.clock.now()).toUTCString());
    response.setHeader(
      'x-ms-ags-diagnostic',
      '{"ServerInfo":{"DataCenter":"Norway East","Slice":"E","Ring":"4"}}',
    );
    const applied = appliedPreferences(headers);
    if (applied !== undefined && reply.status < 300) response.setHeader('preference-applied', applied);
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    if (reply.bytes !== undefined) {
      response.setHeader('content-type', reply.bytes.contentType);
      response.end(reply.bytes.content);
    } else if (reply.body === undefined) response.end();
    else {
      response.setHeader(
        'content-type',
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      );
      response.end(JSON.stringify(reply.body));
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error('simulated Graph failed', request.method, request.url, error);
      response.destroy();
    });
  });
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    exchanges: () => log.all(),
    clearExchanges: () => log.clear(),
    setFaults: (next) => faults.set(next),
    clearFaults: () => faults.set({}),
    idle: () => subscriptions.idle(),
    async close() {
      subscriptions.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
      world.store.close();
    },
    state: createState(world, subscriptions, throttle),
    actions: createClientActions(world, subscriptions),
  };
}
