// The REST data plane, as the service's own client library calls it (api-version 2024-12-01 and before).
import type { Access } from './access.ts';
import { type Filter, parseFilter } from './filter.ts';
import { type Hubs, isPermitted, type SendOptions } from './hubs.ts';
import type { Payload, Session } from './session.ts';

export type RestRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string;
  body: Buffer;
  /** Scheme and host as the caller wrote them. */
  origin: string;
};
export type RestAnswer = { status: number; body?: unknown };

const done: RestAnswer = { status: 200 };
const accepted: RestAnswer = { status: 202 };
const gone: RestAnswer = { status: 204 };
const pageSize = 200;

export async function answerRest(request: RestRequest, hubs: Hubs, access: Access): Promise<RestAnswer> {
  const [api, collection, hub, ...rest] = request.path.split('/').filter(Boolean).map(decodeURIComponent);
  if (api !== 'api' || collection !== 'hubs' || hub === undefined)
    return refuse(404, 'NotFound', 'No such address.');
  if (!/^[A-Za-z][A-Za-z0-9_`,.[\]]{0,127}$/.test(hub)) return refuse(400, 'BadRequest', 'Invalid hub name.');
  const { query } = request;
  const excluded = query.getAll('excluded');
  const reason = query.get('reason') ?? 'The connection was closed by the server.';
  const [, id = '', , target = ''] = rest;
  const existence = (found: boolean): RestAnswer => ({ status: found ? 200 : 404 });
  const close = (sessions: Session[]): RestAnswer => {
    for (const session of sessions) if (!excluded.includes(session.connectionId)) session.end(reason);
    return gone;
  };

  const operation = `${request.method} ${shape(rest)}`;
  switch (operation) {
    case 'POST :generateToken':
      return generateToken(hub, request, access);
    case 'POST :send':
      hubs.send(hubs.ofHub(hub), payload(request), options());
      return accepted;
    case 'POST :closeConnections':
      return close(hubs.ofHub(hub));
    case 'POST :addToGroups':
    case 'POST :removeFromGroups':
      return changeGroups(hub, operation === 'POST :addToGroups', request, hubs);
    case 'HEAD connections/*':
      return existence(hubs.find(hub, id) !== undefined);
    case 'DELETE connections/*':
      return close([hubs.find(hub, id) ?? []].flat());
    case 'POST connections/*/:send':
      hubs.send([hubs.find(hub, id) ?? []].flat(), payload(request), options());
      return accepted;
    case 'DELETE connections/*/groups':
      hubs.find(hub, id)?.groups.clear();
      return gone;
    case 'HEAD groups/*':
      return existence(hubs.ofGroup(hub, id).length > 0);
    case 'POST groups/*/:closeConnections':
      return close(hubs.ofGroup(hub, id));
    case 'POST groups/*/:send':
      hubs.sendToGroup(hub, id, payload(request), options());
      return accepted;
    case 'GET groups/*/connections':
      return listConnections(hubs.ofGroup(hub, id), request);
    case 'PUT groups/*/connections/*':
      return withConnection(target, (session) => session.groups.add(id), done);
    case 'DELETE groups/*/connections/*':
      hubs.find(hub, target)?.groups.delete(id);
      return gone;
    case 'HEAD users/*':
      return existence(hubs.ofUser(hub, id).length > 0);
    case 'POST users/*/:closeConnections':
      return close(hubs.ofUser(hub, id));
    case 'POST users/*/:send':
      hubs.send(hubs.ofUser(hub, id), payload(request), options());
      return accepted;
    case 'DELETE users/*/groups':
      hubs.removeUserFromGroups(hub, id);
      return gone;
    case 'PUT users/*/groups/*':
      hubs.addUserToGroup(hub, id, target);
      return done;
    case 'DELETE users/*/groups/*':
      hubs.removeUserFromGroups(hub, id, target);
      return gone;
    case 'PUT permissions/*/connections/*':
      return withConnection(target, (session) => session.roles.add(role()), done);
    case 'DELETE permissions/*/connections/*':
      return withConnection(target, (session) => session.roles.delete(role()), gone);
    case 'HEAD permissions/*/connections/*': {
      const session = hubs.find(hub, target);
      return existence(
        session !== undefined && isPermitted(session, id, query.get('targetName') ?? undefined),
      );
    }
    default:
      return refuse(404, 'NotFound', 'No such operation.');
  }

  function role(): string {
    if (id !== 'joinLeaveGroup' && id !== 'sendToGroup') throw new SyntaxError(`Unknown permission "${id}".`);
    return ['webpubsub', id, query.get('targetName')].filter((part) => part !== null).join('.');
  }

  function withConnection(
    connectionId: string,
    act: (session: Session) => void,
    answer: RestAnswer,
  ): RestAnswer {
    const session = hubs.find(hub ?? '', connectionId);
    if (session === undefined)
      return refuse(404, 'Error.Connection.NotExisted', 'The connection does not exist.');
    act(session);
    return answer;
  }

  function options(): SendOptions {
    return { excluded, ...filterOf(query.get('filter')) };
  }
}

/** The path with its names replaced by `*`, since verbs begin with a colon and collections are a closed set. */
function shape(parts: string[]): string {
  return parts
    .map((part, at) => (at % 2 === 0 || part.startsWith(':') || part === 'groups' ? part : '*'))
    .join('/');
}

async function generateToken(hub: string, request: RestRequest, access: Access): Promise<RestAnswer> {
  const { query } = request;
  const minutes = Number(query.get('minutesToExpire') ?? 60);
  if (!(minutes > 0)) return refuse(400, 'BadRequest', 'minutesToExpire must be positive.');
  const userId = query.get('userId');
  const token = await access.issueClientToken(
    hub,
    {
      roles: query.getAll('role'),
      groups: query.getAll('group'),
      ...(userId === null ? {} : { userId }),
    },
    minutes,
    request.origin,
  );
  return { status: 200, body: { token } };
}

function changeGroups(hub: string, isAdding: boolean, request: RestRequest, hubs: Hubs): RestAnswer {
  const { groups = [], filter } = JSON.parse(request.body.toString()) as {
    groups?: string[];
    filter?: string;
  };
  const matches = filterOf(filter ?? null).filter ?? (() => true);
  for (const session of hubs.ofHub(hub).filter(matches))
    for (const group of groups)
      if (isAdding) session.groups.add(group);
      else session.groups.delete(group);
  return done;
}

function listConnections(sessions: Session[], request: RestRequest): RestAnswer {
  const { query } = request;
  const start = Number(query.get('continuationToken') ?? 0);
  const top = Number(query.get('top') ?? Number.POSITIVE_INFINITY);
  const size = Math.min(Number(query.get('maxpagesize') ?? pageSize), pageSize, top);
  const value = sessions
    .slice(start, start + size)
    .map(({ connectionId, userId }) => ({ connectionId, ...(userId === undefined ? {} : { userId }) }));
  const rest = top - size;
  if (start + size >= sessions.length || rest <= 0) return { status: 200, body: { value } };
  // Relative, since only the caller knows by which scheme it came.
  const next = new URLSearchParams(query);
  next.set('continuationToken', String(start + size));
  if (Number.isFinite(rest)) next.set('top', String(rest));
  return { status: 200, body: { value, nextLink: `${request.path}?${next}` } };
}

function payload({ contentType, body }: RestRequest): Payload {
  if (contentType.startsWith('application/json'))
    return { dataType: 'json', data: JSON.parse(body.toString()) };
  if (contentType.startsWith('text/plain')) return { dataType: 'text', data: body.toString() };
  return { dataType: 'binary', data: body.toString('base64') };
}

function filterOf(text: string | null): { filter?: Filter } {
  return text === null ? {} : { filter: parseFilter(text) };
}

function refuse(status: number, code: string, message: string): RestAnswer {
  return { status, body: { code, message } };
}
