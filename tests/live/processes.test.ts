// Several API processes over one database, each with its own memory of the form: whatever happens in between, every
// writer ends with the same form and nothing typed is lost.
import { afterAll, beforeAll, test } from 'vitest';
import type { CosmosFaults } from '../../sandbox/cosmos/faults.ts';
import { type LogRig, startLogRig } from './log-rig.ts';
import { play } from './play.ts';
import { printedSeeds, randomOf } from './random.ts';

let rig: LogRig;
beforeAll(async () => {
  rig = await startLogRig();
});
afterAll(() => rig?.close());

/** In every third run the database throttles and cuts connections, before a write and after it. */
function faultsOf(seed: number): CosmosFaults {
  if (seed % 3 !== 0) return {};
  return {
    throttle: { probability: 0.05, seed, retryAfterMs: 2 },
    dropConnections: { probability: 0.004, seed },
  };
}

test('all converge and nothing typed is lost', { timeout: 300_000 }, async () => {
  for (const seed of printedSeeds('processes', 45)) {
    await rig.setFaults(faultsOf(seed));
    await play(rig, seed, randomOf(seed));
  }
});
