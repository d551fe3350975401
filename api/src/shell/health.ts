// Whether the service and what it depends on answer, and what has piled up. Open, so that a load balancer can ask; it
// tells names, counts and milliseconds, nothing of people.
import type { HttpResponseInit } from '@azure/functions';
import type { RouteAnswer } from '@medspill/domain/contract';
import type { App } from '../app.ts';
import { type Backlog, backlogOf } from '../outbox/jobs.ts';
import { version } from './version.ts';

/** Asked at most this often, whoever asks the route. */
const backlogMs = 15_000;

export function createHealth(app: App): () => Promise<HttpResponseInit> {
  let known: { at: number; backlog: Promise<Backlog> } | undefined;

  function backlog(): Promise<Backlog> {
    const at = app.clock.now().epochMilliseconds;
    if (known === undefined || Math.abs(at - known.at) > backlogMs) {
      known = { at, backlog: backlogOf(app) };
      known.backlog.catch(() => {
        known = undefined;
      });
    }
    return known.backlog;
  }

  return async () => {
    const { config, store } = app;
    const checks = await Promise.all([
      check('database', () => store.ping()),
      check('entra', () => answers(`${config.entraUrl}/${config.homeTenantId}/discovery/v2.0/keys`)),
      check('graph', () => answers(`${config.graphUrl}/v1.0/me`)),
      check('vault', () => answers(`${config.keyVaultUrl}/keys`)),
      check('realtime', () => answers(`${config.webPubSubUrl}/api/health`)),
    ]);
    const ok = checks.every((one) => one.ok);
    // Without a database there is nothing to count, and that it is missing stands above.
    const piled = await backlog().catch(() => undefined);
    const answer: RouteAnswer<'health'> = {
      ok,
      version,
      checks,
      ...(piled === undefined ? {} : { backlog: piled }),
    };
    return {
      status: ok ? 200 : 503,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: JSON.stringify(answer),
    };
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

/** It is there. Without a token most of them say no, and that is an answer. */
async function answers(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  await response.body?.cancel();
  if (response.status >= 500) throw new Error(`status ${response.status}`);
}
