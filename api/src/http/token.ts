import { hash } from 'node:crypto';
import { type PersonId, personIdSchema, type TenantId, tenantIdSchema } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Config } from '../config.ts';
import { type Scope, scopeOfToken } from '../scope.ts';

/** A person whose token has been verified. Keyed by tenant and oid, never by mail or name. */
export type Caller = {
  scope: Scope;
  tenantId: TenantId;
  personId: PersonId;
  /** As the token says; the directory may know better. */
  name: string;
  mail: string;
  isAdmin: boolean;
  /** The verified token itself, to act on behalf of the person. */
  assertion: string;
};

export type VerifyToken = (authorization: string | undefined) => Promise<Outcome<Caller>>;

/**
 * Whoever types calls many times a minute with one token: a proof counts for this long, never beyond the token's end. So
 * much longer does a token live whose signing key Entra has withdrawn.
 */
const proofMs = 5 * 60_000;
const mostProofs = 5000;
const toleranceSeconds = 60;

type Proof = { claims: JWTPayload; at: number };

/**
 * Accepts v2 access tokens of our tenants, for us, from clients we know, of people: no app-only token, no guest
 * (facts on Entra, section 5; RFC 8725). Keys come from Entra and are cached by jose.
 */
export function createTokenVerifier(config: Config, now: () => Date): VerifyToken {
  const keys = new Map(
    config.tenantIds.map((tenantId) => [
      tenantId,
      createRemoteJWKSet(new URL(`${config.entraUrl}/${tenantId}/discovery/v2.0/keys`)),
    ]),
  );
  /** By the SHA-256 of the whole token, signature included. */
  const proofs = new Map<string, Proof>();

  function proven(key: string, at: number): JWTPayload | undefined {
    const proof = proofs.get(key);
    if (proof === undefined) return undefined;
    const { claims, at: since } = proof;
    // A clock that was set back proves nothing about a token's beginning.
    const isFresh = at >= since && at - since < proofMs;
    if (isFresh && at / 1000 < (claims.exp ?? 0) + toleranceSeconds) return claims;
    proofs.delete(key);
    return undefined;
  }

  function keep(key: string, proof: Proof): void {
    if (proofs.size >= mostProofs) {
      const [oldest] = proofs.keys();
      if (oldest !== undefined) proofs.delete(oldest);
    }
    proofs.set(key, proof);
  }

  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return refuse({ code: 'not_signed_in', reason: 'no_token' });
    const tenantId = unverifiedTenant(token);
    const keySet = tenantId === undefined ? undefined : keys.get(tenantId);
    if (tenantId === undefined || keySet === undefined) {
      return refuse({ code: 'not_signed_in', reason: 'other_tenant' });
    }
    const at = now();
    const key = hash('sha256', token, 'base64url');
    const known = proven(key, at.getTime());
    if (known !== undefined) return callerOf(known, token, config);
    let claims: JWTPayload;
    try {
      const verified = await jwtVerify(token, keySet, {
        algorithms: ['RS256'],
        issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        audience: config.clientId,
        clockTolerance: toleranceSeconds,
        currentDate: at,
        requiredClaims: ['exp', 'iat', 'oid', 'tid', 'azp', 'scp'],
      });
      claims = verified.payload;
      keep(key, { claims, at: at.getTime() });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unverified';
      // Keys that cannot be fetched are Entra's outage, not the caller's fault.
      if (code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JOSE_GENERIC') {
        return refuse({ code: 'microsoft_unavailable' });
      }
      return refuse({ code: 'not_signed_in', reason: code.toLowerCase() });
    }
    return callerOf(claims, token, config);
  };
}

function callerOf(claims: JWTPayload, assertion: string, config: Config): Outcome<Caller> {
  const no = (reason: string) => refuse({ code: 'not_signed_in', reason });
  const tenantId = tenantIdSchema.safeParse(claims.tid);
  const personId = personIdSchema.safeParse(claims.oid);
  if (!tenantId.success || !personId.success) return no('ids');
  if (claims.ver !== '2.0') return no('version');
  if (claims.idtyp === 'app') return no('app_only');
  if (
    !String(claims.scp ?? '')
      .split(' ')
      .includes('access_as_user')
  )
    return no('scope');
  if (!config.allowedClients.includes(String(claims.azp))) return no('client');
  // acct 1 is a guest of the tenant; a foreign idp is one too.
  if (claims.acct === 1 || claims.idp !== undefined) return no('guest');
  const roles = Array.isArray(claims.roles) ? claims.roles : [];
  return done({
    scope: scopeOfToken(tenantId.data, personId.data),
    tenantId: tenantId.data,
    personId: personId.data,
    name: String(claims.name ?? ''),
    mail: String(claims.preferred_username ?? ''),
    isAdmin: roles.includes('Medspill.Admin'),
    assertion,
  });
}

/** Only to choose the key set; the signature then proves it. */
function unverifiedTenant(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (typeof payload === 'object' && payload !== null && 'tid' in payload) return String(payload.tid);
  } catch {
    // Not a token at all; the caller is told so.
  }
  return undefined;
}
