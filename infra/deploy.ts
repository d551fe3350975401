// `npm run deploy -- --env prod`: puts what `npm run build` has made into Azure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { az } from './az.ts';
import { readEnvironment } from './environment.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every file below a folder, by its path with forward slashes. */
function filesBelow(folder: string): Record<string, Uint8Array> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(folder, path).replaceAll('\\', '/'), readFileSync(path)];
    }),
  );
}

export async function main(args: string[]): Promise<void> {
  const environment = readEnvironment(args);
  const subscription = ['--subscription', environment.get('AZURE_SUBSCRIPTION_ID')];
  const inGroup = ['--resource-group', environment.get('AZURE_RESOURCE_GROUP_NAME'), ...subscription];
  const folder = mkdtempSync(join(tmpdir(), 'medspill-'));
  try {
    const release = join(folder, 'api.zip');
    writeFileSync(release, zipSync(filesBelow(join(root, 'api', 'dist'))));
    az([
      ...['functionapp', 'deployment', 'source', 'config-zip'],
      ...['--name', environment.get('FUNCTION_APP_NAME'), ...inGroup, '--src', release],
    ]);

    const site = join(folder, 'tab');
    await cp(join(root, 'tab', 'dist'), site, { recursive: true });
    writeFileSync(
      join(site, 'config.json'),
      JSON.stringify({
        clientId: environment.get('CLIENT_ID'),
        tenantId: environment.get('TENANT_ID'),
        teamsAppId: environment.find('TEAMS_APP_ID') ?? environment.get('MANIFEST_ID'),
        validOrigins: [],
      }),
    );
    const secrets = az([
      ...['staticwebapp', 'secrets', 'list'],
      ...['--name', environment.get('STATIC_WEB_APP_NAME'), ...inGroup],
    ]) as { properties: { apiKey: string } };
    // Microsoft's own uploader; the token goes by the environment, where no list of processes shows it.
    const upload = spawnSync('swa', ['deploy', site, '--env', 'production'], {
      stdio: 'inherit',
      env: { ...process.env, SWA_CLI_DEPLOYMENT_TOKEN: secrets.properties.apiKey },
    });
    if (upload.status !== 0) {
      throw new Error('swa deploy failed: npm install --global @azure/static-web-apps-cli');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`https://${environment.get('TAB_DOMAIN')}/api/health`);
}
