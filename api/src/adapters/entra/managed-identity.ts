// Tokens of the user-assigned managed identity, for Azure's own services: no secret is stored anywhere.
import type { ManagedIdentityApplication } from '@azure/msal-node';
import type { Config } from '../../config.ts';

/** A token for a resource such as `https://vault.azure.net`; cached until shortly before it ends. */
export type IdentityToken = (resource: string) => Promise<string>;

export function createIdentityToken(config: Config): IdentityToken {
  let identity: Promise<ManagedIdentityApplication> | undefined;
  return async (resource) => {
    // Loaded at the first token, so that a cold start of a route without one does not pay for it.
    identity ??= import('@azure/msal-node').then(
      (msal) =>
        new msal.ManagedIdentityApplication({
          managedIdentityIdParams: { userAssignedClientId: config.managedIdentityClientId },
        }),
    );
    return (await (await identity).acquireToken({ resource })).accessToken;
  };
}
