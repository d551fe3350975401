// The local database as a process of its own, for the bench: tells its port, and its memory when asked.
import { startCosmos } from '../../sandbox/cosmos/server.ts';

const { port } = await startCosmos({ dataDir: process.argv[2] ?? '', port: 0 });
process.on('message', () => process.send?.({ memory: process.memoryUsage.rss() }));
process.send?.({ port });
