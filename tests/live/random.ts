// Chance that can be repeated: the same seed makes the same run.
export type Random = {
  /** A whole number from 0 to below `below`. */
  number(below: number): number;
  /** True with this chance, 0 to 1. */
  chance(of: number): boolean;
  pick<T>(items: readonly T[]): T;
};

/** Mulberry32: small, and good enough to choose what happens next. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    number: (below) => Math.floor(next() * below),
    chance: (of) => next() < of,
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('Nothing to pick from');
      return item;
    },
  };
}

/** The seeds of a run: SEED=… repeats one, else `count` new ones, printed so that a failure can be repeated. */
export function printedSeeds(what: string, count: number): number[] {
  const given = process.env.SEED;
  const first = given === undefined ? Math.floor(Math.random() * 1e9) : Number(given);
  const seeds = given === undefined ? Array.from({ length: count }, (_, index) => first + index) : [first];
  console.log(`${what}: seeds ${seeds[0]} to ${seeds.at(-1)} (repeat one with SEED=…)`);
  return seeds;
}
