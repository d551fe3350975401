// Reading request bodies: Graph answers 400 to a value of the wrong kind, whichever property it is in.
import { badRequest } from './graph-error.ts';

export type Json = { [key: string]: unknown };

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongKind(name: string, kind: string): never {
  throw badRequest(
    `Cannot convert the literal of property '${name}' to the expected type '${kind}'.`,
    'RequestBodyRead',
  );
}

export function asJson(value: unknown, name: string): Json {
  return isJson(value) ? value : wrongKind(name, 'Edm.ComplexType');
}

export function optionalText(body: Json, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : wrongKind(name, 'Edm.String');
}

export function optionalFlag(body: Json, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'boolean' ? value : wrongKind(name, 'Edm.Boolean');
}

export function optionalInteger(body: Json, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' && Number.isInteger(value) ? value : wrongKind(name, 'Edm.Int32');
}

export function optionalList(body: Json, name: string): unknown[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : wrongKind(name, 'Collection');
}

export function optionalJson(body: Json, name: string): Json | undefined {
  const value = body[name];
  return value === undefined || value === null ? undefined : asJson(value, name);
}

/** One of a closed set; Graph compares enum members exactly. */
export function optionalMember<const T extends string>(
  body: Json,
  name: string,
  members: readonly T[],
): T | undefined {
  const value = optionalText(body, name);
  if (value === undefined) return undefined;
  const member = members.find((candidate) => candidate === value);
  if (member === undefined) {
    throw badRequest(`Requested value '${value}' was not found. (property '${name}')`, 'RequestBodyRead');
  }
  return member;
}

/** Outlook's actions take `Comment` and `comment` alike. */
export function eitherCase(body: Json, name: string): unknown {
  return body[name] ?? body[name.charAt(0).toUpperCase() + name.slice(1)];
}

export function refuseUnknown(body: Json, known: ReadonlySet<string>, type: string): void {
  for (const key of Object.keys(body)) {
    if (key.includes('@') || known.has(key)) continue;
    throw badRequest(
      `The property '${key}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`,
      'RequestBodyRead',
    );
  }
}
