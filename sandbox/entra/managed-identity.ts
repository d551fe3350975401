// App Service's managed identity endpoint (api-version 2019-08-01), with one user-assigned identity.
import type { IncomingMessage } from 'node:http';
import type { FaultBook } from './faults.ts';
import {
  graphResource,
  managedIdentityClientId,
  managedIdentityPrincipalId,
  managedIdentityResources,
  ourApp,
} from './registrations.ts';
import type { TokenAnswer } from './token-endpoint.ts';
import type { Mint } from './tokens.ts';

/** Managed identity tokens live a day, and the platform caches them. */
const tokenSeconds = 86_400;

export async function answerManagedIdentity(
  request: IncomingMessage,
  query: URLSearchParams,
  expectedHeader: string,
  mint: Mint,
  faults: FaultBook,
): Promise<TokenAnswer> {
  if (request.headers['x-identity-header'] !== expectedHeader)
    return refuse(401, 'Unauthorized', 'The X-IDENTITY-HEADER does not match.');
  if (request.headers.metadata !== undefined && request.headers.metadata !== 'true')
    return refuse(400, 'BadRequest', 'The Metadata header is not valid.');
  if (query.get('api-version') !== '2019-08-01')
    return refuse(400, 'BadRequest', `The api-version '${query.get('api-version')}' is not supported.`);
  for (const fault of faults.take()) {
    if (fault.kind === 'outage')
      return refuse(503, 'ServiceUnavailable', 'The identity service is unavailable.');
    if (fault.kind === 'throttle')
      return {
        ...refuse(429, 'TooManyRequests', 'Too many requests.'),
        headers: { 'retry-after': String(fault.retryAfterSeconds ?? 1) },
      };
    if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  }
  const known =
    query.get('client_id') === managedIdentityClientId ||
    query.get('principal_id') === managedIdentityPrincipalId ||
    query.get('object_id') === managedIdentityPrincipalId;
  if (!known)
    return refuse(
      400,
      'BadRequest',
      'Unable to load the proper Managed Identity: no system-assigned identity, and no user-assigned one with this id.',
    );
  const resource = query.get('resource');
  if (resource === null || !managedIdentityResources.includes(resource.replace(/\/$/, '')))
    return refuse(
      400,
      'BadRequest',
      `AADSTS500011: The resource principal named ${resource} was not found in the tenant.`,
    );

  const token = await mint.sign(
    {
      oid: managedIdentityPrincipalId,
      sub: managedIdentityPrincipalId,
      appid: managedIdentityClientId,
      azp: managedIdentityClientId,
      azpacr: '2',
      idtyp: 'app',
      ...(resource.startsWith(graphResource) ? { roles: ourApp.application } : {}),
    },
    resource.replace(/\/$/, ''),
    { lifetime: { seconds: tokenSeconds } },
  );
  return {
    status: 200,
    body: {
      access_token: token,
      expires_on: String(mint.now() + tokenSeconds),
      resource,
      token_type: 'Bearer',
      client_id: managedIdentityClientId,
    },
  };
}

function refuse(statusCode: number, code: string, message: string): TokenAnswer {
  return { status: statusCode, body: { statusCode, code, message, correlationId: null } };
}
