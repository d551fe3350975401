// Microsoft Entra ID in small: one tenant, our app registration, its federated credential and App Service's identity
// endpoint. Tokens name the real issuer, so that production code verifies them without knowing where it runs.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxClock } from '../clock.ts';
import { listen, readBody, sendJson } from '../http-server.ts';
import { otherTenantId, tenantId } from '../people.ts';
import { createFaultBook, type EntraFaults } from './faults.ts';
import { answerManagedIdentity } from './managed-identity.ts';
import {
  answerNestedAppAuth,
  type NestedAppAuthRequest,
  type NestedAppAuthResponse,
} from './nested-app-auth.ts';
import type { UserClient } from './registrations.ts';
import { loadSigningKey } from './signing-key.ts';
import { createTokenEndpoint, demandsInteraction } from './token-endpoint.ts';
import { createMint, type UserTokenOptions } from './tokens.ts';

export type EntraOptions = { dataDir: string; port: number; clock: SandboxClock; issuerBase?: string };

export type EntraServer = {
  url: string;
  jwksUrl(tenant: string): string;
  /** Values of IDENTITY_ENDPOINT and IDENTITY_HEADER of an App Service. */
  identityEndpoint: string;
  identityHeader: string;
  /** What the host application's single sign-on gives the tab or the add-in. */
  issueUserToken(personId: string, client: UserClient, options?: UserTokenOptions): Promise<string>;
  /** The broker's answer to msal-browser's nested app auth bridge. */
  nestedAppAuth(personId: string, request: NestedAppAuthRequest): Promise<NestedAppAuthResponse>;
  setFaults(faults: EntraFaults): void;
  clearFaults(): void;
  /** The person has consented in the dialogue that the app showed. */
  consented(personId: string): void;
  close(): Promise<void>;
};

const tenantPath =
  /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys|oauth2\/v2\.0\/token)$/;

export async function startEntra(options: EntraOptions): Promise<EntraServer> {
  const issuerBase = options.issuerBase ?? 'https://login.microsoftonline.com';
  const key = await loadSigningKey(options.dataDir);
  const identityHeader = randomUUID();
  const faults = createFaultBook();
  const mint = createMint(key, options.clock, issuerBase);
  const tokens = createTokenEndpoint(mint, key, faults);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', server.url);
    if (url.pathname === '/msi/token' && request.method === 'GET') {
      const answer = await answerManagedIdentity(request, url.searchParams, identityHeader, mint, faults);
      return sendJson(response, answer.status, answer.body, answer.headers);
    }
    const [, tenant, what] = tenantPath.exec(url.pathname) ?? [];
    if (tenant === undefined || what === undefined) return sendJson(response, 404, { error: 'not_found' });
    if (what.startsWith('oauth2')) {
      if (request.method !== 'POST')
        return sendJson(response, 405, { error: 'invalid_request' }, { allow: 'POST' });
      const form = Object.fromEntries(new URLSearchParams((await readBody(request)).toString()));
      const answer = await tokens.answer(tenant, form);
      return sendJson(response, answer.status, answer.body, {
        'cache-control': 'no-store, no-cache',
        'x-ms-request-id': randomUUID(),
        ...answer.headers,
      });
    }
    if (![tenantId, otherTenantId, 'common', 'organizations'].includes(tenant))
      return sendJson(response, 400, {
        error: 'invalid_tenant',
        error_description: `AADSTS90002: Tenant '${tenant}' not found.`,
        error_codes: [90002],
      });
    if (what.startsWith('discovery'))
      return sendJson(response, 200, {
        keys: [{ ...key.publicJwk, issuer: `${issuerBase}/{tenantid}/v2.0` }],
      });
    sendJson(response, 200, configuration(tenant));
  }

  function configuration(tenant: string): object {
    const authority = `${issuerBase}/${tenant}`;
    return {
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${authority}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: mint.issuer(tenant === 'common' || tenant === 'organizations' ? '{tenantid}' : tenant),
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
    };
  }

  const server = await listen((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        sendJson(response, 500, { error: 'server_error', error_description: String(error) });
      else response.destroy();
    });
  }, options.port);

  return {
    url: server.url,
    jwksUrl: (tenant) => `${server.url}/${tenant}/discovery/v2.0/keys`,
    identityEndpoint: `${server.url}/msi/token`,
    identityHeader,
    issueUserToken(personId, client, options = {}) {
      if (demandsInteraction(options.claims)) faults.interacted(personId);
      return mint.userToken(personId, client, options);
    },
    nestedAppAuth: (personId, request) => answerNestedAppAuth(personId, request, mint, tokens, faults),
    setFaults: faults.set,
    clearFaults: faults.clear,
    consented: faults.consented,
    close: server.close,
  };
}
