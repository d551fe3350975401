// Whatever Graph acknowledged is there after kill -9, and what it did not acknowledge is there at most once.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '@microsoft/microsoft-graph-types';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { clientId, tenantId } from '../../sandbox/people.ts';
import { delegatedScopes, mail, person, series } from './graph-tenant.ts';

type Page = { value: (Event & { id: string })[] };

async function start(dataDir: string, keys: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'graph-process.ts'), dataDir, '0', keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((started, failed) => {
    child.stdout.once('data', (chunk) => started(String(chunk).trim()));
    child.once('exit', () => failed(new Error('Graph did not start')));
  });
  return { process: child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

test('kill -9 in the middle of booking loses nothing acknowledged and doubles nothing', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' };
  const keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((done) => keys.listen(0, '127.0.0.1', done));
  const keysUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/`;
  const token = await new SignJWT({
    tid: tenantId,
    appid: clientId,
    oid: person('Ingrid'),
    scp: delegatedScopes.join(' '),
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setAudience('https://graph.microsoft.com')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const dataDir = mkdtempSync(join(tmpdir(), 'graph-kill-'));

  const acknowledged: string[] = [];
  const transactions = Array.from({ length: 60 }, (_, n) => `booking-${n}`);
  const post = (url: string, transactionId: string) =>
    fetch(`${url}/v1.0/me/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify(series([mail('Jonas')], { transactionId, subject: transactionId })),
    });

  let graph = await start(dataDir, keysUrl);
  for (let round = 0; round < 3; round++) {
    // Two at a time, killed as soon as some more are through.
    const until = acknowledged.length + 6 + round * 5;
    const waiting = transactions.filter((transaction) => !acknowledged.includes(transaction));
    const book = async (): Promise<void> => {
      for (;;) {
        const transaction = waiting.shift();
        if (transaction === undefined || acknowledged.length >= until) return;
        const response = await post(graph.url, transaction);
        if (response.status === 201) acknowledged.push(transaction);
        await response.body?.cancel();
      }
    };
    const bookers = Promise.allSettled([book(), book()]);
    await expect
      .poll(() => acknowledged.length, { interval: 1, timeout: 20_000 })
      .toBeGreaterThanOrEqual(until - 2);
    await kill(graph.process);
    await bookers;
    graph = await start(dataDir, keysUrl);
  }
  const found = async (): Promise<string[]> => {
    const response = await fetch(`${graph.url}/v1.0/me/events?$top=500&$select=subject`, { headers });
    return ((await response.json()) as Page).value.map(({ subject }) => subject ?? '');
  };
  const after = await found();
  expect(acknowledged.filter((transaction) => !after.includes(transaction))).toEqual([]);
  for (const transaction of transactions) expect((await post(graph.url, transaction)).status).toBe(201);
  expect((await found()).sort()).toEqual([...transactions].sort());
  await kill(graph.process);
  await new Promise((done) => keys.close(done));
});
