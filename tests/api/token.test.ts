// A token that has been proven once counts for a while, and never for longer than it lives.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Round, startRound } from './round.ts';

let round: Round;
beforeAll(async () => {
  round = await startRound();
});
afterAll(() => round?.close());

async function ask(token: string): Promise<{ status: number; reason?: string }> {
  const response = await fetch(`${round.sandbox.api}/notices`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { reason } = (await response.json()) as { reason?: string };
  return { status: response.status, ...(reason === undefined ? {} : { reason }) };
}

test('a proof is not kept longer than the token', async () => {
  const token = await round.sandbox.token('Ingrid', 'teams-web', { lifetimeSeconds: 120 });
  expect(await ask(token)).toEqual({ status: 200 });
  expect(await ask(token)).toEqual({ status: 200 });
  await round.sandbox.moveClock(round.sandbox.clock.now() + 4 * 60_000);
  expect(await ask(token)).toEqual({ status: 401, reason: 'err_jwt_expired' });
});

test('a proven token proves nothing for another that differs in one letter', async () => {
  const token = await round.sandbox.token('Ingrid');
  expect(await ask(token)).toEqual({ status: 200 });
  const [head = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const promoted = Buffer.from(JSON.stringify({ ...claims, roles: ['Medspill.Admin'] })).toString(
    'base64url',
  );
  const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  expect((await ask(`${head}.${promoted}.${signature}`)).status).toBe(401);
  expect((await ask(`${head}.${payload}.${flipped}`)).status).toBe(401);
});
