// Azure Web PubSub in small: the REST side for the API, the WebSocket side for the tab.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SandboxClock } from '../clock.ts';
import { listen, readBody, sendJson } from '../http-server.ts';
import { loadAccess } from './access.ts';
import { plainProtocol, receive, reliableProtocol } from './client-protocol.ts';
import { createFaultBook, type RealtimeFaults } from './faults.ts';
import { createHubs } from './hubs.ts';
import { answerRest } from './rest.ts';
import { createSession, type Session } from './session.ts';

export type RealtimeOptions = {
  dataDir: string;
  port: number;
  clock: SandboxClock;
  /** The directory's keys, for callers that come with an Entra token. */
  jwksUrl: string;
};

export type Connection = {
  hub: string;
  connectionId: string;
  userId?: string;
  groups: string[];
  isReliable: boolean;
  /** False while a reliable connection is without a socket. */
  isAttached: boolean;
};

export type RealtimeServer = {
  url: string;
  connectionString: string;
  connections(): Connection[];
  setFaults(faults: RealtimeFaults): void;
  clearFaults(): void;
  close(): Promise<void>;
};

const closedByClient = [1000, 1001, 1005];

export async function startRealtime(options: RealtimeOptions): Promise<RealtimeServer> {
  const access = await loadAccess(options.dataDir, options.clock, options.jwksUrl);
  const faults = createFaultBook();
  const hubs = createHubs();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 1024 * 1024,
    handleProtocols: (offered) =>
      [reliableProtocol, plainProtocol].find((name) => offered.has(name)) ?? false,
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = `http://${request.headers.host}`;
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request);
    if (faults.meets('outage'))
      return sendJson(response, 503, { code: 'ServiceUnavailable', message: 'Unavailable.' });
    if (faults.meets('throttle')) {
      const seconds = faults.current().throttle?.retryAfterSeconds ?? 1;
      return sendJson(
        response,
        429,
        { code: 'TooManyRequests', message: 'Slow down.' },
        { 'retry-after': String(seconds) },
      );
    }
    if (url.pathname === '/api/health') return void response.writeHead(200).end();
    if (!(await access.mayManage(request.headers.authorization, decodeURIComponent(url.pathname))))
      return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    try {
      const answer = await answerRest(
        {
          method: request.method ?? 'GET',
          path: url.pathname,
          query: url.searchParams,
          contentType: request.headers['content-type'] ?? '',
          body,
          origin,
        },
        hubs,
        access,
      );
      if (answer.body === undefined || request.method === 'HEAD') response.writeHead(answer.status).end();
      else sendJson(response, answer.status, answer.body);
    } catch (error) {
      // A filter or a body that cannot be read.
      if (!(error instanceof SyntaxError)) throw error;
      sendJson(response, 400, { code: 'BadRequest', message: error.message });
    }
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const hub = /^\/client\/hubs\/([^/]+)$/.exec(url.pathname)?.[1];
    if (hub === undefined) return reject(socket, '404 Not Found');
    if (faults.meets('outage')) return reject(socket, '503 Service Unavailable');
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    const isReliable = offered.includes(reliableProtocol);
    if (!isReliable && !offered.includes(plainProtocol)) return reject(socket, '400 Bad Request');

    const connectionId = url.searchParams.get('awps_connection_id');
    const reconnectionToken = url.searchParams.get('awps_reconnection_token');
    if (connectionId !== null && reconnectionToken !== null) {
      // Coming back needs the reconnection token only: the access token has often run out by then.
      const session = hubs.find(hub, connectionId);
      const known =
        session?.reliable && session.reconnectionToken === reconnectionToken ? session : undefined;
      return sockets.handleUpgrade(request, socket, head, (opened) => {
        if (known) open(known, opened);
        else opened.close(1008, 'The connection cannot be recovered.');
      });
    }
    const token =
      url.searchParams.get('access_token') ?? /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const claims = token === undefined ? undefined : await access.readClientToken(token, hub);
    if (claims === undefined) return reject(socket, '401 Unauthorized');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const session = createSession(hub, isReliable, claims, faults, hubs.remove);
      hubs.add(session);
      open(session, opened);
    });
  }

  function open(session: Session, socket: WebSocket): void {
    socket.on('message', (data) => receive(session, data.toString(), hubs));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => session.detach(socket, closedByClient.includes(code)));
    session.attach(socket);
  }

  const server = await listen(
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { code: 'InternalServerError', message: String(error) });
      });
    },
    options.port,
    (request, socket, head) => {
      upgrade(request, socket, head).catch(() => socket.destroy());
    },
  );

  return {
    url: server.url,
    connectionString: `Endpoint=${server.url};AccessKey=${access.key};Version=1.0;`,
    connections: () =>
      hubs.all().map((session) => ({
        hub: session.hub,
        connectionId: session.connectionId,
        ...(session.userId === undefined ? {} : { userId: session.userId }),
        groups: [...session.groups],
        isReliable: session.reliable,
        isAttached: session.isAttached(),
      })),
    setFaults(given) {
      faults.set(given);
      if (given.drop) for (const socket of sockets.clients) socket.terminate();
    },
    clearFaults: faults.clear,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await server.close();
    },
  };
}

function reject(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
