// The process that durability.test.ts kills: prints its port and serves until then.
import { startCosmos } from '../../sandbox/cosmos/server.ts';

const server = await startCosmos({ dataDir: process.argv[2] ?? '', port: 0, mode: 'mongo' });
console.log(server.port);
