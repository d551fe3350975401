// Another process of the API beside the sandbox's own: same database, same Graph, its own memory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../sandbox/sandbox.ts';

export type ApiBeside = {
  /** `http://127.0.0.1:PORT/api` */
  api: string;
  /** Milliseconds from before the app was loaded until the host listened. */
  startedIn: number;
  /** What the process has printed, a line each. */
  printed: string[];
  /** Bytes that the process holds now, and the processor time that it has used. */
  usage(): Promise<{ memory: number; cpuMs: number }>;
  close(): Promise<void>;
};

export type ApiProcessOptions = {
  appDir: string;
  queueDir: string;
  clockOffset: number;
  settings: Record<string, string>;
};

/** `appDir` may be another build than the product's, `settings` add to the sandbox's. */
export async function startApiBeside(
  sandbox: Sandbox,
  appDir: string,
  settings: Record<string, string> = {},
): Promise<ApiBeside> {
  const queueDir = mkdtempSync(join(tmpdir(), 'medspill-beside-'));
  const child = fork(join(import.meta.dirname, 'api-process.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => printed.push(...String(chunk).split('\n').filter(Boolean)));
  }
  const options: ApiProcessOptions = {
    appDir,
    queueDir,
    clockOffset: sandbox.clock.offset(),
    settings: { ...sandbox.settings, ...settings },
  };
  child.send(options);
  const gone = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message'), gone.then(() => undefined)]);
  if (ready === undefined) throw new Error(`The API beside did not start:\n${printed.join('\n')}`);
  const [{ url, startedIn }] = ready as [{ url: string; startedIn: number }];
  return {
    api: `${new URL(url).origin}/api`,
    startedIn,
    printed,
    async usage() {
      child.send('usage?');
      const [usage] = (await once(child, 'message')) as [{ memory: number; cpuMs: number }];
      return usage;
    },
    async close() {
      child.kill('SIGTERM');
      await gone;
      rmSync(queueDir, { recursive: true, force: true });
    },
  };
}
