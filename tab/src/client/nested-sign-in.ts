// Nested app auth: the host brokers for msal-browser. Loaded only where the host offers it.
import { createNestablePublicClientApplication } from '@azure/msal-browser';
import { rememberToken, type SignIn } from './sign-in.ts';

export type Registration = { clientId: string; tenantId: string };

export async function createNestedSignIn({ clientId, tenantId }: Registration): Promise<SignIn> {
  const client = await createNestablePublicClientApplication({
    auth: { clientId, authority: `https://login.microsoftonline.com/${tenantId}` },
  });
  const scopes = [`${clientId}/access_as_user`];
  let confirmed: string | undefined;
  const token = rememberToken(async ({ fresh }) => {
    if (confirmed !== undefined) {
      const accessToken = confirmed;
      confirmed = undefined;
      return accessToken;
    }
    const answer = await client.acquireTokenSilent({ scopes, forceRefresh: fresh ?? false });
    return answer.accessToken;
  });
  return {
    token,
    async consent(graphScopes) {
      const full = graphScopes.map((scope) =>
        scope.includes('/') ? scope : `https://graph.microsoft.com/${scope}`,
      );
      await client.acquireTokenPopup({ scopes: full });
      await token({ fresh: true });
    },
    async confirmIdentity(claims) {
      const answer = await client.acquireTokenPopup({ scopes, ...(claims === undefined ? {} : { claims }) });
      confirmed = answer.accessToken;
      await token({ fresh: true });
    },
  };
}
