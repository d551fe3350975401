// The simulated directory against the libraries that the product uses, unmodified: msal-node, msal-browser and jose.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNestablePublicClientApplication } from '@azure/msal-browser';
import {
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  ManagedIdentityApplication,
} from '@azure/msal-node';
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClock } from '../../sandbox/clock.ts';
import {
  authorisedParty,
  managedIdentityClientId,
  type UserClient,
} from '../../sandbox/entra/registrations.ts';
import { type EntraServer, startEntra } from '../../sandbox/entra/server.ts';
import type { TokenFlaw } from '../../sandbox/entra/tokens.ts';
import { clientId, people, tenantId } from '../../sandbox/people.ts';

const ingrid = '00000000-0000-4000-8000-000000000010';
const jonas = '00000000-0000-4000-8000-000000000011';
const turid = '00000000-0000-4000-8000-000000000030';
const guest = '00000000-0000-4000-8000-000000000040';
const graphScopes = ['https://graph.microsoft.com/.default'];
const authority = `https://login.microsoftonline.com/${tenantId}`;

const clock = createClock();
let dataDir: string;
let entra: EntraServer;
let tokenRequests: string[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'entra-'));
  entra = await startEntra({ dataDir, port: 0, clock });
  process.env.IDENTITY_ENDPOINT = entra.identityEndpoint;
  process.env.IDENTITY_HEADER = entra.identityHeader;
});

beforeEach(() => {
  entra.clearFaults();
  clock.set(Date.now());
  tokenRequests = [];
});

afterAll(async () => {
  await entra.close();
  await rm(dataDir, { recursive: true });
});

function confidentialClient(credential = managedIdentityToken): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: { clientId, authority, clientAssertion: credential, clientCapabilities: ['cp1'] },
    system: {
      networkClient: {
        sendGetRequestAsync: (url, options) => exchange('GET', url, options),
        sendPostRequestAsync: (url, options) => exchange('POST', url, options),
      },
    },
  });
}

async function managedIdentityToken(): Promise<string> {
  return (await identityToken('api://AzureADTokenExchange')).accessToken;
}

async function identityToken(resource: string) {
  const identity = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: managedIdentityClientId },
    system: { disableInternalRetries: true },
  });
  return identity.acquireToken({ resource });
}

async function exchange<T>(
  method: string,
  url: string,
  options?: { headers?: Record<string, string>; body?: string },
): Promise<{ headers: Record<string, string>; body: T; status: number }> {
  tokenRequests.push(`${method} ${new URL(url).pathname}`);
  const response = await fetch(url.replace('https://login.microsoftonline.com', entra.url), {
    method,
    headers: options?.headers ?? {},
    ...(options?.body === undefined ? {} : { body: options.body }),
  });
  return {
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as T,
    status: response.status,
  };
}

async function verify(token: string): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(entra.jwksUrl(tenantId))), {
    issuer: `${authority}/v2.0`,
    audience: clientId,
    algorithms: ['RS256'],
    requiredClaims: ['oid', 'tid', 'azp', 'scp'],
    currentDate: new Date(clock.now()),
  });
  return payload;
}

test('single sign-on gives a v2 token with the claims of the person and the client', async () => {
  const payload = await verify(await entra.issueUserToken(ingrid, 'teams-web'));
  expect(payload).toMatchObject({
    oid: ingrid,
    tid: tenantId,
    ver: '2.0',
    scp: 'access_as_user',
    name: 'Ingrid Solberg',
    preferred_username: 'ingrid.solberg@nordvik.example',
    azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  });
  expect(payload.roles).toBeUndefined();
  expect((await verify(await entra.issueUserToken(turid, 'teams-desktop'))).roles).toEqual([
    'Medspill.Admin',
  ]);
  expect((await verify(await entra.issueUserToken(guest, 'teams-web'))).acct).toBe(1);
});

test('each client is the authorised party of its tokens, and nested app auth names ourselves', async () => {
  for (const client of Object.keys(authorisedParty) as UserClient[])
    expect((await verify(await entra.issueUserToken(jonas, client))).azp).toBe(authorisedParty[client]);
  expect(authorisedParty['outlook-nested']).toBe(clientId);
});

