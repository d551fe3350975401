// A cold start: loading the function app, and the first booking of a process, beside everything loaded at once.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { startApiBeside } from '../api-beside.ts';
import { buildEager } from './eager-bundle.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const imports = 15;
const bookings = 5;
const goal = 0.35;
const built = join(import.meta.dirname, '..', '..', 'api', 'dist');

export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'medspill-cold-'));
  const sandbox = await startSandbox({ dataDir: join(folder, 'data'), port: 0, quiet: true });
  try {
    const eagerDir = join(folder, 'eager');
    mkdirSync(eagerDir);
    const eager = await buildEager(eagerDir);
    copyFileSync(join(built, 'host.json'), join(eagerDir, 'host.json'));
    // What libraries read beside themselves: fonts, colour profiles.
    cpSync(join(built, 'app'), eagerDir, { recursive: true, filter: (path) => !/\.mjs(\.map)?$/.test(path) });
    writeFileSync(join(eagerDir, 'package.json'), JSON.stringify({ main: 'main.cjs', type: 'commonjs' }));

    const ours: number[] = [];
    const all: number[] = [];
    // Turn by turn, so that whatever else the machine does hits both; the first of each fills the disk's cache.
    for (let n = 0; n <= imports; n++) {
      const pair = [await importOnce(join(built, 'main.cjs')), await importOnce(eager.libraries)] as const;
      if (n === 0) continue;
      ours.push(pair[0]);
      all.push(pair[1]);
    }
    const first: number[] = [];
    const firstEager: number[] = [];
    for (let n = 0; n <= bookings; n++) {
      const pair = [await firstBooking(sandbox, built), await firstBooking(sandbox, eagerDir)] as const;
      if (n === 0) continue;
      first.push(pair[0]);
      firstEager.push(pair[1]);
    }
    const least = percentile(all, 0.5);
    const value = percentile(ours, 0.5);
    const booked = percentile(first, 0.5);
    const bookedEager = percentile(firstEager, 0.5);
    return [
      {
        name: 'cold: import of the function app, beside its libraries in one eager bundle',
        value: rounded(value),
        unit: 'ms',
        peer: rounded(least),
        ratio: rounded(value / least),
        goal: `ratio <= ${goal}`,
        holds: value / least <= goal,
      },
      {
        name: 'cold: import and first booking, beside the app in one eager bundle',
        value: rounded(booked),
        unit: 'ms',
        peer: rounded(bookedEager),
        ratio: rounded(booked / bookedEager),
      },
    ];
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importOnce(file: string): Promise<number> {
  const child = fork(join(import.meta.dirname, 'cold-import.ts'), [file]);
  const [{ took }] = (await once(child, 'message')) as [{ took: number }];
  await once(child, 'exit');
  return took;
}

/** Milliseconds from before the app is loaded until a manager's first booking in that process is answered. */
async function firstBooking(sandbox: Sandbox, appDir: string): Promise<number> {
  const [manager, seller] = ['Ingrid', 'Jonas'].map((name) => people.find((one) => one.givenName === name));
  const headers = {
    authorization: `Bearer ${await sandbox.token(manager?.givenName ?? '')}`,
    'content-type': 'application/json',
  };
  const bookingId = randomUUID();
  const beside = await startApiBeside(sandbox, appDir);
  try {
    const started = performance.now();
    const response = await fetch(`${beside.api}/bookings`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        bookingId,
        sellerId: seller?.id,
        pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
        time: '10:00',
        zone: 'Europe/Oslo',
        minutes: 45,
        firstMonth: nextMonth(sandbox.clock.offset()),
        privateBlocks: false,
      }),
    });
    const took = beside.startedIn + performance.now() - started;
    if (response.status !== 202) throw new Error(`booking: ${response.status}\n${beside.printed.join('\n')}`);
    const undone = await fetch(`${beside.api}/pairs/${bookingId}/series`, { method: 'DELETE', headers });
    if (!undone.ok) throw new Error(`undo: ${undone.status} ${await undone.text()}`);
    return took;
  } finally {
    await beside.close();
  }
}

/** As YYYY-MM; two months on, so that its first Wednesday has surely not passed. */
function nextMonth(clockOffset: number): string {
  const date = new Date(Date.now() + clockOffset);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + 2);
  return date.toISOString().slice(0, 7);
}
