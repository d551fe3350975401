// Calls to Graph: what one booking takes, and what following one change takes.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../sandbox/people.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const monday = '2026-11-23T08:00:00.000Z';

export async function rows(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'medspill-bench-'));
  const sandbox = await startSandbox({ dataDir: folder, port: 0, quiet: true });
  try {
    await sandbox.moveClock(monday);
    const ingrid = idOf('Ingrid');
    const book = async (seller: string, privateBlocks: boolean) => {
      const bookingId = randomUUID();
      const response = await fetch(`${sandbox.api}/bookings`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await sandbox.token('Ingrid')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          bookingId,
          sellerId: idOf(seller),
          pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
          time: '10:00',
          zone: 'Europe/Oslo',
          minutes: 45,
          firstMonth: '2026-12',
          privateBlocks,
        }),
      });
      if (response.status !== 202) throw new Error(`booking: ${response.status} ${await response.text()}`);
      return bookingId;
    };
    // The first booking reads the directory and starts to watch the calendar; the second is one of many.
    await book('Jonas', true);
    await sandbox.processAll();
    sandbox.graphServer.clearExchanges();
    const started = performance.now();
    const pairId = await book('Amina', false);
    const took = performance.now() - started;
    const calls = sandbox.graphServer.exchanges().length;
    await sandbox.processAll();

    const [first] = sandbox.graphServer.state
      .calendar(ingrid, Date.parse(monday), Date.parse('2027-12-31'))
      .filter(({ bodyHtml }) => bodyHtml.includes(pairId));
    if (first === undefined) throw new Error('the booking is not in the calendar');
    sandbox.graphServer.clearExchanges();
    sandbox.graphServer.actions.move(ingrid, first.id, Date.parse('2026-12-03T12:00:00Z'));
    await sandbox.processAll();
    const follow = sandbox.graphServer.exchanges().length;
    return [
      {
        name: 'book: Graph calls of one booking, with attachment, tab and re-read',
        value: calls,
        unit: 'calls',
        goal: '<= 6',
        holds: calls <= 6,
      },
      { name: 'book: one booking over HTTP', value: rounded(took), unit: 'ms' },
      {
        name: 'book: Graph calls of following one change',
        value: follow,
        unit: 'calls',
        goal: '<= 2',
        holds: follow <= 2,
      },
    ];
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function idOf(givenName: string): string {
  const found = people.find((person) => person.givenName === givenName);
  if (found === undefined) throw new Error(`no ${givenName}`);
  return found.id;
}
