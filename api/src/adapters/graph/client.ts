// Every call to Microsoft Graph. The official client with a chain of our own: token → limits and retry → address → fetch.
// Its own RetryHandler is never used: it repeats a POST after a 504 that had created the event (facts/graph.md, section 2).
import { randomUUID } from 'node:crypto';
import { type Outcome, type Refusal, refuse } from '@medspill/domain/refusals';
import type { Client as GraphClient, GraphError, Middleware } from '@microsoft/microsoft-graph-client';
import type { Config } from '../../config.ts';
import type { Actor } from '../../ports.ts';
import type { Microsoft } from '../entra/microsoft.ts';
import { createLimiter } from './limiter.ts';
import { limitAndRetry, reroute, withToken } from './middleware.ts';
import type { DelegatedPermission } from './permissions.ts';

export type GraphCall = {
  actor: Actor;
  /** Whose mailbox or feed it touches; calls of one wait for each other. */
  mailbox: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /v1.0, ids already encoded. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** What it needs on behalf of a person; nothing for what only the app itself does. */
  scopes: readonly DelegatedPermission[];
  /** A POST that changes nothing, so that it may be repeated like a GET. */
  reads?: true;
};

export type GraphAnswer<T> =
  | { ok: true; value: T }
  /** Graph's final no. `status` 0: it is not known whether the call went through. */
  | { ok: false; status: number; code: string; refusal: Refusal };

export type Graph = {
  config: Config;
  call<T>(call: GraphCall): Promise<GraphAnswer<T>>;
  /** All pages of a collection. */
  list<T>(call: GraphCall): Promise<GraphAnswer<T[]>>;
  /** The most calls that were in flight at once. */
  readonly peak: number;
};

/** Told of every call that Graph refused or did not answer: ids only, to find it again with Microsoft's support. */
export type LogFailure = (failure: {
  method: string;
  path: string;
  status: number;
  code: string;
  clientRequestId: string;
}) => void;

/** Immutable ids stay when an event moves; wall times come back in UTC unless a call asks otherwise. */
const standing = { Prefer: 'IdType="ImmutableId"' };
const defaultTimeoutMs = 10_000;

export function createGraph(
  config: Config,
  microsoft: Microsoft,
  options: { timeoutMs?: number; patienceMs?: number; log?: LogFailure } = {},
): Graph {
  const limiter = createLimiter();
  const limits = {
    limiter,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    patienceMs: options.patienceMs ?? 12_000,
  };

  async function call<T>(request: GraphCall): Promise<GraphAnswer<T>> {
    const { Client, HTTPMessageHandler } = await import('@microsoft/microsoft-graph-client');
    let refused: Refusal | undefined;
    let tokenFault: { error: unknown } | undefined;
    const middleware: Middleware[] = [
      withToken(
        async (claims) => {
          try {
            return await microsoft.token(request.actor, request.scopes, claims);
          } catch (error) {
            tokenFault = { error };
            throw error;
          }
        },
        (refusal) => {
          refused = refusal;
        },
      ),
      limitAndRetry(request, limits),
      reroute(config.graphUrl),
      new HTTPMessageHandler(),
    ];
    const client: GraphClient = Client.initWithMiddleware({ middleware });
    const clientRequestId = randomUUID();
    try {
      return { ok: true, value: (await send(client, request, clientRequestId)) as T };
    } catch (error) {
      // Nothing was sent: an outage of Entra is told apart from a no to the person.
      if (refused !== undefined) {
        const status = refused.code === 'microsoft_unavailable' ? 503 : 401;
        return { ok: false, status, code: refused.code, refusal: refused };
      }
      // Nor was anything sent without a token: this is a fault of ours, and not an answer that got lost.
      if (tokenFault !== undefined) throw tokenFault.error;
      const failure = failureOf(error);
      const { method, path } = request;
      const { status, code } = failure;
      options.log?.({ method, path: path.split('?')[0] ?? '', status, code, clientRequestId });
      return failure;
    }
  }

  return {
    config,
    call,
    async list<T>(request: GraphCall): Promise<GraphAnswer<T[]>> {
      const all: T[] = [];
      let next: GraphCall | undefined = request;
      while (next !== undefined) {
        const page: GraphAnswer<Page<T>> = await call<Page<T>>(next);
        if (!page.ok) return page;
        all.push(...page.value.value);
        const link: string | undefined = page.value['@odata.nextLink'];
        const { query: _query, ...rest } = request;
        next = link === undefined ? undefined : { ...rest, path: pathOf(link) };
      }
      return { ok: true, value: all };
    },
    get peak() {
      return limiter.peak;
    },
  };
}

type Page<T> = { value: T[]; '@odata.nextLink'?: string };

/** The library parses a path into host, version, path and query itself, so the link's own query goes along. */
function pathOf(link: string): string {
  const url = new URL(link);
  return `${url.pathname.replace(/^\/v1\.0/, '')}${url.search}`;
}

async function send(client: GraphClient, call: GraphCall, clientRequestId: string): Promise<unknown> {
  const { prefer, ...headers } = Object.fromEntries(
    Object.entries(call.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const request = client.api(call.path).headers({
    ...headers,
    Prefer: prefer === undefined ? standing.Prefer : `${standing.Prefer}, ${prefer}`,
    'client-request-id': clientRequestId,
  });
  if (call.query !== undefined) request.query(call.query);
  switch (call.method) {
    case 'GET':
      return request.get();
    case 'POST':
      return request.post(call.body);
    case 'PATCH':
      return request.patch(call.body);
    case 'DELETE':
      return request.delete();
  }
}

function failureOf(error: unknown): { ok: false; status: number; code: string; refusal: Refusal } {
  // The library wraps whatever a middleware throws; -1 stands for "no answer".
  const { statusCode, code, headers } = error as Partial<GraphError>;
  if (statusCode === undefined) throw error;
  const status = Math.max(0, statusCode);
  const wait = Number(headers?.get('retry-after') ?? Number.NaN);
  return {
    ok: false,
    status: status === 504 ? 0 : status,
    code: code ?? '',
    refusal: {
      code: 'microsoft_unavailable',
      ...(Number.isFinite(wait) ? { retryAfterSeconds: wait } : {}),
    },
  };
}

/** Turns a failed call into what a port answers: only what the person can do something about, or "not now". */
export function refusalOf(failure: { status: number; code: string; refusal: Refusal }): Outcome<never> {
  const { status, refusal } = failure;
  if (refusal.code !== 'microsoft_unavailable') return refuse(refusal);
  if (status === 403) return refuse({ code: 'consent_required', scopes: [] });
  if (status === 0 || status === 429 || status >= 500) return refuse(refusal);
  throw new Error(`Graph answered ${status} ${failure.code}`);
}

/** `me` for the signed-in person, else the person by id. */
export function mailboxPath(actor: Actor, personId: string): string {
  return actor.kind === 'person' && actor.personId === personId ? '/me' : `/users/${personId}`;
}
