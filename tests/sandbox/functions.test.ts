// The Functions host with a small app of its own, built by esbuild and loaded unmodified, in the backend's process.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClock } from '../../sandbox/clock.ts';
import { type Backend, startBackend } from '../../sandbox/functions/backend.ts';
import type { LogEntry } from '../../sandbox/functions/core.ts';
import { parseNcrontab } from '../../sandbox/functions/ncrontab.ts';
import { byPrecedence, compileRoute } from '../../sandbox/functions/routes.ts';

const source = `
import { app, output } from '@azure/functions';
import { appendFileSync } from 'node:fs';
const journal = (entry) => appendFileSync(process.env.JOURNAL, JSON.stringify(entry) + '\\n');
const letters = output.storageQueue({ queueName: '%LETTERS%', connection: 'AzureWebJobsStorage' });
if (process.env.STREAM === 'yes') app.setup({ enableHttpStream: true });
app.hook.appStart(() => journal({ hook: 'appStart' }));
app.hook.appTerminate(() => journal({ hook: 'appTerminate' }));
app.hook.preInvocation((context) => { context.hookData.started = true; });
app.hook.postInvocation((context) => journal({ hook: 'post', name: context.invocationContext.functionName, started: context.hookData.started, failed: !!context.error }));
app.http('echo', { route: 'echo/{id:guid?}', methods: ['GET', 'POST', 'HEAD'], authLevel: 'anonymous', handler: async (request) => ({
  jsonBody: { params: request.params, tags: request.query.getAll('tag'), tag: request.query.get('tag'), body: await request.text(), url: request.url, header: request.headers.get('x-note'), now: Date.now() },
  headers: { 'x-answer': 'yes' },
  cookies: [{ name: 'a', value: '1', httpOnly: true, sameSite: 'Strict' }, { name: 'b', value: 'two words', path: '/x' }],
}) });
app.http('stream', { authLevel: 'anonymous', handler: async () => ({ headers: { 'content-type': 'text/event-stream' }, body: new ReadableStream({ async pull(controller) {
  this.count = (this.count ?? 0) + 1;
  if (this.count > 3) return controller.close();
  controller.enqueue(new TextEncoder().encode('part ' + this.count + '\\n'));
} }) }) });
app.http('throw', { authLevel: 'anonymous', handler: async () => { throw new Error('broken on purpose'); } });
app.http('nothing', { authLevel: 'anonymous', handler: async () => undefined });
app.http('gone', { authLevel: 'anonymous', methods: ['DELETE'], handler: async () => ({ status: 204 }) });
app.http('keyed', { authLevel: 'function', handler: async () => ({ body: 'let in' }) });
app.http('master', { authLevel: 'admin', handler: async () => ({ body: 'let in' }) });
app.http('person', { route: 'people/{id}', authLevel: 'anonymous', handler: async () => ({ body: 'person' }) });
app.http('me', { route: 'people/me', authLevel: 'anonymous', handler: async () => ({ body: 'me' }) });
app.http('rest', { route: 'files/{*path}', authLevel: 'anonymous', handler: async (request) => ({ body: request.params.path }) });
app.http('send', { methods: ['POST'], authLevel: 'anonymous', extraOutputs: [letters], handler: async (request, context) => {
  context.extraOutputs.set(letters, await request.json());
  return { status: 202 };
} });
app.storageQueue('receive', { queueName: '%LETTERS%', connection: 'AzureWebJobsStorage', handler: async (letter, context) => {
  const { dequeueCount, id, insertionTime } = context.triggerMetadata;
  journal({ letter, dequeueCount, id, insertionTime });
  if (letter.fail >= dequeueCount) throw new Error('not yet');
  if (letter.hang) await new Promise(() => {});
} });
app.storageQueue('bury', { queueName: 'letters-poison', connection: 'AzureWebJobsStorage', handler: async (letter) => journal({ buried: letter }) });
app.timer('tick', { schedule: '%SCHEDULE%', handler: async (timer) => {
  journal({ tick: Date.now(), isPastDue: timer.isPastDue, last: timer.scheduleStatus.last, next: timer.scheduleStatus.next });
} });
app.timer('collect', { schedule: '0 0 0 1 1 *', return: letters, handler: async () => [{ from: 'timer' }, { from: 'timer too' }] });
`;

