// The simulated Web PubSub against both of Microsoft's client libraries, unmodified.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import type { PipelineRequest, SendRequest } from '@azure/core-rest-pipeline';
import { WebPubSubServiceClient } from '@azure/web-pubsub';
import {
  type OnGroupDataMessageArgs,
  type OnServerDataMessageArgs,
  WebPubSubClient,
  type WebPubSubClientProtocol,
  WebPubSubJsonProtocol,
  WebPubSubJsonReliableProtocol,
} from '@azure/web-pubsub-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createClock } from '../../sandbox/clock.ts';
import { managedIdentityClientId } from '../../sandbox/entra/registrations.ts';
import { type EntraServer, startEntra } from '../../sandbox/entra/server.ts';
import { tenantId } from '../../sandbox/people.ts';
import { parseFilter } from '../../sandbox/realtime/filter.ts';
import { type RealtimeServer, startRealtime } from '../../sandbox/realtime/server.ts';

const hub = 'live';
const clock = createClock();
let dataDir: string;
let entra: EntraServer;
let realtime: RealtimeServer;
let service: WebPubSubServiceClient;
let clients: WebPubSubClient[] = [];

const insecure = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
// The library gives a token credential to https addresses only, so the address becomes http after it has signed.
const rerouted = {
  ...insecure,
  additionalPolicies: [
    {
      position: 'perRetry' as const,
      policy: {
        name: 'reroute',
        sendRequest: (request: PipelineRequest, next: SendRequest) => {
          request.url = request.url.replace(/^https:/, 'http:');
          return next(request);
        },
      },
    },
  ],
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'realtime-'));
  entra = await startEntra({ dataDir, port: 0, clock });
});

beforeEach(async () => {
  clock.set(Date.now());
  realtime = await startRealtime({ dataDir, port: 0, clock, jwksUrl: entra.jwksUrl(tenantId) });
  service = withCredential({ getToken: identityToken });
});

afterEach(async () => {
  for (const client of clients) client.stop();
  clients = [];
  await realtime.close();
});

afterAll(async () => {
  await entra.close();
  await rm(dataDir, { recursive: true });
});

async function identityToken() {
  const query = new URLSearchParams({
    'api-version': '2019-08-01',
    resource: 'https://webpubsub.azure.com',
    client_id: managedIdentityClientId,
  });
  const response = await fetch(`${entra.identityEndpoint}?${query}`, {
    headers: { 'x-identity-header': entra.identityHeader },
  });
  const { access_token: token, expires_on: seconds } = (await response.json()) as Record<string, string>;
  return { token: String(token), expiresOnTimestamp: Number(seconds) * 1000 };
}

/** Waits for as long as a loaded machine may take. */
function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 15_000 });
}

function withCredential(credential: TokenCredential): WebPubSubServiceClient {
  return new WebPubSubServiceClient(realtime.url.replace('http:', 'https:'), credential, hub, rerouted);
}

async function accessUrl(grant: Grant, from = service): Promise<string> {
  return (await from.getClientAccessToken(grant)).url.replace(/^wss:/, 'ws:');
}

type Listening = {
  client: WebPubSubClient;
  groupMessages: OnGroupDataMessageArgs['message'][];
  serverMessages: OnServerDataMessageArgs['message'][];
  events: string[];
  connectionId(): string;
};

type Grant = { userId?: string; roles?: string[]; groups?: string[]; expirationTimeInMinutes?: number };

async function connect(
  grant: Grant,
  protocol: WebPubSubClientProtocol = WebPubSubJsonReliableProtocol(),
  from = service,
): Promise<Listening> {
  const client = new WebPubSubClient(
    { getClientAccessUrl: () => accessUrl(grant, from) },
    {
      protocol,
      messageRetryOptions: { maxRetries: 0 },
      reconnectRetryOptions: { maxRetries: 2, retryDelayInMs: 10, maxRetryDelayInMs: 20 },
    },
  );
  clients.push(client);
  let id = '';
  const listening: Listening = {
    client,
    groupMessages: [],
    serverMessages: [],
    events: [],
    connectionId: () => id,
  };
  client.on('group-message', ({ message }) => listening.groupMessages.push(message));
  client.on('server-message', ({ message }) => listening.serverMessages.push(message));
  client.on('disconnected', ({ message }) =>
    listening.events.push(`disconnected ${message?.message ?? ''}`.trim()),
  );
  client.on('stopped', () => listening.events.push('stopped'));
  const connected = new Promise<void>((resolve) => {
    client.on('connected', ({ connectionId, userId }) => {
      id = connectionId;
      listening.events.push(`connected ${userId ?? ''}`.trim());
      resolve();
    });
  });
  await client.start();
  await connected;
  return listening;
}

