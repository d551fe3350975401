// The typed client: one function for every call of the contract.
import type { RouteAnswer, RouteCall, RouteName } from '@medspill/domain/contract';
import { paths } from '@medspill/domain/paths';
import { followServerClock } from './clock.ts';
import type { Problem } from './problem.ts';
import type { SignIn } from './sign-in.ts';

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** The parts that a call has: `params`, `query`, `body`. */
export type Request<N extends RouteName> = {
  [K in keyof RouteCall<N> as RouteCall<N>[K] extends undefined ? never : K]: RouteCall<N>[K];
};

type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

const timeLimitMs = 20_000;
/** Waits before a GET is tried again; nothing else is repeated without the person asking. */
const pausesMs = [400, 1600];

let signIn: SignIn | undefined;

export function signInWith(provider: SignIn): void {
  signIn = provider;
}

export function currentSignIn(): SignIn | undefined {
  return signIn;
}

export async function call<N extends RouteName>(
  name: N,
  request: Request<N>,
  options: { signal?: AbortSignal } = {},
): Promise<Answer<RouteAnswer<N>>> {
  const answer = await fetchAnswer(name, request as Parts, options.signal);
  if (!answer.ok) return answer;
  const { response } = answer.value;
  if (response.status === 204) return { ok: true, value: undefined as RouteAnswer<N> };
  try {
    // The contract's schema has checked it on its way out of the service.
    return { ok: true, value: (await response.json()) as RouteAnswer<N> };
  } catch {
    return { ok: false, problem: { code: 'unavailable' } };
  }
}

/** A file of the service, with the name it gave. */
export async function download<N extends RouteName>(
  name: N,
  request: Request<N>,
): Promise<Answer<{ blob: Blob; fileName: string }>> {
  const answer = await fetchAnswer(name, request as Parts, undefined);
  if (!answer.ok) return answer;
  const { response } = answer.value;
  const disposition = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  try {
    return {
      ok: true,
      value: { blob: await response.blob(), fileName: encoded ? decodeURIComponent(encoded) : name },
    };
  } catch {
    return { ok: false, problem: { code: 'unavailable' } };
  }
}

async function fetchAnswer(
  name: RouteName,
  parts: Parts,
  signal: AbortSignal | undefined,
): Promise<Answer<{ response: Response }>> {
  const [method = 'GET', path = ''] = paths[name].split(' ');
  const url = urlOf(path, parts);
  let fresh = false;
  for (let attempt = 0; ; attempt++) {
    const answer = await once(method, url, parts.body, fresh, signal);
    if (answer.ok || signal?.aborted) return answer;
    if (answer.problem.code === 'not_signed_in' && !fresh) {
      // The token may just have ended: one try with a new one.
      fresh = true;
      continue;
    }
    const pause = pausesMs[attempt];
    const { code } = answer.problem;
    if (method !== 'GET' || pause === undefined || (code !== 'unavailable' && code !== 'fault'))
      return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function once(
  method: string,
  url: string,
  body: unknown,
  fresh: boolean,
  signal: AbortSignal | undefined,
): Promise<Answer<{ response: Response }>> {
  const fail = (problem: Problem) => ({ ok: false as const, problem });
  if (!navigator.onLine) return fail({ code: 'offline' });
  let token: string;
  try {
    if (signIn === undefined) throw new Error('no host');
    token = await signIn.token({ fresh });
  } catch (error) {
    return fail({ code: 'sign_in_failed', reason: error instanceof Error ? error.message : String(error) });
  }
  const limit = AbortSignal.timeout(timeLimitMs);
  const sentAt = Date.now();
  try {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      cache: 'no-store',
    });
    followServerClock(response.headers.get('date'), sentAt, Date.now());
    if (response.ok) return { ok: true, value: { response } };
    return fail(await problemOf(response));
  } catch {
    return fail({ code: navigator.onLine ? 'unavailable' : 'offline' });
  }
}

function urlOf(path: string, { params = {}, query = {} }: Parts): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value));
  }
  const text = search.toString();
  return `/api/${filled}${text === '' ? '' : `?${text}`}`;
}

async function problemOf(response: Response): Promise<Problem> {
  if (!(response.headers.get('content-type') ?? '').includes('application/problem+json')) {
    return { code: 'unavailable' };
  }
  try {
    return (await response.json()) as Problem;
  } catch {
    return { code: 'unavailable' };
  }
}
