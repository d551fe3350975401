// Builds what is older than its sources. Two starts at the same time build once: the second waits for the first.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type Part = {
  name: string;
  /** Files and folders, from the root of the project. */
  sources: string[];
  /** A file that every build writes. */
  made: string;
  /** Arguments for Node. */
  command: string[];
};

const skipped = new Set(['node_modules', 'dist']);

function newest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => !skipped.has(name))
      .map((name) => newest(join(path, name))),
  );
}

function isStale(root: string, part: Part): boolean {
  const made = statSync(join(root, part.made), { throwIfNoEntry: false });
  return made === undefined || part.sources.some((source) => newest(join(root, source)) > made.mtimeMs);
}

function run(root: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(text))));
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      // A start that was killed leaves its lock behind; one that is writing it has no number in it yet.
      if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
      else await pause(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

export async function buildStale(
  root: string,
  parts: Part[],
  progress: (name: string) => void,
): Promise<void> {
  if (!parts.some((part) => isStale(root, part))) return;
  await alone(join(root, '.cache', 'build.lock'), async () => {
    for (const part of parts.filter((one) => isStale(root, one))) {
      progress(part.name);
      await run(root, part.command);
    }
  });
}

export const parts: Part[] = [
  {
    name: 'API',
    sources: ['api/src', 'api/build.ts', 'api/host.json', 'api/package.json', 'domain', 'package-lock.json'],
    made: 'api/dist/package.json',
    command: ['api/build.ts'],
  },
  {
    name: 'tab',
    sources: ['tab', 'domain', 'package-lock.json'],
    made: 'tab/dist/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', 'tab'],
  },
  {
    name: 'workplace',
    sources: ['sandbox/workplace', 'package-lock.json'],
    made: 'sandbox/workplace/dist/page/index.html',
    command: ['sandbox/workplace/build.ts'],
  },
];
