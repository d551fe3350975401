// Tokens for Microsoft Graph: on behalf of a person, or as the app itself. No secret: a managed identity stands in.
import type { ConfidentialClientApplication, INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
import { done, type Outcome, type Refusal, refuse } from '@medspill/domain/refusals';
import type { Config } from '../../config.ts';
import type { Actor, Clock } from '../../ports.ts';

export type Microsoft = {
  /**
   * An access token for Graph. `scopes` are delegated permissions without the resource; the app has its own consent.
   * `claims` answers a claims challenge and asks Entra anew. Refusals: consent_required, interaction_required,
   * microsoft_unavailable. Throws where our own registration is wrong.
   */
  token(actor: Actor, scopes: readonly string[], claims?: string): Promise<Outcome<string>>;
};

const graph = 'https://graph.microsoft.com';
const publicAuthority = 'https://login.microsoftonline.com';
/** Entries of on-behalf-of pile up per assertion and are never dropped: a new application each hour drops them all. */
const lifeMinutes = 60;
const timeoutMs = 10_000;

export function createMicrosoft(config: Config, clock: Clock): Microsoft {
  let application: { made: number; client: Promise<ConfidentialClientApplication> } | undefined;

  function current(): Promise<ConfidentialClientApplication> {
    const now = clock.now().epochMilliseconds;
    if (application === undefined || Math.abs(now - application.made) > lifeMinutes * 60_000) {
      application = { made: now, client: makeApplication(config) };
      application.client.catch(() => {
        application = undefined;
      });
    }
    return application.client;
  }

  return {
    async token(actor, scopes, claims) {
      const client = await current();
      try {
        const result =
          actor.kind === 'app'
            ? await client.acquireTokenByClientCredential({
                scopes: [`${graph}/.default`],
                ...(claims === undefined ? {} : { claims, skipCache: true }),
              })
            : await client.acquireTokenOnBehalfOf({
                oboAssertion: actor.assertion,
                scopes: scopes.map((scope) => `${graph}/${scope}`),
                ...(claims === undefined ? {} : { claims, skipCache: true }),
              });
        return result === null ? refuse({ code: 'microsoft_unavailable' }) : done(result.accessToken);
      } catch (error) {
        const refusal = refusalOf(error, scopes);
        if (refusal === undefined) throw error;
        // After one failed answer msal-node says no by itself for a minute, to everybody with the same scopes.
        if (refusal.code === 'microsoft_unavailable') application = undefined;
        return refuse(refusal);
      }
    },
  };
}

async function makeApplication(config: Config): Promise<ConfidentialClientApplication> {
  // Loaded at the first token, so that a cold start of a route without Graph does not pay for it.
  const msal = await import('@azure/msal-node');
  const identity = new msal.ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: config.managedIdentityClientId },
  });
  return new msal.ConfidentialClientApplication({
    auth: {
      clientId: config.clientId,
      authority: `${publicAuthority}/${config.homeTenantId}`,
      clientAssertion: async () =>
        (await identity.acquireToken({ resource: 'api://AzureADTokenExchange' })).accessToken,
      clientCapabilities: ['cp1'],
    },
    system: { networkClient: networkTo(config.entraUrl) },
  });
}

/** msal-node refuses an authority that is not https; the authority stays and the wire goes where configuration says. */
function networkTo(entraUrl: string): INetworkModule {
  async function exchange<T>(method: string, url: string, options?: NetworkRequestOptions) {
    const response = await fetch(url.replace(publicAuthority, entraUrl), {
      method,
      headers: options?.headers ?? {},
      signal: AbortSignal.timeout(timeoutMs),
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    return {
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as T,
      status: response.status,
    };
  }
  return {
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };
}

/** What msal-node's errors carry beside their name (msal-common, error/). */
type EntraError = Error & {
  errorCode?: unknown;
  subError?: unknown;
  claims?: unknown;
  errorNo?: unknown;
};

/** Our registration, credential or request is wrong: nobody can mend it by waiting or signing in again. */
const ourFault = new Set(['invalid_client', 'unauthorized_client', 'invalid_resource', 'invalid_scope']);
/** The assertion is not for us (500131) or not Entra's (50013), though our own check let it through. */
const ourFaultNumbers = new Set(['500131', '50013', '500011', '1002012']);

function refusalOf(error: unknown, scopes: readonly string[]): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, errorCode, subError, claims, errorNo } = error as EntraError;
  if (name === 'InteractionRequiredAuthError') {
    // 65001: nobody has consented to a permission.
    if (subError === 'consent_required' || errorCode === 'consent_required' || String(errorNo) === '65001') {
      return { code: 'consent_required', scopes: [...scopes] };
    }
    return {
      code: 'interaction_required',
      ...(typeof claims === 'string' && claims !== '' ? { claims } : {}),
    };
  }
  // 500133: the person's own token ran out between our check and Entra's; a new one goes through.
  if (String(errorNo) === '500133') return { code: 'interaction_required' };
  if (ourFault.has(String(errorCode)) || ourFaultNumbers.has(String(errorNo))) return undefined;
  // Outages, throttling, time-outs, answers that are not JSON.
  return { code: 'microsoft_unavailable' };
}
