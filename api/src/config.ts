// The only reader of process.env. Every variable here is set by infra and described in docs/configuration.md.
import * as z from 'zod';

const url = z.url().transform((text) => text.replace(/\/$/, ''));
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const environment = z.object({
  /** Entra tenants whose people may sign in; the first one is where the app calls Graph. */
  TENANT_IDS: list,
  CLIENT_ID: z.string(),
  /** Clients that may ask for our tokens: Teams, Outlook and Microsoft 365, and ourselves for nested app auth. */
  ALLOWED_CLIENTS: list,
  /** User-assigned identity whose token stands in for a client secret. */
  MANAGED_IDENTITY_CLIENT_ID: z.string(),
  ENTRA_URL: url.default('https://login.microsoftonline.com'),
  GRAPH_URL: url.default('https://graph.microsoft.com'),
  MONGODB_URI: z.string(),
  MONGODB_DATABASE: z.string().default('medspill'),
  WEB_PUBSUB_URL: url,
  WEB_PUBSUB_HUB: z.string().default('reviews'),
  KEY_VAULT_URL: url,
  SIGNING_KEY: z.string().default('record-signing'),
  WRAPPING_KEY: z.string().default('record-wrapping'),
  /** Where the tab and this API are reached from outside; notifications come to `${PUBLIC_URL}/api/…`. */
  PUBLIC_URL: url,
  /** The app's id in the tenant's Teams catalogue, for deep links and installs; not the manifest's id. */
  TEAMS_APP_ID: z.string(),
  /** Country whose public holidays are marked, ISO 3166-1 alpha-2. */
  HOLIDAY_COUNTRY: z.string().length(2).default('NO'),
  /** Application Insights; without it events go to standard output. */
  APPLICATIONINSIGHTS_CONNECTION_STRING: z.string().min(1).optional(),
});

export type Config = {
  tenantIds: readonly string[];
  homeTenantId: string;
  clientId: string;
  allowedClients: readonly string[];
  managedIdentityClientId: string;
  entraUrl: string;
  graphUrl: string;
  mongoUri: string;
  mongoDatabase: string;
  webPubSubUrl: string;
  webPubSubHub: string;
  keyVaultUrl: string;
  signingKey: string;
  wrappingKey: string;
  publicUrl: string;
  teamsAppId: string;
  holidayCountry: string;
  insightsConnectionString: string | undefined;
};

/** Throws with the names of the missing or wrong variables, never with their values. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new Error(`Configuration: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  }
  const e = parsed.data;
  const homeTenantId = e.TENANT_IDS[0];
  if (homeTenantId === undefined) throw new Error('Configuration: TENANT_IDS');
  return {
    tenantIds: e.TENANT_IDS,
    homeTenantId,
    clientId: e.CLIENT_ID,
    allowedClients: e.ALLOWED_CLIENTS,
    managedIdentityClientId: e.MANAGED_IDENTITY_CLIENT_ID,
    entraUrl: e.ENTRA_URL,
    graphUrl: e.GRAPH_URL,
    mongoUri: e.MONGODB_URI,
    mongoDatabase: e.MONGODB_DATABASE,
    webPubSubUrl: e.WEB_PUBSUB_URL,
    webPubSubHub: e.WEB_PUBSUB_HUB,
    keyVaultUrl: e.KEY_VAULT_URL,
    signingKey: e.SIGNING_KEY,
    wrappingKey: e.WRAPPING_KEY,
    publicUrl: e.PUBLIC_URL,
    teamsAppId: e.TEAMS_APP_ID,
    holidayCountry: e.HOLIDAY_COUNTRY,
    insightsConnectionString: e.APPLICATIONINSIGHTS_CONNECTION_STRING,
  };
}
