// The app registration as data: what it exposes, what it asks for, and who may ask it for tokens.
import { applicationPermissions, delegatedPermissions } from '../api/src/adapters/graph/permissions.ts';

/** Application id of Microsoft Graph, the same in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';
/** Ids of our own scope and role: chosen once, the same in every tenant. */
const scopeId = '3c7f2b0e-9d41-4a86-b5e3-6f1a2c8d7e09';
const adminRoleId = 'a5d8e1c4-7b26-4f93-8e0d-1c3b5a7f9e0a';

/** Clients of Microsoft that may ask for our tokens without a question: the list of Teams' single sign-on guide. */
export const microsoftClients = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264', // Teams desktop and mobile
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', // Teams web
  'd3590ed6-52b3-4102-aeff-aad2292ab01c', // Microsoft 365 and Outlook desktop, Outlook mobile
  '0ec893e0-5785-4de6-99da-4ed124e5296c', // Microsoft 365 desktop
  '4765445b-32c6-49b0-83e6-1d93765276ca', // Microsoft 365 web
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3', // Outlook web
  '27922004-5251-4030-b22d-91ecd9a37ea4', // Outlook mobile
] as const;

/** Graph's own scopes and roles by name, as its service principal lists them. */
export type GraphPermissions = {
  oauth2PermissionScopes: { id: string; value: string }[];
  appRoles: { id: string; value: string }[];
};

function idOf(list: { id: string; value: string }[], name: string): string {
  const found = list.find(({ value }) => value === name);
  if (found === undefined) throw new Error(`Microsoft Graph has no permission ${name}`);
  return found.id;
}

/** Body of `PATCH /applications/{id}`. The domain is known when the infrastructure stands. */
export function registrationOf(clientId: string, domain: string | undefined, graph: GraphPermissions) {
  return {
    signInAudience: 'AzureADMyOrg',
    identifierUris: [`api://${clientId}`, ...(domain === undefined ? [] : [`api://${domain}/${clientId}`])],
    // Nested app auth: the host brokers for our origin.
    spa: { redirectUris: domain === undefined ? [] : [`brk-multihub://${domain}`] },
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [
        {
          id: scopeId,
          value: 'access_as_user',
          type: 'User',
          isEnabled: true,
          adminConsentDisplayName: 'Use Medspill as the signed-in person',
          adminConsentDescription: 'Teams and Outlook may call Medspill as the signed-in person.',
          userConsentDisplayName: 'Use Medspill as you',
          userConsentDescription: 'Teams and Outlook may call Medspill as you.',
        },
      ],
      preAuthorizedApplications: microsoftClients.map((appId) => ({
        appId,
        delegatedPermissionIds: [scopeId],
      })),
    },
    appRoles: [
      {
        id: adminRoleId,
        value: 'Medspill.Admin',
        allowedMemberTypes: ['User'],
        isEnabled: true,
        displayName: 'Medspill administrator',
        description: 'Sees settings and counts, never what people have written.',
      },
    ],
    optionalClaims: {
      accessToken: ['email', 'preferred_username'].map((name) => ({ name, essential: false })),
    },
    requiredResourceAccess: [
      {
        resourceAppId: graphAppId,
        resourceAccess: [
          ...Object.keys(delegatedPermissions).map((name) => ({
            id: idOf(graph.oauth2PermissionScopes, name),
            type: 'Scope',
          })),
          ...Object.keys(applicationPermissions).map((name) => ({
            id: idOf(graph.appRoles, name),
            type: 'Role',
          })),
        ],
      },
    ],
  };
}

/** Trusts the managed identity in the place of a secret. */
export function credentialOf(tenantId: string, identityPrincipalId: string) {
  return {
    name: 'managed-identity',
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    subject: identityPrincipalId,
    audiences: ['api://AzureADTokenExchange'],
  };
}
