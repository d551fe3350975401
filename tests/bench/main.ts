// `npm run bench -- --json FILE`: measures against the floor of the same run, prints a table and writes the rows.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildStale, parts } from '../../sandbox/build-stale.ts';
import * as booking from './booking.ts';
import * as bookingMany from './booking-many.ts';
import * as cold from './cold.ts';
import * as cosmos from './cosmos.ts';
import * as live from './live.ts';
import * as crowd from './live-crowd.ts';
import * as liveLog from './live-log.ts';
import * as screens from './live-screens.ts';
import * as opening from './opening.ts';
import * as overview from './overview.ts';
import * as pdf from './pdf.ts';
import * as requests from './requests.ts';
import type { BenchRow } from './row.ts';
import * as salesReport from './sales-report.ts';
import * as sweep from './sweep.ts';

const { values } = parseArgs({ args: process.argv.slice(3), options: { json: { type: 'string' } } });
await buildStale(`${import.meta.dirname}/../..`, parts, (name) => console.log(`Building the ${name} …`));

const measured: BenchRow[] = [];
for (const [name, bench] of Object.entries({
  cosmos,
  booking,
  bookingMany,
  requests,
  cold,
  live,
  screens,
  crowd,
  opening,
  overview,
  pdf,
  salesReport,
  sweep,
  liveLog,
})) {
  console.log(`Measuring ${name} …`);
  measured.push(...(await bench.rows()));
}

console.table(
  Object.fromEntries(
    measured.map(({ name, value, unit, floor, peer, ratio, goal, holds }) => [
      name,
      {
        value: `${value} ${unit}`,
        floor: floor ?? '',
        peer: peer ?? '',
        ratio: ratio ?? '',
        goal: goal ?? '',
        holds: holds ?? '',
      },
    ]),
  ),
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
const missed = measured.filter(({ holds }) => holds === false);
for (const { name, value, unit, goal } of missed) console.log(`MISSED ${name}: ${value} ${unit}, ${goal}`);
process.exitCode = missed.length === 0 ? 0 : 1;
