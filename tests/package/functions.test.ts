// The function app that is deployed (api/dist), loaded by a host that speaks the protocol of Azure's worker.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '../../domain/contract.ts';
import { type FunctionsHost, startFunctionsHost } from '../../sandbox/functions/host.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const appDir = join(root, 'api', 'dist');
const queueDir = mkdtempSync(join(tmpdir(), 'declared-'));
let host: FunctionsHost;

beforeAll(async () => {
  host = await startFunctionsHost({ appDir, port: 0, queueDir });
});
afterAll(async () => {
  await host.close();
  rmSync(queueDir, { recursive: true });
});

test('the HTTP functions are the contract, and the description of it', () => {
  const declared = host.functions
    .filter(({ type }) => type === 'httpTrigger')
    .map(({ name, route, methods, authLevel }) => ({ name, route, methods, authLevel }));
  const expected = Object.entries(contract).map(([name, route]) => ({
    name,
    route: `api/${route.path}`,
    methods: [route.method as string],
    authLevel: 'anonymous',
  }));
  expected.push({ name: 'openapi', route: 'api/openapi.json', methods: ['GET'], authLevel: 'anonymous' });
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  expect(declared.sort(byName)).toEqual(expected.sort(byName));
});

test('the jobs: a sweep each minute into the queue, a daily round, a sender', () => {
  const jobs = host.functions.filter(({ type }) => type !== 'httpTrigger');
  const shape = jobs.map(({ name, type, schedule, bindings }) => ({
    name,
    type,
    schedule,
    queues: Object.values(bindings)
      .filter(({ queueName }) => queueName !== undefined)
      .map(({ direction, queueName, connection }) => ({ direction, queueName, connection })),
  }));
  const queue = { queueName: 'notices', connection: 'AzureWebJobsStorage' };
  expect(shape).toEqual([
    {
      name: 'sweep',
      type: 'timerTrigger',
      schedule: '0 * * * * *',
      queues: [{ direction: 'out', ...queue }],
    },
    { name: 'daily', type: 'timerTrigger', schedule: '0 10 3 * * *', queues: [] },
    {
      name: 'sendNotice',
      type: 'queueTrigger',
      schedule: undefined,
      queues: [{ direction: 'in', ...queue }],
    },
  ]);
});

test('the queue stands in the infrastructure, with the one for what cannot be sent', () => {
  const bicep = readFileSync(join(root, 'infra', 'state.bicep'), 'utf8');
  expect([...bicep.matchAll(/'queues' = \{\s*name: '([^']+)'/g)].map(([, name]) => name)).toEqual([
    'notices',
    'notices-poison',
  ]);
});

test('what the host loads first declares the functions and holds nothing else', () => {
  const main = readFileSync(join(appDir, 'main.cjs'), 'utf8');
  expect(main).not.toMatch(/ZodObject|MongoClient|Temporal|jwtVerify/);
  expect(main).toMatch(/import\("\.\/app\/running\.mjs"\)/);
});

test('host.json and package.json are what Azure reads', () => {
  const json = (name: string) =>
    JSON.parse(readFileSync(join(appDir, name), 'utf8')) as Record<string, unknown>;
  expect(json('package.json')).toMatchObject({ main: 'main.cjs', type: 'commonjs' });
  expect(json('host.json')).toMatchObject({ version: '2.0', extensions: { http: { routePrefix: 'api' } } });
});
