// OpenAPI 3.1, written from the contract.
import type { HttpResponseInit } from '@azure/functions';
import { accessRules } from '@medspill/domain/access';
import { contract } from '@medspill/domain/contract';
import type { Route } from '@medspill/domain/route';
import * as z from 'zod';
import { version } from '../shell/version.ts';

let document: string | undefined;

export function openapi(): HttpResponseInit {
  document ??= JSON.stringify(describe());
  return { headers: { 'content-type': 'application/json; charset=utf-8' }, body: document };
}

function describe(): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(contract) as [string, Route][]) {
    const path = `/${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Medspill', version, description: 'Monthly development reviews.' },
    servers: [{ url: '/api' }],
    paths,
    components: { securitySchemes: { entra: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function operation(name: string, route: Route): unknown {
  const status = String(route.status ?? (route.output || route.file ? 200 : 204));
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.stage],
    'x-access': { rule: route.access, ...accessRules[route.access] },
    'x-refusals': route.refusals,
    ...(route.access === 'open' || route.access === 'microsoft' ? {} : { security: [{ entra: [] }] }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body ? { requestBody: { required: true, content: json(route.body, 'input') } } : {}),
    responses: {
      [status]: {
        description: 'Done',
        ...(route.file
          ? { content: { [route.file]: {} } }
          : route.output
            ? { content: json(route.output, 'output') }
            : {}),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { type: 'object' } } },
      },
    },
  };
}

function json(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return { 'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) } };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (schema === undefined) return [];
  const object = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = new Set(object.required ?? []);
  return Object.entries(object.properties ?? {}).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: one,
  }));
}