test('a token lives by the sandbox clock', async () => {
  const token = await entra.issueUserToken(jonas, 'teams-web');
  clock.set(clock.now() + 2 * 3_600_000);
  await expect(verify(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  await expect(verify(await entra.issueUserToken(jonas, 'teams-web'))).resolves.toBeDefined();
});

test('a token stays valid when the clock is set back', async () => {
  const token = await entra.issueUserToken(jonas, 'teams-web');
  clock.set(clock.now() - 30 * 86_400_000);
  await expect(verify(token)).resolves.toBeDefined();
});

test.each<[TokenFlaw, string]>([
  ['expired', 'ERR_JWT_EXPIRED'],
  ['not-yet-valid', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['wrong-audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['wrong-signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ['alg-none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
  ['app-only', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['other-tenant', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['v1', 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
])('a token with the flaw %s is refused by jose', async (flaw, code) => {
  const token = await entra.issueUserToken(jonas, 'teams-web', { flaw });
  await expect(verify(token)).rejects.toMatchObject({ code });
});

test('keys survive a restart', async () => {
  const token = await entra.issueUserToken(jonas, 'teams-web');
  const again = await startEntra({ dataDir, port: 0, clock });
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(again.jwksUrl(tenantId))));
  expect(payload.oid).toBe(jonas);
  await again.close();
});

test('msal-node exchanges the user token with a managed identity as credential, once, then from its cache', async () => {
  const application = confidentialClient();
  const oboAssertion = await entra.issueUserToken(ingrid, 'teams-web');
  const first = await application.acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes });
  expect(tokenRequests).toEqual([`POST /${tenantId}/oauth2/v2.0/token`]);
  expect(first?.fromCache).toBe(false);
  expect(decodeJwt(first?.accessToken ?? '')).toMatchObject({
    aud: 'https://graph.microsoft.com',
    oid: ingrid,
    azp: clientId,
    scp: expect.stringContaining('Calendars.ReadWrite'),
  });
  const second = await application.acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes });
  expect(second?.fromCache).toBe(true);
  expect(second?.accessToken).toBe(first?.accessToken);
  expect(tokenRequests).toHaveLength(1);
});

test('named scopes hit the cache too', async () => {
  const application = confidentialClient();
  const oboAssertion = await entra.issueUserToken(ingrid, 'outlook-nested');
  const scopes = ['https://graph.microsoft.com/Calendars.ReadWrite', 'https://graph.microsoft.com/User.Read'];
  await application.acquireTokenOnBehalfOf({ oboAssertion, scopes });
  expect((await application.acquireTokenOnBehalfOf({ oboAssertion, scopes }))?.fromCache).toBe(true);
});

test('client credentials give an app-only Graph token with roles', async () => {
  const result = await confidentialClient().acquireTokenByClientCredential({ scopes: graphScopes });
  const claims = decodeJwt(result?.accessToken ?? '');
  expect(claims).toMatchObject({ idtyp: 'app', roles: expect.arrayContaining(['Calendars.ReadWrite']) });
  expect(claims.scp).toBeUndefined();
});

test('missing consent stands until the person consents', async () => {
  entra.setFaults({ people: { [ingrid]: [{ kind: 'consent_required' }] } });
  const application = confidentialClient();
  const oboAssertion = await entra.issueUserToken(ingrid, 'teams-web');
  const error = await application
    .acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InteractionRequiredAuthError);
  expect(error).toMatchObject({ errorCode: 'invalid_grant', subError: 'consent_required', errorNo: 65001 });
  const other = await entra.issueUserToken(jonas, 'teams-web');
  await expect(
    application.acquireTokenOnBehalfOf({ oboAssertion: other, scopes: graphScopes }),
  ).resolves.toBeTruthy();
  entra.consented(ingrid);
  await expect(
    application.acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes }),
  ).resolves.toBeTruthy();
});

test.each(['mfa', 'claims_challenge'] as const)(
  '%s carries claims, and meeting them ends it',
  async (kind) => {
    entra.setFaults({ people: { [ingrid]: [{ kind }] } });
    const application = confidentialClient();
    const oboAssertion = await entra.issueUserToken(ingrid, 'teams-web');
    const error = await application
      .acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes })
      .catch((reason: unknown) => reason);
    if (!(error instanceof InteractionRequiredAuthError)) throw error;
    expect(JSON.parse(error.claims)).toHaveProperty('access_token');
    const stepped = await entra.issueUserToken(ingrid, 'teams-web', { claims: error.claims });
    await expect(
      application.acquireTokenOnBehalfOf({ oboAssertion: stepped, scopes: graphScopes }),
    ).resolves.toBeTruthy();
    await expect(
      application.acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes, claims: error.claims }),
    ).resolves.toBeTruthy();
  },
);

