// HTTP triggers. With `enableHttpStream` the request is forwarded to the library's own server, as the Azure host does;
// without it the whole request travels as data.
import { randomUUID } from 'node:crypto';
import {
  Agent,
  type ClientRequest,
  request as forwardRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { readBody } from '../http-server.ts';
import { registered, type TypedData } from './core.ts';
import type { AppFunction, Invoker } from './invocation.ts';
import { byPrecedence, compileRoute, type Route } from './routes.ts';

export type HttpSettings = {
  /** Address of the library's streaming server, when the app has asked for it. */
  streamUri?: string;
  keys: HostKeys;
  /** Origins that the platform answers preflights for; none leaves CORS to the app. */
  corsOrigins?: string[];
  bodyLimit: number;
};

export type HostKeys = { function: string; master: string };

export type HttpRoute = { target: AppFunction; route: Route; methods: string[] };

type DataResponse = {
  statusCode: string;
  headers: Record<string, string>;
  cookies: DataCookie[];
  body?: TypedData;
};
type DataCookie = {
  name: string;
  value: string;
  domain?: { value: string };
  path?: { value: string };
  maxAge?: { value: number };
  expires?: { value: { seconds?: number } };
  secure?: { value: boolean };
  httpOnly?: { value: boolean };
  sameSite?: string;
};

const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'x-ms-invocation-id',
];

export function createRoutes(functions: AppFunction[], routePrefix: string): HttpRoute[] {
  return functions
    .filter(({ trigger }) => trigger.type.toLowerCase() === 'httptrigger')
    .map((target) => ({
      target,
      route: compileRoute([routePrefix, target.trigger.route ?? target.name].filter(Boolean).join('/')),
      methods: (target.trigger.methods ?? []).map((method) => method.toUpperCase()),
    }))
    .sort((a, b) => byPrecedence(a.route, b.route));
}

