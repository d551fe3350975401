// What is logged: one wide event per request and job, with counts and without words, names or ids of people.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEvents } from '../../api/src/adapters/insights/events.ts';
import { digestOf, withoutIds } from '../../api/src/without-ids.ts';
import { contract, type RouteName } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import { people } from '../../sandbox/people.ts';
import { type Booked, type Round, startRound } from './round.ts';

const person = '11111111-2222-4333-8444-555555555555';

describe('ids', () => {
  test('the same person is the same digest, in a field of its own, in a key and in a path', () => {
    const digest = digestOf(person);
    expect(digest).toMatch(/^#[0-9a-f]{12}$/);
    const event = {
      personId: person,
      documentId: `choices/${person.toUpperCase()}`,
      path: `/users/${person}/events`,
      error: { name: 'TypeError', code: person },
    };
    expect(withoutIds(event)).toEqual({
      personId: digest,
      documentId: `choices/${digest}`,
      path: `/users/${digest}/events`,
      error: { name: 'TypeError', code: digest },
    });
  });

  test('ids of events and chats go, names of routes and codes stay', () => {
    const event = 'AAMkAGI2TGuLAAAAABBkO5-zR1lVRrU4mPkAAACD5xUAAA=';
    const { path, ...rest } = withoutIds({
      path: `/me/events/${event}/instances`,
      route: 'readNoticeChoices',
      outcome: 'microsoft_unavailable',
      status: 503,
    });
    expect(path).toMatch(/^\/me\/events\/#[0-9a-f]{12}\/instances$/);
    expect(rest).toEqual({ route: 'readNoticeChoices', outcome: 'microsoft_unavailable', status: 503 });
    const chat = '19:meeting_MDQ4YzBjNzYtYjI0Zi00ZmY5LTg5ZTctYzBhZjVmYjE5ODEz@thread.v2';
    expect(JSON.stringify(withoutIds({ path: `/chats/${chat}/tabs` }))).not.toContain('meeting_');
  });

  test('what finds a call again, and the head of the audit chain, stay', () => {
    const traceParent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const event = { requestId: person, clientRequestId: person, traceParent, hash: 'c'.repeat(64) };
    expect(withoutIds(event)).toEqual(event);
  });
});

test('Application Insights gets each event by name, under the operation of its request', async () => {
  const sent: { authorization: string | undefined; body: string }[] = [];
  const key = randomUUID();
  const events = createEvents(
    `InstrumentationKey=${key};IngestionEndpoint=https://insights.example/`,
    async (resource) => `token for ${resource}`,
    {
      httpClient: {
        async sendRequest(request) {
          sent.push({ authorization: request.headers.get('authorization'), body: String(request.body) });
          const bodyAsText = JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] });
          return { request, status: 200, headers: request.headers, bodyAsText };
        },
      },
    },
  );
  const traceId = 'a'.repeat(32);
  events.log('info', {
    event: 'request',
    route: 'book',
    traceParent: `00-${traceId}-${'b'.repeat(16)}-01`,
    status: 202,
    ms: 12,
    graphCalls: 6,
    error: { name: 'TypeError' },
  });
  await events.flush();
  expect(sent.map(({ authorization }) => authorization)).toEqual([
    'Bearer token for https://monitor.azure.com',
  ]);
  const [envelope] = JSON.parse(sent[0]?.body ?? '[]') as {
    iKey: string;
    tags: Record<string, string>;
    data: { baseType: string; baseData: { name: string; properties: Record<string, string> } };
  }[];
  expect(envelope?.iKey).toBe(key);
  expect(envelope?.tags['ai.operation.id']).toBe(traceId);
  expect(envelope?.data.baseType).toBe('EventData');
  expect(envelope?.data.baseData.name).toBe('request');
  expect(envelope?.data.baseData.properties).toMatchObject({
    route: 'book',
    status: '202',
    ms: '12',
    graphCalls: '6',
    'error.name': 'TypeError',
  });
});

