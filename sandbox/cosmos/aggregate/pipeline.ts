// Runs an aggregation. What stands at the front and an index can answer ($match, $sort, $skip, $limit) is run as a
// query on typed documents; mingo does the rest on plain values.
import type { Context } from '../commands/context.ts';
import { commandVariables } from '../commands/variables.ts';
import { CommandError } from '../errors.ts';
import { type Execution, executeQuery, type Query } from '../query/execute.ts';
import { readSort } from '../query/sort.ts';
import { checkSortHasIndex, checkStageAllowed } from '../ru/refusals.ts';
import type { ScanStatistics } from '../storage/scan.ts';
import { type Doc, field, isDocument, serializeDocument } from '../values/document.ts';
import { toInteger } from '../values/number.ts';
import { promoteDocument } from '../values/promote.ts';
import { lookupSource } from './lookup-source.ts';
import { runStages } from './stages.ts';
import { writeResult } from './write-result.ts';

export type PipelineRun = {
  rows: Generator<Uint8Array>;
  /** The query at the front; undefined without a collection. */
  execution: Execution | undefined;
  statistics(): ScanStatistics;
};

export function runPipeline(
  context: Context,
  collectionName: string | undefined,
  pipeline: readonly Doc[],
): PipelineRun {
  for (const stage of pipeline) checkStage(context, stage);
  const { query, rest } = splitFront(pipeline);
  const collection =
    collectionName === undefined ? undefined : context.catalog.find(context.db, collectionName);
  if (context.engine.strict) checkSortHasIndex(collection, query.sort ?? []);
  const hint = field(context.command, 'hint');
  const execution =
    collection && executeQuery(collection, { ...query, hint, variables: commandVariables(context.command) });
  const lookups: ScanStatistics = { keysExamined: 0, docsExamined: 0 };
  return {
    execution,
    rows: results(context, execution, rest, lookups),
    statistics: () => ({
      keysExamined: (execution?.statistics.keysExamined ?? 0) + lookups.keysExamined,
      docsExamined: (execution?.statistics.docsExamined ?? 0) + lookups.docsExamined,
    }),
  };
}

function checkStage({ engine }: Context, stage: Doc): void {
  const names = Object.keys(stage);
  if (names.length !== 1) {
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  if (engine.strict) checkStageAllowed(stage);
}

/** The longest front that is one query: matches, then at most one sort, one skip and one limit, in this order. */
function splitFront(pipeline: readonly Doc[]): { query: Query; rest: readonly Doc[] } {
  const filters: Doc[] = [];
  const query: Query = { filter: {} };
  let at = 0;
  for (const stage of pipeline) {
    const { $match, $sort, $skip, $limit } = stage;
    if (isDocument($match) && !query.sort && query.skip === undefined && query.limit === undefined)
      filters.push($match);
    else if (isDocument($sort) && !query.sort && query.skip === undefined && query.limit === undefined)
      query.sort = readSort($sort);
    else if ($skip !== undefined && query.skip === undefined && query.limit === undefined)
      query.skip = count('$skip', $skip);
    else if ($limit !== undefined && query.limit === undefined) query.limit = count('$limit', $limit);
    else break;
    at += 1;
  }
  const [only] = filters;
  query.filter = filters.length === 1 && only ? only : filters.length > 0 ? { $and: filters } : {};
  return { query, rest: pipeline.slice(at) };
}

function count(stage: string, value: unknown): number {
  const number = toInteger(value);
  if (number === undefined || number < (stage === '$limit' ? 1 : 0)) {
    throw new CommandError(2, `invalid argument to ${stage} stage`);
  }
  return number;
}

function* results(
  context: Context,
  execution: Execution | undefined,
  rest: readonly Doc[],
  lookups: ScanStatistics,
): Generator<Uint8Array> {
  const last = rest.at(-1);
  const writes = last && (Object.hasOwn(last, '$out') || Object.hasOwn(last, '$merge')) ? last : undefined;
  const stages = writes ? rest.slice(0, -1) : rest;
  const found = execution ? [...execution.rows] : [];
  if (stages.length === 0 && !writes) {
    for (const { bytes } of found) yield bytes;
    return;
  }
  const documents = found.map(({ document }) => promoteDocument(document));
  const output = stages.length === 0 ? documents : aggregate(context, documents, stages, lookups);
  if (writes) writeResult(context, writes, output);
  else for (const document of output) yield serializeDocument(document);
}

function aggregate(
  context: Context,
  documents: Doc[],
  stages: readonly Doc[],
  lookups: ScanStatistics,
): Doc[] {
  const variables = commandVariables(context.command);
  const foreign = (name: string) => context.catalog.find(context.db, name);
  const everything = (name: string) => lookupSource(foreign(name), undefined, [], lookups);
  // A lookup among the stages needs only what its documents ask for, so it runs by itself.
  let current = documents;
  for (const group of groupsAroundLookups(stages)) {
    const { $lookup } = group[0] ?? {};
    const input = current;
    const narrowed = (name: string) => lookupSource(foreign(name), $lookup, input, lookups);
    current = runStages(group, input, { variables, collectionResolver: $lookup ? narrowed : everything });
  }
  return current;
}

function groupsAroundLookups(stages: readonly Doc[]): Doc[][] {
  const groups: Doc[][] = [];
  for (const stage of stages) {
    const last = groups.at(-1);
    const alone = Object.hasOwn(stage, '$lookup') || (last?.[0] && Object.hasOwn(last[0], '$lookup'));
    if (!last || alone) groups.push([stage]);
    else last.push(stage);
  }
  return groups;
}
