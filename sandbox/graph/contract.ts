// Checks each exchange against an OpenAPI subset made from Microsoft's own metadata, where that file is at hand.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Parameter = { name: string; in: string; required?: boolean };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { required?: boolean };
  responses: Record<string, { $ref?: string; content?: Record<string, unknown> }>;
};
type Document = { paths: Record<string, Record<string, Operation>> };

export type Checked = {
  method: string;
  /** Path and query, with or without the version. */
  url: string;
  status: number;
  requestBody?: unknown;
  responseBody?: unknown;
};
export type Contract = (exchange: Checked) => { operation?: string; problems: string[] };

function pointer(...parts: string[]): string {
  return parts
    .map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');
}

function describe(error: ErrorObject): string {
  const { additionalProperty, allowedValues } = error.params as {
    additionalProperty?: string;
    allowedValues?: unknown[];
  };
  const extra = additionalProperty === undefined ? '' : ` '${additionalProperty}'`;
  const values =
    allowedValues === undefined || allowedValues.length > 12 ? '' : ` ${JSON.stringify(allowedValues)}`;
  return `${error.instancePath || '/'} ${error.message ?? ''}${extra}${values}`;
}

export function openContract(file: string): Contract {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema({ ...document, $id: 'https://graph.contract/' });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

  function problemsOf(path: string, value: unknown, side: string): string[] {
    let check = compiled.get(path);
    if (check === undefined) {
      check = ajv.compile({ $ref: `https://graph.contract/#${path}` });
      compiled.set(path, check);
    }
    if (check(value)) return [];
    return (check.errors ?? [])
      .filter(
        (error) => error.keyword !== 'if' && error.keyword !== 'anyOf' && error.message !== 'must be null',
      )
      .map((error) => `${side}: ${describe(error)}`);
  }

  const routes = Object.entries(document.paths)
    .map(([path, item]) => ({
      path,
      item,
      variables: path.split('{').length,
      pattern: new RegExp(
        `^${path
          .split('/')
          .map((part) =>
            /^\{.*\}$/.test(part)
              ? '[^/]+'
              : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('delta\\(\\)', 'delta(?:\\(\\))?'),
          )
          .join('/')}$`,
        'i',
      ),
    }))
    .sort((a, b) => a.variables - b.variables);

  return ({ method, url, status, requestBody, responseBody }) => {
    const address = new URL(url, 'https://graph.microsoft.com');
    const path = decodeURI(address.pathname)
      .replace(/^\/(v1\.0|beta)/, '')
      .replace(/\/calendar\/(events|calendarView)/, '/$1')
      .replace('microsoft.graph.', '');
    const verb = method.toLowerCase();
    const found = routes.find((route) => route.item[verb] !== undefined && route.pattern.test(path));
    const operation = found?.item[verb];
    if (found === undefined || operation === undefined)
      return { problems: [`unknown operation ${method} ${path}`] };
    const base = pointer('paths', found.path, verb);
    const problems: string[] = [];
    const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
    for (const { name, required } of parameters) {
      if (required === true && !address.searchParams.has(name)) problems.push(`query: ${name} missing`);
    }
    for (const name of address.searchParams.keys()) {
      if (!parameters.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase())) {
        problems.push(`query: ${name} unknown`);
      }
    }
    if (requestBody === undefined) {
      if (operation.requestBody?.required === true) problems.push('request: body missing');
    } else if (operation.requestBody === undefined) problems.push('request: body not expected');
    else
      problems.push(
        ...problemsOf(`${base}/requestBody/content/application~1json/schema`, requestBody, 'request'),
      );

    // A connection that a fault cut has no answer to check.
    if (status === 0) return { operation: `${method} ${found.path}`, problems };
    const key =
      String(status) in operation.responses
        ? String(status)
        : status >= 400
          ? `${Math.floor(status / 100)}XX`
          : undefined;
    const response = key === undefined ? undefined : operation.responses[key];
    if (key === undefined || response === undefined) {
      problems.push(
        `response: status ${status} is not documented (${Object.keys(operation.responses).join()})`,
      );
    } else if (responseBody !== undefined) {
      if (response.$ref !== undefined) {
        problems.push(
          ...problemsOf(
            '/components/responses/error/content/application~1json/schema',
            responseBody,
            'response',
          ),
        );
      } else if (response.content?.['application/json'] !== undefined) {
        problems.push(
          ...problemsOf(
            `${base}/responses/${key}/content/application~1json/schema`,
            responseBody,
            'response',
          ),
        );
      }
    }
    return { operation: `${method} ${found.path}`, problems };
  };
}
