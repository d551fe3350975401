// What the app registration asks for is what the adapters use, and what the simulated tenant grants allows it all.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { applicationPermissions, delegatedPermissions } from '../../api/src/adapters/graph/permissions.ts';
import { permissionNames } from '../../domain/trust/permissions.ts';
import { credentialOf, microsoftClients, registrationOf } from '../../infra/registration.ts';
import { authorisedParty, ourApp, tokenExchangeAudience } from '../../sandbox/entra/registrations.ts';
import { clientId, tenantId } from '../../sandbox/people.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const delegated = Object.keys(delegatedPermissions);
const application = Object.keys(applicationPermissions);
// Ids that tell what they stand for.
const graph = {
  oauth2PermissionScopes: [...delegated, 'Mail.Read'].map((value) => ({ id: `scope ${value}`, value })),
  appRoles: [...application, 'Mail.Read'].map((value) => ({ id: `role ${value}`, value })),
};
const registration = registrationOf(clientId, 'medspill.example', graph);

test('asks Microsoft Graph for the permissions of the adapters and no other', () => {
  expect(registration.requiredResourceAccess).toEqual([
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000',
      resourceAccess: [
        ...delegated.map((name) => ({ id: `scope ${name}`, type: 'Scope' })),
        ...application.map((name) => ({ id: `role ${name}`, type: 'Role' })),
      ],
    },
  ]);
});

test('the administrator’s list names the same permissions', () => {
  expect([...permissionNames.delegated].sort()).toEqual(delegated.toSorted());
  expect([...permissionNames.application].sort()).toEqual(application.toSorted());
});

test('a permission that Graph does not know is named', () => {
  expect(() => registrationOf(clientId, undefined, { ...graph, appRoles: [] })).toThrow(
    /Calendars.ReadWrite/,
  );
});

test('the scopes that the calls of the adapters name are the delegated ones', () => {
  const folder = join(root, 'api', 'src', 'adapters', 'graph');
  const files = readdirSync(folder).filter((file) => file !== 'permissions.ts');
  const named = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/'([A-Z]\w+(?:\.[A-Z]\w+)+)'/g)].map(([, name]) =>
      String(name),
    ),
  );
  expect([...new Set(named)].sort()).toEqual([...delegated].sort());
});

test('the simulated tenant has granted each of them and no other, so that a call too many fails in every test', () => {
  expect([...ourApp.delegated].sort()).toEqual([...delegated].sort());
  expect([...ourApp.application].sort()).toEqual([...application].sort());
});

test('one scope, version 2 tokens, one role, the address of the tab', () => {
  expect(registration.api.requestedAccessTokenVersion).toBe(2);
  expect(registration.api.oauth2PermissionScopes.map(({ value }) => value)).toEqual(['access_as_user']);
  expect(registration.appRoles.map(({ value }) => value)).toEqual(['Medspill.Admin']);
  expect(registration.identifierUris).toContain(`api://medspill.example/${clientId}`);
  expect(registration.spa.redirectUris).toEqual(['brk-multihub://medspill.example']);
});

test('Teams and Outlook are authorised beforehand, and the API accepts the same clients', () => {
  const [scope] = registration.api.oauth2PermissionScopes;
  expect(registration.api.preAuthorizedApplications).toEqual(
    microsoftClients.map((appId) => ({ appId, delegatedPermissionIds: [scope?.id] })),
  );
  for (const client of ['teams-web', 'teams-desktop', 'outlook-web'] as const) {
    expect(microsoftClients).toContain(authorisedParty[client]);
  }
  const bicep = readFileSync(join(root, 'infra', 'main.bicep'), 'utf8');
  const list = /param microsoftClients array = \[([^\]]*)\]/.exec(bicep)?.[1] ?? '';
  expect(list.match(/[0-9a-f-]{36}/g)).toEqual([...microsoftClients]);
});

test('a managed identity of the same tenant stands in for a secret', () => {
  expect(credentialOf(tenantId, 'principal')).toEqual({
    name: 'managed-identity',
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    subject: 'principal',
    audiences: [tokenExchangeAudience],
  });
});
