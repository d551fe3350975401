// The broker side of nested app auth: what Outlook answers on `window.nestedAppAuthBridge` to msal-browser.
import { type Person, tenantId } from '../people.ts';
import { type FaultBook, mfaClaims } from './faults.ts';
import { graphResource, ourApp } from './registrations.ts';
import { demandsInteraction, type TokenEndpoint } from './token-endpoint.ts';
import { accessTokenSeconds, findPerson, type Mint } from './tokens.ts';

export type NestedAppAuthRequest = {
  messageType: 'NestedAppAuthRequest';
  method: 'GetToken' | 'GetTokenPopup' | 'GetInitContext';
  requestId: string;
  tokenParams?: { clientId: string; scope: string; claims?: string; forceRefresh?: boolean };
};

type BridgeError = {
  status: 'USER_INTERACTION_REQUIRED' | 'TRANSIENT_ERROR' | 'PERSISTENT_ERROR' | 'NO_NETWORK';
  code?: string;
  subError?: string;
  description?: string;
};

export type NestedAppAuthResponse = {
  messageType: 'NestedAppAuthResponse';
  requestId: string;
  success: boolean;
  error?: BridgeError;
  initContext?: object;
  token?: { access_token: string; id_token: string; expires_in: number; scope: string; properties: null };
  account?: object;
};

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];

export async function answerNestedAppAuth(
  personId: string,
  request: NestedAppAuthRequest,
  mint: Mint,
  endpoint: TokenEndpoint,
  faults: FaultBook,
): Promise<NestedAppAuthResponse> {
  const person = findPerson(personId);
  const envelope = { messageType: 'NestedAppAuthResponse', requestId: request.requestId } as const;
  const refuse = (error: BridgeError): NestedAppAuthResponse => ({ ...envelope, success: false, error });

  if (request.method === 'GetInitContext')
    return {
      ...envelope,
      success: true,
      initContext: {
        sdkName: 'OfficeJS',
        sdkVersion: '16.0.18000.10000',
        capabilities: { queryAccount: false },
        accountContext: {
          homeAccountId: homeAccountId(person),
          environment: 'login.microsoftonline.com',
          tenantId,
        },
      },
    };

  const params = request.tokenParams;
  if (params?.clientId !== ourApp.clientId)
    return refuse({
      status: 'PERSISTENT_ERROR',
      code: 'unauthorized_client',
      description: `AADSTS700016: Application with identifier '${params?.clientId}' was not found in the directory.`,
    });

  const interactive = request.method === 'GetTokenPopup';
  for (const fault of faults.take(personId)) {
    if (fault.kind === 'outage')
      return refuse({ status: 'TRANSIENT_ERROR', description: 'The service is unavailable.' });
    if (fault.kind === 'throttle')
      return refuse({ status: 'TRANSIENT_ERROR', description: 'Too many requests.' });
    if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault.kind === 'consent_required' && interactive) faults.consented(personId);
  }
  if (interactive && demandsInteraction(params.claims)) faults.interacted(personId);
  if (demandsInteraction(params.claims) && !interactive)
    return refuse({
      status: 'USER_INTERACTION_REQUIRED',
      code: 'interaction_required',
      subError: 'basic_action',
      description: 'AADSTS50076: You must use multi-factor authentication.',
    });

  const scopes = params.scope.split(' ').filter((scope) => scope !== '' && !openIdScopes.includes(scope));
  const forGraph =
    scopes.length === 0 || scopes.every((scope) => !scope.includes('/') || scope.startsWith(graphResource));
  const graphScopes = scopes.map((scope) => scope.replace(`${graphResource}/`, ''));
  if (forGraph && graphScopes.some((scope) => scope !== '.default' && !ourApp.delegated.includes(scope)))
    return refuse({
      status: 'USER_INTERACTION_REQUIRED',
      code: 'invalid_grant',
      subError: 'consent_required',
      description: 'AADSTS65001: The user or administrator has not consented to use the application.',
    });
  if (!forGraph && !scopes.every(isOurs))
    return refuse({
      status: 'PERSISTENT_ERROR',
      code: 'invalid_resource',
      description: `AADSTS500011: The resource principal of ${params.scope} was not found in the tenant.`,
    });

  const met = interactive ? (params.claims ?? mfaClaims) : undefined;
  return {
    ...envelope,
    success: true,
    token: {
      access_token: forGraph
        ? await endpoint.graphUserToken(person, ourApp.delegated)
        : await mint.userToken(personId, 'outlook-nested', met === undefined ? {} : { claims: met }),
      id_token: await mint.sign(mint.personClaims(person), ourApp.clientId),
      expires_in: accessTokenSeconds,
      scope: params.scope,
      properties: null,
    },
    account: {
      homeAccountId: homeAccountId(person),
      environment: 'login.microsoftonline.com',
      tenantId,
      username: person.mail,
      localAccountId: person.id,
      name: person.displayName,
    },
  };
}

function homeAccountId(person: Person): string {
  return `${person.id}.${tenantId}`;
}

function isOurs(scope: string): boolean {
  const resource = scope.slice(0, scope.lastIndexOf('/'));
  return (
    resource === ourApp.clientId || (resource.startsWith('api://') && resource.endsWith(ourApp.clientId))
  );
}
