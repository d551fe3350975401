import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Event, Subscription } from '@microsoft/microsoft-graph-types';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Ask, mail, person, series, startTenant, type Tenant } from './graph-tenant.ts';

type Page<T> = { value: T[] };
type Stored = Event & { id: string };
type Notice = {
  subscriptionId: string;
  changeType?: string;
  lifecycleEvent?: string;
  clientState: string;
  resource: string;
  resourceData?: { id: string };
};

let tenant: Tenant;
let app: Ask;
let ingrid: Ask;
let listener: Server;
let url: string;
let received: Notice[] = [];
/** How the listener behaves: what it answers to validation and to notices. */
let validation: 'echo' | 'wrong' | 'html' | 'fail' = 'echo';
let refuseNext = 0;

beforeAll(async () => {
  tenant = await startTenant('2026-11-23T09:00:00Z');
  app = tenant.as();
  ingrid = tenant.as('Ingrid');
  listener = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://x').searchParams.get('validationToken');
    if (token !== null) {
      response.statusCode = validation === 'fail' ? 500 : 200;
      response.setHeader('content-type', validation === 'html' ? 'text/html' : 'text/plain; charset=utf-8');
      response.end(validation === 'wrong' ? 'something else' : token);
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      if (refuseNext > 0) {
        refuseNext--;
        response.statusCode = 503;
      } else {
        received.push(...(JSON.parse(text) as { value: Notice[] }).value);
        response.statusCode = 202;
      }
      response.end();
    });
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});
afterAll(async () => {
  expect(tenant.problems()).toEqual([]);
  await tenant.close();
  await new Promise((done) => listener.close(done));
});
afterEach(() => {
  tenant.graph.clearFaults();
  validation = 'echo';
});

const days = (count: number) => new Date(tenant.clock.now() + count * 86_400_000).toISOString();

function request(who: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    changeType: 'created,updated,deleted',
    notificationUrl: `${url}/changes/${who}`,
    lifecycleNotificationUrl: `${url}/lifecycle`,
    resource: `/users/${person(who)}/events`,
    expirationDateTime: days(3),
    clientState: `secret of ${who}`,
    ...extra,
  };
}

async function subscribe(who: string, extra?: Record<string, unknown>): Promise<string> {
  const { status, body } = await app<Subscription>('POST', '/subscriptions', request(who, extra));
  expect(status).toBe(201);
  received = [];
  return body.id ?? '';
}

async function changesOf(subscription: string): Promise<Notice[]> {
  await tenant.graph.idle();
  return received.filter((notice) => notice.subscriptionId === subscription);
}

test.each([
  ['a wrong token', 'wrong'],
  ['HTML', 'html'],
  ['an error', 'fail'],
] as const)('a listener that answers validation with %s gets no subscription', async (_, behaviour) => {
  validation = behaviour;
  const { status, body } = await app('POST', '/subscriptions', request('Ingrid'));
  expect([status, body.error.code]).toEqual([400, 'ValidationError']);
  expect((await app<Page<Subscription>>('GET', '/subscriptions')).body.value).toEqual([]);
});

test.each([
  ['more than seven days', { expirationDateTime: '2026-12-24T00:00:00Z' }],
  ['an end in the past', { expirationDateTime: '2026-11-01T00:00:00Z' }],
  ['a clientState of 129 characters', { clientState: 'x'.repeat(129) }],
  ['another resource', { resource: '/teams/x' }],
  ['an unknown change type', { changeType: 'moved' }],
  ['plain http elsewhere', { notificationUrl: 'http://example.com/hook' }],
])('%s is refused', async (_, extra) => {
  expect((await app('POST', '/subscriptions', request('Ingrid', extra))).status).toBe(400);
});

test('changes are told more than once, in the words of the service', async () => {
  const id = await subscribe('Ingrid');
  const again = await app('POST', '/subscriptions', request('Ingrid'));
  expect(again.status).toBe(409);
  const { body: event } = await ingrid<Stored>('POST', '/me/events', series([mail('Jonas')]));
  const created = await changesOf(id);
  expect(created.map(({ changeType }) => changeType).sort()).toEqual(['created', 'updated']);
  expect(created[0]).toMatchObject({
    clientState: 'secret of Ingrid',
    resource: `Users/${person('Ingrid')}/Events/${event.id}`,
    resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: event.id },
  });
  received = [];
  const window = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2028-01-31T00:00:00Z';
  const [first] = (await ingrid<Page<Stored>>('GET', `/me/events/${event.id}/instances?${window}`)).body
    .value;
  // A cancelled occurrence shows as a change of its master only.
  await ingrid('DELETE', `/me/events/${first?.id}`);
  expect((await changesOf(id)).map(({ changeType, resourceData }) => [changeType, resourceData?.id])).toEqual(
    [['updated', event.id]],
  );
  received = [];
  await ingrid('DELETE', `/me/events/${event.id}`);
  expect((await changesOf(id)).map(({ changeType }) => changeType)).toEqual(['deleted']);
  await app('DELETE', `/subscriptions/${id}`);
});

