// 400 pairs, 800 people, writing at once on one API process: how long until a write is checked, stored and answered,
// and what memory the process holds.
import { randomInt, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { type Document, MongoClient } from 'mongodb';
import * as Y from 'yjs';
import { loadSigningKey } from '../../sandbox/entra/signing-key.ts';
import { createMint } from '../../sandbox/entra/tokens.ts';
import { clientId as audience } from '../../sandbox/people.ts';
import { type Booked, type Round, startRound } from '../api/round.ts';
import { startApiBeside } from '../api-beside.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const pairs = 400;
/** Each sends what was typed, waits for the answer as the tab does, and goes on a moment later. */
const pauseMs = 1_000;
const warmUpMs = 8_000;
const measuredMs = 15_000;
const built = join(import.meta.dirname, '..', '..', 'api', 'dist');

type Person = { reviewId: string; clientId: number; token: string };

export async function rows(): Promise<BenchRow[]> {
  const round = await startRound();
  try {
    const people = await crowd(round, await round.bookAndConfirm('Jonas'));
    const beside = await startApiBeside(round.sandbox, built);
    const before = await beside.usage();
    const { took, writes } = await writeAll(beside.api, people);
    const after = await beside.usage();
    await beside.close();
    return [
      {
        name: `live: ${pairs} pairs writing at once on one API process, p99 of a write`,
        value: rounded(percentile(took, 0.99)),
        unit: 'ms',
      },
      {
        name: 'live: the same, writes taken in',
        value: Math.round(took.length / (measuredMs / 1000)),
        unit: 'per second',
      },
      {
        name: 'live: the same, memory of the process',
        value: Math.round(after.memory / 1024 / 1024),
        unit: 'MB',
        // Before the first of them.
        floor: Math.round(before.memory / 1024 / 1024),
      },
      {
        // What the process itself spends, however busy the machine and its disk are.
        name: 'live: the same, processor time of the process for each write',
        value: rounded((after.cpuMs - before.cpuMs) / writes),
        unit: 'ms',
      },
    ];
  } finally {
    await round.close();
  }
}

/** Copies a booked pair and its review as often as needed, each with two people of its own. */
async function crowd({ sandbox, dataDir }: Round, { pairId, reviewId }: Booked): Promise<Person[]> {
  const client = await new MongoClient(sandbox.mongo).connect();
  const db = client.db(sandbox.mongoDatabase);
  const key = await loadSigningKey(join(dataDir, 'entra'));
  const mint = createMint(key, sandbox.clock, 'https://login.microsoftonline.com');
  const claims = decodeJwt(await sandbox.token('Jonas'));
  const documents = { pairs: await read('pairs', pairId), reviews: await read('reviews', reviewId) };
  const { managerId, sellerId } = documents.pairs;
  const people: Person[] = [];

  async function read(name: string, id: string): Promise<Document> {
    const found = await db.collection<Document>(name).findOne({ _id: id } as Document);
    if (found === null) throw new Error(`no ${name} ${id}`);
    return found;
  }

  for (let n = 0; n < pairs; n++) {
    const ids = new Map([pairId, reviewId, managerId, sellerId].map((id) => [String(id), randomUUID()]));
    const copy = (value: unknown): unknown => {
      if (typeof value === 'string') {
        return [...ids].reduce((text, [id, other]) => text.replaceAll(id, other), value);
      }
      if (Array.isArray(value)) return value.map(copy);
      if (value === null || typeof value !== 'object' || value.constructor !== Object) return value;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]));
    };
    const two = (['manager', 'seller'] as const).map((side) => ({ side, clientId: randomInt(1, 2 ** 32) }));
    const { series, ...pair } = copy(documents.pairs) as Document;
    await db.collection('pairs').insertOne(pair);
    const at = new Date(sandbox.clock.now()).toISOString();
    const clients = two.map((one) => ({ ...one, at }));
    await db.collection('reviews').insertOne({ ...(copy(documents.reviews) as Document), clients });
    for (const { side, clientId } of two) {
      const oid = ids.get(String(side === 'manager' ? managerId : sellerId));
      people.push({
        reviewId: ids.get(reviewId) ?? '',
        clientId,
        token: await mint.sign({ ...claims, oid }, audience),
      });
    }
  }
  await client.close();
  return people;
}

async function writeAll(api: string, people: readonly Person[]): Promise<{ took: number[]; writes: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: people.length });
  const took: number[] = [];
  let writes = 0;
  const started = performance.now();
  const end = started + warmUpMs + measuredMs;
  await Promise.all(
    people.map(async (person) => {
      const type = typistOf(person);
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * pauseMs));
        const from = performance.now();
        if (from > end) return;
        await post(`${api}/reviews/${person.reviewId}/live/updates`, person.token, type(), agent);
        writes += 1;
        if (from - started > warmUpMs) took.push(performance.now() - from);
      }
    }),
  );
  agent.destroy();
  return { took, writes };
}

/** Each key of one person, as the update that the tab would send. */
function typistOf({ clientId }: Person): () => string {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  return () => {
    const before = Y.encodeStateVector(doc);
    const text = doc.getText('summary');
    text.insert(text.length, 'a');
    const update = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
    return JSON.stringify({ clientId, updateId: randomUUID(), update });
  };
}

function post(url: string, token: string, body: string, agent: Agent): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode} ${text}`)),
      );
    })
      .on('error', reject)
      .end(body);
  });
}
