// What `npm start` does: builds what is stale, starts everything, seeds the organisation once, prints one link, stays up.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale, parts } from './build-stale.ts';
import { startSandbox } from './sandbox.ts';
import { seedReviews } from './seed/seed-reviews.ts';

const usualPort = 4700;
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    ready: { type: 'string' },
    data: { type: 'string', default: join(root, '.data') },
    port: { type: 'string' },
  },
});
const port = Number(values.port ?? usualPort);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port takes a number from 0 to 65535, not ${values.port}.`);
  process.exit(1);
}
const readyFile = values.ready === undefined ? undefined : resolve(values.ready);
// Whoever waits for the file must not find that of an earlier start.
if (readyFile !== undefined) rmSync(readyFile, { force: true });

let stopping = false;
let sandbox: Awaited<ReturnType<typeof startSandbox>> | undefined;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('\nStopping …');
  if (readyFile !== undefined) rmSync(readyFile, { force: true });
  await sandbox?.close();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

try {
  await buildStale(root, parts, (name) => console.log(`Building the ${name} …`));
  sandbox = await startSandbox({
    dataDir: resolve(values.data),
    port,
    onProgress: (step) => console.log(`Starting ${step} …`),
  });
  const taken = port > 0 && new URL(sandbox.workplace).port !== String(port);
  if (taken) console.log(`Port ${port} is taken by another program; this start uses another.`);
  await seedReviews(sandbox, (step) => console.log(`Seeding: ${step} …`));
  if (readyFile !== undefined) {
    const { workplace, tab, api, control, entra, graph, mongo, realtime } = sandbox;
    const text = JSON.stringify({ workplace, tab, api, control, entra, graph, mongo, realtime }, null, 2);
    // Whole or not at all for whoever reads it.
    writeFileSync(`${readyFile}.part`, text);
    renameSync(`${readyFile}.part`, readyFile);
  }
  console.log(
    `\n  Medspill is ready: ${sandbox.workplace}/\n\n  Ctrl-C stops it; the data stays in ${values.data}.`,
  );
} catch (error) {
  // A start that was told to stop ends there.
  if (!stopping) console.error(error instanceof Error ? error.message : error);
  await sandbox?.close();
  process.exit(1);
}
