import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClock } from '../../sandbox/clock.ts';
import { managedIdentityClientId } from '../../sandbox/entra/registrations.ts';
import { type EntraServer, startEntra } from '../../sandbox/entra/server.ts';
import { tenantId } from '../../sandbox/people.ts';
import { startVault, type VaultServer } from '../../sandbox/vault/server.ts';

const clock = createClock();
let dataDir: string;
let entra: EntraServer;
let vault: VaultServer;
let token: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vault-'));
  entra = await startEntra({ dataDir, port: 0, clock });
  vault = await start();
  token = await identityToken('https://vault.azure.net');
});

afterAll(async () => {
  await vault.close();
  await entra.close();
  await rm(dataDir, { recursive: true });
});

function start(cryptoUsers?: string[]): Promise<VaultServer> {
  const allowed = cryptoUsers === undefined ? {} : { cryptoUsers };
  return startVault({ dataDir, port: 0, clock, jwksUrl: entra.jwksUrl(tenantId), ...allowed });
}

async function identityToken(resource: string): Promise<string> {
  const query = new URLSearchParams({
    'api-version': '2019-08-01',
    resource,
    client_id: managedIdentityClientId,
  });
  const response = await fetch(`${entra.identityEndpoint}?${query}`, {
    headers: { 'x-identity-header': entra.identityHeader },
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function call(path: string, body?: object, bearer = token) {
  const response = await fetch(`${vault.url}${path}?api-version=7.4`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url');

test('a digest signed with ES256 verifies here and with any other implementation', async () => {
  const { body: bundle } = await call('/keys/record-signing');
  expect(bundle.key).toMatchObject({ kty: 'EC', crv: 'P-256', key_ops: ['sign', 'verify'] });
  expect(bundle.key.d).toBeUndefined();
  const version = new URL(bundle.key.kid).pathname;
  for (let count = 0; count < 20; count++) {
    const text = randomBytes(40).toString('hex');
    const signed = await call(`${version}/sign`, { alg: 'ES256', value: digestOf(text) });
    expect(signed.body.kid).toBe(bundle.key.kid);
    const key = createPublicKey({ key: bundle.key, format: 'jwk' });
    const signature = Buffer.from(signed.body.value, 'base64url');
    expect(verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    const verified = (digest: string, value: string) =>
      call(`${version}/verify`, { alg: 'ES256', digest, value }).then(({ body }) => body.value);
    expect(await verified(digestOf(text), signed.body.value)).toBe(true);
    expect(await verified(digestOf(`${text}!`), signed.body.value)).toBe(false);
    signature[5] = (signature[5] ?? 0) ^ 1;
    expect(await verified(digestOf(text), signature.toString('base64url'))).toBe(false);
  }
});

test.each([
  ['wrapkey', 'unwrapkey'],
  ['wrapKey', 'unwrapKey'],
  ['encrypt', 'decrypt'],
])('%s and %s are each other’s inverse', async (there, back) => {
  const secret = randomBytes(32).toString('base64url');
  const wrapped = await call(`/keys/record-wrapping/${there}`, { alg: 'RSA-OAEP-256', value: secret });
  expect(wrapped.body.value).not.toBe(secret);
  const path = new URL(wrapped.body.kid).pathname;
  const unwrapped = await call(`${path}/${back}`, { alg: 'RSA-OAEP-256', value: wrapped.body.value });
  expect(unwrapped.body.value).toBe(secret);
});

test('without a token the vault says where to get one', async () => {
  const response = await fetch(`${vault.url}/keys/record-signing?api-version=7.4`);
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer authorization="https://login.microsoftonline.com/${tenantId}", resource="https://vault.azure.net"`,
  );
});

test('tokens for other resources, expired ones and those of people are refused', async () => {
  expect(
    (await call('/keys/record-signing', undefined, await identityToken('https://graph.microsoft.com')))
      .status,
  ).toBe(401);
  const user = await entra.issueUserToken('00000000-0000-4000-8000-000000000010', 'teams-web');
  expect((await call('/keys/record-signing', undefined, user)).status).toBe(401);
  clock.set(clock.now() + 25 * 3_600_000);
  expect((await call('/keys/record-signing')).body.error.message).toContain('AKV10049');
  clock.set(Date.now());
  const strict = await start([]);
  const response = await fetch(`${strict.url}/keys/record-signing?api-version=7.4`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(403);
  await strict.close();
});

test.each([
  ['an unknown key', '/keys/unknown', undefined, 404, 'KeyNotFound'],
  ['an unknown version', '/keys/record-signing/0123456789abcdef', undefined, 404, 'KeyNotFound'],
  [
    'a text instead of a digest',
    '/keys/record-signing/sign',
    { alg: 'ES256', value: 'abc' },
    400,
    'BadParameter',
  ],
  [
    'another algorithm',
    '/keys/record-signing/sign',
    { alg: 'RS256', value: digestOf('') },
    400,
    'BadParameter',
  ],
  ['what the key is not for', '/keys/record-signing/encrypt', { alg: 'ES256', value: '' }, 403, 'Forbidden'],
  [
    'base64 with padding',
    '/keys/record-wrapping/encrypt',
    { alg: 'RSA-OAEP-256', value: 'YQ==' },
    400,
    'BadParameter',
  ],
  [
    'a foreign cipher',
    '/keys/record-wrapping/decrypt',
    { alg: 'RSA-OAEP-256', value: 'YWJj' },
    400,
    'BadParameter',
  ],
])('%s is refused', async (_what, path, body, status, code) => {
  const answer = await call(path, body);
  expect(answer).toMatchObject({ status, body: { error: { code } } });
});

test('keys outlive a restart', async () => {
  const before = await call('/keys/record-signing');
  const again = await start();
  const response = await fetch(`${again.url}/keys/record-signing?api-version=7.4`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(((await response.json()) as { key: { x: string } }).key.x).toBe(before.body.key.x);
  await again.close();
});
