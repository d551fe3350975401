// Who may call: the service's REST side by Entra or by the access key, clients by a token that the service signed.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteJWKSet, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { SandboxClock } from '../clock.ts';

export type ClientClaims = { userId?: string; roles: string[]; groups: string[] };

export type Access = {
  key: string;
  mayManage(authorization: string | undefined, path: string): Promise<boolean>;
  issueClientToken(hub: string, claims: ClientClaims, minutes: number, audience: string): Promise<string>;
  /** Undefined when the token is none of ours, for another hub, or expired. */
  readClientToken(token: string, hub: string): Promise<ClientClaims | undefined>;
};

const audience = 'https://webpubsub.azure.com';

export async function loadAccess(dataDir: string, clock: SandboxClock, jwksUrl: string): Promise<Access> {
  const key = await loadKey(join(dataDir, 'realtime-key'));
  const secret = new TextEncoder().encode(key);
  const jwks = createRemoteJWKSet(new URL(jwksUrl));
  const currentDate = () => new Date(clock.now());

  async function verifyWithKey(token: string, path: string): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        currentDate: currentDate(),
      });
      // The audience is the address that is called; scheme and host depend on proxies in between.
      const audiences = [payload.aud ?? []].flat();
      return audiences.some((one) => pathOf(one) === path) ? payload : undefined;
    } catch {
      return undefined;
    }
  }

  async function verifyWithDirectory(token: string): Promise<boolean> {
    try {
      await jwtVerify(token, jwks, { audience, algorithms: ['RS256'], currentDate: currentDate() });
      return true;
    } catch {
      return false;
    }
  }

  return {
    key,
    async mayManage(authorization, path) {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return false;
      return (await verifyWithKey(token, path)) !== undefined || verifyWithDirectory(token);
    },
    async issueClientToken(hub, claims, minutes, url) {
      const issuedAt = Math.floor(clock.now() / 1000);
      const token = new SignJWT({
        ...(claims.roles.length > 0 ? { role: claims.roles } : {}),
        ...(claims.groups.length > 0 ? { 'webpubsub.group': claims.groups } : {}),
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setAudience(`${url}/client/hubs/${hub}`)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + minutes * 60);
      if (claims.userId !== undefined) token.setSubject(claims.userId);
      return token.sign(secret);
    },
    async readClientToken(token, hub) {
      const payload = await verifyWithKey(token, `/client/hubs/${hub}`);
      if (payload === undefined) return undefined;
      return {
        roles: texts(payload.role),
        groups: texts(payload['webpubsub.group']),
        ...(payload.sub === undefined ? {} : { userId: payload.sub }),
      };
    },
  };
}

async function loadKey(file: string): Promise<string> {
  const stored = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (stored !== undefined) return stored;
  const key = randomBytes(48).toString('base64');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, key, { mode: 0o600 });
  return key;
}

function pathOf(url: string): string | undefined {
  return URL.canParse(url) ? decodeURIComponent(new URL(url).pathname) : undefined;
}

function texts(claim: unknown): string[] {
  return [claim ?? []].flat().map(String);
}