const mayJoin = (group: string) => [`webpubsub.joinLeaveGroup.${group}`];

describe.each([
  ['json', WebPubSubJsonProtocol],
  ['json.reliable', WebPubSubJsonReliableProtocol],
])('%s', (_name, protocol) => {
  test('a client joins the groups of its roles and gets what is sent there', async () => {
    const ingrid = await connect({ userId: 'ingrid', roles: mayJoin('review-1') }, protocol());
    expect(ingrid.events).toEqual(['connected ingrid']);
    await ingrid.client.joinGroup('review-1');
    await expect(ingrid.client.joinGroup('review-2')).rejects.toMatchObject({
      errorDetail: { name: 'Forbidden' },
    });
    await expect(ingrid.client.sendToGroup('review-1', 'x', 'text')).rejects.toMatchObject({
      errorDetail: { name: 'Forbidden' },
    });
    await service.group('review-1').sendToAll({ seq: 7 });
    await service.group('review-2').sendToAll({ seq: 8 });
    await service.group('review-1').sendToAll('text', { contentType: 'text/plain' });
    await eventually(() => expect(ingrid.groupMessages).toHaveLength(2));
    expect(ingrid.groupMessages[0]).toMatchObject({ group: 'review-1', dataType: 'json', data: { seq: 7 } });
    expect(ingrid.groupMessages[1]).toMatchObject({ dataType: 'text', data: 'text' });
    await ingrid.client.leaveGroup('review-1');
    expect(await service.groupExists('review-1')).toBe(false);
  });

  test('clients send to groups with their own name, without echo if they like', async () => {
    const roles = ['webpubsub.joinLeaveGroup', 'webpubsub.sendToGroup'];
    const jonas = await connect({ userId: 'jonas', roles, groups: ['room'] }, protocol());
    const ingrid = await connect({ userId: 'ingrid', roles, groups: ['room'] }, protocol());
    await jonas.client.sendToGroup('room', { typing: true }, 'json', { noEcho: true });
    await jonas.client.sendToGroup('room', new Uint8Array([1, 2, 3]).buffer, 'binary');
    await eventually(() => expect(ingrid.groupMessages).toHaveLength(2));
    expect(ingrid.groupMessages[0]).toMatchObject({ fromUserId: 'jonas', data: { typing: true } });
    await eventually(() => expect(jonas.groupMessages).toHaveLength(1));
    expect(new Uint8Array(jonas.groupMessages[0]?.data as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
    await expect(jonas.client.sendEvent('hello', 'x', 'text')).resolves.toMatchObject({
      isDuplicated: false,
    });
  });

  test('a message with a number that was used before is a duplicate and has no effect', async () => {
    const roles = ['webpubsub.joinLeaveGroup', 'webpubsub.sendToGroup'];
    const jonas = await connect({ roles, groups: ['room'] }, protocol());
    await jonas.client.sendToGroup('room', 1, 'json', { ackId: 900 });
    expect(await jonas.client.sendToGroup('room', 2, 'json', { ackId: 900 })).toMatchObject({
      isDuplicated: true,
    });
    await jonas.client.sendToGroup('room', 3, 'json', { ackId: 901 });
    await eventually(() => expect(jonas.groupMessages.map(({ data }) => data)).toEqual([1, 3]));
  });
});

test('the server sends to everybody, to users and to connections, with exceptions and filters', async () => {
  const ingrid = await connect({ userId: 'ingrid', groups: ['a'] });
  const jonas = await connect({ userId: 'jonas', groups: ['a', 'b'] });
  await service.sendToAll('all', { contentType: 'text/plain' });
  await service.sendToUser('jonas', { to: 'jonas' });
  await service.sendToConnection(ingrid.connectionId(), new Uint8Array([9]).buffer);
  await service.sendToAll({ not: 'ingrid' }, { excludedConnections: [ingrid.connectionId()] });
  await service.group('a').sendToAll({ only: 'b' }, { filter: "'b' in groups and userId ne null" });
  await eventually(() => expect(jonas.groupMessages).toHaveLength(1));
  expect(jonas.serverMessages.map(({ data }) => data)).toEqual(['all', { to: 'jonas' }, { not: 'ingrid' }]);
  expect(ingrid.serverMessages.map(({ dataType }) => dataType)).toEqual(['text', 'binary']);
  expect(ingrid.groupMessages).toEqual([]);
  await expect(service.sendToAll('x', { filter: 'userId is' })).rejects.toMatchObject({ statusCode: 400 });
});

test('group membership of connections and users is managed by the server', async () => {
  const ingrid = await connect({ userId: 'ingrid' });
  const group = service.group('review-1');
  await group.addConnection(ingrid.connectionId());
  expect(await service.groupExists('review-1')).toBe(true);
  await group.removeConnection(ingrid.connectionId());
  expect(await service.groupExists('review-1')).toBe(false);
  await group.addUser('ingrid');
  const second = await connect({ userId: 'ingrid' });
  const listed: (string | undefined)[] = [];
  for await (const { connectionId } of await group.listConnections({ maxPageSize: 1 }))
    listed.push(connectionId);
  expect(listed.sort()).toEqual([ingrid.connectionId(), second.connectionId()].sort());
  await service.removeUserFromAllGroups('ingrid');
  expect(await service.groupExists('review-1')).toBe(false);
  await service.addConnectionsToGroups(['x', 'y'], "userId eq 'ingrid'");
  expect(realtime.connections().map(({ groups }) => groups)).toEqual([
    ['x', 'y'],
    ['x', 'y'],
  ]);
  await service.removeConnectionsFromGroups(['x'], "userId eq 'ingrid'");
  expect(await service.groupExists('x')).toBe(false);
  await expect(group.addConnection('unknown')).rejects.toMatchObject({ statusCode: 404 });
});

test('permissions are given and taken while connected', async () => {
  const ingrid = await connect({ userId: 'ingrid' });
  const id = ingrid.connectionId();
  await expect(ingrid.client.joinGroup('g')).rejects.toThrow();
  await service.grantPermission(id, 'joinLeaveGroup', { targetName: 'g' });
  expect(await service.hasPermission(id, 'joinLeaveGroup', { targetName: 'g' })).toBe(true);
  expect(await service.hasPermission(id, 'joinLeaveGroup', { targetName: 'h' })).toBe(false);
  await ingrid.client.joinGroup('g');
  await service.revokePermission(id, 'joinLeaveGroup', { targetName: 'g' });
  await expect(ingrid.client.leaveGroup('g')).rejects.toThrow();
});

test('closing ends the connection for good: the client gets the reason and must ask for a new token', async () => {
  const ingrid = await connect({ userId: 'ingrid', groups: ['review-1'] });
  const first = ingrid.connectionId();
  expect(await service.userExists('ingrid')).toBe(true);
  await service.closeUserConnections('ingrid', { reason: 'access has ended' });
  expect(await service.connectionExists(first)).toBe(false);
  await eventually(() =>
    expect(ingrid.events).toEqual(['connected ingrid', 'disconnected access has ended', 'connected ingrid']),
  );
  expect(ingrid.connectionId()).not.toBe(first);
  await service.group('review-1').closeAllConnections();
  await eventually(() => expect(ingrid.events).toHaveLength(5));
  ingrid.client.stop();
  await eventually(async () => expect(await service.userExists('ingrid')).toBe(false));
});

test('a broken reliable connection comes back as the same one, with everything it missed, once', async () => {
  const ingrid = await connect({ userId: 'ingrid', groups: ['review-1'], expirationTimeInMinutes: 5 });
  const id = ingrid.connectionId();
  const group = service.group('review-1');
  await group.sendToAll({ seq: 1 });
  await eventually(() => expect(ingrid.groupMessages).toHaveLength(1));
  realtime.setFaults({ lose: { times: 2 } });
  await group.sendToAll({ seq: 2 });
  await group.sendToAll({ seq: 3 });
  // The access token runs out meanwhile; coming back does not need it.
  clock.set(clock.now() + 10 * 60_000);
  realtime.setFaults({ drop: true });
  await eventually(() => expect(ingrid.groupMessages).toHaveLength(3));
  expect(realtime.connections()).toMatchObject([{ connectionId: id, isAttached: true }]);
  realtime.setFaults({ repeat: { times: 1 } });
  await group.sendToAll({ seq: 4 });
  await eventually(() =>
    expect(ingrid.groupMessages.map(({ data }) => data)).toEqual([1, 2, 3, 4].map((seq) => ({ seq }))),
  );
  expect(ingrid.events).toEqual(['connected ingrid']);
});

test('a broken plain connection is a new one, and what was sent meanwhile is lost', async () => {
  const ingrid = await connect({ userId: 'ingrid', groups: ['review-1'] }, WebPubSubJsonProtocol());
  const first = ingrid.connectionId();
  realtime.setFaults({ drop: true });
  await eventually(() =>
    expect(ingrid.events).toEqual(['connected ingrid', 'disconnected', 'connected ingrid']),
  );
  expect(ingrid.connectionId()).not.toBe(first);
});

test('a connection string works as well as Entra, on both sides', async () => {
  const keyed = new WebPubSubServiceClient(realtime.connectionString, hub, insecure);
  const ingrid = await connect({ userId: 'ingrid', roles: mayJoin('g') }, WebPubSubJsonProtocol(), keyed);
  await ingrid.client.joinGroup('g');
  await keyed.group('g').sendToAll({ by: 'key' });
  await eventually(() => expect(ingrid.groupMessages).toHaveLength(1));
});

test('nobody manages the hub without a token for it', async () => {
  const people = {
    getToken: async () => ({
      token: await entra.issueUserToken('00000000-0000-4000-8000-000000000010', 'teams-web'),
      expiresOnTimestamp: Date.now() + 3_600_000,
    }),
  };
  const stranger = withCredential(people);
  await expect(stranger.sendToAll({})).rejects.toMatchObject({ statusCode: 401 });
  const forged = realtime.connectionString.replace(/AccessKey=.{8}/, 'AccessKey=00000000');
  await expect(new WebPubSubServiceClient(forged, hub, insecure).sendToAll({})).rejects.toMatchObject({
    statusCode: 401,
  });
});

test('a client token opens its own hub until it runs out', async () => {
  const url = await accessUrl({ userId: 'ingrid', expirationTimeInMinutes: 5 });
  expect(await handshake(url)).toBe(101);
  expect(await handshake(url.replace('/hubs/live', '/hubs/other'))).toBe(401);
  expect(await handshake(`${url.slice(0, -6)}AAAAAA`)).toBe(401);
  expect(await handshake(url.split('?')[0] ?? '')).toBe(401);
  clock.set(clock.now() + 6 * 60_000);
  expect(await handshake(url)).toBe(401);
});

test('a message that breaks the protocol ends the connection with a policy violation', async () => {
  for (const text of [
    'not json',
    '{"type":"unknown"}',
    '{"type":"joinGroup"}',
    '{"type":"joinGroup","group":"g","ackId":-1}',
  ]) {
    const url = await accessUrl({});
    const socket = new WebSocket(url, 'json.webpubsub.azure.v1');
    const code = await new Promise((resolve) => {
      socket.on('open', () => socket.send(text));
      socket.on('close', resolve);
    });
    expect(code).toBe(1008);
  }
});

test('an outage refuses calls and connections, and throttling says for how long', async () => {
  const url = await accessUrl({});
  realtime.setFaults({ outage: { times: 2 } });
  await expect(service.sendToAll({})).rejects.toMatchObject({ statusCode: 503 });
  expect(await handshake(url)).toBe(503);
  realtime.setFaults({ throttle: { retryAfterSeconds: 3, times: 1 } });
  await expect(service.sendToAll({})).rejects.toMatchObject({ statusCode: 429 });
  await expect(service.sendToAll({})).resolves.toBeDefined();
});

test('the access key outlives a restart', async () => {
  const again = await startRealtime({ dataDir, port: 0, clock, jwksUrl: entra.jwksUrl(tenantId) });
  const key = (text: string) => text.split('AccessKey=')[1];
  expect(key(again.connectionString)).toBe(key(realtime.connectionString));
  await again.close();
});

test.each([
  ["userId eq 'u'", true],
  ["userId ne 'u' or 'g' in groups", true],
  ["not('h' in groups) and connectionId eq 'c'", true],
  ["not('g' in groups)", false],
  ['length(userId) gt 1', false],
  ["userId eq 'it''s' or (userId eq null and true eq true)", false],
])('the filter %s', (text, expected) => {
  expect(parseFilter(text)({ userId: 'u', connectionId: 'c', groups: new Set(['g']) })).toBe(expected);
});

function handshake(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'json.webpubsub.azure.v1');
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode);
      response.resume();
    });
    socket.on('error', reject);
  });
}
