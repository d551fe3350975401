// Requests made from the contract's own JSON schemas, each with one thing wrong or strange: the service answers none
// with a fault, and what it refuses has changed nothing. SEED=n repeats a run, REQUESTS=n makes fewer or more.
import { createHash } from 'node:crypto';
import { type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { contract, type RouteName } from '../../domain/contract.ts';
import type { Route } from '../../domain/route.ts';
import { randomOf } from '../live/random.ts';
import { type Round, startRound } from './round.ts';
import { duringReview, fillForm } from './sealed.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

const requests = Number(process.env.REQUESTS ?? 10_000);
const chance = randomOf(seed);
const random = () => chance.number(2 ** 32) / 2 ** 32;
const { pick } = chance;

type Schema = { [key: string]: unknown; type?: string; properties?: Record<string, Schema>; items?: Schema };

let round: Round;
let client: MongoClient;
let ids: Record<string, string>;
beforeAll(async () => {
  round = await startRound();
  const booked = await round.bookAndConfirm('Jonas');
  await round.sandbox.moveClock(duringReview);
  await fillForm(round.as('Ingrid'), round.as('Jonas'), booked);
  const { id } = await round.as('Jonas').ok('previewRecord', { params: booked });
  ids = { ...booked, recordId: id, slot: 'short.0', number: '1', index: '0' };
  client = await MongoClient.connect(round.sandbox.mongo);
});
afterAll(async () => {
  await client?.close();
  await round?.close();
});

/** Values that have broken something somewhere. */
const nasty: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53,
  -(2 ** 31),
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u2066æøå𝒳👩‍👩‍👧',
  'x'.repeat(20_000),
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '{{7*7}}#{7*7}',
  '%00',
  '2027-02-30',
  '9999-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.000Z',
  { $gt: '' },
  { $ne: null },
  { $where: 'sleep(1000)' },
  { $set: { state: 'sealed' } },
  [],
  [[[[]]]],
  { a: { b: { c: {} } } },
  JSON.parse('{"__proto__": {"isAdmin": true}}'),
  { constructor: { prototype: { isAdmin: true } } },
  { toString: 'x', length: -1 },
];

/** A value that fits the schema, as far as the schema tells. */
function fitting(schema: Schema): unknown {
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choices !== undefined) return fitting(pick(choices));
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return pick(schema.enum);
  switch (schema.type) {
    case 'object': {
      const entries = Object.entries(schema.properties ?? {});
      return Object.fromEntries(entries.map(([key, one]) => [key, fitting(one)]));
    }
    case 'array':
      return Array.from({ length: Math.floor(random() * 3) }, () => fitting(schema.items ?? {}));
    case 'integer':
    case 'number':
      return pick([schema.minimum ?? 1, schema.maximum ?? 10, 1, 2]);
    case 'boolean':
      return random() < 0.5;
    default:
      if (schema.format === 'uuid')
        return `${createHash('md5').update(String(random())).digest('hex')}`.replace(
          /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/,
          '$1-$2-4$3-8$4-$5',
        );
      if (schema.format === 'date') return '2027-03-10';
      if (schema.format === 'date-time') return '2027-03-10T10:00:00.000Z';
      return pick([
        '10:00',
        '2027-03',
        'Europe/Oslo',
        'AAA=',
        'a'.repeat(64),
        'Et ord',
        '00000000-0000-4000-8000-000000000011',
      ]);
  }
}

/** The same with one place made strange. */
function spoiled(value: unknown): unknown {
  if (random() < 0.25 || typeof value !== 'object' || value === null) return pick(nasty);
  if (Array.isArray(value))
    return value.length === 0 ? [pick(nasty)] : value.map((one, at) => (at === 0 ? spoiled(one) : one));
  const keys = Object.keys(value);
  if (keys.length === 0 || random() < 0.2)
    return { ...value, [pick(['$where', 'constructor', 'isAdmin', 'outbox', ''])]: pick(nasty) };
  const key = pick(keys);
  if (random() < 0.15) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== key));
  return { ...value, [key]: spoiled((value as Record<string, unknown>)[key]) };
}

const schemaOf = (type: z.ZodType | undefined): Schema =>
  type === undefined ? {} : (z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema);

/** Everything that is stored, but for what a request writes of itself. */
async function stored(): Promise<string> {
  const database = client.db('medspill');
  const names = (await database.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const rows = await database.collection<Document & { _id: string }>(name).find({}).toArray();
    hash.update(name);
    for (const row of rows.map((one) => JSON.stringify(one)).sort()) hash.update(row);
  }
  return hash.digest('hex');
}

