// A person who uses the product over HTTP, with a real token and the contract's own types.
import { expect } from 'vitest';
import { contract, type RouteAnswer, type RouteCall, type RouteName } from '../../domain/contract.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Route } from '../../domain/route.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** The parts that a call has; what the contract leaves out is left out here. */
export type Request<N extends RouteName> = {
  [K in keyof RouteCall<N> as RouteCall<N>[K] extends undefined ? never : K]: RouteCall<N>[K];
};
export type Answer = { status: number; type: string; text: string; retryAfter: number };
export type Problem = Record<string, unknown> & { status: number; code: RefusalCode };

export type Actor = {
  name: string;
  /** Everything that any answer has told this person, to search for what must never be told. */
  heard: string[];
  /** Whatever the answer is. */
  send<N extends RouteName>(name: N, request: Request<N>): Promise<Answer>;
  /** The answer of a call that must go well, as the contract describes it. */
  ok<N extends RouteName>(name: N, request: Request<N>): Promise<RouteAnswer<N>>;
  /** The problem of a call that must be refused with this code. */
  refused<N extends RouteName>(name: N, request: Request<N>, code: RefusalCode): Promise<Problem>;
};

type Parts = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };

/** `name` is a first name of the sandbox's organisation; 'nobody' sends no token. */
export function actorIn(sandbox: Pick<Sandbox, 'api' | 'token'>, name: string): Actor {
  const heard: string[] = [];
  async function send<N extends RouteName>(route: N, request: Request<N>): Promise<Answer> {
    const { method, path } = contract[route] as Route;
    const { params = {}, query = {}, body } = request as Parts;
    const url = new URL(
      `${sandbox.api}/${path.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '')}`,
    );
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const headers: Record<string, string> = {};
    // Asked for each call, since a test may move the clock past the life of a token.
    if (name !== 'nobody') headers.authorization = `Bearer ${await sandbox.token(name)}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    heard.push(text);
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text,
      retryAfter: Number(response.headers.get('retry-after') ?? 0),
    };
  }
  return {
    name,
    heard,
    send,
    async ok(route, request) {
      const answer = await send(route, request);
      expect(answer.status, `${name} calls ${route}: ${answer.text}`).toBeLessThan(300);
      const { output } = contract[route] as Route;
      return output?.parse(JSON.parse(answer.text)) as RouteAnswer<typeof route>;
    },
    async refused(route, request, code) {
      const answer = await send(route, request);
      const problem = JSON.parse(answer.text) as Problem;
      expect(problem.code, `${name} calls ${route}: ${answer.text}`).toBe(code);
      expect(answer.type).toBe('application/problem+json');
      expect(problem.status).toBe(answer.status);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      return problem;
    },
  };
}
