// The v2.0 token endpoint: on-behalf-of and client credentials, with a federated credential instead of a secret.
import { randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type Person, people, tenantId } from '../people.ts';
import { type EntraFault, type FaultBook, mfaClaims, stepUpClaims } from './faults.ts';
import { graphResource, managedIdentityPrincipalId, ourApp, tokenExchangeAudience } from './registrations.ts';
import type { SigningKey } from './signing-key.ts';
import type { Mint } from './tokens.ts';

export type TokenAnswer = { status: number; body: unknown; headers?: Record<string, string> };
export type TokenForm = Record<string, string | undefined>;

const onBehalfOf = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const jwtBearerAssertion = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];
/** An on-behalf-of token lives for an hour and cannot be refreshed by msal-node. */
const tokenSeconds = 3_599;

export type TokenEndpoint = {
  answer(tenant: string, form: TokenForm): Promise<TokenAnswer>;
  /** A token for Graph in the name of a person, with the scopes asked for. */
  graphUserToken(person: Person, scopes: string[]): Promise<string>;
};

export function createTokenEndpoint(mint: Mint, key: SigningKey, faults: FaultBook): TokenEndpoint {
  async function answer(tenant: string, form: TokenForm): Promise<TokenAnswer> {
    if (tenant !== tenantId)
      return refuse(
        400,
        'invalid_request',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
      );
    if (form.client_id !== ourApp.clientId)
      return refuse(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${form.client_id}' was not found in the directory 'Nordvik Kontorteknikk AS'.`,
      );
    if (form.grant_type !== 'client_credentials' && form.grant_type !== onBehalfOf)
      return refuse(
        400,
        'unsupported_grant_type',
        70003,
        `The app requested an unsupported grant type '${form.grant_type}'.`,
      );
    const credential = await checkCredential(form);
    if (credential) return credential;
    if (form.grant_type === 'client_credentials') return clientCredentials(form);
    return onBehalfOfUser(form);
  }

  async function checkCredential(form: TokenForm): Promise<TokenAnswer | undefined> {
    if (form.client_assertion === undefined)
      return refuse(
        401,
        'invalid_client',
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      );
    if (form.client_assertion_type !== jwtBearerAssertion)
      return refuse(401, 'invalid_client', 7002143, 'The client_assertion_type is not supported.');
    const assertion = await verify(form.client_assertion, tokenExchangeAudience);
    if ('status' in assertion) return assertion;
    if (assertion.payload.sub !== managedIdentityPrincipalId)
      return refuse(
        401,
        'invalid_client',
        700213,
        `No matching federated identity record found for presented assertion subject '${assertion.payload.sub}'.`,
      );
    return undefined;

    async function verify(token: string, audience: string): Promise<TokenAnswer | { payload: JWTPayload }> {
      try {
        return await jwtVerify(token, key.publicJwk, {
          audience,
          issuer: mint.issuer(tenantId),
          algorithms: ['RS256'],
          currentDate: new Date(mint.now() * 1000),
        });
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          return refuse(
            401,
            'invalid_client',
            700024,
            'Client assertion is not within its valid time range.',
          );
        if (error instanceof errors.JWTClaimValidationFailed)
          return refuse(
            401,
            'invalid_client',
            700212,
            `No matching federated identity record found for presented assertion ${error.claim}.`,
          );
        return refuse(401, 'invalid_client', 700027, 'The client assertion failed signature validation.');
      }
    }
  }

  async function clientCredentials(form: TokenForm): Promise<TokenAnswer> {
    const met = await meetFaults(faults.take());
    if (met) return met;
    if (form.scope !== `${graphResource}/.default`)
      return refuse(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${form.scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
      );
    const token = await mint.sign(
      {
        oid: ourApp.servicePrincipalId,
        sub: ourApp.servicePrincipalId,
        appid: ourApp.clientId,
        azp: ourApp.clientId,
        azpacr: '2',
        idtyp: 'app',
        roles: ourApp.application,
      },
      graphResource,
      { lifetime: { seconds: tokenSeconds } },
    );
    return granted({ access_token: token });
  }

  async function onBehalfOfUser(form: TokenForm): Promise<TokenAnswer> {
    if (form.requested_token_use !== 'on_behalf_of')
      return refuse(
        400,
        'invalid_request',
        900144,
        "The request body must contain the following parameter: 'requested_token_use'.",
      );
    if (form.assertion === undefined)
      return refuse(
        400,
        'invalid_request',
        900144,
        "The request body must contain the following parameter: 'assertion'.",
      );
    const assertion = await checkUserAssertion(form.assertion);
    if ('status' in assertion) return assertion;
    const { person, payload } = assertion;
    const met = await meetFaults(faults.take(person.id), payload, form.claims);
    if (demandsInteraction(form.claims)) faults.interacted(person.id);
    if (met) return met;

    const scopes = (form.scope ?? '').split(' ').filter(Boolean);
    const wanted = scopes.filter((scope) => !openIdScopes.includes(scope));
    if (wanted.length === 0)
      return refuse(
        400,
        'invalid_request',
        900144,
        "The request body must contain the following parameter: 'scope'.",
      );
    const foreign = wanted.find((scope) => scope.includes('/') && !scope.startsWith(`${graphResource}/`));
    if (foreign !== undefined)
      return refuse(
        400,
        'invalid_resource',
        500011,
        `The resource principal named ${foreign.slice(0, foreign.lastIndexOf('/'))} was not found in the tenant named Nordvik Kontorteknikk AS.`,
      );
    const names = wanted.map((scope) => scope.replace(`${graphResource}/`, ''));
    const unknown = names.find((name) => name !== '.default' && !ourApp.delegated.includes(name));
    if (unknown !== undefined) return consentRequired();

    return granted({
      // The real endpoint answers with all consented scopes and echoes `.default`; msal-node's cache key needs the echo.
      scope: [
        ...ourApp.delegated.map((name) => `${graphResource}/${name}`),
        ...scopes.filter((scope) => openIdScopes.includes(scope) && scope !== 'offline_access'),
        ...wanted.filter((scope) => scope.endsWith('/.default')),
      ].join(' '),
      access_token: await graphUserToken(person, ourApp.delegated),
      ...(scopes.includes('offline_access') ? { refresh_token: randomUUID() } : {}),
      ...(scopes.includes('openid')
        ? { id_token: await mint.sign(mint.personClaims(person), ourApp.clientId) }
        : {}),
      ...(form.client_info === '1'
        ? {
            client_info: Buffer.from(JSON.stringify({ uid: person.id, utid: tenantId })).toString(
              'base64url',
            ),
          }
        : {}),
    });
  }

  async function checkUserAssertion(
    assertion: string,
  ): Promise<TokenAnswer | { person: Person; payload: JWTPayload }> {
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(assertion, key.publicJwk, {
        issuer: mint.issuer(tenantId),
        algorithms: ['RS256'],
        currentDate: new Date(mint.now() * 1000),
      }));
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        return refuse(
          400,
          'invalid_grant',
          500133,
          'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
        );
      if (error instanceof errors.JWTClaimValidationFailed)
        return refuse(
          400,
          'invalid_grant',
          50013,
          `Assertion failed signature validation. [Reason - The provided ${error.claim} is not accepted.]`,
        );
      return refuse(
        400,
        'invalid_grant',
        50013,
        'Assertion failed signature validation. [Reason - The key was not found.]',
      );
    }
    if (payload.aud !== ourApp.clientId)
      return refuse(
        400,
        'invalid_grant',
        500131,
        'Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was ' +
          `'${payload.aud}' and the expected audience is '${ourApp.clientId}'.`,
      );
    const person = people.find((candidate) => candidate.id === payload.oid);
    if (!person || payload.idtyp === 'app')
      return refuse(
        400,
        'invalid_grant',
        50034,
        'The user account does not exist in the directory. An app-only token cannot be used on behalf of a user.',
      );
    return { person, payload };
  }

  async function meetFaults(
    met: EntraFault[],
    assertion?: JWTPayload,
    claimsSent?: string,
  ): Promise<TokenAnswer | undefined> {
    const slow = met.find((fault) => fault.kind === 'slow');
    if (slow) await new Promise((resolve) => setTimeout(resolve, slow.milliseconds));
    const interacted = demandsInteraction(claimsSent) || String(assertion?.amr).includes('mfa');
    for (const fault of met) {
      switch (fault.kind) {
        case 'outage':
          return refuse(
            503,
            'temporarily_unavailable',
            90033,
            'A transient error has occurred. Please try again.',
          );
        case 'throttle':
          return {
            ...refuse(
              429,
              'temporarily_unavailable',
              90055,
              'TenantThrottlingError: there are too many incoming requests.',
            ),
            headers: { 'retry-after': String(fault.retryAfterSeconds ?? 1) },
          };
        case 'consent_required':
          if (assertion) return consentRequired();
          break;
        case 'mfa':
          if (assertion && !interacted)
            return refuse(
              400,
              'interaction_required',
              50076,
              `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.`,
              { suberror: 'basic_action', claims: mfaClaims },
            );
          break;
        case 'claims_challenge':
          if (assertion && !interacted)
            return refuse(
              400,
              'interaction_required',
              50158,
              'External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.',
              { suberror: 'additional_action', claims: fault.claims ?? stepUpClaims },
            );
          break;
        case 'slow':
          break;
      }
    }
    return undefined;
  }

  function graphUserToken(person: Person, scopes: string[]): Promise<string> {
    const { roles: _ours, ...claims } = mint.personClaims(person);
    return mint.sign(
      {
        ...claims,
        appid: ourApp.clientId,
        azp: ourApp.clientId,
        azpacr: '2',
        idtyp: 'user',
        scp: scopes.join(' '),
      },
      graphResource,
      { lifetime: { seconds: tokenSeconds } },
    );
  }

  function granted(body: Record<string, unknown>): TokenAnswer {
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: tokenSeconds, ext_expires_in: tokenSeconds, ...body },
    };
  }

  function consentRequired(): TokenAnswer {
    return refuse(
      400,
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${ourApp.clientId}' named 'Medspill'. Send an interactive authorization request for this user and resource.`,
      { suberror: 'consent_required' },
    );
  }

  function refuse(
    status: number,
    error: string,
    code: number,
    message: string,
    rest: Record<string, string> = {},
  ): TokenAnswer {
    const timestamp = `${new Date(mint.now() * 1000).toISOString().slice(0, 19).replace('T', ' ')}Z`;
    const trace = randomUUID();
    const correlation = randomUUID();
    return {
      status,
      body: {
        error,
        error_description: `AADSTS${code}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
        error_codes: [code],
        timestamp,
        trace_id: trace,
        correlation_id: correlation,
        error_uri: `https://login.microsoftonline.com/error?code=${code}`,
        ...rest,
      },
    };
  }

  return { answer, graphUserToken };
}

/** Client capabilities (`xms_cc`) travel as claims with every request and ask nothing of the person. */
export function demandsInteraction(claims: string | undefined): boolean {
  if (claims === undefined) return false;
  const { access_token: asked = {} } = JSON.parse(claims) as { access_token?: Record<string, unknown> };
  return Object.keys(asked).some((name) => name !== 'xms_cc');
}