const routes = (Object.entries(contract) as [RouteName, Route][]).filter(([name]) => name !== 'stopSeries');

function request(route: Route): { url: string; body?: string } {
  const spoilPath = random() < 0.2;
  const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = spoilPath && random() < 0.5 ? pick(nasty) : (ids[key] ?? fitting({ format: 'uuid' }));
    const text = typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? '');
    // A dot alone would be taken out of the address before it is sent.
    return encodeURIComponent(text.slice(0, 500)) || '%20';
  });
  const url = new URL(`${round.sandbox.api}/${path}`);
  for (const [key, schema] of Object.entries(schemaOf(route.query).properties ?? {})) {
    const value = random() < 0.5 ? fitting(schema) : pick(nasty);
    url.searchParams.set(
      key,
      typeof value === 'string' ? value.slice(0, 2000) : String(JSON.stringify(value)),
    );
  }
  if (route.body === undefined) return { url: url.href };
  const value = fitting(schemaOf(route.body));
  const text = JSON.stringify(random() < 0.75 ? spoiled(value) : value);
  const broken = random() < 0.05 ? text.slice(0, -1) : text;
  return { url: url.href, body: broken };
}

test(
  `${requests} strange requests with seed ${seed}: no fault, and nothing changed by a refusal`,
  async () => {
    console.info(`seed ${seed}`);
    const told: Record<string, number> = {};
    for (let count = 0; count < requests; count++) {
      const [, route] = pick(routes);
      const { url, body } = request(route);
      const person = pick(['Jonas', 'Ingrid', 'Amina', 'Turid']);
      const send = async () =>
        fetch(url, {
          method: route.method,
          headers: {
            authorization: `Bearer ${await round.sandbox.token(person)}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body }),
        });
      // Reading everything around each request would take most of the time; a sixtieth of them shows it as well.
      const isWatched = count % 60 === 0;
      const before = isWatched ? await stored() : '';
      const answer = await send();
      const text = await answer.text();
      const what = `seed ${seed}, request ${count}: ${person} ${route.method} ${url.slice(0, 300)} ${body?.slice(0, 300)}`;
      told[answer.status] = (told[answer.status] ?? 0) + 1;
      expect(answer.status, `${what}: ${text}`).toBeLessThan(500);
      if (answer.status < 400) continue;
      // Without a page there is no problem either: the host answers.
      if (text !== '') expect(JSON.parse(text), what).toMatchObject({ status: answer.status });
      expect(text, what).not.toMatch(/ {4}at |node_modules|mongo/i);
      if (!isWatched || (await stored()) === before) continue;
      // An earlier booking may still have been at work: asked once more, when all is quiet.
      await round.sandbox.processAll();
      const quiet = await stored();
      if ((await send()).status >= 400) expect(await stored(), `${what} changed something`).toBe(quiet);
    }
    console.info(JSON.stringify(told));
    expect(told[400] ?? 0).toBeGreaterThan(requests / 10);
    expect(told[200] ?? 0).toBeGreaterThan(requests / 20);
  },
  60_000 + requests * 60,
);

test('a body that is too large, no JSON or no text at all is refused unread', async () => {
  const url = `${round.sandbox.api}/notices`;
  const headers = {
    authorization: `Bearer ${await round.sandbox.token('Jonas')}`,
    'content-type': 'application/json',
  };
  const bodies: [BodyInit, number][] = [
    ['x'.repeat(1024 * 1024 + 1), 413],
    [`{"off":${'['.repeat(100_000)}`, 400],
    [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
    [new Uint8Array([0xff, 0xfe, 0x00]), 400],
    ['', 400],
  ];
  for (const [body, status] of bodies) {
    // A connection that is neither cut nor answered, since what is too large is not read, is given up.
    const put = () => fetch(url, { method: 'PUT', headers, body, signal: AbortSignal.timeout(10_000) });
    // What is too large is refused unread, so its connection may be cut, and the next call may still have picked it.
    const answer = await put().catch(() => put().catch(() => undefined));
    if (answer !== undefined || status !== 413) expect(answer?.status).toBe(status);
  }
  expect(await round.as('Jonas').ok('readNoticeChoices', {})).toEqual({ off: expect.any(Array) });
});
