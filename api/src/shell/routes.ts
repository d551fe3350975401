import type { HttpResponseInit } from '@azure/functions';
import type { contract } from '@medspill/domain/contract';
import { done } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import { version } from './version.ts';

export function shellHandlers(app: App): Handlers<Pick<typeof contract, 'me'>> {
  return {
    me: async (_request, caller) => {
      const found = await app.directory.find(
        { kind: 'person', personId: caller.personId, assertion: caller.assertion },
        caller.personId,
      );
      // Who one is must be known even while Graph is down or consent is missing: the token says enough.
      const fallback = {
        id: caller.personId,
        name: caller.name || caller.mail,
        firstName: caller.name.split(' ')[0] || caller.mail,
        mail: caller.mail,
        language: 'nb' as const,
        zone: 'Europe/Oslo',
      };
      const person = found.ok && found.value !== undefined ? found.value : fallback;
      return done({ person, isAdmin: caller.isAdmin });
    },
  };
}

/** Open, so that a load balancer can ask; it tells names and milliseconds, nothing of people. */
export async function health(app: App): Promise<HttpResponseInit> {
  const checks = await Promise.all([
    check('database', () => app.store.ping()),
    check('entra', () => reach(`${app.config.entraUrl}/${app.config.homeTenantId}/discovery/v2.0/keys`)),
  ]);
  const ok = checks.every((one) => one.ok);
  return {
    status: ok ? 200 : 503,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ ok, version, checks }),
  };
}

async function check(
  name: string,
  work: () => Promise<void>,
): Promise<{ name: string; ok: boolean; ms: number }> {
  const started = performance.now();
  const ok = await work().then(
    () => true,
    () => false,
  );
  return { name, ok, ms: Math.round(performance.now() - started) };
}

async function reach(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
}
