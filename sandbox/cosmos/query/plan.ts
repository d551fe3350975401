// Chooses how a query reads its collection: by an index, by several for the branches of an `$or`, or as a whole.
import { CommandError } from '../errors.ts';
import type { Collection, StoredIndex } from '../storage/collection.ts';
import { everything, type KeyRange } from '../storage/scan.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { toNumber } from '../values/number.ts';
import { type Constraints, constraintsOf, demandsPresence, implies } from './constraints.ts';
import { type IndexShape, keyRanges } from './key-ranges.ts';
import type { SortField } from './sort.ts';

export type IndexPlan = {
  kind: 'index';
  index: StoredIndex | '_id';
  name: string;
  keyPattern: Doc;
  ranges: KeyRange[];
  reverse: boolean;
  /** Whether rows come in the wanted order already. */
  sorted: boolean;
  /** Whether at most one document can be meant: `_id`, and the shard key where there is one. */
  point: boolean;
};
export type Plan = { kind: 'table' } | IndexPlan | { kind: 'union'; plans: IndexPlan[] };

type Candidate = { index: StoredIndex | '_id'; name: string; keyPattern: Doc; shape: IndexShape };

export function planQuery(
  collection: Collection,
  filter: Doc,
  sort: readonly SortField[],
  hint?: unknown,
): Plan {
  const hinted = readHint(collection, hint);
  if (hinted === '$natural') return { kind: 'table' };
  const best = hinted
    ? plan(hinted, constraintsOf(filter), sort, true)?.plan
    : bestIndexPlan(collection, filter, sort);
  return best ?? unionPlan(collection, filter) ?? { kind: 'table' };
}

function candidates(collection: Collection): Candidate[] {
  const idPaths = collection.shardKey === undefined ? ['_id'] : ['_id', collection.shardKey];
  const primary: Candidate = {
    index: '_id',
    name: '_id_',
    keyPattern: { _id: 1 },
    shape: { paths: idPaths, directions: idPaths.map(() => 1), multikey: false },
  };
  return [
    primary,
    ...collection.indexes.map((index) => ({
      index,
      name: index.spec.name,
      keyPattern: toDocument(field(index.spec.document, 'key')),
      shape: { paths: index.spec.paths, directions: index.spec.directions, multikey: index.multikey },
    })),
  ];
}

function toDocument(value: unknown): Doc {
  return isDocument(value) ? value : {};
}

function bestIndexPlan(
  collection: Collection,
  filter: Doc,
  sort: readonly SortField[],
): IndexPlan | undefined {
  const constraints = constraintsOf(filter);
  let best: { plan: IndexPlan; score: number } | undefined;
  for (const candidate of candidates(collection)) {
    const found = plan(candidate, constraints, sort, false);
    if (found && (!best || found.score > best.score)) best = found;
  }
  return best?.plan;
}

function plan(
  candidate: Candidate,
  constraints: Constraints,
  sort: readonly SortField[],
  forced: boolean,
): { plan: IndexPlan; score: number } | undefined {
  if (!forced && !holdsEveryMatch(candidate, constraints)) return undefined;
  const { ranges, equalities, bounded } = keyRanges(candidate.shape, constraints);
  const order = sort.length > 0 ? servedOrder(candidate.shape, constraints, sort) : undefined;
  if (equalities === 0 && !bounded && !order && !forced) return undefined;
  // An equality narrows more than a range; a sort in memory costs more than a few rows too many.
  const unique = candidate.index === '_id' && equalities > 0;
  const score = equalities * 4 + (bounded ? 2 : 0) + (order ? 3 : 0) + (unique ? 8 : 0);
  const { index, name, keyPattern } = candidate;
  return {
    score,
    plan: {
      kind: 'index',
      index,
      name,
      keyPattern,
      ranges: equalities === 0 && !bounded ? [everything] : ranges,
      reverse: order === 'backward',
      sorted: order !== undefined,
      point: index === '_id' && equalities === candidate.shape.paths.length && ranges.length === 1,
    },
  };
}

function holdsEveryMatch({ index, shape }: Candidate, constraints: Constraints): boolean {
  if (index === '_id') return true;
  if (index.spec.partialFilter && !implies(constraints, index.spec.partialFilter)) return false;
  return !index.spec.sparse || demandsPresence(constraints, shape.paths);
}

/** Whether reading the index forward or backward gives the order; paths fixed by equality do not disturb it. */
function servedOrder(
  shape: IndexShape,
  constraints: Constraints,
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  if (shape.multikey) return undefined;
  // An equality fixes a value only where no array is: this index would know of one, other paths cannot tell.
  const fixed = (path: string) => shape.paths.includes(path) && constraints.get(path)?.equal?.length === 1;
  let at = 0;
  let turn: 1 | -1 | undefined;
  for (const { path, direction } of sort) {
    if (fixed(path)) continue;
    while (shape.paths[at] !== path && fixed(shape.paths[at] ?? '')) at += 1;
    if (shape.paths[at] !== path) return undefined;
    const needed = direction === shape.directions[at] ? 1 : -1;
    if (turn !== undefined && turn !== needed) return undefined;
    turn = needed;
    at += 1;
  }
  return turn === -1 ? 'backward' : 'forward';
}

function unionPlan(collection: Collection, filter: Doc): Plan | undefined {
  const { $or: branches, ...rest } = filter;
  if (!Array.isArray(branches)) return undefined;
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    const best = isDocument(branch) ? bestIndexPlan(collection, { $and: [rest, branch] }, []) : undefined;
    if (!best) return undefined;
    plans.push(best);
  }
  return plans.length > 0 ? { kind: 'union', plans } : undefined;
}

function readHint(collection: Collection, hint: unknown): Candidate | '$natural' | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (isDocument(hint) && Object.hasOwn(hint, '$natural')) return '$natural';
  const shape = isDocument(hint) ? JSON.stringify(plainPattern(hint)) : undefined;
  const found = candidates(collection).find(
    ({ name, keyPattern }) => name === hint || JSON.stringify(plainPattern(keyPattern)) === shape,
  );
  if (!found)
    throw new CommandError(
      2,
      'error processing query: hint provided does not correspond to an existing index',
    );
  return found;
}

/** A key pattern with plain numbers, for comparing two of them. */
export function plainPattern(pattern: Doc): [string, unknown][] {
  return Object.entries(pattern).map(([path, direction]) => [path, toNumber(direction) ?? direction]);
}
