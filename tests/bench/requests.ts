// Requests per second and their p99 through the Functions host, beside the same work on bare node:http. Both are
// processes of their own over the same database; the load comes turn by turn, so that the machine's mood hits both.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { loadSigningKey } from '../../sandbox/entra/signing-key.ts';
import { createMint } from '../../sandbox/entra/tokens.ts';
import { clientId, tenantId } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { startApiBeside } from '../api-beside.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const most = 21;
const perRound = 400;
const atOnce = 16;
/** Of what bare node:http does in the same run. */
const goal = 0.5;
const built = join(import.meta.dirname, '..', '..', 'api', 'dist');

export type FloorSettings = {
  jwksUrl: string;
  issuer: string;
  audience: string;
  mongoUri: string;
  mongoDatabase: string;
  clockOffset: number;
};

type Load = { perSecond: number; p99: number };

export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'medspill-requests-'));
  const sandbox = await startSandbox({ dataDir: folder, port: 0, quiet: true });
  const beside = await startApiBeside(sandbox, built);
  const floor = await startFloor(sandbox);
  const tokens = await manyPeople(sandbox, folder);
  try {
    return rowsOf(await compare(`${floor.api}/notices`, `${beside.api}/notices`, tokens));
  } finally {
    await floor.close();
    await beside.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One person may not ask as much as a bench does, so that many ask. */
async function manyPeople(sandbox: Sandbox, folder: string): Promise<string[]> {
  const key = await loadSigningKey(join(folder, 'entra'));
  const mint = createMint(key, sandbox.clock, 'https://login.microsoftonline.com');
  const claims = decodeJwt(await sandbox.token('Jonas'));
  return Promise.all(
    Array.from({ length: 200 }, () => mint.sign({ ...claims, oid: randomUUID() }, clientId)),
  );
}

type Compared = { floor: Load; ours: Load };

async function compare(floor: string, ours: string, tokens: string[]): Promise<Compared[]> {
  const rounds: Compared[] = [];
  for (let n = 0; n <= most; n++) {
    const round = { floor: await load(floor, tokens), ours: await load(ours, tokens) };
    // The first of each compiles code.
    if (n > 0) rounds.push(round);
  }
  return rounds;
}

/** The ratio is the middle one of the rounds' own: both halves of a round had the same machine. */
function rowsOf(rounds: Compared[]): BenchRow[] {
  const middle = (of: (round: Compared) => number) => rounded(percentile(rounds.map(of), 0.5));
  const share = middle(({ floor, ours }) => ours.perSecond / floor.perSecond);
  return [
    {
      name: 'requests: of one read, through the Functions host',
      value: middle(({ ours }) => ours.perSecond),
      unit: 'per second',
      floor: middle(({ floor }) => floor.perSecond),
      ratio: share,
      goal: `ratio >= ${goal}`,
      holds: share >= goal,
    },
    {
      name: `requests: p99 of ${atOnce} at once`,
      value: middle(({ ours }) => ours.p99),
      unit: 'ms',
      floor: middle(({ floor }) => floor.p99),
      ratio: middle(({ floor, ours }) => ours.p99 / floor.p99),
    },
  ];
}

async function load(url: string, tokens: string[]): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const took: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < perRound; n = next++) {
        const from = performance.now();
        await get(url, tokens[n % tokens.length] ?? '', agent);
        took.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { perSecond: perRound / seconds, p99: percentile(took, 0.99) };
}

function get(url: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        response.statusCode === 200 && text.startsWith('{')
          ? resolve()
          : reject(new Error(`${url}: ${response.statusCode} ${text}`)),
      );
    })
      .on('error', reject)
      .end();
  });
}

async function startFloor(sandbox: Sandbox): Promise<{ api: string; close(): Promise<void> }> {
  const child = fork(join(import.meta.dirname, 'requests-floor.ts'));
  const settings: FloorSettings = {
    jwksUrl: sandbox.entraServer.jwksUrl(tenantId),
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    audience: clientId,
    mongoUri: sandbox.mongo,
    mongoDatabase: sandbox.mongoDatabase,
    clockOffset: sandbox.clock.offset(),
  };
  child.send(settings);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    api: `http://127.0.0.1:${port}/api`,
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
