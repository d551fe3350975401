// `npm start` as other tools drive it: its ready file, its control interface, two at a time, a stop and a second start.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

type Ready = Record<
  'workplace' | 'tab' | 'api' | 'control' | 'entra' | 'graph' | 'mongo' | 'realtime',
  string
>;
type Started = { child: ChildProcess; ready: Ready; file: string; output: () => string };

const root = join(import.meta.dirname, '..', '..');
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medspill-start-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function start(name: string): Promise<Started> {
  const file = join(folder, `${name}.json`);
  const child = spawn(
    process.execPath,
    ['sandbox/main.ts', '--ready', file, '--data', join(folder, name), '--port', '0'],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  await expect
    .poll(() => existsSync(file) || child.exitCode !== null, { timeout: 100_000, interval: 50 })
    .toBe(true);
  if (!existsSync(file)) throw new Error(text);
  return { child, ready: JSON.parse(readFileSync(file, 'utf8')) as Ready, file, output: () => text };
}

async function stop({ child, file, output }: Started): Promise<void> {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code, output()).toBe(0);
  expect(existsSync(file)).toBe(false);
}

async function control<T>(ready: Ready, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${ready.control}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function records(ready: Ready, user: string): Promise<string[]> {
  const { token } = await control<{ token: string }>(ready, 'POST', '/token', { user, client: 'teams-web' });
  const response = await fetch(`${ready.api}/records`, { headers: { authorization: `Bearer ${token}` } });
  const answer = (await response.json()) as { records: { state: string }[] };
  return answer.records.map(({ state }) => state);
}

async function whoAmI(ready: Ready, base: string, user: string): Promise<string> {
  const { token } = await control<{ token: string }>(ready, 'POST', '/token', { user, client: 'teams-web' });
  const response = await fetch(`${base}/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { person: { name: string } }).person.name;
}

test('two at the same time, each with its own data; what one has stays over a stop', async () => {
  const [one, two] = await Promise.all([start('one'), start('two')]);
  for (const { ready } of [one, two]) {
    expect(Object.keys(ready).sort()).toEqual([
      'api',
      'control',
      'entra',
      'graph',
      'mongo',
      'realtime',
      'tab',
      'workplace',
    ]);
    expect(ready.api).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    for (const url of [ready.workplace, ready.tab]) expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${ready.api}/openapi.json`)).status).toBe(200);
    // By first name, by mail; directly and through the tab's origin.
    expect(await whoAmI(ready, ready.api, 'ingrid')).toBe('Ingrid Solberg');
    expect(await whoAmI(ready, `${ready.tab}/api`, 'jonas.berg@nordvik.example')).toBe('Jonas Berg');
  }
  expect(new Set([...Object.values(one.ready), ...Object.values(two.ready)]).size).toBe(16);
  expect(one.output().match(/http:\/\//g)).toHaveLength(1);

  // The seeded team has a sealed record, which its seller reads; Ingrid and Jonas have not begun.
  expect(await records(one.ready, 'ida')).toEqual(['sealed']);
  expect(await records(one.ready, 'jonas')).toEqual([]);

  await control(one.ready, 'POST', '/clock', { to: '2027-02-03T09:00:00Z' });
  await Promise.all([stop(one), stop(two)]);

  const began = performance.now();
  const again = await start('one');
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(again.ready).toEqual(one.ready);
  const { now } = await control<{ now: string }>(again.ready, 'GET', '/clock');
  expect(now.slice(0, 10)).toBe('2027-02-03');
  // Seeded once.
  expect(await records(again.ready, 'ida')).toEqual(['sealed']);
  await stop(again);
});

test('the control interface', async () => {
  const started = await start('control');
  const { ready } = started;

  const people = await control<{ mail: string; jobTitle: string }[]>(ready, 'GET', '/people');
  expect(people.map((person) => person.mail)).toContain('ingrid.solberg@nordvik.example');

  await whoAmI(ready, ready.api, 'ingrid');
  const seen = await control<{ method: string; url: string; responseBody: object }[]>(
    ready,
    'GET',
    '/graph/exchanges',
  );
  expect(seen.some(({ url }) => url.startsWith('/v1.0/me'))).toBe(true);
  await control(ready, 'DELETE', '/graph/exchanges');
  expect(await control(ready, 'GET', '/graph/exchanges')).toEqual([]);

  // A fault of Graph shows in the product, and is gone when it is taken away.
  const { token } = await control<{ token: string }>(ready, 'POST', '/token', {
    user: 'kari',
    client: 'outlook-nested',
  });
  const sellers = () =>
    fetch(`${ready.api}/sellers`, { headers: { authorization: `Bearer ${token}` } }).then(
      ({ status }) => status,
    );
  await control(ready, 'POST', '/faults', { entra: { everyone: [{ kind: 'outage' }] } });
  expect(await sellers()).toBe(503);
  await control(ready, 'DELETE', '/faults');
  expect(await sellers()).toBe(200);

  // A killed backend comes back at the same address.
  await control(ready, 'POST', '/kill');
  expect(await whoAmI(ready, ready.api, 'ingrid')).toBe('Ingrid Solberg');
  await control(ready, 'POST', '/settle');

  for (const client of ['teams-desktop', 'outlook', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346']) {
    await control(ready, 'POST', '/token', { user: 'Jonas Berg', client });
  }

  // Refused: who is nobody, what is nothing, and other web pages.
  const status = (path: string, init: RequestInit) =>
    fetch(`${ready.control}${path}`, init).then((response) => response.status);
  expect(await status('/token', { method: 'POST', body: '{"user":"nobody"}' })).toBe(404);
  expect(await status('/token', { method: 'POST', body: '{"user":"ingrid","client":"x"}' })).toBe(400);
  expect(await status('/clock', { method: 'POST', body: '{"to":"tomorrow"}' })).toBe(400);
  expect(await status('/clock', { method: 'POST', body: '{' })).toBe(400);
  expect(await status('/faults', { method: 'POST', body: '{"mail":{}}' })).toBe(400);
  expect(await status('/nothing', {})).toBe(404);
  expect(await status('/people', { headers: { origin: 'https://elsewhere.example' } })).toBe(403);
  expect(await status('/people', { headers: { origin: ready.workplace } })).toBe(200);
  await stop(started);
});

test('a wrong port is said and nothing starts', async () => {
  const child = spawn(process.execPath, ['sandbox/main.ts', '--port', 'many'], { cwd: root });
  let text = '';
  child.stderr.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(text).toContain('--port');
});