const clock = createClock();
const logs: LogEntry[] = [];
let folder: string;
let appDir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'functions-'));
  appDir = join(folder, 'app');
  await mkdir(appDir);
  await writeFile(
    join(appDir, 'host.json'),
    JSON.stringify({ version: '2.0', extensions: { http: { routePrefix: 'api/v1' } } }),
  );
  await writeFile(join(appDir, 'package.json'), JSON.stringify({ main: 'main.cjs' }));
  await build({
    stdin: { contents: source, resolveDir: dirname(fileURLToPath(import.meta.url)), sourcefile: 'main.js' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@azure/functions-core'],
    outfile: join(appDir, 'main.cjs'),
    logLevel: 'error',
  });
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  logs.length = 0;
});

async function start(
  name: string,
  settings: Record<string, string> = {},
  corsOrigins?: string[],
): Promise<Backend> {
  return startBackend({
    appDir,
    dataDir: join(folder, name),
    clock,
    ports: { api: 0, mongo: 0 },
    env: (mongoUri) => ({
      JOURNAL: journalOf(name),
      LETTERS: 'letters',
      SCHEDULE: '0 */5 * * * *',
      STREAM: 'yes',
      MONGO: mongoUri,
      ...settings,
    }),
    ...(corsOrigins ? { corsOrigins } : {}),
    onLog: (entry) => logs.push(entry),
  });
}

/** Waits for as long as a loaded machine may take. */
function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 15_000 });
}

function journalOf(name: string): string {
  return join(folder, `${name}.journal`);
}

type Entry = Record<string, unknown> & { letter?: Record<string, unknown>; tick?: number };

