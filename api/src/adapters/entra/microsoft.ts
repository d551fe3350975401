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

/** Suberrors that Entra gives where the person must consent or sign in again (msal-common, InteractionRequiredAuthError). */
type EntraError = Error & {
  errorCode?: unknown;
  subError?: unknown;
  claims?: unknown;
  errorNo?: unknown;
  status?: unknown;
};

function refusalOf(error: unknown, scopes: readonly string[]): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, errorCode, subError, claims, errorNo, status } = error as EntraError;
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
  const unavailable =
    name === 'ClientAuthError' ||
    name === 'TimeoutError' ||
    name === 'TypeError' ||
    name === 'SyntaxError' ||
    errorCode === 'temporarily_unavailable' ||
    Number(status) >= 500 ||
    Number(status) === 429;
  return unavailable && errorCode !== 'invalid_client' ? { code: 'microsoft_unavailable' } : undefined;
}
