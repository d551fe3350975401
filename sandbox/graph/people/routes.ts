import type { Person } from '../../people.ts';

import { badRequest, GraphError } from '../graph-error.ts';

import type { Json } from '../json.ts';

import { page, select } from '../odata/query.ts';

import { managerRead, ownProfile, photoRead, reportsRead, userRead, usersRead } from '../permissions.ts';

import type { Call, Reply, Route } from '../route.ts';

import { avatar } from './photo.ts';

const usual = [
  'id',
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];

/** What User.ReadBasic.All shows of others. */
const basic = new Set(['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']);

function record(person: Person): Json {
  const teams = { skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900', disabledPlans: [] };
  return {
    id: person.id,
    businessPhones: [],
    displayName: person.displayName,
    givenName: person.givenName,
    jobTitle: person.jobTitle,
    mail: person.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: person.language,
    surname: person.surname,
    userPrincipalName: person.mail,
    userType: person.userType ?? 'Member',
    accountEnabled: true,
    department: person.userType === 'Guest' ? null : 'Salg',
    companyName: 'Nordvik Kontorteknikk AS',
    country: null,
    usageLocation: person.language === 'nb-NO' ? 'NO' : 'GB',
    mailNickname: person.mail.split('@')[0] ?? '',
    assignedLicenses: person.hasTeamsLicence && person.userType !== 'Guest' ? [teams] : [],
    proxyAddresses: [`SMTP:${person.mail}`],
  };
}

/** The record as the caller may see it: what permissions hide is null, not refused. */
function userJson(call: Call, person: Person): Json {
  const { granted, person: signedIn } = call.caller;
  const self = signedIn?.id === person.id;
  const full = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'].some((name) =>
    granted.has(name),
  );
  const seesBasic = granted.has('User.ReadBasic.All');
  return Object.fromEntries(
    Object.entries(record(person)).map(([name, value]) => {
      if (self || full || name === 'id' || (seesBasic && basic.has(name))) return [name, value];
      return [name, Array.isArray(value) ? [] : null];
    }),
  );
}

/** Without `$select` the service gives a short list of properties. */
function shown(value: Json, query: URLSearchParams): Json {
  if (query.has('$select')) return select(value, query);
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => name.startsWith('@') || usual.includes(name)),
  );
}

function notFound(name: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

function withManager(call: Call, value: Json): Json {
  if (!/\bmanager\b/.test(call.query.get('$expand') ?? '')) return value;
  const manager = call.world.people.managerOf(call.owner);
  if (manager === undefined) return value;
  return {
    ...value,
    manager: {
      '@odata.type': '#microsoft.graph.user',
      ...shown(userJson(call, manager), new URLSearchParams()),
    },
  };
}

function user(call: Call): Reply {
  const self = call.caller.person?.id === call.owner.id;
  const scopes = call.caller.granted;
  // User.Read is about oneself.
  if (
    call.caller.person !== undefined &&
    !self &&
    !['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'].some((name) =>
      scopes.has(name),
    )
  ) {
    throw new GraphError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  return {
    status: 200,
    body: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
      ...withManager(call, shown(userJson(call, call.owner), call.query)),
    },
  };
}

function search(values: Json[], text: string): Json[] {
  const clauses = [...text.matchAll(/"([A-Za-z]+):([^"]*)"/g)];
  if (clauses.length === 0) throw badRequest(`Syntax error in $search '${text}'.`, 'BadRequest');
  const matches = ([, name = '', term = '']: RegExpMatchArray, value: Json) => {
    const words = String(value[name] ?? '')
      .toLowerCase()
      .split(/[\s.@-]+/);
    return term
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean)
      .every((part) => words.some((word) => word.startsWith(part)));
  };
  return values.filter((value) =>
    / AND /.test(text)
      ? clauses.every((clause) => matches(clause, value))
      : clauses.some((clause) => matches(clause, value)),
  );
}

function listUsers(call: Call, list: Person[], asObjects: boolean): Json {
  const { query, headers } = call;
  const advanced = headers.consistencylevel?.toLowerCase() === 'eventual';
  const needsAdvanced =
    query.has('$search') ||
    query.get('$count') === 'true' ||
    /endswith|\bnot\b|\bne\b/i.test(query.get('$filter') ?? '');
  if (needsAdvanced && !advanced) {
    throw badRequest(
      'Request with $search, $count or this $filter is only supported with the ConsistencyLevel header set to eventual.',
      'Request_UnsupportedQuery',
    );
  }
  const type = asObjects ? { '@odata.type': '#microsoft.graph.user' } : {};
  let values = list.map((person) => ({ ...type, ...userJson(call, person) }));
  const text = query.get('$search');
  if (text !== null) values = search(values, text) as typeof values;
  const rest = new URLSearchParams(query);
  if (!rest.has('$select')) rest.set('$select', usual.join(','));
  const answer = page(values, { address: call.address, query: rest, defaultTop: 100, maxTop: 999 });
  return answer;
}

const directory = { service: 'directory' as const };

const photoOf = (call: Call): Reply => ({
  status: 200,
  bytes: { content: avatar(call.owner), contentType: 'image/png' },
});

export const peopleRoutes: Route[] = [
  { ...directory, method: 'GET', path: '~', allow: userRead, allowMe: ownProfile, handle: user },
  {
    ...directory,
    method: 'GET',
    path: '/users',
    allow: usersRead,
    handle: (call) => ({ status: 200, body: listUsers(call, call.world.people.all(), false) }),
  },
  { ...directory, method: 'GET', path: '/users/{user}', allow: userRead, handle: user },
  {
    ...directory,
    method: 'GET',
    path: '~/manager',
    allow: managerRead,
    handle(call) {
      const manager = call.world.people.managerOf(call.owner);
      if (manager === undefined) throw notFound('manager');
      return {
        status: 200,
        body: {
          '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity',
          '@odata.type': '#microsoft.graph.user',
          ...shown(userJson(call, manager), call.query),
        },
      };
    },
  },
  {
    ...directory,
    method: 'GET',
    path: '~/directReports',
    allow: reportsRead,
    handle: (call) => ({ status: 200, body: listUsers(call, call.world.people.reportsOf(call.owner), true) }),
  },
  {
    ...directory,
    method: 'GET',
    path: '~/photo',
    allow: photoRead,
    handle: () => ({
      status: 200,
      body: { '@odata.mediaContentType': 'image/png', id: '48x48', width: 48, height: 48 },
    }),
  },
  { ...directory, method: 'GET', path: '~/photo/$value', allow: photoRead, handle: photoOf },
  { ...directory, method: 'GET', path: '~/photos/{size}/$value', allow: photoRead, handle: photoOf },
];