export function createHttpListener(routes: HttpRoute[], invoker: Invoker, settings: HttpSettings) {
  const agent = new Agent({ keepAlive: true });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    // Node writes the machine's time; the clients of the app live by the sandbox clock too.
    response.setHeader('date', new Date().toUTCString());
    if (answerCors(request, response)) return;
    const found = find(request.method ?? 'GET', url.pathname);
    if (found === undefined) {
      const home = url.pathname === '/' && process.env.AzureWebJobsDisableHomepage !== 'true';
      response.writeHead(home ? 200 : 404).end(home ? 'Your Functions 4.0 app is up and running' : undefined);
      return;
    }
    if (!isAuthorized(found.target, request, url)) {
      response.writeHead(401).end();
      return;
    }
    if (Number(request.headers['content-length'] ?? 0) > settings.bodyLimit) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    try {
      if (settings.streamUri === undefined)
        await exchangeData(found.target, found.parameters, request, response, url);
      else await exchangeStream(settings.streamUri, found.target, found.parameters, request, response);
    } catch (error) {
      registered.log({
        level: 'error',
        category: 'host',
        functionName: found.target.name,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      // A response that has begun can only be cut off.
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  }

  function find(
    method: string,
    path: string,
  ): { target: AppFunction; parameters: Record<string, string> } | undefined {
    for (const { target, route, methods } of routes) {
      if (methods.length > 0 && !methods.includes(method)) continue;
      const parameters = route.match(path);
      if (parameters !== undefined) return { target, parameters };
    }
    return undefined;
  }

  function isAuthorized(target: AppFunction, request: IncomingMessage, url: URL): boolean {
    const level = (target.trigger.authLevel ?? 'function').toLowerCase();
    if (level === 'anonymous') return true;
    const key = request.headers['x-functions-key'] ?? url.searchParams.get('code');
    return key === settings.keys.master || (level === 'function' && key === settings.keys.function);
  }

  /** App Service's own CORS: it answers preflights itself and adds the headers to the app's answers. */
  function answerCors(request: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = request.headers;
    if (settings.corsOrigins === undefined || origin === undefined) return false;
    const allowed = settings.corsOrigins.includes(origin) || settings.corsOrigins.includes('*');
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('vary', 'Origin');
    }
    const asked = request.headers['access-control-request-method'];
    if (request.method !== 'OPTIONS' || asked === undefined) return false;
    if (allowed) {
      response.setHeader('access-control-allow-methods', asked);
      const headers = request.headers['access-control-request-headers'];
      if (headers !== undefined) response.setHeader('access-control-allow-headers', headers);
    }
    response.writeHead(allowed ? 204 : 400).end();
    return true;
  }

  async function exchangeStream(
    streamUri: string,
    target: AppFunction,
    parameters: Record<string, string>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const invocationId = randomUUID();
    const upstream = forwardRequest({
      agent,
      host: '127.0.0.1',
      port: new URL(streamUri).port,
      method: request.method,
      path: request.url,
      headers: {
        ...request.headers,
        'x-ms-invocation-id': invocationId,
        'x-forwarded-host': request.headers.host ?? 'localhost',
        'x-forwarded-proto': 'http',
      },
    });
    let received = 0;
    let tooLarge = false;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= settings.bodyLimit || tooLarge) return;
      tooLarge = true;
      if (!response.headersSent) response.writeHead(413, { connection: 'close' }).end();
      upstream.destroy();
    });
    request.pipe(upstream);
    upstream.flushHeaders();
    response.on('close', () => {
      if (!response.writableFinished) destroyOnceSent(upstream);
    });
    const finished = new Promise<void>((resolve) => {
      upstream.on('error', () => resolve());
      upstream.on('close', () => resolve());
      upstream.on('response', (answered) => {
        if (response.headersSent) return;
        for (const [name, value] of Object.entries(answered.headers))
          if (value !== undefined && name !== 'date' && !hopByHop.includes(name))
            response.setHeader(name, value);
        response.writeHead(answered.statusCode ?? 500);
        answered.on('error', () => response.destroy());
        answered.pipe(response);
      });
    });
    try {
      const result = await invoker.invoke(target, {
        invocationId,
        data: { http: {} },
        metadata: {
          ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { string: value }])),
          Headers: { json: JSON.stringify(request.headers) },
        },
      });
      // The real host keeps the client waiting; saying so at once helps more.
      if (result.empty)
        throw new Error('an HTTP function must return a response when enableHttpStream is set');
    } catch (error) {
      if (tooLarge) return;
      // Answer first: the broken forward must not look like the app's answer.
      upstream.removeAllListeners('response');
      upstream.destroy();
      throw error;
    }
    await finished;
  }

  async function exchangeData(
    target: AppFunction,
    parameters: Record<string, string>,
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const body = await readBody(request);
    if (body.length > settings.bodyLimit) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const query: Record<string, string> = {};
    // Repeated keys arrive joined; only streaming keeps them apart.
    for (const [key, value] of url.searchParams) query[key] = key in query ? `${query[key]},${value}` : value;
    const result = await invoker.invoke(target, {
      data: {
        http: {
          method: request.method,
          url: url.href,
          nullableHeaders: nullable(request.headers),
          nullableParams: nullable(parameters),
          nullableQuery: nullable(query),
          ...(body.length > 0 ? { body: { bytes: body } } : {}),
        },
      },
    });
    const answered = result.returnValue?.http as DataResponse | undefined;
    if (answered === undefined) {
      response.writeHead(204).end();
      return;
    }
    for (const [name, value] of Object.entries(answered.headers)) response.setHeader(name, value);
    if (answered.cookies.length > 0) response.setHeader('set-cookie', answered.cookies.map(serializeCookie));
    response.writeHead(Number(answered.statusCode));
    response.end(answered.body?.bytes ?? answered.body?.string);
  }

  return { answer, close: () => agent.destroy() };
}

/** The library waits for ever for a forwarded request that never arrives, so a client's abort must not overtake it. */
function destroyOnceSent(upstream: ClientRequest): void {
  const destroy = () => setImmediate(() => upstream.destroy());
  const whenConnected = (socket: Socket) => (socket.connecting ? socket.once('connect', destroy) : destroy());
  if (upstream.socket) whenConnected(upstream.socket);
  else upstream.once('socket', whenConnected);
}

function nullable(values: NodeJS.Dict<string | string[]>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value: String(value) }]));
}

function serializeCookie(cookie: DataCookie): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`, `path=${cookie.path?.value ?? '/'}`];
  if (cookie.domain) parts.push(`domain=${cookie.domain.value}`);
  if (cookie.expires?.value.seconds !== undefined)
    parts.push(`expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  if (cookie.maxAge) parts.push(`max-age=${cookie.maxAge.value}`);
  if (cookie.secure?.value) parts.push('secure');
  if (cookie.httpOnly?.value) parts.push('httponly');
  if (cookie.sameSite && cookie.sameSite !== 'none')
    parts.push(`samesite=${cookie.sameSite === 'explicitNone' ? 'none' : cookie.sameSite}`);
  return parts.join('; ');
}
