import type * as z from 'zod';
import type { AccessRule } from './access.ts';
import type { RefusalCode } from './refusals.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Stage = 'shell' | 'book' | 'prepare' | 'run' | 'sign' | 'follow-up' | 'learn' | 'trust';

/** One HTTP call: the single source of the function app's routes, the tab's client and OpenAPI. */
export type Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> = {
  stage: Stage;
  method: Method;
  /** As Azure Functions writes it, without the `api` prefix: `reviews/{reviewId}`. */
  path: string;
  summary: string;
  access: AccessRule;
  params?: P;
  query?: Q;
  body?: B;
  /** Absent: the answer has no body (204). */
  output?: O;
  /** A file instead of JSON. */
  file?: 'application/pdf' | 'application/json';
  /** The success status, 200 with an output and 204 without when not given. */
  status?: 200 | 201 | 202 | 204;
  refusals: readonly RefusalCode[];
};

export type Routes = Record<string, Route>;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler gets after the edge has parsed it. */
export type RequestOf<R extends Route> = {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
};
/** What a caller sends. */
export type CallOf<R extends Route> = {
  params: Given<R['params']>;
  query: Given<R['query']>;
  body: Given<R['body']>;
};
export type AnswerOf<R extends Route> = R['output'] extends z.ZodType ? z.output<R['output']> : undefined;
