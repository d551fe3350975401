// A process that loads one file as Azure's worker does and tells how long that took, in milliseconds.
import { createRequire } from 'node:module';
import { provideCore } from '../../sandbox/functions/core.ts';

provideCore();
const require = createRequire(import.meta.url);
const started = performance.now();
require(process.argv[2] ?? '');
const took = performance.now() - started;
process.send?.({ took });
process.disconnect?.();