test('an attendee’s answer and a user’s move by hand are told', async () => {
  const id = await subscribe('Ingrid');
  const { body: event } = await ingrid<Stored>(
    'POST',
    '/me/events',
    series([mail('Jonas')], { subject: 'Varsles' }),
  );
  await changesOf(id);
  received = [];
  const copies = await tenant.as('Jonas')<Page<Stored>>('GET', "/me/events?$filter=subject eq 'Varsles'");
  await tenant.as('Jonas')('POST', `/me/events/${copies.body.value[0]?.id}/decline`, {});
  expect((await changesOf(id)).map(({ resourceData }) => resourceData?.id)).toEqual([event.id]);
  received = [];
  tenant.graph.actions.remove(person('Ingrid'), event.id);
  expect((await changesOf(id)).map(({ changeType }) => changeType)).toEqual(['deleted']);
  await app('DELETE', `/subscriptions/${id}`);
});

test('notices are lost, doubled and out of order when asked', async () => {
  const id = await subscribe('Ingrid');
  const order: string[] = [];
  // Long against the time that the eight calls take, so that a slow machine cannot put them in order.
  tenant.graph.setFaults({ seed: 7, notificationDelayMs: 2000, notificationDuplicates: 0.5 });
  for (let n = 0; n < 8; n++) {
    const { body } = await ingrid<Stored>('POST', '/me/events', series([], { subject: `Nr ${n}` }));
    order.push(body.id);
  }
  const got = (await changesOf(id))
    .filter(({ changeType }) => changeType === 'created')
    .map(({ resourceData }) => resourceData?.id);
  expect(new Set(got)).toEqual(new Set(order));
  expect(got.length).toBeGreaterThan(order.length);
  expect([...new Set(got)]).not.toEqual(order);
  received = [];
  tenant.graph.setFaults({ notificationLoss: 1 });
  await ingrid('DELETE', `/me/events/${order[0]}`);
  expect(await changesOf(id)).toEqual([]);
  await app('DELETE', `/subscriptions/${id}`);
});

test('a listener that fails is tried again, and told what it missed', async () => {
  const id = await subscribe('Ingrid');
  refuseNext = 1;
  const { body } = await ingrid<Stored>('POST', '/me/events', series());
  expect((await changesOf(id)).map(({ changeType }) => changeType).sort()).toEqual(['created', 'updated']);
  received = [];
  refuseNext = 5;
  await ingrid('DELETE', `/me/events/${body.id}`);
  expect((await changesOf(id)).map(({ lifecycleEvent }) => lifecycleEvent)).toEqual(['missed']);
  await app('DELETE', `/subscriptions/${id}`);
});

test('a subscription is renewed, warns before its end, ends by the clock', async () => {
  const id = await subscribe('Henrik');
  const renewed = await app<Subscription>('PATCH', `/subscriptions/${id}`, { expirationDateTime: days(5) });
  expect(Date.parse(renewed.body.expirationDateTime ?? '')).toBeGreaterThan(Date.parse(days(4)));
  expect(
    (await app('PATCH', `/subscriptions/${id}`, { lifecycleNotificationUrl: `${url}/other` })).status,
  ).toBe(400);
  tenant.clock.set(tenant.clock.now() + 5 * 86_400_000 - 600_000);
  expect((await changesOf(id)).map(({ lifecycleEvent }) => lifecycleEvent)).toEqual([
    'reauthorizationRequired',
  ]);
  expect((await app('POST', `/subscriptions/${id}/reauthorize`)).status).toBe(204);
  tenant.clock.set(tenant.clock.now() + 700_000);
  expect((await app('GET', `/subscriptions/${id}`)).status).toBe(404);
});

test('a subscription the service removes says so; one survives a restart', async () => {
  const removed = await subscribe('Henrik');
  tenant.graph.actions.endSubscription(removed, 'subscriptionRemoved');
  expect(
    (await changesOf(removed)).map(({ lifecycleEvent, clientState }) => [lifecycleEvent, clientState]),
  ).toEqual([['subscriptionRemoved', 'secret of Henrik']]);
  expect((await app('GET', `/subscriptions/${removed}`)).status).toBe(404);

  const kept = await subscribe('Henrik', { notificationUrl: `${url}/changes/after` });
  await tenant.restart();
  await tenant.as('Henrik')('POST', '/me/events', series());
  expect((await changesOf(kept)).length).toBeGreaterThan(0);
});

test('a signed-in user subscribes to their own mailbox only', async () => {
  const own = await ingrid<Subscription>(
    'POST',
    '/subscriptions',
    request('Ingrid', { resource: 'me/events' }),
  );
  expect(own.status).toBe(201);
  expect((await ingrid('POST', '/subscriptions', request('Jonas'))).status).toBe(403);
});
