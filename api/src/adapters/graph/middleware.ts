// The links of our chain to Microsoft Graph.
import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome, Refusal } from '@medspill/domain/refusals';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { count } from '../../tally.ts';
import type { Limiter } from './limiter.ts';

/** A link that does something before and after the rest of the chain. */
function link(work: (context: Context, rest: () => Promise<void>) => Promise<void>): Middleware {
  let next: Middleware | undefined;
  return {
    execute: (context) =>
      work(context, async () => {
        if (next === undefined) throw new Error('the chain ends without a handler');
        await next.execute(context);
      }),
    setNext(middleware: Middleware) {
      next = middleware;
    },
  };
}

/** Thrown where no token is to be had; the client answers the refusal instead. */
class NoToken extends Error {}

/**
 * Puts the token on the call. A 401 with a claims challenge (continuous access evaluation) asks Entra once more with
 * those claims; what Entra then wants of the person becomes the refusal.
 */
export function withToken(
  token: (claims?: string) => Promise<Outcome<string>>,
  refused: (refusal: Refusal) => void,
): Middleware {
  async function authorize(context: Context, claims?: string): Promise<void> {
    const outcome = await token(claims);
    if (!outcome.ok) {
      refused(outcome.refusal);
      throw new NoToken();
    }
    setHeader(context, 'Authorization', `Bearer ${outcome.value}`);
  }
  return link(async (context, rest) => {
    await authorize(context);
    await rest();
    const claims = challengeOf(context.response);
    if (claims === undefined) return;
    await authorize(context, claims);
    await rest();
    // Still challenged with the claims in hand: only the person can answer.
    const again = challengeOf(context.response);
    if (again === undefined) return;
    refused({ code: 'interaction_required', claims: again });
    throw new NoToken();
  });
}

function challengeOf(response: Response | undefined): string | undefined {
  if (response?.status !== 401) return undefined;
  const header = response.headers.get('www-authenticate') ?? '';
  const encoded = /insufficient_claims/.test(header) ? /claims="([^"]+)"/.exec(header)?.[1] : undefined;
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

type Limits = { limiter: Limiter; timeoutMs: number; patienceMs: number };

/**
 * Waits for room, gives up after a time-out, and repeats only what may be repeated: any call after 429, a POST after
 * 503 with Retry-After, everything else after 502 to 504 and after silence. A POST that may have gone through is
 * never repeated here; its caller looks first.
 */
export function limitAndRetry(
  call: { method: string; mailbox: string; reads?: true },
  { limiter, timeoutMs, patienceMs }: Limits,
): Middleware {
  const repeatable = call.method !== 'POST' || call.reads === true;
  return link(async (context, rest) => {
    const started = performance.now();
    for (let attempt = 0; ; attempt++) {
      const failure = await limiter.run(call.mailbox, async () => {
        context.options = { ...context.options, signal: AbortSignal.timeout(timeoutMs) };
        delete context.response;
        count('graph', attempt > 0);
        try {
          await rest();
          return undefined;
        } catch (error) {
          return { error };
        }
      });
      const pause = pauseBefore(attempt, context.response, repeatable);
      const spent = performance.now() - started;
      if (pause === undefined || spent + pause > patienceMs) {
        if (failure !== undefined) throw failure.error;
        return;
      }
      if (context.response?.status === 429) limiter.pause(call.mailbox, pause);
      await context.response?.body?.cancel();
      await wait(pause);
    }
  });
}

/** Milliseconds to wait before the next try, or undefined when there is none. */
function pauseBefore(
  attempt: number,
  response: Response | undefined,
  repeatable: boolean,
): number | undefined {
  const told = retryAfterOf(response);
  const growing = Math.min(8000, 250 * 2 ** attempt) * (0.75 + Math.random() / 2);
  if (attempt >= 6) return undefined;
  // No answer at all: refused, cut or timed out.
  if (response === undefined) return repeatable ? growing : undefined;
  if (response.status === 429) return told ?? growing;
  if (response.status === 503 && told !== undefined) return told;
  return repeatable && [502, 503, 504].includes(response.status) ? (told ?? growing) : undefined;
}

/** Seconds or an HTTP date, measured from the answer's own date: clocks differ. */
function retryAfterOf(response: Response | undefined): number | undefined {
  const header = response?.headers.get('retry-after');
  if (header === null || header === undefined || header === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const from = Date.parse(response?.headers.get('date') ?? '');
  const until = Date.parse(header);
  return Number.isFinite(until) && Number.isFinite(from) ? Math.max(0, until - from) : undefined;
}

/** The library only sends a token to Graph's own hosts; the address changes last, behind its back. */
export function reroute(graphUrl: string): Middleware {
  return link(async (context, rest) => {
    if (typeof context.request === 'string') {
      context.request = context.request.replace('https://graph.microsoft.com', graphUrl);
    }
    await rest();
  });
}

function setHeader(context: Context, name: string, value: string): void {
  context.options = { ...context.options, headers: { ...plain(context.options?.headers), [name]: value } };
}

function plain(headers: unknown): Record<string, string> {
  if (headers instanceof Headers) return Object.fromEntries(headers);
  if (Array.isArray(headers)) return Object.fromEntries(headers);
  return typeof headers === 'object' && headers !== null ? { ...(headers as Record<string, string>) } : {};
}