test('an outage and throttling are over after the stated number of requests', async () => {
  const oboAssertion = await entra.issueUserToken(ingrid, 'teams-web');
  entra.setFaults({ people: { [ingrid]: [{ kind: 'outage', times: 1 }] } });
  await expect(
    confidentialClient().acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes }),
  ).rejects.toMatchObject({ errorCode: 'temporarily_unavailable', errorNo: 90033 });
  await expect(
    confidentialClient().acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes }),
  ).resolves.toBeTruthy();
  entra.setFaults({ people: { [ingrid]: [{ kind: 'throttle', retryAfterSeconds: 7 }] } });
  await expect(
    confidentialClient().acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes }),
  ).rejects.toMatchObject({ errorNo: 90055 });
});

test.each<[number, TokenFlaw]>([
  [500131, 'wrong-audience'],
  [50013, 'wrong-signature'],
  [500133, 'expired'],
])('the token endpoint refuses with AADSTS%s an assertion with the flaw %s', async (errorNo, flaw) => {
  const oboAssertion = await entra.issueUserToken(ingrid, 'teams-web', { flaw });
  await expect(
    confidentialClient().acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes }),
  ).rejects.toMatchObject({ errorNo });
});

test('only the federated identity is a credential', async () => {
  const oboAssertion = await entra.issueUserToken(ingrid, 'teams-web');
  const vaultToken = async () => (await identityToken('https://vault.azure.net')).accessToken;
  for (const credential of [vaultToken, async () => oboAssertion, async () => 'not.a.token'])
    await expect(
      confidentialClient(credential).acquireTokenOnBehalfOf({ oboAssertion, scopes: graphScopes }),
    ).rejects.toMatchObject({ errorCode: 'invalid_client' });
});

test('the managed identity gets tokens for its resources and for nothing else', async () => {
  for (const resource of [
    'https://vault.azure.net',
    'https://webpubsub.azure.com',
    'https://graph.microsoft.com',
  ]) {
    const { accessToken, expiresOn } = await identityToken(resource);
    expect(decodeJwt(accessToken).aud).toBe(resource);
    expect(expiresOn?.getTime()).toBeGreaterThan(clock.now());
  }
  await expect(identityToken('https://other.example')).rejects.toThrow('AADSTS500011');
  const withoutHeader = await fetch(
    `${entra.identityEndpoint}?api-version=2019-08-01&resource=https://vault.azure.net`,
  );
  expect(withoutHeader.status).toBe(401);
});

test('msal-browser gets a token through the nested app auth bridge', async () => {
  const person = people.find(({ id }) => id === ingrid);
  const listeners: ((answer: string) => void)[] = [];
  const bridge = {
    addEventListener: (_event: 'message', listener: (answer: string) => void) => listeners.push(listener),
    postMessage: async (message: string) => {
      const answer = JSON.stringify(await entra.nestedAppAuth(ingrid, JSON.parse(message)));
      for (const listener of listeners) listener(answer);
    },
  };
  const target = new EventTarget();
  Object.assign(globalThis, {
    window: Object.assign(target, {
      nestedAppAuthBridge: bridge,
      crypto,
      console,
      btoa,
      atob,
      navigator: { userAgent: 'Outlook' },
      location: new URL('https://tab.example/outlook.html'),
    }),
    location: new URL('https://tab.example/outlook.html'),
  });
  const application = await createNestablePublicClientApplication({
    auth: { clientId, authority: 'https://login.microsoftonline.com/common' },
    cache: { cacheLocation: 'memoryStorage' },
  });
  const scopes = [`api://tab.example/${clientId}/access_as_user`];
  const result = await application.acquireTokenSilent({ scopes });
  expect(result.account.username).toBe(person?.mail);
  expect(await verify(result.accessToken)).toMatchObject({
    oid: ingrid,
    azp: clientId,
    scp: 'access_as_user',
  });

  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
  await expect(application.acquireTokenSilent({ scopes, claims })).rejects.toMatchObject({
    name: 'InteractionRequiredAuthError',
  });
  const stepped = await application.acquireTokenPopup({ scopes, claims });
  expect(await verify(stepped.accessToken)).toMatchObject({ acrs: ['c1'] });
  await expect(
    createNestablePublicClientApplication({ auth: { clientId: guest } }).then((other) =>
      other.acquireTokenSilent({ scopes }),
    ),
  ).rejects.toThrow();
});
