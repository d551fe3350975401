// `$select`, `$orderby`, `$top`, `$skip`, `$count` and the next link of a collection.
import { badRequest } from '../graph-error.ts';
import type { Json } from '../json.ts';
import { isJson } from '../json.ts';
import { parseFilter } from './filter.ts';

/** Keeps what was asked for; the id and annotations always come along. */
export function select(value: Json, query: URLSearchParams): Json {
  const wanted = query.get('$select');
  if (wanted === null || wanted.trim() === '') return value;
  const names = new Set(wanted.split(',').map((name) => name.trim().toLowerCase()));
  const expanded = (query.get('$expand') ?? '')
    .split(',')
    .map((name) => name.trim().replace(/\(.*$/s, '').toLowerCase());
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name]) =>
        name === 'id' ||
        name.startsWith('@') ||
        names.has(name.toLowerCase()) ||
        expanded.includes(name.toLowerCase()),
    ),
  );
}

function valueAt(value: Json, path: string): unknown {
  let found: unknown = value;
  for (const name of path.split('/')) found = isJson(found) ? found[name] : undefined;
  return found;
}

function order(values: Json[], orderby: string): Json[] {
  const keys = orderby.split(',').map((part) => {
    const [path = '', direction = 'asc'] = part.trim().split(/\s+/);
    return { path, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return [...values].sort((a, b) => {
    for (const { path, sign } of keys) {
      const left = String(valueAt(a, path) ?? '');
      const right = String(valueAt(b, path) ?? '');
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for $${name}.`, 'BadRequest');
  return Number(text);
}

export type Paging = {
  /** The address asked for, without its query: next links repeat it. */
  address: string;
  query: URLSearchParams;
  defaultTop: number;
  maxTop: number;
  pageSize?: number;
  /** Adds what a filter may look into though it is not answered. */
  widen?: (value: Json) => Json;
};

/** A page of a collection, filtered, ordered and cut to `$select`; filter first, so that it sees every property. */
export function page(values: Json[], { address, query, defaultTop, maxTop, pageSize, widen }: Paging): Json {
  const filter = query.get('$filter');
  let found = values;
  if (filter !== null) {
    const holds = parseFilter(filter);
    found = values.filter((value) => holds(widen === undefined ? value : widen(value)));
  }
  const orderby = query.get('$orderby');
  if (orderby !== null) found = order(found, orderby);
  const skip = wholeNumber(query, '$skip') ?? 0;
  const top = wholeNumber(query, '$top') ?? pageSize ?? defaultTop;
  if (top < 1 || top > maxTop) {
    throw badRequest(
      `Invalid page size specified: '${top}'. Must be between 1 and ${maxTop} inclusive.`,
      'BadRequest',
    );
  }
  const rest = found.length > skip + top;
  const next = new URLSearchParams(query);
  next.set('$skip', String(skip + top));
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection',
    ...(query.get('$count') === 'true' ? { '@odata.count': found.length } : {}),
    ...(rest ? { '@odata.nextLink': `${address}?${next}` } : {}),
    value: found.slice(skip, skip + top).map((value) => select(value, query)),
  };
}
