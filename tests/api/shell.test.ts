// Who is signed in, whether the service is well, and what it says of itself.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRateLimit } from '../../api/src/http/rate-limit.ts';
import { contract } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import { people } from '../../sandbox/people.ts';
import { type Round, startRound } from './round.ts';

let round: Round;
beforeAll(async () => {
  round = await startRound();
});
afterAll(async () => {
  await round?.sandbox.clearFaults();
  await round?.close();
});

const noon = new Date('2027-01-04T12:00:00Z');
const wallTime = (timeZone: string) => noon.toLocaleString('sv', { timeZone });

test('me is whoever the token names, in their own language and zone', async () => {
  for (const { id, givenName, displayName, mail, timeZone, language, appRoles, userType } of people) {
    if (userType === 'Guest') continue;
    const { person, isAdmin } = await round.as(givenName).ok('me', {});
    expect(person).toMatchObject({ id, name: displayName, firstName: givenName, mail });
    // Two names of one zone are one zone.
    expect(wallTime(person.zone)).toBe(wallTime(timeZone));
    expect(person.language).toBe(language.slice(0, 2));
    expect(isAdmin).toBe(appRoles?.includes('Medspill.Admin') ?? false);
  }
});

test('me is known while Graph is down', async () => {
  await round.sandbox.setFaults({ graph: { rules: [{ kind: '503', probability: 1 }] } });
  const { person } = await round.as('Jonas').ok('me', {});
  expect(person).toMatchObject({ name: 'Jonas Berg', firstName: 'Jonas' });
  await round.sandbox.clearFaults();
});

test('health is told to anybody, in names and milliseconds', async () => {
  const health = await round.as('nobody').ok('health', {});
  expect(health.ok).toBe(true);
  expect(health.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(health.checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['database', true],
    ['entra', true],
    ['graph', true],
    ['vault', true],
    ['realtime', true],
  ]);
  expect(health.backlog).toEqual({ outboxSeconds: 0, subscriptionsEnding: 0 });
});

test('an administrator sees which permissions stand, and which are missing', async () => {
  const turid = round.as('Turid');
  const states = async () => {
    const { permissions } = await turid.ok('readSetup', {});
    return [...new Set(permissions.map(({ kind, state }) => `${kind} ${state}`))].sort();
  };
  const id = people.find(({ givenName }) => givenName === 'Turid')?.id ?? '';
  await round.sandbox.setFaults({ entra: { people: { [id]: [{ kind: 'consent_required' }] } } });
  expect(await states()).toEqual(['application granted', 'delegated missing']);
  await round.sandbox.clearFaults();
  expect(await states()).toEqual(['application granted', 'delegated granted']);
  await round.as('Ingrid').refused('readSetup', {}, 'not_found');
});

test('openapi.json lists every route of the contract, and whom it lets in', async () => {
  const response = await fetch(`${round.sandbox.api}/openapi.json`);
  expect(response.status).toBe(200);
  const { openapi, paths } = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };
  expect(openapi).toBe('3.1.0');
  for (const [name, route] of Object.entries(contract) as [string, Route][]) {
    const operation = paths[`/${route.path}`]?.[route.method.toLowerCase()];
    expect(operation, name).toMatchObject({ operationId: name, summary: route.summary });
    const isOpen = route.access === 'open' || route.access === 'microsoft';
    expect(operation?.security, name).toEqual(isOpen ? undefined : [{ entra: [] }]);
    const parameters = operation?.parameters as { name: string; in: string; required: boolean }[];
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, key]) => key);
    expect(parameters.filter((one) => one.in === 'path' && one.required).map((one) => one.name)).toEqual(
      inPath,
    );
    expect(operation?.requestBody === undefined, name).toBe(route.body === undefined);
  }
  const listed = Object.values(paths).flatMap((methods) => Object.keys(methods));
  expect(listed).toHaveLength(Object.keys(contract).length);
});

test('a page that is not there is a 404, and a method that is not taken changes nothing', async () => {
  const headers = { authorization: `Bearer ${await round.sandbox.token('Jonas')}` };
  expect((await fetch(`${round.sandbox.api}/nothing`, { headers })).status).toBe(404);
  const wrong = await fetch(`${round.sandbox.api}/home`, { method: 'DELETE', headers });
  expect([404, 405]).toContain(wrong.status);
});

test('a person has so many calls at once and so many a second, and nobody else’s', () => {
  let now = 1_000_000;
  const rate = createRateLimit(() => now, 3, 2);
  expect([rate('a'), rate('a'), rate('a')]).toEqual([0, 0, 0]);
  expect(rate('a')).toBeGreaterThanOrEqual(1);
  expect(rate('b')).toBe(0);
  now += 500;
  expect(rate('a')).toBe(0);
  expect(rate('a')).toBeGreaterThanOrEqual(1);
  // A clock that is set back locks nobody out.
  now -= 3_600_000;
  expect(rate('a')).toBeGreaterThanOrEqual(1);
  now += 1000;
  expect(rate('a')).toBe(0);
  now += 60_000;
  expect([rate('a'), rate('a'), rate('a'), rate('a') > 0]).toEqual([0, 0, 0, true]);
});
