// A simulated Graph with its own token keys, as the tests of sandbox/graph use it.
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createClock, type SandboxClock } from '../../sandbox/clock.ts';
import { type GraphOptions, type GraphServer, startGraph } from '../../sandbox/graph/server.ts';
import { clientId, people, tenantId } from '../../sandbox/people.ts';
import { hasMetadata, metadata } from '../checked-sandbox.ts';

export const delegatedScopes = [
  'User.Read',
  'User.ReadBasic.All',
  'Calendars.ReadWrite',
  'Calendars.Read.Shared',
  'MailboxSettings.ReadWrite',
  'OnlineMeetings.ReadWrite',
  'Chat.ReadBasic',
  'TeamsAppInstallation.ReadWriteSelfForChat',
  'TeamsAppInstallation.ReadWriteSelfForUser',
  'TeamsTab.Create',
  'TeamsTab.Read.All',
  'TeamsActivity.Send',
  'Tasks.ReadWrite',
  'Mail.Send',
  'Presence.Read.All',
  'AppCatalog.Read.All',
];
export const applicationRoles = [
  'Calendars.ReadWrite',
  'MailboxSettings.Read',
  'User.Read.All',
  'TeamsActivity.Send',
  'TeamsAppInstallation.ReadWriteSelfForChat.All',
  'OnlineMeetings.Read.All',
  'Chat.ReadBasic.All',
  'AppCatalog.Read.All',
];

export type Answer<T> = { status: number; body: T; headers: Headers };
/** `T` is the answer's shape, from Graph's own types: the one cast is at the parse. */
export type Ask = <T = { error: { code: string; message: string } }>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer<T>>;

export type Tenant = {
  graph: GraphServer;
  clock: SandboxClock;
  dataDir: string;
  /** Calls Graph as the person, or as the app alone when no person is named. */
  as(person?: string, permissions?: string[]): Ask;
  token(person?: string, permissions?: string[], claims?: Record<string, unknown>): Promise<string>;
  /** Stops Graph and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
  /** What does not fit Microsoft's metadata; refused requests may be wrong on purpose. */
  problems(): string[];
};

export function person(givenName: string): string {
  const found = people.find((candidate) => candidate.givenName === givenName);
  if (found === undefined) throw new Error(`no ${givenName}`);
  return found.id;
}

export function mail(givenName: string): string {
  const found = people.find((candidate) => candidate.givenName === givenName);
  if (found === undefined) throw new Error(`no ${givenName}`);
  return found.mail;
}

export async function startTenant(now: string, options: Partial<GraphOptions> = {}): Promise<Tenant> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const keys = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((done) => keys.listen(0, '127.0.0.1', done));
  const clock = createClock();
  clock.set(Date.parse(now));
  const dataDir = mkdtempSync(join(tmpdir(), 'graph-'));
  const start = () =>
    startGraph({
      dataDir,
      port: 0,
      clock,
      jwksUrl: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`,
      ...(hasMetadata ? { validatorFile: metadata } : {}),
      declaredActivityTypes: [
        { type: 'reviewBooked', templateText: '{actor} har booket en samtale {when}' },
        'goalDue',
      ],
      seeded: false,
      ...options,
    });
  let graph = await start();

  function token(
    who?: string,
    permissions?: string[],
    claims: Record<string, unknown> = {},
  ): Promise<string> {
    const seconds = Math.floor(clock.now() / 1000);
    const granted = permissions ?? (who === undefined ? applicationRoles : delegatedScopes);
    return new SignJWT({
      tid: tenantId,
      appid: clientId,
      ...(who === undefined
        ? { oid: 'ab000000-0000-4000-8000-000000000001', idtyp: 'app', roles: granted }
        : { oid: person(who), scp: granted.join(' ') }),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'test', typ: 'JWT' })
      .setIssuer(`https://sts.windows.net/${tenantId}/`)
      .setAudience(String(claims.aud ?? 'https://graph.microsoft.com'))
      .setIssuedAt(seconds)
      .setExpirationTime(Number(claims.exp ?? seconds + 3600))
      .sign(privateKey);
  }

  const problems: string[] = [];
  function collect(): void {
    for (const exchange of graph.exchanges()) {
      for (const problem of exchange.problems) {
        if (exchange.status >= 400 && !problem.startsWith('response')) continue;
        problems.push(`${exchange.method} ${exchange.url} ${exchange.status}: ${problem}`);
      }
    }
    graph.clearExchanges();
  }

  return {
    get graph() {
      return graph;
    },
    clock,
    dataDir,
    token,
    as:
      (who, permissions) =>
      async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
        const response = await fetch(path.startsWith('http') ? path : `${graph.url}/v1.0${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await token(who, permissions)}`,
            prefer: 'IdType="ImmutableId"',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        const json = (response.headers.get('content-type') ?? '').startsWith('application/json');
        return {
          status: response.status,
          body: (json && text !== '' ? JSON.parse(text) : text) as T,
          headers: response.headers,
        };
      },
    async restart() {
      collect();
      await graph.close();
      graph = await start();
    },
    async close() {
      await graph.close();
      await new Promise((done) => keys.close(done));
    },
    problems() {
      collect();
      return problems;
    },
  };
}

/** First Wednesdays from December 2026, 10:00 to 10:45 in Oslo. */
export function series(
  attendees: string[] = [],
  extra: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    subject: 'Utviklingssamtale',
    body: { contentType: 'html', content: '<div id="rv-agenda">Agenda</div>' },
    start: { dateTime: '2026-12-02T10:00:00', timeZone: 'Europe/Oslo' },
    end: { dateTime: '2026-12-02T10:45:00', timeZone: 'Europe/Oslo' },
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    recurrence: {
      pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['wednesday'], index: 'first' },
      range: { type: 'numbered', startDate: '2026-12-02', numberOfOccurrences: 12 },
    },
    attendees: attendees.map((address) => ({ type: 'required', emailAddress: { address } })),
    ...extra,
  };
}
