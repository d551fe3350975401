// `npm run provision -- --env prod`: makes or updates everything in Azure, and writes down what it is called.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { az } from './az.ts';
import { readEnvironment } from './environment.ts';

const template = join(dirname(fileURLToPath(import.meta.url)), 'main.bicep');
const outputs = {
  tabDomain: 'TAB_DOMAIN',
  functionAppName: 'FUNCTION_APP_NAME',
  staticWebAppName: 'STATIC_WEB_APP_NAME',
  identityPrincipalId: 'IDENTITY_PRINCIPAL_ID',
} as const;

export function main(args: string[]): void {
  const environment = readEnvironment(args);
  const subscription = ['--subscription', environment.get('AZURE_SUBSCRIPTION_ID')];
  const group = environment.get('AZURE_RESOURCE_GROUP_NAME');
  const location = environment.get('AZURE_LOCATION');
  az(['group', 'create', '--name', group, '--location', location, ...subscription]);
  const deployment = az([
    'deployment',
    'group',
    'create',
    ...['--name', 'medspill', '--resource-group', group, '--template-file', template],
    ...subscription,
    '--parameters',
    `location=${location}`,
    `tenantIds=${JSON.stringify([environment.get('TENANT_ID')])}`,
    `clientId=${environment.get('CLIENT_ID')}`,
    // Not in the catalogue yet: links are right from the deployment that follows the publishing.
    `teamsAppId=${environment.find('TEAMS_APP_ID') ?? environment.get('MANIFEST_ID')}`,
    `alertMail=${environment.get('ALERT_MAIL')}`,
    ...databaseOf(environment.find('DATABASE_KIND')),
  ]) as { properties: { outputs: Record<keyof typeof outputs, { value: string }> } };
  for (const [output, variable] of Object.entries(outputs)) {
    environment.set(variable, deployment.properties.outputs[output as keyof typeof outputs].value);
  }
}

/** Nothing for Cosmos DB, which makes its own keys. The password of a server stands in no file of ours. */
function databaseOf(kind: string | undefined): string[] {
  if (kind === undefined || kind === 'cosmos') return [];
  const password = process.env.DATABASE_PASSWORD;
  if (password === undefined || password.length < 12) {
    throw new Error('DATABASE_PASSWORD: at least twelve characters, in the environment of this command');
  }
  return [`databaseKind=${kind}`, `databasePassword=${password}`];
}
