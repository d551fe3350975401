// Azure Web PubSub as a bell: people may only listen, and hear that a review has moved on, never what was written.
import type { WebPubSubServiceClient, WebPubSubServiceClientOptions } from '@azure/web-pubsub';
import type { PersonId, ReviewId } from '@medspill/domain/ids';
import type { Config } from '../../config.ts';
import type { Realtime } from '../../ports.ts';
import type { IdentityToken } from '../entra/managed-identity.ts';

/** Minutes that an address to listen at is good for; access that ends is over by then. */
const listenMinutes = 5;
/** A bell that rings late is of no use: listeners ask by themselves after a while. */
const announceTimeoutMs = 5000;

export function createRealtime(config: Config, identityToken: IdentityToken): Realtime {
  let client: Promise<WebPubSubServiceClient> | undefined;
  const connected = () => {
    client ??= connect(config, identityToken).catch((error) => {
      client = undefined;
      throw error;
    });
    return client;
  };
  return {
    async listenUrl(reviewId, personId) {
      const group = groupOf(reviewId);
      const { url } = await (await connected()).getClientAccessToken({
        userId: userOf(config, personId),
        groups: [group],
        // No role: a listener can neither send nor join anything else.
        roles: [],
        expirationTimeInMinutes: listenMinutes,
        abortSignal: AbortSignal.timeout(announceTimeoutMs),
      });
      return { url: isPlain(config) ? url.replace(/^wss:/, 'ws:') : url, group };
    },
    async announce(reviewId, message) {
      const group = (await connected()).group(groupOf(reviewId));
      await group.sendToAll({ ...message }, { abortSignal: AbortSignal.timeout(announceTimeoutMs) });
    },
    async hangUp(personId) {
      const options = { abortSignal: AbortSignal.timeout(announceTimeoutMs) };
      await (await connected()).closeUserConnections(userOf(config, personId), options);
    },
  };
}

function groupOf(reviewId: ReviewId): string {
  return `review-${reviewId}`;
}

function userOf({ homeTenantId }: Config, personId: PersonId): string {
  return `${homeTenantId}/${personId}`;
}

async function connect(config: Config, identityToken: IdentityToken): Promise<WebPubSubServiceClient> {
  // Loaded at the first use, so that a cold start of a route without it does not pay for it.
  const { WebPubSubServiceClient: Client } = await import('@azure/web-pubsub');
  const credential = {
    // The identity's tokens are cached and renewed behind `identityToken`; this asks each time.
    getToken: async () => ({
      token: await identityToken('https://webpubsub.azure.com'),
      expiresOnTimestamp: Date.now() + 60_000,
    }),
  };
  const plain = isPlain(config);
  return new Client(config.webPubSubUrl.replace(/^http:/, 'https:'), credential, config.webPubSubHub, {
    allowInsecureConnection: plain,
    additionalPolicies: plain ? [{ policy: overHttp, position: 'perRetry' }] : [],
    retryOptions: { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1000 },
  });
}

/** Only where the address itself says so; Azure's is always https. */
function isPlain(config: Config): boolean {
  return config.webPubSubUrl.startsWith('http:');
}

type Policy = NonNullable<WebPubSubServiceClientOptions['additionalPolicies']>[number]['policy'];

/** The library signs requests to https addresses only, so the address becomes http after it has signed. */
const overHttp: Policy = {
  name: 'overHttp',
  sendRequest(request, next) {
    request.url = request.url.replace(/^https:/, 'http:');
    return next(request);
  },
};
