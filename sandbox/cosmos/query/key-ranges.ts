// From constraints to the ranges of keys that an index has to read.
import { Buffer } from 'node:buffer';
import { afterPrefix } from '../storage/index-entries.ts';
import type { KeyRange } from '../storage/scan.ts';
import { sortKey } from '../values/sort-key.ts';
import { canonicalType } from '../values/type-byte.ts';
import type { Constraint, Constraints } from './constraints.ts';

export type IndexShape = { paths: readonly string[]; directions: readonly (1 | -1)[]; multikey: boolean };
export type Ranges = {
  ranges: KeyRange[];
  /** How many leading paths are fixed by equality. */
  equalities: number;
  /** Whether the path after them is limited by a range. */
  bounded: boolean;
};

// `$in` lists multiply; past this many ranges reading more keys is cheaper than seeking.
const mostRanges = 2000;

export function keyRanges(shape: IndexShape, constraints: Constraints): Ranges {
  let prefixes = [Buffer.alloc(0)];
  let equalities = 0;
  for (const [at, path] of shape.paths.entries()) {
    const direction = shape.directions[at] ?? 1;
    const constraint = constraints.get(path);
    if (constraint?.equal && prefixes.length * constraint.equal.length <= mostRanges) {
      const components = constraint.equal.map((value) => sortKey([value], [direction]));
      prefixes = prefixes.flatMap((prefix) =>
        components.map((component) => Buffer.concat([prefix, component])),
      );
      equalities += 1;
      continue;
    }
    if (constraint && !constraint.equal) {
      const ranges = prefixes.map((prefix) => boundedRange(prefix, constraint, direction, shape.multikey));
      return { ranges: inOrder(ranges), equalities, bounded: true };
    }
    break;
  }
  const ranges = prefixes.map((prefix) => ({ low: prefix, high: afterPrefix(prefix) }));
  return { ranges: inOrder(ranges), equalities, bounded: false };
}

function boundedRange(
  prefix: Buffer,
  constraint: Constraint,
  direction: 1 | -1,
  multikey: boolean,
): KeyRange {
  const { low } = constraint;
  // In an array one element may satisfy the lower and another the upper bound.
  const high = multikey && low ? undefined : constraint.high;
  const type = canonicalType(low ? low.value : high?.value);
  const startsType = direction === 1 ? type : ~type & 0xff;
  const [first, last] = direction === 1 ? [low, high] : [high, low];
  const component = (value: unknown) => Buffer.concat([prefix, sortKey([value], [direction])]);
  const from = first ? component(first.value) : Buffer.concat([prefix, Buffer.from([startsType])]);
  const to = last ? component(last.value) : Buffer.concat([prefix, Buffer.from([startsType + 1])]);
  return {
    low: first && !first.inclusive ? afterPrefix(from) : from,
    high: last?.inclusive ? afterPrefix(to) : to,
  };
}

/** Ascending and without repetition, so that reading them one after the other is reading in index order. */
function inOrder(ranges: KeyRange[]): KeyRange[] {
  return ranges
    .sort((a, b) => Buffer.compare(a.low, b.low))
    .filter((range, at) => at === 0 || !ranges[at - 1]?.low.equals(range.low));
}
