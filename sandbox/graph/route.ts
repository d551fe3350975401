// Routes: `~` in a path stands for /me and for /users/{user} alike.
import type { Person } from '../people.ts';
import type { Caller } from './access.ts';
import type { Json } from './json.ts';
import type { Permissions } from './permissions.ts';
import type { Preferences } from './preferences.ts';
import type { Service } from './throttling.ts';
import type { World } from './world.ts';

export type Call = {
  world: World;
  caller: Caller;
  /** Whose resource it is: the person of /me or /users/{user}. Only for paths that name one. */
  readonly owner: Person;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
  preferences: Preferences;
  /** The address asked for, without its query. */
  address: string;
};

export type Reply = {
  status: number;
  body?: Json;
  /** Something other than JSON: a photo. */
  bytes?: { content: Buffer; contentType: string };
  headers?: Record<string, string>;
};

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  service: Service;
  allow: Permissions;
  /** Where /me asks for other permissions than /users/{user}. */
  allowMe?: Permissions;
  /** A signed-in user reaches only their own (mailboxes; nothing is shared in this tenant). */
  ownOnly?: boolean;
  /** Works in one transaction of the store; a promise means it looks after that itself. */
  handle(call: Call): Reply | Promise<Reply>;
};

export type Found = {
  route: Route;
  params: Record<string, string>;
  user?: string;
  isMe: boolean;
  template: string;
};

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** The forms in which the same resource is asked for, brought to one. */
function normalize(path: string): string[] {
  // Decoded segment by segment: an id may hold a slash (a meeting's does).
  const parts = segments(path)
    .map(decodeURIComponent)
    .flatMap((segment) => {
      // Keys in parentheses: users('id')/events('id').
      const keyed = segment.match(/^([a-z]+)\('([^']*)'\)$/i);
      return keyed?.[1] !== undefined && keyed[2] !== undefined ? [keyed[1], keyed[2]] : [segment];
    })
    .map((segment) => segment.replace(/^microsoft\.graph\./, '').replace(/^delta\(\)$/, 'delta'));
  const at = parts.findIndex((part) => part.toLowerCase() === 'calendar');
  const after = parts[at + 1]?.toLowerCase();
  if (at > 0 && at <= 2 && (after === 'events' || after === 'calendarview')) parts.splice(at, 1);
  return parts;
}

export function findRoute(routes: Route[], method: string, path: string): Found | { methods: string[] } {
  const parts = normalize(path);
  const isMe = parts[0]?.toLowerCase() === 'me';
  const isUser = parts[0]?.toLowerCase() === 'users' && parts.length > 1;
  const rest = isMe ? parts.slice(1) : isUser ? parts.slice(2) : [];
  const methods: string[] = [];
  for (const route of routes) {
    const pattern = segments(route.path);
    const owned = pattern[0] === '~';
    if (owned && !isMe && !isUser) continue;
    const given = owned ? rest : parts;
    const wanted = owned ? pattern.slice(1) : pattern;
    if (wanted.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((segment, index) => {
      const value = given[index] ?? '';
      if (!segment.startsWith('{')) return segment.toLowerCase() === value.toLowerCase();
      params[segment.slice(1, -1)] = value;
      return value !== '';
    });
    if (!fits) continue;
    if (route.method !== method) {
      methods.push(route.method);
      continue;
    }
    const user = isUser && owned ? parts[1] : undefined;
    return {
      route,
      params,
      isMe: owned && isMe,
      template: `${method} ${route.path.replace(/^~/, isMe ? '/me' : '/users/{user}')}`,
      ...(user === undefined ? {} : { user }),
    };
  }
  return { methods };
}
