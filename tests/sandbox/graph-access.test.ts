import type { Event, MailboxSettings, TodoTask, TodoTaskList, User } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasMetadata } from '../checked-sandbox.ts';
import { type Ask, delegatedScopes, mail, person, series, startTenant, type Tenant } from './graph-tenant.ts';

type Page<T> = { value: T[]; '@odata.count'?: number };
type Stored = Event & { id: string };

let tenant: Tenant;
let ingrid: Ask;
let app: Ask;

beforeAll(async () => {
  tenant = await startTenant('2026-11-23T09:00:00Z');
  ingrid = tenant.as('Ingrid');
  app = tenant.as();
});
afterAll(async () => {
  expect(tenant.problems()).toEqual([]);
  await tenant.close();
});

describe('who may call', () => {
  const bearer = async (claims: Record<string, unknown>) => ({
    authorization: `Bearer ${await tenant.token('Ingrid', undefined, claims)}`,
  });

  test.each([
    ['no token', () => ({ authorization: '' })],
    ['a token that is none', () => ({ authorization: 'Bearer abc' })],
    ['another audience', () => bearer({ aud: 'api://medspill' })],
    ['another tenant', () => bearer({ tid: '9e2d7c11-0f4b-4c7a-8a53-6b1d2e3f4a02' })],
    ['an expired token', () => bearer({ exp: Math.floor(tenant.clock.now() / 1000) - 120 })],
    ['a person who is not here', () => bearer({ oid: 'ffffffff-0000-4000-8000-000000000099' })],
  ])('%s is 401', async (_, headers) => {
    const { status, body, headers: answered } = await ingrid('GET', '/me', undefined, await headers());
    expect([status, body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(answered.get('www-authenticate')).toContain('Bearer');
  });

  test.each([
    ['GET', '/me/events', ['User.Read'], 403, 'ErrorAccessDenied'],
    ['POST', '/me/events', ['Calendars.Read'], 403, 'ErrorAccessDenied'],
    ['GET', '/me/manager', ['User.Read'], 403, 'Authorization_RequestDenied'],
    ['GET', '/users', ['User.Read'], 403, 'Authorization_RequestDenied'],
    ['GET', '/chats/19:x@thread.v2', ['User.Read'], 403, 'Forbidden'],
    ['POST', '/me/findMeetingTimes', ['Calendars.ReadWrite'], 403, 'ErrorAccessDenied'],
  ])('%s %s with only %j is %i', async (method, path, scopes, status, code) => {
    const answer = await tenant.as('Ingrid', scopes)(method, path, method === 'POST' ? {} : undefined);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  test('an app alone has no /me, reaches every mailbox with its role, and none without', async () => {
    const me = await app('GET', '/me/events');
    expect([me.status, me.body.error.code]).toEqual([400, 'BadRequest']);
    expect((await app('GET', `/users/${person('Jonas')}/events`)).status).toBe(200);
    expect(
      (await tenant.as(undefined, ['User.Read.All'])('GET', `/users/${person('Jonas')}/events`)).status,
    ).toBe(403);
    // A delegated scope's name in roles is a role; a role's name in scp reaches only the person's own.
    expect((await ingrid('GET', `/users/${person('Jonas')}/events`)).status).toBe(403);
    expect((await ingrid('GET', `/users/${person('Ingrid')}/events`)).status).toBe(200);
    expect((await ingrid('GET', `/users/${person('Jonas')}/mailboxSettings`)).status).toBe(403);
    expect((await app('GET', `/users/nobody@nordvik.example/events`)).body.error.code).toBe(
      'ErrorInvalidUser',
    );
  });

  test('Exchange RBAC limits the app to some mailboxes', async () => {
    tenant.graph.setFaults({ applicationMailboxes: [person('Ingrid')] });
    expect((await app('GET', `/users/${person('Ingrid')}/events`)).status).toBe(200);
    const outside = await app('GET', `/users/${person('Jonas')}/events`);
    expect([outside.status, outside.body.error.code]).toEqual([403, 'ErrorAccessDenied']);
    expect((await tenant.as('Jonas')('GET', '/me/events')).status).toBe(200);
    tenant.graph.clearFaults();
  });

  test('an app books and cancels in a manager’s mailbox', async () => {
    const made = await app<Stored>('POST', `/users/${person('Henrik')}/events`, series([mail('Ida')]));
    expect(made.status).toBe(201);
    expect(made.body.organizer?.emailAddress?.address).toBe(mail('Henrik'));
    expect(tenant.graph.state.mails(person('Ida'))).toHaveLength(1);
    expect((await app('DELETE', `/users/${mail('Henrik')}/events/${made.body.id}`)).status).toBe(204);
  });
});

describe('people', () => {
  test('reports and manager, as far as the permission shows them', async () => {
    const reports = await ingrid<Page<User>>('GET', '/me/directReports?$select=id,displayName,mail,jobTitle');
    expect(reports.body.value.map(({ displayName }) => displayName)).toContain('Jonas Berg');
    // jobTitle is no basic property.
    expect(reports.body.value[0]).toMatchObject({ '@odata.type': '#microsoft.graph.user', jobTitle: null });
    const bare = await tenant.as('Ingrid', ['User.Read'])<Page<User>>('GET', '/me/directReports');
    expect(bare.body.value[0]).toMatchObject({ id: person('Jonas'), displayName: null });
    const full = tenant.as('Jonas', ['User.Read.All']);
    expect((await full<User>('GET', '/me/manager')).body).toMatchObject({
      displayName: 'Ingrid Solberg',
      jobTitle: 'Salgsleder Øst',
    });
    const top = await tenant.as('Kari', ['User.Read.All'])('GET', '/me/manager');
    expect([top.status, top.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
    expect((await app<User>('GET', `/users/${person('Jonas')}/manager`)).body.id).toBe(person('Ingrid'));
    const expanded = await full<User>('GET', `/users/${mail('Jonas')}?$select=displayName&$expand=manager`);
    expect(expanded.body.manager).toMatchObject({ id: person('Ingrid') });
  });

  test('search needs eventual consistency, filters do not', async () => {
    expect((await ingrid('GET', '/users?$search="displayName:jon"')).status).toBe(400);
    const eventual = { consistencylevel: 'eventual' };
    const search = `"displayName:ber" OR "mail:jonas"`;
    const found = await ingrid<Page<User>>(
      'GET',
      `/users?$search=${encodeURIComponent(search)}&$count=true`,
      undefined,
      eventual,
    );
    expect(found.body.value.map(({ displayName }) => displayName)).toEqual(['Jonas Berg']);
    expect(found.body['@odata.count']).toBe(1);
    const names = async (filter: string) =>
      (await ingrid<Page<User>>('GET', `/users?$filter=${encodeURIComponent(filter)}`)).body.value.map(
        ({ givenName }) => givenName,
      );
    expect(await names("startswith(displayName,'In')")).toEqual(['Ingrid']);
    expect(await names(`mail eq '${mail('Ida')}'`)).toEqual(['Ida']);
    expect(await names(`id in ('${person('Ida')}','${person('Owen')}')`)).toEqual(['Ida', 'Owen']);
    expect(await names("startswith(givenName,'O') or startswith(givenName,'E')")).toEqual(['Emily', 'Owen']);
    expect((await ingrid('GET', '/users?$filter=mail eq')).status).toBe(400);
    const paged = await ingrid<Page<User>>('GET', '/users?$top=2&$select=id');
    expect(paged.body.value).toHaveLength(2);
  });

  test('mailbox settings give zone, hours and language, and can be changed by their owner', async () => {
    const emily = await tenant.as('Emily')<MailboxSettings>('GET', '/me/mailboxSettings');
    expect(emily.body).toMatchObject({
      timeZone: 'GMT Standard Time',
      language: { locale: 'en-GB' },
      workingHours: { startTime: '08:00:00.0000000', timeZone: { name: 'GMT Standard Time' } },
    });
    const owen = tenant.as('Owen');
    await owen('PATCH', '/me/mailboxSettings', {
      timeZone: 'Asia/Kathmandu',
      workingHours: { startTime: '09:00:00.0000000' },
    });
    const changed = await app<MailboxSettings>(
      'GET',
      `/users/${person('Owen')}/mailboxSettings?$select=timeZone,workingHours`,
    );
    expect(changed.body).toMatchObject({
      timeZone: 'Asia/Kathmandu',
      workingHours: { startTime: '09:00:00.0000000', endTime: '16:00:00.0000000' },
    });
    expect((await owen('PATCH', '/me/mailboxSettings', { timeZone: 'Nowhere/Land' })).status).toBe(400);
  });

  test('photos and presence', async () => {
    const photo = await fetch(`${tenant.graph.url}/v1.0/users/${person('Jonas')}/photos/48x48/$value`, {
      headers: { authorization: `Bearer ${await tenant.token('Ingrid')}` },
    });
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/png']);
    const presence = await ingrid<{ availability: string }>('GET', `/users/${person('Jonas')}/presence`);
    expect(presence.body.availability).toBe('Available');
  });
});

test('To Do keeps lists and tasks', async () => {
  const lists = await ingrid<Page<TodoTaskList>>('GET', '/me/todo/lists');
  expect(lists.body.value[0]).toMatchObject({ wellknownListName: 'defaultList', displayName: 'Oppgaver' });
  const path = `/me/todo/lists/${lists.body.value[0]?.id}/tasks`;
  const made = await ingrid<TodoTask>('POST', path, {
    title: 'Følg opp mål',
    dueDateTime: { dateTime: '2026-12-09T00:00:00', timeZone: 'Europe/Oslo' },
    linkedResources: [{ applicationName: 'Medspill', externalId: 'goal-1' }],
  });
  expect(made.body).toMatchObject({ title: 'Følg opp mål', status: 'notStarted' });
  await ingrid('PATCH', `${path}/${made.body.id}`, { status: 'completed' });
  const task = await ingrid<TodoTask>('GET', `${path}/${made.body.id}?$expand=linkedResources`);
  expect(task.body).toMatchObject({ status: 'completed', linkedResources: [{ externalId: 'goal-1' }] });
  expect((await tenant.as('Jonas')('GET', path)).status).toBe(404);
  expect((await ingrid('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
});

describe('limits and faults', () => {
  test('four requests at a time per app and mailbox; the fifth is told to wait', async () => {
    tenant.graph.setFaults({ latencyMs: 150 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ingrid('GET', '/me/events')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect([refused?.body.error.code, refused?.headers.get('retry-after')]).toEqual([
      'ApplicationThrottled',
      '1',
    ]);
    const other = await Promise.all([
      ...Array.from({ length: 4 }, () => ingrid('GET', '/me/events')),
      tenant.as('Jonas')('GET', '/me/events'),
    ]);
    expect(other.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(tenant.graph.state.highestConcurrency()).toBe(4);
    tenant.graph.clearFaults();
  });

  test.each([
    ['429', 429, '7'],
    ['503', 503, '7'],
  ] as const)('%s comes as often as asked, with Retry-After', async (kind, status, wait) => {
    tenant.graph.setFaults({ rules: [{ match: 'GET /me/events', kind, times: 2, retryAfterSeconds: 7 }] });
    const answers = [
      await ingrid('GET', '/me/events'),
      await ingrid('GET', '/me/events'),
      await ingrid('GET', '/me/events'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([status, status, 200]);
    expect(answers[0]?.headers.get('retry-after')).toBe(wait);
    tenant.graph.clearFaults();
  });

  test('a rule with an end meets that path alone', async () => {
    const { body } = await ingrid<Stored>('POST', '/me/events', series());
    tenant.graph.setFaults({ rules: [{ match: 'GET /me/events$', kind: '503' }] });
    const statuses = [await ingrid('GET', '/me/events'), await ingrid('GET', `/me/events/${body.id}`)];
    expect(statuses.map(({ status }) => status)).toEqual([503, 200]);
    tenant.graph.clearFaults();
  });

  test('the same seed draws the same faults', async () => {
    const run = async () => {
      tenant.graph.setFaults({ seed: 42, rules: [{ kind: '503', probability: 0.5 }] });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n++) statuses.push((await ingrid('GET', '/me')).status);
      return statuses;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    tenant.graph.clearFaults();
  });

  test('a time-out never answers; a claims challenge names its claims', async () => {
    tenant.graph.setFaults({ rules: [{ match: 'GET /me', kind: 'timeout', times: 1 }] });
    const hanging = fetch(`${tenant.graph.url}/v1.0/me`, {
      headers: { authorization: 'Bearer x' },
      signal: AbortSignal.timeout(300),
    });
    await expect(hanging).rejects.toThrow(/timeout/i);
    tenant.graph.setFaults({ rules: [{ kind: 'claims', times: 1 }] });
    const challenged = await ingrid('GET', '/me');
    expect(challenged.status).toBe(401);
    expect(challenged.headers.get('www-authenticate')).toContain('error="insufficient_claims"');
    tenant.graph.clearFaults();
  });
});

test('every exchange is on record, without the token, with its permissions', async () => {
  tenant.problems();
  const id = 'b7a0f1de-0000-4000-8000-000000000001';
  const { headers } = await ingrid('POST', '/me/events', series(), { 'client-request-id': id });
  expect([headers.get('request-id'), headers.get('client-request-id')]).toEqual([id, id]);
  const [exchange] = tenant.graph.exchanges();
  expect(exchange).toMatchObject({
    method: 'POST',
    url: '/v1.0/me/events',
    status: 201,
    operation: 'POST /me/events',
    permissions: 'delegated Calendars.ReadWrite',
    requestBody: { subject: 'Utviklingssamtale' },
    problems: [],
  });
  expect(JSON.stringify(exchange)).not.toContain('Bearer');
  await ingrid('GET', '/me/events?$select=subject');
  expect(tenant.graph.exchanges()[1]?.permissions).toBe(
    'delegated Calendars.ReadBasic|Calendars.Read|Calendars.ReadWrite',
  );
  expect((await ingrid('GET', '/me/events?$select=agenda')).status).toBe(400);
  expect((await ingrid('GET', '/me/nothing')).status).toBe(400);
  expect((await ingrid('PUT', '/me/events')).status).toBe(405);
  const bad = await fetch(`${tenant.graph.url}/v1.0/me/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tenant.token('Ingrid', delegatedScopes)}`,
      'content-type': 'application/json',
    },
    body: '{',
  });
  expect(bad.status).toBe(400);
  await bad.body?.cancel();
  tenant.graph.clearExchanges();
});

test.skipIf(!hasMetadata)('what does not fit Microsoft’s metadata is found', async () => {
  tenant.problems();
  await ingrid('POST', '/me/events', { ...series(), agenda: 'x' });
  await ingrid('GET', '/me/mailboxSettings?colour=blue');
  expect(tenant.graph.exchanges().map(({ operation, problems }) => [operation, problems])).toEqual([
    ['POST /me/events', ["request: / must NOT have additional properties 'agenda'"]],
    ['GET /me/mailboxSettings', ['query: colour unknown']],
  ]);
  tenant.graph.clearExchanges();
});
