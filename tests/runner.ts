// What `npm test`, `npm run check`, `npm run build` do: each check is one line, and the last line counts them all.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const out = join(root, 'tests', '.out');
mkdirSync(out, { recursive: true });

let passed = 0;
let failed = 0;
let skipped = 0;

function run(command: string, args: string[], quiet: boolean): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: quiet ? 'pipe' : 'inherit', env: process.env });
    let text = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    child.stderr?.on('data', (chunk) => (text += chunk));
    child.on('error', (error) => {
      console.error(String(error));
      done(false);
    });
    child.on('exit', (code) => {
      if (quiet && code !== 0) process.stdout.write(text);
      done(code === 0);
    });
  });
}

async function check(name: string, command: string, args: string[]): Promise<boolean> {
  const started = performance.now();
  const ok = await run(command, args, true);
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return ok;
}

async function checks(): Promise<void> {
  audit();
  await check('lint and format', bin('biome'), ['check', '--error-on-warnings', '.']);
  for (const project of ['domain', 'api', 'tab', 'sandbox', 'sandbox/workplace/page', 'tests']) {
    if (existsSync(join(root, project, 'tsconfig.json'))) {
      await check(`types of ${project}`, bin('tsc'), ['-p', join(root, project)]);
    }
  }
}

/** Known weaknesses of what runs in a tenant, high or worse. Some mirrors of the registry cannot be asked; then it is said. */
function audit(): void {
  const { stdout } = spawnSync('npm audit --omit=dev --omit=optional --json', {
    cwd: root,
    encoding: 'utf8',
    shell: true,
    timeout: 30_000,
  });
  const found = /^\s*\{/.test(stdout ?? '')
    ? (JSON.parse(stdout) as { metadata?: { vulnerabilities?: Record<string, number> } }).metadata
        ?.vulnerabilities
    : undefined;
  if (found === undefined) {
    console.log('       known weaknesses of packages: the registry does not say');
    return;
  }
  const grave = (found.high ?? 0) + (found.critical ?? 0);
  if (grave === 0) passed++;
  else failed++;
  console.log(
    `${grave === 0 ? 'ok    ' : 'FAILED'} known weaknesses of packages: ${grave} high or critical (npm audit)`,
  );
}

async function build(): Promise<boolean> {
  const api = await check('build of the api', process.execPath, [join(root, 'api', 'build.ts')]);
  const tab = await check('build of the tab', bin('vite'), ['build', join(root, 'tab')]);
  const workplace = await check('build of the workplace', process.execPath, [
    join(root, 'sandbox', 'workplace', 'build.ts'),
  ]);
  return api && tab && workplace;
}

/** Found or installed once, before test files that run side by side would each install their own. */
async function browser(): Promise<boolean> {
  const { findBrowser } = await import('./browser.ts');
  try {
    console.log(`ok     browser (${findBrowser()})`);
    passed++;
    return true;
  } catch (error) {
    console.log(`FAILED browser: ${error instanceof Error ? error.message : error}`);
    failed++;
    return false;
  }
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
};

async function tests(filter: string[]): Promise<void> {
  const report = join(out, 'vitest.json');
  rmSync(report, { force: true });
  const ok = await run(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filter,
    ],
    false,
  );
  if (!existsSync(report)) {
    failed++;
    console.log('FAILED the test runner ended without a report');
    return;
  }
  const result = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  skipped += result.numPendingTests;
  // A file that fails to load or an unhandled error fails no single test, yet the run.
  if (!ok && result.numFailedTests === 0) failed++;
}

/** What an administrator runs: docs/deploy.md. */
const operations: Readonly<Record<string, string>> = {
  package: '../appPackage/package.ts',
  register: '../infra/register.ts',
  provision: '../infra/provision.ts',
  deploy: '../infra/deploy.ts',
  costs: '../infra/costs.ts',
  backup: '../infra/backup.ts',
  restore: '../infra/restore.ts',
};

async function operate(name: string, args: string[]): Promise<void> {
  const file = operations[name];
  if (file === undefined) {
    await import(`./${name}/main.ts`);
    return;
  }
  const { main } = (await import(file)) as { main(args: string[]): void | Promise<void> };
  try {
    await main(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

const [command = 'test', ...rest] = process.argv.slice(2);
switch (command) {
  case 'check':
    await checks();
    break;
  case 'build':
    await build();
    break;
  case 'test':
    if (rest.length === 0) await checks();
    if ((await build()) && (await browser())) await tests(rest);
    break;
  default:
    await operate(command, rest);
    process.exit();
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
