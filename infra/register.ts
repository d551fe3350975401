// `npm run register -- --env prod`: makes the app registration, or brings it up to date. Run it before and after
// `npm run provision`: the second run adds the address and the managed identity.
import { askGraph, az } from './az.ts';
import { readEnvironment } from './environment.ts';
import { credentialOf, type GraphPermissions, graphAppId, registrationOf } from './registration.ts';

type Listed<T> = { value: T[] };

export function main(args: string[]): void {
  const environment = readEnvironment(args);
  const tenantId = environment.get('TENANT_ID');
  const account = az(['account', 'show']) as { tenantId: string };
  if (account.tenantId !== tenantId) {
    throw new Error(`az is signed in to ${account.tenantId}: run az login --tenant ${tenantId}`);
  }

  let clientId = environment.find('CLIENT_ID');
  if (clientId === undefined) {
    const made = askGraph('post', '/applications', {
      displayName: `Medspill ${environment.name}`,
      signInAudience: 'AzureADMyOrg',
    }) as { appId: string };
    clientId = made.appId;
    environment.set('CLIENT_ID', clientId);
    askGraph('post', '/servicePrincipals', { appId: clientId });
  }

  const graph = askGraph(
    'get',
    `/servicePrincipals(appId='${graphAppId}')?$select=oauth2PermissionScopes,appRoles`,
  ) as GraphPermissions;
  const application = `/applications(appId='${clientId}')`;
  const registration = registrationOf(clientId, environment.find('TAB_DOMAIN'), graph);
  // A client can only be authorised for a scope that is there already.
  const { preAuthorizedApplications, ...scopes } = registration.api;
  askGraph('patch', application, { ...registration, api: scopes });
  askGraph('patch', application, { api: { preAuthorizedApplications } });

  const principal = environment.find('IDENTITY_PRINCIPAL_ID');
  if (principal === undefined) {
    console.log('Next: npm run provision, then this once more.');
    return;
  }
  const credential = credentialOf(tenantId, principal);
  const { value } = askGraph('get', `${application}/federatedIdentityCredentials`) as Listed<{
    id: string;
    name: string;
  }>;
  const known = value.find(({ name }) => name === credential.name);
  if (known === undefined) askGraph('post', `${application}/federatedIdentityCredentials`, credential);
  else askGraph('patch', `${application}/federatedIdentityCredentials/${known.id}`, credential);
  console.log('An administrator consents to the permissions, once and after each change of them, at');
  console.log(`https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=${clientId}`);
}
