// Mints what the directory issues. All lifetimes follow the sandbox clock.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import type { SandboxClock } from '../clock.ts';
import { otherTenantId, type Person, people, tenantId } from '../people.ts';
import { authorisedParty, ourApp, type UserClient } from './registrations.ts';
import type { SigningKey } from './signing-key.ts';

export type TokenFlaw =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-audience'
  | 'wrong-signature'
  | 'alg-none'
  | 'no-scope'
  | 'guest'
  | 'app-only'
  | 'other-tenant'
  | 'v1';

export type UserTokenOptions = {
  /** Makes a token that the API must refuse. */
  flaw?: TokenFlaw;
  /** Claims that the person has satisfied by interacting, as JSON from a challenge. */
  claims?: string;
  lifetimeSeconds?: number;
};

export type Claims = Record<string, unknown>;
export type Lifetime = { issuedAt: number; seconds: number };

export type Mint = {
  issuer(tenant: string): string;
  now(): number;
  sign(claims: Claims, audience: string, options?: SignOptions): Promise<string>;
  userToken(personId: string, client: UserClient, options?: UserTokenOptions): Promise<string>;
  personClaims(person: Person): Claims;
};

type SignOptions = { tenant?: string; issuer?: string; lifetime?: Partial<Lifetime>; forged?: boolean };

/** The sandbox clock can be set back, and what was valid, and is cached, must not become a token of the future. */
const backdatedSeconds = 400 * 86_400;

/** Between 60 and 90 minutes in the real directory. */
export const accessTokenSeconds = 3_900;

export function createMint(key: SigningKey, clock: SandboxClock, issuerBase: string): Mint {
  const issuer = (tenant: string) => `${issuerBase}/${tenant}/v2.0`;
  const now = () => Math.floor(clock.now() / 1000);

  async function sign(claims: Claims, audience: string, options: SignOptions = {}): Promise<string> {
    const tenant = options.tenant ?? tenantId;
    const issuedAt = options.lifetime?.issuedAt ?? now();
    // A forged token names our key and is signed by another.
    const privateKey = options.forged ? (await generateKeyPair('RS256')).privateKey : key.privateKey;
    return new SignJWT({
      tid: tenant,
      ver: '2.0',
      rh: '1.AQ4APgwfW1RqDk-dXC9ven-MAQ.',
      uti: randomBytes(16).toString('base64url'),
      ...claims,
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid })
      .setIssuer(options.issuer ?? issuer(tenant))
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt - backdatedSeconds)
      .setExpirationTime(issuedAt + (options.lifetime?.seconds ?? accessTokenSeconds))
      .sign(privateKey);
  }

  function userToken(
    personId: string,
    client: UserClient,
    options: UserTokenOptions = {},
  ): Promise<string> | string {
    const person = findPerson(personId);
    const { flaw } = options;
    const claims: Claims = {
      ...personClaims(person),
      azp: authorisedParty[client],
      azpacr: '0',
      scp: 'access_as_user',
      ...satisfied(options.claims),
    };
    const lifetime = { issuedAt: now(), seconds: options.lifetimeSeconds ?? accessTokenSeconds };
    if (flaw === 'expired') lifetime.issuedAt -= lifetime.seconds + 600;
    if (flaw === 'not-yet-valid') lifetime.issuedAt += backdatedSeconds + 3_600;
    switch (flaw) {
      case 'wrong-audience':
        return sign(claims, randomUUID(), { lifetime });
      case 'wrong-signature':
        return sign(claims, ourApp.clientId, { lifetime, forged: true });
      case 'alg-none':
        return unsigned({ tid: tenantId, ver: '2.0', ...claims }, issuer(tenantId), lifetime);
      case 'no-scope':
        return sign({ ...claims, scp: 'openid profile' }, ourApp.clientId, { lifetime });
      case 'guest':
        return sign({ ...claims, ...guestClaims() }, ourApp.clientId, { lifetime });
      case 'app-only':
        return sign(
          {
            oid: ourApp.servicePrincipalId,
            sub: ourApp.servicePrincipalId,
            azp: ourApp.clientId,
            azpacr: '2',
            idtyp: 'app',
            roles: person.appRoles ?? ['Medspill.Admin'],
          },
          ourApp.clientId,
          { lifetime },
        );
      case 'other-tenant':
        return sign(claims, ourApp.clientId, { lifetime, tenant: otherTenantId });
      case 'v1': {
        const { azp, azpacr, preferred_username, ...rest } = claims;
        return sign(
          { ...rest, ver: '1.0', appid: azp, appidacr: azpacr, upn: preferred_username },
          `api://${ourApp.clientId}`,
          { lifetime, issuer: `https://sts.windows.net/${tenantId}/` },
        );
      }
      default:
        return sign(claims, ourApp.clientId, { lifetime });
    }
  }

  function personClaims(person: Person): Claims {
    return {
      oid: person.id,
      sub: pairwiseSubject(person.id),
      name: person.displayName,
      preferred_username: person.mail,
      ...(person.appRoles ? { roles: person.appRoles } : {}),
      ...(person.userType === 'Guest' ? guestClaims() : { acct: 0 }),
    };
  }

  return {
    issuer,
    now,
    sign,
    personClaims,
    userToken: async (personId, client, options) => userToken(personId, client, options),
  };
}

export function findPerson(personId: string): Person {
  const person = people.find((candidate) => candidate.id === personId);
  if (!person) throw new Error(`nobody in the directory has the id ${personId}`);
  return person;
}

function guestClaims(): Claims {
  return { acct: 1, idp: `https://sts.windows.net/${otherTenantId}/` };
}

/** `sub` differs per app in the real directory, so nobody can key people on it across apps. */
function pairwiseSubject(personId: string): string {
  return createHash('sha256').update(`${ourApp.clientId}:${personId}`).digest('base64url');
}

/** Having met a challenge shows in the token: the second factor, and any authentication context asked for. */
function satisfied(challenge: string | undefined): Claims {
  if (challenge === undefined) return {};
  const asked = JSON.parse(challenge) as { access_token?: { acrs?: { value?: string } } };
  const context = asked.access_token?.acrs?.value;
  return { amr: ['pwd', 'mfa'], ...(context === undefined ? {} : { acrs: [context] }) };
}

function unsigned(claims: Claims, issuer: string, lifetime: Lifetime): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = {
    ...claims,
    iss: issuer,
    aud: ourApp.clientId,
    iat: lifetime.issuedAt,
    nbf: lifetime.issuedAt,
    exp: lifetime.issuedAt + lifetime.seconds,
  };
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(payload)}.`;
}
