// The simulated Graph as a process of its own, so that a test can kill it: `graph-process.ts DATA PORT KEYS`.
import { createClock } from '../../sandbox/clock.ts';
import { startGraph } from '../../sandbox/graph/server.ts';

const [dataDir = '', port = '0', jwksUrl = ''] = process.argv.slice(2);
const graph = await startGraph({ dataDir, port: Number(port), jwksUrl, clock: createClock(), seeded: false });
process.stdout.write(`${graph.url}\n`);
