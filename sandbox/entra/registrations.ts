// What the simulated directory knows about applications: ours, the managed identity, and Microsoft's own clients.
import { clientId } from '../people.ts';

/** The user-assigned managed identity that stands as federated credential on our app registration. */
export const managedIdentityClientId = '4d9c1b7e-2a35-4e86-9f10-8c7b6a5d4e05';
export const managedIdentityPrincipalId = '8a1e5f20-63bd-4c97-b5d4-1f2e3d4c5b06';

export const ourApp = {
  clientId,
  /** Object id of our service principal, the `oid` of app-only tokens. */
  servicePrincipalId: 'b6d2a9c4-5e17-4f38-8a6b-9c0d1e2f3a07',
  /** What an administrator of the tenant has consented to: what the app registration asks for, and nothing else. */
  delegated: [
    'User.Read',
    'User.Read.All',
    'MailboxSettings.Read',
    'Calendars.ReadWrite',
    'Calendars.Read.Shared',
    'OnlineMeetings.Read',
    'TeamsAppInstallation.ReadWriteSelfForChat',
    'Tasks.ReadWrite',
  ],
  application: [
    'Calendars.ReadWrite',
    'OnlineMeetings.Read.All',
    'TeamsAppInstallation.ReadWriteSelfForChat.All',
    'TeamsActivity.Send',
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
  ],
};

export const graphResource = 'https://graph.microsoft.com';
export const tokenExchangeAudience = 'api://AzureADTokenExchange';

/** Resources that the managed identity gets tokens for. */
export const managedIdentityResources = [
  tokenExchangeAudience,
  'https://vault.azure.net',
  'https://webpubsub.azure.com',
  graphResource,
];

export type UserClient = 'teams-web' | 'teams-desktop' | 'outlook-web' | 'outlook-nested' | 'foreign-client';

/** Client ids from the Microsoft 365 host list in the Teams single sign-on documentation. Nested app auth gives our own app as the authorised party. */
export const authorisedParty: Record<UserClient, string> = {
  'teams-web': '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  'teams-desktop': '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  'outlook-web': 'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
  'outlook-nested': clientId,
  'foreign-client': 'f0e1d2c3-b4a5-4687-9788-a9bacbdced08',
};