describe('what the running service logs', () => {
  let round: Round;
  let booked: Booked;
  const lines: Record<string, unknown>[] = [];
  beforeAll(async () => {
    round = await startRound();
    round.sandbox.backend.onLog(({ category, message }) => {
      if (category !== 'stdout' && category !== 'stderr') return;
      for (const line of message.split('\n')) lines.push(JSON.parse(line) as Record<string, unknown>);
    });
    booked = await round.bookAndConfirm('Jonas');
  });
  afterAll(async () => {
    await round?.sandbox.clearFaults();
    await round?.close();
  });

  const canary = 'KANARIFUGL';
  const everyRoute = () => Object.entries(contract) as [RouteName, Route][];

  /** Words where a route takes words, and where it takes none: each is refused, or not found. */
  async function callWithWords(name: RouteName, { method, path }: Route): Promise<void> {
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => booked[key as keyof Booked] ?? canary);
    const response = await fetch(`${round.sandbox.api}/${filled}?q=${canary}&until=${canary}`, {
      method,
      headers: {
        authorization: `Bearer ${await round.sandbox.token('Ingrid')}`,
        'content-type': 'application/json',
        'user-agent': canary,
        'x-forwarded-for': canary,
      },
      ...(method === 'GET'
        ? {}
        : { body: JSON.stringify({ text: canary, answers: canary, [canary]: [canary] }) }),
    });
    expect(response.status, name).toBeLessThan(504);
    await response.arrayBuffer();
  }

  test('every request is one event with its counts', async () => {
    const from = lines.length;
    await round.as('Ingrid').ok('getPair', { params: { pairId: booked.pairId } });
    await round.as('Ingrid').ok('readNoticeChoices', {});
    await expect.poll(() => lines.length - from).toBeGreaterThanOrEqual(2);
    const events = lines.slice(from).filter(({ event }) => event === 'request');
    expect(events).toEqual([
      expect.objectContaining({
        route: 'getPair',
        status: 200,
        outcome: 'ok',
        databaseCalls: 3,
        graphCalls: 0,
      }),
      expect.objectContaining({
        route: 'readNoticeChoices',
        databaseCalls: 1,
        databaseRetries: 0,
        graphCalls: 0,
      }),
    ]);
    const [booking] = lines.filter(({ route }) => route === 'book');
    expect(Number(booking?.graphCalls)).toBeGreaterThan(4);
    expect(booking?.traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  test('a repetition is counted: the database throttles', async () => {
    const from = lines.length;
    await round.sandbox.setFaults({ cosmos: { throttle: { probability: 0.5, seed: 7, retryAfterMs: 1 } } });
    for (let n = 0; n < 8; n++) await round.as('Ingrid').ok('readNoticeChoices', {});
    await round.sandbox.clearFaults();
    const retries = () =>
      lines.slice(from).reduce((sum, { databaseRetries }) => sum + Number(databaseRetries ?? 0), 0);
    await expect.poll(retries).toBeGreaterThan(0);
  });

  test('no word, name, mail or id of anybody stands in a line, whatever goes wrong', async () => {
    for (const [name, route] of everyRoute()) await callWithWords(name, route);
    await round.sandbox.setFaults({ graph: { rules: [{ kind: '503', probability: 1 }] } });
    await round.as('Ingrid').send('listSellers', {});
    await round.sandbox.clearFaults();
    await round.sandbox.setFaults({ cosmos: { throttle: { probability: 1, seed: 1, retryAfterMs: 1 } } });
    for (const name of ['getPair', 'home'] as const) {
      await callWithWords(name, contract[name]);
    }
    await round.sandbox.clearFaults();
    await round.sandbox.processAll();
    expect(lines.some(({ event }) => event === 'fault')).toBe(true);
    expect(lines.some(({ event, job }) => event === 'job' && job === 'sweep')).toBe(true);
    for (const line of lines) {
      const { requestId: _request, clientRequestId: _client, ...rest } = line;
      const text = JSON.stringify(rest);
      expect(text).not.toContain(canary);
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i);
      expect(people.filter(({ surname, mail }) => text.includes(surname) || text.includes(mail))).toEqual([]);
    }
  });
});
