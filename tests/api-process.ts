// The process of api-beside.ts: the built function app in a Functions host, without timers of its own to wait for.
import '../sandbox/functions/shifted-date.ts';
import { once } from 'node:events';
import { startFunctionsHost } from '../sandbox/functions/host.ts';
import { shiftDate } from '../sandbox/functions/shifted-date.ts';
import type { ApiProcessOptions } from './api-beside.ts';

const [options] = (await once(process, 'message')) as [ApiProcessOptions];
shiftDate(options.clockOffset);
const started = performance.now();
const host = await startFunctionsHost({
  appDir: options.appDir,
  port: 0,
  queueDir: options.queueDir,
  env: options.settings,
});
process.once('SIGTERM', () => void host.close().finally(() => process.exit()));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ memory: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
});
process.send?.({ url: host.url, startedIn: performance.now() - started });
