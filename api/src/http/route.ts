// From an HTTP request to a use case and back: token, rate, parse, answer, one wide log line.
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  type Contract,
  contract,
  type RouteAnswer,
  type RouteName,
  type RouteRequest,
} from '@medspill/domain/contract';
import { type Outcome, type Refusal, refuse } from '@medspill/domain/refusals';
import type { Route } from '@medspill/domain/route';
import type * as z from 'zod';
import type { App } from '../app.ts';
import { version } from '../shell/version.ts';
import { counting, newTally } from '../tally.ts';
import { faultProblem, problemOf } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Caller, VerifyToken } from './token.ts';

/** A file instead of JSON. */
export type FileAnswer = { file: Uint8Array; name: string };

export type HandlerAnswer<N extends RouteName> = Contract[N] extends { file: string }
  ? FileAnswer
  : RouteAnswer<N>;

export type Handler<N extends RouteName> = (
  request: RouteRequest<N>,
  caller: Caller,
) => Promise<Outcome<HandlerAnswer<N>>>;

export type Handlers<T extends Partial<Contract>> = { [N in keyof T & RouteName]: Handler<N> };

/** Bodies above this are refused unread (the largest legal one is an update of the shared form). */
const bodyLimit = 1024 * 1024;

export type Edge = { app: App; verify: VerifyToken; rate: RateLimit };

export async function serve<N extends RouteName>(
  name: N,
  handler: Handler<N>,
  edge: Edge,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const started = performance.now();
  const { app } = edge;
  const tally = newTally();
  let caller: Caller | undefined;
  const finish = (response: HttpResponseInit, outcome: string): HttpResponseInit => {
    // One wide event: ids, codes and counts, never a word, a query string or a header.
    app.log('info', {
      event: 'request',
      route: name,
      requestId: context.invocationId,
      traceParent: context.traceContext?.traceParent,
      version,
      tenantId: caller?.tenantId,
      personId: caller?.personId,
      status: response.status,
      outcome,
      ms: Math.round(performance.now() - started),
      ...tally,
    });
    return withLength(response);
  };
  const refused = (refusal: Refusal) => finish(problemOf(refusal), refusal.code);
  try {
    const signedIn = await edge.verify(request.headers.get('authorization') ?? undefined);
    if (!signedIn.ok) return refused(signedIn.refusal);
    caller = signedIn.value;
    const wait = edge.rate(`${caller.tenantId}/${caller.personId}`);
    if (wait > 0) return refused({ code: 'too_many_requests', retryAfterSeconds: wait });
    const parsed = await parse(contract[name], request);
    if (!parsed.ok) return refused(parsed.refusal);
    const { value: asked } = parsed;
    const { value: who } = signedIn;
    const outcome = await counting(tally, () => handler(asked as RouteRequest<N>, who));
    if (!outcome.ok) return refused(outcome.refusal);
    return finish(answer(contract[name], outcome.value), 'ok');
  } catch (error) {
    app.log('error', {
      event: 'fault',
      route: name,
      requestId: context.invocationId,
      traceParent: context.traceContext?.traceParent,
      error: faultText(error),
    });
    return finish(faultProblem(context.invocationId), 'fault');
  }
}

/** With its length known an answer leaves in one write, without it in chunks, and through the host as well. */
function withLength(response: HttpResponseInit): HttpResponseInit {
  const { body, headers } = response;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return response;
  return { ...response, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } };
}

/** Where a fault happened, without its message: messages of libraries may carry words of people. */
export function faultText(error: unknown): { name: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
  return {
    name: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(stack === undefined ? {} : { stack }),
  };
}

async function parse(
  route: Route,
  request: HttpRequest,
): Promise<Outcome<{ params: unknown; query: unknown; body: unknown }>> {
  const issues: { path: string; message: string }[] = [];
  const check = (part: string, schema: z.ZodType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues.slice(0, 20)) {
      issues.push({ path: [part, ...issue.path].join('.'), message: issue.message });
    }
    return undefined;
  };
  const params = check('params', route.params, request.params);
  const query = check('query', route.query, Object.fromEntries(request.query));
  let body: unknown;
  if (route.body !== undefined) {
    const text = await readBody(request);
    if (text === undefined) return refuse({ code: 'too_large', limit: bodyLimit });
    try {
      body = check('body', route.body, JSON.parse(text));
    } catch {
      issues.push({ path: 'body', message: 'not JSON' });
    }
  }
  if (issues.length > 0) return refuse({ code: 'invalid_input', issues });
  return { ok: true, value: { params, query, body } };
}

async function readBody(request: HttpRequest): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyLimit) return undefined;
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(route: Route, value: unknown): HttpResponseInit {
  const status = route.status ?? (route.output || route.file ? 200 : 204);
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (route.file !== undefined) {
    const { file, name } = value as FileAnswer;
    headers['content-type'] = route.file;
    headers['content-disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    return { status, headers, body: file };
  }
  if (route.output === undefined) return { status, headers };
  headers['content-type'] = 'application/json; charset=utf-8';
  // The schema is the last guard: what it does not name does not leave.
  return { status, headers, body: JSON.stringify(route.output.parse(value)) };
}
