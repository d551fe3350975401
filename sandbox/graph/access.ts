// Who is calling: an access token of Entra, for Graph, of this tenant.
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { SandboxClock } from '../clock.ts';
import type { Person } from '../people.ts';
import { GraphError } from './graph-error.ts';
import type { Directory } from './people/directory.ts';
import type { Permissions } from './permissions.ts';

export type Caller = {
  appId: string;
  /** Permissions in the token: scopes of a user, or roles of the app alone. */
  granted: Set<string>;
  /** The signed-in user; absent for an app on its own. */
  person?: Person;
  /** Epoch milliseconds. */
  expiresAt: number;
};

const audiences = [
  '00000003-0000-0000-c000-000000000000',
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
];

function unauthorized(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${audiences[0]}"`,
  });
}

export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

export function createAccess(
  jwksUrl: string,
  clock: SandboxClock,
  people: Directory,
  tenantId: string,
): Authenticate {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 1000 });
  return async (authorization) => {
    const token = authorization?.match(/^Bearer (\S+)$/i)?.[1];
    if (token === undefined) throw unauthorized('Access token is empty.');
    const { payload } = await jwtVerify(token, keys, {
      audience: audiences,
      algorithms: ['RS256'],
      currentDate: new Date(clock.now()),
      clockTolerance: 60,
    }).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired)
        throw unauthorized('Lifetime validation failed, the token is expired.');
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
        throw unauthorized('Access token validation failure. Invalid audience.');
      }
      if (error instanceof errors.JOSEError) {
        throw unauthorized(`IDX14100: JWT is not well formed or its signature is invalid. (${error.code})`);
      }
      throw error;
    });
    if (payload.tid !== tenantId) throw unauthorized('Access token validation failure. Invalid tenant.');
    const appId = String(payload.azp ?? payload.appid ?? '');
    const expiresAt = (payload.exp ?? 0) * 1000;
    if (typeof payload.scp === 'string') {
      const person = people.find(String(payload.oid));
      if (person === undefined) throw unauthorized('The user of the token does not exist in this tenant.');
      return { appId, granted: new Set(payload.scp.split(' ')), person, expiresAt };
    }
    const roles = Array.isArray(payload.roles) ? payload.roles.map(String) : [];
    return { appId, granted: new Set(roles), expiresAt };
  };
}

/** The permission that lets the caller through; throws 403 in the words of the service asked. */
export function authorize(caller: Caller, allowed: Permissions, service: string): string {
  const names = caller.person === undefined ? allowed.application : allowed.delegated;
  const found = names?.find((name) => caller.granted.has(name));
  if (found !== undefined) return found;
  const kind = caller.person === undefined ? 'application' : 'delegated';
  switch (service) {
    case 'outlook':
      throw new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    case 'directory':
      throw new GraphError(
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      );
    default:
      throw new GraphError(
        403,
        'Forbidden',
        names === null
          ? 'The request is not supported with application permissions.'
          : `Missing ${kind === 'delegated' ? 'scope' : 'role'} permissions on the request. API requires one of '${(names ?? []).join(', ')}'. Permissions on the request '${[...caller.granted].join(', ')}'.`,
      );
  }
}