async function read(name: string): Promise<Entry[]> {
  if (!existsSync(journalOf(name))) return [];
  const text = await readFile(journalOf(name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Entry);
}

describe.each([
  ['with streaming', 'yes'],
  ['without streaming', 'no'],
])('http %s', (_title, stream) => {
  let backend: Backend;
  const api = (path: string, init: RequestInit = {}) => fetch(`${backend.apiUrl}/api/v1${path}`, init);

  beforeAll(async () => {
    backend = await start(`http-${stream}`, { STREAM: stream, FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '100000' });
  });
  afterAll(() => backend.close());

  test('parameters, query, headers, body and cookies arrive', async () => {
    const id = '00000000-0000-4000-8000-000000000010';
    const response = await api(`/echo/${id}?tag=1&tag=2`, {
      method: 'POST',
      body: 'blåbær',
      headers: { 'x-note': 'note' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-answer')).toBe('yes');
    expect(response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])).toEqual([
      'a=1',
      'b=two%20words',
    ]);
    expect(response.headers.getSetCookie()[0]?.toLowerCase()).toMatch(
      /httponly; samesite=strict|samesite=strict; httponly/,
    );
    const body = await response.json();
    expect(body).toMatchObject({ params: { id }, body: 'blåbær', header: 'note' });
    expect(body.url).toBe(`${backend.apiUrl}/api/v1/echo/${id}?tag=1&tag=2`);
    // Without streaming the real host joins repeated keys too.
    expect(body.tags).toEqual(stream === 'yes' ? ['1', '2'] : ['1,2']);
  });

  test('routes: optional parameters, constraints, precedence, rest and case', async () => {
    expect((await (await api('/echo')).json()).params).toEqual({});
    expect((await api('/echo/not-a-guid')).status).toBe(404);
    expect(await (await api('/people/me')).text()).toBe('me');
    expect(await (await api('/people/ME')).text()).toBe('me');
    expect(await (await api('/PEOPLE/10')).text()).toBe('person');
    expect(await (await api('/files/a/b%20c.pdf')).text()).toBe('a/b c.pdf');
  });

  test('an unknown path and a method that no function takes are 404', async () => {
    expect((await api('/unknown')).status).toBe(404);
    expect((await fetch(`${backend.apiUrl}/people/me`)).status).toBe(404);
    expect((await api('/gone')).status).toBe(404);
    expect((await api('/gone', { method: 'DELETE' })).status).toBe(204);
    expect((await api('/send', { method: 'OPTIONS' })).status).toBe(404);
  });

  test('HEAD gives headers without a body', async () => {
    const response = await api('/echo', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-answer')).toBe('yes');
    expect(await response.text()).toBe('');
  });

  test('a handler that throws gives an empty 500 and one log entry', async () => {
    for (let count = 0; count < 5; count++) {
      const response = await api('/throw');
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('');
    }
    const entries = logs.filter(({ category }) => category === 'host');
    expect(entries).toHaveLength(5);
    expect(entries[0]).toMatchObject({ level: 'error', functionName: 'throw' });
    expect(entries[0]?.message).toContain('broken on purpose');
    expect((await api('/echo')).status).toBe(200);
  });

  test('a handler that returns nothing gives 204, and cannot be answered with streaming', async () => {
    expect((await api('/nothing')).status).toBe(stream === 'yes' ? 500 : 204);
  });

  test('keys open what their level covers', async () => {
    const { keys } = backend;
    expect((await api('/keyed')).status).toBe(401);
    expect((await api('/keyed?code=wrong')).status).toBe(401);
    expect((await api(`/keyed?code=${keys.function}`)).status).toBe(200);
    expect((await api('/keyed', { headers: { 'x-functions-key': keys.master } })).status).toBe(200);
    expect((await api(`/master?code=${keys.function}`)).status).toBe(401);
    expect((await api(`/master?code=${keys.master}`)).status).toBe(200);
  });

  test('a body over the limit is 413, announced or chunked', async () => {
    expect((await api('/echo', { method: 'POST', body: 'x'.repeat(99_000) })).status).toBe(200);
    expect((await api('/echo', { method: 'POST', body: 'x'.repeat(101_000) })).status).toBe(413);
    const status = await new Promise((resolve, reject) => {
      const chunked = request(`${backend.apiUrl}/api/v1/echo`, { method: 'POST' }, (response) =>
        resolve(response.statusCode),
      );
      chunked.on('error', reject);
      chunked.write('x'.repeat(60_000));
      chunked.end('x'.repeat(60_000));
    });
    expect(status).toBe(413);
  });

  test('a streamed body arrives whole', async () => {
    const response = await api('/stream');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe('part 1\npart 2\npart 3\n');
  });

  test('clients that hang up leave nothing running', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        const abort = new AbortController();
        const answer = api('/echo', { method: 'POST', body: 'x'.repeat(50_000), signal: abort.signal });
        if (at % 2) setImmediate(() => abort.abort());
        else queueMicrotask(() => abort.abort());
        await answer.catch((error: unknown) => error);
      }),
    );
    await backend.idle();
    expect((await api('/echo')).status).toBe(200);
  });

  test('the host tells what it serves', () => {
    expect(backend.functions).toContainEqual(
      expect.objectContaining({
        name: 'me',
        route: 'api/v1/people/me',
        methods: ['GET', 'POST'],
        authLevel: 'anonymous',
      }),
    );
    expect(backend.functions).toContainEqual(expect.objectContaining({ name: 'tick', type: 'timerTrigger' }));
  });
});

