// What Azure Cosmos DB for MongoDB (RU) refuses and a MongoDB would not. Facts:
// https://learn.microsoft.com/azure/cosmos-db/mongodb/feature-support-70 and …/mongodb/indexing
import type { Mode } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { constraintsOf } from '../query/constraints.ts';
import type { SortField } from '../query/sort.ts';
import type { Collection } from '../storage/collection.ts';
import type { IndexSpec } from '../storage/index-spec.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { plainValueAt } from '../values/path.ts';

const megabyte = 1024 * 1024;

export function largestDocument(mode: Mode): number {
  return mode === 'strict-ru' ? 2 * megabyte : 16 * megabyte;
}

/** RU sorts by index only: one field by an index of its own, several by the compound index of exactly these. */
export function checkSortHasIndex(collection: Collection | undefined, sort: readonly SortField[]): void {
  const [first] = sort;
  if (!collection || !first) return;
  if (sort.length === 1) {
    if (first.path === '_id' || collection.indexes.some(({ spec }) => isSingle(spec, first.path))) return;
    throw new CommandError(2, 'The index path corresponding to the specified order-by item is excluded.');
  }
  if (collection.indexes.some(({ spec }) => servesExactly(spec, sort))) return;
  throw new CommandError(
    2,
    'The order by query does not have a corresponding composite index that it can be served from.',
  );
}

function isSingle(spec: IndexSpec, path: string): boolean {
  return spec.paths.length === 1 && spec.paths[0] === path;
}

function servesExactly(spec: IndexSpec, sort: readonly SortField[]): boolean {
  if (spec.paths.length !== sort.length) return false;
  const turns = sort.map(({ path, direction }, at) =>
    spec.paths[at] === path ? direction * (spec.directions[at] ?? 1) : 0,
  );
  return turns.every((turn) => turn === 1) || turns.every((turn) => turn === -1);
}

export function checkIndexAllowed(collection: Collection, spec: IndexSpec): void {
  const key = field(spec.document, 'key');
  if (isDocument(key) && Object.values(key).some((kind) => kind === 'text')) {
    throw new CommandError(67, 'Text indexes are not supported.');
  }
  if (spec.sparse) throw new CommandError(67, 'Sparse indexes are not supported.');
  if (field(spec.document, 'collation') !== undefined)
    throw new CommandError(67, 'Collation is not supported.');
  if (spec.partialFilter && !spec.unique) {
    throw new CommandError(67, 'partialFilterExpression is supported for unique indexes only.');
  }
  if (!spec.unique) return;
  if (!collection.isEmpty()) {
    throw new CommandError(67, 'Cannot create unique index when collection contains documents');
  }
  const { shardKey } = collection;
  if (shardKey !== undefined && !spec.paths.includes(shardKey)) {
    throw new CommandError(
      67,
      `A unique index of a sharded collection must contain the shard key '${shardKey}'`,
    );
  }
}

export function checkShardKeyPresent(collection: Collection, document: Doc): void {
  const { shardKey } = collection;
  if (shardKey === undefined || plainValueAt(document, shardKey) !== undefined) return;
  throw new CommandError(61, `document does not contain shard key at '${shardKey}'`);
}

/** A write of one document must say which shard it is in. */
export function checkTargetsOneShard(collection: Collection, filter: Doc): void {
  const { shardKey } = collection;
  if (shardKey === undefined || constraintsOf(filter).get(shardKey)?.equal?.length === 1) return;
  throw new CommandError(
    61,
    `query in command must target a single shard key: '${shardKey}' is missing in the filter`,
  );
}

const refusedOperators = new Map([
  ['$jsonSchema', '$jsonSchema is not supported.'],
  ['$text', 'Text search is not supported.'],
  ['$where', '$where is not supported.'],
]);

/** Walks a filter for operators that RU does not have. */
export function checkFilterAllowed(filter: unknown): void {
  if (Array.isArray(filter)) {
    for (const each of filter) checkFilterAllowed(each);
  } else if (isDocument(filter)) {
    for (const [name, value] of Object.entries(filter)) {
      const refusal = refusedOperators.get(name);
      if (refusal) throw new CommandError(2, refusal);
      checkFilterAllowed(value);
    }
  }
}

const stages = new Set([
  '$addFields',
  '$changeStream',
  '$count',
  '$facet',
  '$group',
  '$limit',
  '$lookup',
  '$match',
  '$merge',
  '$out',
  '$project',
  '$redact',
  '$replaceRoot',
  '$replaceWith',
  '$sample',
  '$set',
  '$skip',
  '$sort',
  '$sortByCount',
  '$unset',
  '$unwind',
]);

const streamed = new Set(['insert', 'update', 'replace']);

/** RU wants `$changeStream` with whole documents, then a match of the operations it knows, then a projection. */
export function checkChangeStreamAllowed(
  collection: string | undefined,
  options: Doc,
  stages: readonly Doc[],
): void {
  if (collection === undefined)
    throw new CommandError(115, 'Change streams are supported on collections only.');
  const [match = {}, project = {}] = stages;
  if (!isDocument(match.$match) || !isDocument(project.$project)) {
    throw new CommandError(2, 'Change stream must be followed by a match and then a project stage');
  }
  if (field(options, 'fullDocument') !== 'updateLookup') {
    throw new CommandError(2, 'Change stream must have fullDocument: updateLookup');
  }
  const wanted = constraintsOf(match.$match).get('operationType')?.equal ?? [];
  if (wanted.length === 0 || !wanted.every((kind) => typeof kind === 'string' && streamed.has(kind))) {
    throw new CommandError(
      2,
      'Change stream must match operationType: insert, update and replace only, no delete',
    );
  }
}

export function checkStageAllowed(stage: Doc): void {
  const [name = ''] = Object.keys(stage);
  if (!stages.has(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  const operand = stage[name];
  if (!isDocument(operand)) return;
  if (name === '$match') checkFilterAllowed(operand);
  if (name === '$lookup' && (Object.hasOwn(operand, 'let') || Object.hasOwn(operand, 'pipeline'))) {
    throw new CommandError(115, '$lookup with let or pipeline is not supported.');
  }
  if (name !== '$facet') return;
  for (const branch of Object.values(operand)) {
    if (Array.isArray(branch)) for (const inner of branch) if (isDocument(inner)) checkStageAllowed(inner);
  }
}

// What only a change of the accepted language would bring; the message names the command as the service does.
const refusedCommands = new Set([
  'collMod',
  'renameCollection',
  'mapReduce',
  'validate',
  'reIndex',
  'compact',
  'bulkWrite',
]);

export function checkCommandAllowed(name: string, command: Doc): void {
  if (refusedCommands.has(name)) throw new CommandError(115, `Command ${name} not supported.`);
  if (name !== 'aggregate' && field(command, 'let') !== undefined)
    throw new CommandError(115, 'let is not supported.');
  if (field(command, 'validator') !== undefined)
    throw new CommandError(115, 'Document validation is not supported.');
}
