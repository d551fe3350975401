// Azure Key Vault's keys over REST (api-version 7.4): read a key, sign, verify, wrap, unwrap, encrypt, decrypt.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { SandboxClock } from '../clock.ts';
import { managedIdentityPrincipalId } from '../entra/registrations.ts';
import { listen, readBody, sendJson } from '../http-server.ts';
import { tenantId } from '../people.ts';
import { loadKeys, type VaultKey } from './keys.ts';
import { BadParameter, type OperationInput, operate } from './operations.ts';

export type VaultOptions = {
  dataDir: string;
  port: number;
  clock: SandboxClock;
  /** The directory's keys, which callers' tokens are verified with. */
  jwksUrl: string;
  /** Object ids with the role "Key Vault Crypto User"; by default the managed identity's. */
  cryptoUsers?: string[];
};

export type VaultServer = { url: string; close(): Promise<void> };

const versions = ['7.0', '7.1', '7.2', '7.3', '7.4', '7.5', '7.6'];
const operations = ['sign', 'verify', 'encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
const audience = 'https://vault.azure.net';

export async function startVault(options: VaultOptions): Promise<VaultServer> {
  const keys = await loadKeys(options.dataDir, options.clock.now());
  const cryptoUsers = options.cryptoUsers ?? [managedIdentityPrincipalId];
  const jwks = createRemoteJWKSet(new URL(options.jwksUrl));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', server.url);
    const body = await readBody(request);
    const refuse = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
      sendJson(response, status, { error: { code, message } }, headers);

    const refusal = await checkToken(request.headers.authorization);
    if (refusal === 'forbidden')
      return refuse(403, 'Forbidden', 'Caller is not authorized to perform action on resource.');
    if (refusal !== undefined)
      return refuse(401, 'Unauthorized', refusal, {
        'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${tenantId}", resource="${audience}"`,
      });
    if (!versions.includes(url.searchParams.get('api-version') ?? ''))
      return refuse(
        400,
        'BadParameter',
        'The specified version is not recognized. api-version must be specified.',
      );

    const [collection, name, ...rest] = url.pathname.split('/').filter(Boolean);
    const operation = request.method === 'POST' ? operationNamed(rest.pop()) : undefined;
    const [version, ...more] = rest;
    if (collection !== 'keys' || name === undefined || more.length > 0)
      return refuse(404, 'NotFound', 'The resource was not found.');
    const key = keys.find((one) => one.name === name && (version === undefined || one.version === version));
    if (key === undefined)
      return refuse(
        404,
        'KeyNotFound',
        `A key with (name/id) ${[name, version].filter(Boolean).join('/')} was not found in this key vault.`,
      );
    if (request.method === 'GET') return sendJson(response, 200, describe(key));
    if (operation === undefined) return refuse(405, 'MethodNotAllowed', 'The HTTP method is not allowed.');
    if (!key.operations.includes(operation))
      return refuse(403, 'Forbidden', `Operation ${operation} is not permitted on this key.`);
    try {
      const value = operate(key, operation, parse(body));
      sendJson(response, 200, typeof value === 'boolean' ? { value } : { kid: keyId(key), value });
    } catch (error) {
      if (!(error instanceof BadParameter)) throw error;
      refuse(400, 'BadParameter', error.message);
    }
  }

  /** Nothing when the caller may use the keys; else why not. */
  async function checkToken(authorization: string | undefined): Promise<string | undefined> {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return 'AKV10000: Request is missing a Bearer or PoP token.';
    try {
      const { payload } = await jwtVerify(token, jwks, {
        audience,
        algorithms: ['RS256'],
        currentDate: new Date(options.clock.now()),
      });
      return cryptoUsers.includes(String(payload.oid)) ? undefined : 'forbidden';
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        return 'AKV10049: Token validation failed: the token is expired.';
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
        return 'AKV10022: Invalid audience.';
      if (error instanceof errors.JOSEError)
        return 'AKV10046: Unable to resolve the key used for signature validation.';
      throw error;
    }
  }

  const keyId = (key: VaultKey) => `${server.url}/keys/${key.name}/${key.version}`;

  function describe(key: VaultKey): object {
    const { kty, crv, x, y, n, e } = key.jwk;
    return {
      key: { kid: keyId(key), kty, key_ops: key.operations, crv, x, y, n, e },
      attributes: {
        enabled: true,
        created: key.created,
        updated: key.created,
        recoveryLevel: 'Recoverable+Purgeable',
        recoverableDays: 90,
        exportable: false,
      },
    };
  }

  const server = await listen((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { code: 'InternalServerError', message: String(error) } });
    });
  }, options.port);

  return { url: server.url, close: server.close };
}

/** Paths are read without regard to case; the documentation writes `wrapkey`, its own operation names `wrapKey`. */
function operationNamed(text: string | undefined): string | undefined {
  return operations.find((operation) => operation.toLowerCase() === text?.toLowerCase());
}

function parse(body: Buffer): OperationInput {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Refused below, like any other body that is no object.
  }
  throw new BadParameter('The request body is not valid JSON.');
}