test("the platform's CORS answers preflights and marks answers for allowed origins only", async () => {
  const backend = await start('cors', {}, ['https://tab.example']);
  const preflight = (origin: string) =>
    fetch(`${backend.apiUrl}/api/v1/echo`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
  const allowed = await preflight('https://tab.example');
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('access-control-allow-headers')).toBe('authorization');
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  const answer = await fetch(`${backend.apiUrl}/api/v1/throw`, {
    headers: { origin: 'https://tab.example' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://tab.example');
  await backend.close();
});

describe('queues', () => {
  test('an output binding delivers each item once, with metadata, and hooks see every invocation', async () => {
    const backend = await start('queue');
    const response = await post(backend, [{ n: 1 }, { n: 2 }]);
    expect(response.status).toBe(202);
    await backend.idle();
    const received = (await read('queue')).filter(({ letter }) => letter);
    expect(received.map(({ letter }) => letter?.n)).toEqual([1, 2]);
    expect(received[0]).toMatchObject({
      dequeueCount: 1,
      id: expect.any(String),
      insertionTime: expect.any(String),
    });
    expect(await read('queue')).toContainEqual({
      hook: 'post',
      name: 'receive',
      started: true,
      failed: false,
    });
    await backend.close();
    expect((await read('queue')).map(({ hook }) => hook)).toEqual(
      expect.arrayContaining(['appStart', 'appTerminate']),
    );
  });

  test('a message that fails comes again, and goes to the poison queue after five tries', async () => {
    const backend = await start('poison');
    await post(backend, [
      { n: 1, fail: 2 },
      { n: 2, fail: 9 },
    ]);
    await backend.idle();
    const entries = await read('poison');
    const tries = (n: number) =>
      entries.filter(({ letter }) => letter?.n === n).map(({ dequeueCount }) => dequeueCount);
    expect(tries(1)).toEqual([1, 2, 3]);
    expect(tries(2)).toEqual([1, 2, 3, 4, 5]);
    expect(entries.filter(({ buried }) => buried)).toEqual([{ buried: { n: 2, fail: 9 } }]);
    await backend.close();
  });

  test('a message in work when the process is killed comes back when its lease is over', async () => {
    clock.set(Date.now());
    const backend = await start('killed');
    await post(backend, [{ n: 1, hang: true }]);
    await eventually(async () =>
      expect((await read('killed')).filter(({ letter }) => letter)).toHaveLength(1),
    );
    const { pid } = backend;
    await backend.kill();
    expect(() => process.kill(pid, 0)).toThrow();
    await backend.restart();
    expect(backend.pid).not.toBe(pid);
    expect((await read('killed')).filter(({ letter }) => letter)).toHaveLength(1);
    clock.set(clock.now() + 601_000);
    await eventually(async () =>
      expect(
        (await read('killed')).filter(({ letter }) => letter).map(({ dequeueCount }) => dequeueCount),
      ).toEqual([1, 2]),
    );
    await backend.kill();
    await backend.close();
  });

  test('a lease ends in time although the clock was set back meanwhile', async () => {
    clock.set(Date.now() + 30 * 86_400_000);
    const backend = await start('back');
    await post(backend, [{ n: 1, hang: true }]);
    const tries = async () => (await read('back')).filter(({ letter }) => letter).length;
    await eventually(async () => expect(await tries()).toBe(1));
    await backend.kill();
    await backend.restart();
    clock.set(Date.now());
    clock.set(clock.now() + 601_000);
    await eventually(async () => expect(await tries()).toBe(2));
    await backend.kill();
    await backend.close();
  });

  function post(backend: Backend, letters: unknown): Promise<Response> {
    return fetch(`${backend.apiUrl}/api/v1/send`, { method: 'POST', body: JSON.stringify(letters) });
  }
});

describe('timers and the clock', () => {
  test('the app lives by the sandbox clock, and a jump fires a timer once, as past due', async () => {
    clock.set(Date.UTC(2027, 2, 1, 9, 2));
    const backend = await start('jump');
    const now = async () => (await (await fetch(`${backend.apiUrl}/api/v1/echo`)).json()).now as number;
    expect(Math.abs((await now()) - clock.now())).toBeLessThan(5_000);
    expect((await read('jump')).filter(({ tick }) => tick)).toEqual([]);

    clock.set(Date.UTC(2027, 2, 3, 12, 1));
    const ticks = async () => (await read('jump')).filter(({ tick }) => tick);
    await backend.idle();
    expect(await ticks()).toHaveLength(1);
    expect((await ticks())[0]).toMatchObject({ isPastDue: true, next: '2027-03-03T12:05:00.000Z' });
    expect(Math.abs((await now()) - clock.now())).toBeLessThan(5_000);

    await backend.idle();

    // Just before the next time: on time, by its own timer.
    clock.set(Date.UTC(2027, 2, 3, 12, 4, 59, 500));
    await eventually(async () => expect(await ticks()).toHaveLength(2));
    expect((await ticks())[1]).toMatchObject({ isPastDue: false });
    await backend.close();
  });

  test('a time missed while the host was down fires once at the start', async () => {
    clock.set(Date.UTC(2027, 2, 1, 9, 2));
    const backend = await start('missed');
    await backend.kill();
    clock.set(Date.UTC(2027, 2, 1, 10, 2));
    await backend.restart();
    await eventually(async () =>
      expect((await read('missed')).filter(({ tick }) => tick)).toMatchObject([{ isPastDue: true }]),
    );
    await backend.idle();
    await backend.close();
  });

  test('a timer can be run by hand, and returns messages through its output binding', async () => {
    const backend = await start('collect');
    await backend.runTimer('collect');
    await backend.idle();
    const letters = (await read('collect')).filter(({ letter }) => letter).map(({ letter }) => letter?.from);
    expect(letters).toEqual(['timer', 'timer too']);
    await expect(backend.runTimer('unknown')).rejects.toThrow('there is no timer function');
    await backend.close();
  });
});

test('the database lives and dies with the process and keeps what it has acknowledged', async () => {
  const backend = await start('database');
  const client = new MongoClient(backend.mongoUri);
  const reviews = client.db('medspill').collection<{ _id: number }>('reviews');
  await reviews.insertOne({ _id: 1 });
  await backend.kill();
  await expect(reviews.findOne({ _id: 1 }, { timeoutMS: 500 })).rejects.toThrow();
  await backend.restart();
  expect(await reviews.findOne({ _id: 1 })).toEqual({ _id: 1 });

  await backend.setCosmosFaults({ throttle: { times: 1 } });
  await expect(reviews.insertOne({ _id: 2 })).rejects.toMatchObject({ code: 16500 });
  await backend.clearCosmosFaults();
  await reviews.insertOne({ _id: 2 });
  await client.close();
  await backend.close();
});

test('a process that dies by itself is started again on the same ports', async () => {
  const backend = await start('died');
  const { pid, apiUrl } = backend;
  process.kill(pid, 'SIGKILL');
  await eventually(() => expect(backend.pid).not.toBe(pid));
  await backend.ready();
  expect((await fetch(`${apiUrl}/api/v1/people/me`)).status).toBe(200);
  await backend.close();
  expect(() => process.kill(backend.pid, 0)).toThrow();
});

test('a setting that is missing stops the start and says which', async () => {
  await expect(start('missing', { LETTERS: '' })).rejects.toThrow('queue name');
});

describe('NCRONTAB', () => {
  const after = new Date('2026-11-23T18:00:00Z');
  test.each([
    ['0 * * * * *', '2026-11-23T18:01:00Z'],
    ['*/15 * * * * *', '2026-11-23T18:00:15Z'],
    ['30 5 * * *', '2026-11-24T05:30:00Z'],
    ['0 30 9-17/2 * * MON-FRI', '2026-11-24T09:30:00Z'],
    ['0 0 0 * JAN,jul SUN', '2027-01-03T00:00:00Z'],
    ['0 0 0 13 * 5', '2027-08-13T00:00:00Z'],
    ['0 0 0 29 2 *', '2028-02-29T00:00:00Z'],
    ['0 0 0 31 * *', '2026-12-31T00:00:00Z'],
    ['0 50/4 * * * *', '2026-11-23T18:50:00Z'],
  ])('%s comes next at %s', (expression, expected) => {
    expect(parseNcrontab(expression).next(after)).toEqual(new Date(expected));
  });
  test.each([
    '',
    '* * * *',
    '60 * * * * *',
    '0 0 0 0 * *',
    '0 0 0 * * 7',
    '0 5-1 * * * *',
    '0 */0 * * * *',
    '0 x * * * *',
  ])('"%s" is refused', (expression) => {
    expect(() => parseNcrontab(expression)).toThrow();
  });
  test('a date that does not exist is refused when it is looked for', () => {
    expect(() => parseNcrontab('0 0 0 30 2 *').next(after)).toThrow('never occurs');
  });
});

test('the most specific route comes first', () => {
  const sorted = ['{*all}', 'a/{id}', 'a/{id:int}', 'a/b', 'a/{name}.{kind}']
    .map(compileRoute)
    .sort(byPrecedence);
  expect(sorted.map(({ template }) => template)).toEqual([
    'a/b',
    'a/{name}.{kind}',
    'a/{id:int}',
    'a/{id}',
    '{*all}',
  ]);
});
