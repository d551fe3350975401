// What can be made to go wrong on purpose, from the control interface or a test.
import { Budget, tooManyRequests } from './ru/budget.ts';

type Chance = { times?: number; probability?: number; seed?: number };

export type CosmosFaults = {
  /** Refuses commands with error 16500: the next `times`, or each with `probability`. */
  throttle?: Chance & { retryAfterMs?: number; only?: { command: string; collection: string } };
  /** Added to every command. */
  latencyMs?: number;
  /** Cuts the connection before the command runs or after it is durable; by turns when `when` does not say. */
  dropConnections?: Chance & { when?: 'before' | 'after' };
  /** Request units per second; beyond it commands are refused with error 16500. */
  budgetRu?: number;
  /** Dies on the spot, as a killed process would, and comes back with what was durable. */
  crash?: boolean;
};

// The handshake stays whole: a client that cannot connect tests nothing.
const exempt = new Set([
  'hello',
  'ismaster',
  'isMaster',
  'ping',
  'endSessions',
  'buildInfo',
  'killCursors',
  'getLastRequestStatistics',
]);

export class FaultInjector {
  readonly latencyMs: number;
  readonly budget: Budget | undefined;
  private readonly throttle: (() => boolean) | undefined;
  private readonly retryAfterMs: number;
  private readonly only: { command: string; collection: string } | undefined;
  private readonly drop: (() => boolean) | undefined;
  private readonly when: 'before' | 'after' | undefined;
  private drops = 0;

  constructor(faults: CosmosFaults = {}) {
    this.latencyMs = faults.latencyMs ?? 0;
    this.budget = faults.budgetRu === undefined ? undefined : new Budget(faults.budgetRu);
    this.throttle = faults.throttle && strikes(faults.throttle);
    this.retryAfterMs = faults.throttle?.retryAfterMs ?? 10;
    this.only = faults.throttle?.only;
    this.drop = faults.dropConnections && strikes(faults.dropConnections);
    this.when = faults.dropConnections?.when;
  }

  /** Where the connection of this command is to be cut, if at all. */
  dropPoint(command: string): 'before' | 'after' | undefined {
    if (exempt.has(command) || !this.drop?.()) return undefined;
    this.drops += 1;
    return this.when ?? (this.drops % 2 === 1 ? 'before' : 'after');
  }

  /** Throws error 16500 when the command is to be throttled. `collection` is what the command names. */
  admit(command: string, collection: unknown): void {
    if (exempt.has(command)) return;
    const { only } = this;
    const isMeant = only === undefined || (only.command === command && only.collection === collection);
    if (isMeant && this.throttle?.()) throw tooManyRequests(this.retryAfterMs);
    this.budget?.admit();
  }
}

function strikes(chance: Chance): () => boolean {
  let left = chance.times ?? (chance.probability === undefined ? 1 : Number.POSITIVE_INFINITY);
  const random = seededRandom(chance.seed ?? 1);
  return () => {
    if (left <= 0 || (chance.probability !== undefined && random() >= chance.probability)) return false;
    left -= 1;
    return true;
  };
}

/** mulberry32: small, even enough, and the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
