import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { agendaPdf } from '../../api/src/adapters/documents/agenda.ts';
import { createMicrosoft } from '../../api/src/adapters/entra/microsoft.ts';
import { createCalendar } from '../../api/src/adapters/graph/calendar.ts';
import { createGraph } from '../../api/src/adapters/graph/client.ts';
import { createDirectory } from '../../api/src/adapters/graph/directory.ts';
import { activityType, createNotifier } from '../../api/src/adapters/graph/notifier.ts';
import { createToDo } from '../../api/src/adapters/graph/to-do.ts';
import { type Config, readConfig } from '../../api/src/config.ts';
import type { PairDocument, SeriesDocument } from '../../api/src/documents.ts';
import type { Actor } from '../../api/src/ports.ts';
import { noticeKinds } from '../../domain/follow-up/contract.ts';
import { pairIdSchema, personIdSchema, tenantIdSchema } from '../../domain/ids.ts';
import type { Person } from '../../domain/people.ts';
import { createClock } from '../../sandbox/clock.ts';
import { managedIdentityClientId } from '../../sandbox/entra/registrations.ts';
import { startEntra } from '../../sandbox/entra/server.ts';
import { type GraphOptions, startGraph } from '../../sandbox/graph/server.ts';
import { clientId, people, teamsAppId, tenantId } from '../../sandbox/people.ts';
import { hasMetadata, metadata } from '../checked-sandbox.ts';

/** Kari Nordvik has no Teams licence here. One rig per process: msal-node keeps managed identity tokens in a static. */
export type Rig = Awaited<ReturnType<typeof startRig>>;

export async function startRig(
  now: string,
  options: Partial<GraphOptions> & { validated?: boolean; timeoutMs?: number } = {},
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'graph-contract-'));
  const clock = createClock();
  clock.set(Date.parse(now));
  const entra = await startEntra({ dataDir: join(dataDir, 'entra'), port: 0, clock });
  // The managed identity's library reads where it is from the environment, as App Service sets it.
  process.env.IDENTITY_ENDPOINT = entra.identityEndpoint;
  process.env.IDENTITY_HEADER = entra.identityHeader;
  const graphServer = await startGraph({
    dataDir: join(dataDir, 'graph'),
    port: 0,
    clock,
    jwksUrl: entra.jwksUrl(tenantId),
    declaredActivityTypes: noticeKinds.map(activityType),
    seeded: false,
    people: people.map((one) => (one.givenName === 'Kari' ? { ...one, hasTeamsLicence: false } : one)),
    ...(hasMetadata && options.validated !== false ? { validatorFile: metadata } : {}),
    ...options,
  });
  const config: Config = readConfig({
    TENANT_IDS: tenantId,
    CLIENT_ID: clientId,
    ALLOWED_CLIENTS: clientId,
    MANAGED_IDENTITY_CLIENT_ID: managedIdentityClientId,
    ENTRA_URL: entra.url,
    GRAPH_URL: graphServer.url,
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    WEB_PUBSUB_URL: 'http://127.0.0.1:1',
    KEY_VAULT_URL: 'http://127.0.0.1:1',
    PUBLIC_URL: 'https://medspill.example',
    TEAMS_APP_ID: teamsAppId,
  });
  const apiClock = { now: () => Temporal.Instant.fromEpochMilliseconds(clock.now()) };
  const microsoft = createMicrosoft(config, apiClock);
  const graph = createGraph(config, microsoft, { timeoutMs: options.timeoutMs ?? 1500 });
  const paper = { agenda: agendaPdf, record: () => Promise.reject(new Error('no records here')) };
  const problems: string[] = [];
  const permissions = new Set<string>();
  return {
    clock,
    entra,
    graphServer,
    config,
    microsoft,
    graph,
    directory: createDirectory(graph),
    calendar: createCalendar({ config, graph, paper, clock: apiClock }),
    notifier: createNotifier(config, graph),
    toDo: createToDo(graph),
    async actor(givenName: string): Promise<Actor> {
      const { id } = personOf(givenName);
      return { kind: 'person', personId: id, assertion: await entra.issueUserToken(id, 'teams-web') };
    },
    /** `METHOD /path` of every exchange since the last time, queries left out; their misfits are kept. */
    calls(): string[] {
      const all = graphServer.exchanges();
      for (const { method, url, status, problems: misfits, permissions: needed } of all) {
        if (needed !== undefined) permissions.add(needed);
        for (const misfit of misfits) problems.push(`${method} ${url} ${status}: ${misfit}`);
      }
      graphServer.clearExchanges();
      return all.map(({ method, url, status }) => `${method} ${shape(url)} ${status}`);
    },
    problems: () => problems,
    /** The kind of token and the least permission of every call so far. */
    permissions: () => [...permissions].sort(),
    async close() {
      await graphServer.close();
      await entra.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Ids made short, so that a sequence of calls reads. */
function shape(url: string): string {
  const { pathname } = new URL(url, 'http://graph');
  return pathname
    .replace('/v1.0', '')
    .replace(/\/events\/[^/]+/, '/events/{id}')
    .replace(/\/attachments\/[^/]+/, '/attachments/{id}')
    .replace(/\/chats\/[^/]+/, '/chats/{id}')
    .replace(/\/users\/[^/]+/, '/users/{id}')
    .replace(/\/subscriptions\/[^/]+/, '/subscriptions/{id}');
}

export function personOf(givenName: string): Person {
  const found = people.find((candidate) => candidate.givenName === givenName);
  if (found === undefined) throw new Error(`no ${givenName}`);
  return {
    id: personIdSchema.parse(found.id),
    name: found.displayName,
    firstName: found.givenName,
    mail: found.mail,
    language: found.language === 'nb-NO' ? 'nb' : 'en',
    zone: found.timeZone,
  };
}

let pairs = 0;

export function newPair(
  manager: Person,
  seller: Person,
  series: Partial<SeriesDocument> = {},
): PairDocument & { series: SeriesDocument } {
  pairs += 1;
  const _id = pairIdSchema.parse(`019aa000-0000-7000-8000-${String(pairs).padStart(12, '0')}`);
  return {
    _id,
    shard: `${tenantId}/${seller.id}`,
    tenantId: tenantIdSchema.parse(tenantId),
    version: 1,
    outbox: [],
    outboxDue: 'none',
    sellerId: seller.id,
    managerId: manager.id,
    seller,
    manager,
    startsAt: '2026-11-23T08:00:00.000Z' as PairDocument['startsAt'],
    endsAt: 'open',
    rhythm: { skippedMonths: [] },
    series: {
      state: 'booking',
      generation: 1,
      transactionId: `019aa000-0000-5000-8000-${String(pairs).padStart(12, '0')}`,
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
      time: '10:00' as SeriesDocument['time'],
      zone: 'Europe/Oslo' as SeriesDocument['zone'],
      minutes: 45,
      firstMonth: '2026-12' as SeriesDocument['firstMonth'],
      months: 12,
      inPerson: false,
      privateBlocks: true,
      bookedAt: '2026-11-23T08:00:00.000Z' as SeriesDocument['bookedAt'],
      steps: { created: false, attached: false, invited: false, appInstalled: false, blocks: false },
      ...series,
    },
  };
}
