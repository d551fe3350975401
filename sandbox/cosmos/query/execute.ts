// Runs a query: plan, scan, match, sort, skip, limit.
import type { Read } from '../ru/charge.ts';
import type { Collection, Row } from '../storage/collection.ts';
import { type ScanStatistics, scanRanges, scanTable } from '../storage/scan.ts';
import { type Doc, parseDocument } from '../values/document.ts';
import { compileFilter, type Predicate } from './match.ts';
import { type IndexPlan, type Plan, planQuery } from './plan.ts';
import { type SortField, sortDocuments } from './sort.ts';

export type Query = {
  filter: Doc;
  sort?: readonly SortField[];
  skip?: number;
  /** 0 or absent: all. */
  limit?: number;
  hint?: unknown;
  /** `let` of the command. */
  variables?: Doc;
};

export type Found = { rid: number; bytes: Uint8Array; document: Doc };

export type Execution = { plan: Plan; statistics: ScanStatistics; rows: Generator<Found> };

export function executeQuery(collection: Collection, query: Query): Execution {
  const sort = query.sort ?? [];
  const matches = compileFilter(query.filter, query.variables);
  const plan = planQuery(collection, query.filter, sort, query.hint);
  const statistics = { keysExamined: 0, docsExamined: 0 };
  const found = matching(scan(collection, plan, statistics), matches);
  const sorted = sort.length === 0 || (plan.kind === 'index' && plan.sorted);
  const inOrder = sorted ? found : sortedRows(found, sort);
  return { plan, statistics, rows: slice(inOrder, query.skip ?? 0, query.limit ?? 0) };
}

/** What the execution has cost so far, for its charge. */
export function readOf({ plan, statistics }: Execution, bytesReturned: number): Read {
  const pointRead = plan.kind === 'index' && plan.point;
  return { pointRead, documentsExamined: statistics.docsExamined, bytesReturned };
}

export function findFirst(collection: Collection, query: Query): Found | undefined {
  for (const row of executeQuery(collection, { ...query, limit: 1 }).rows) return row;
  return undefined;
}

function scan(collection: Collection, plan: Plan, statistics: ScanStatistics): Generator<Row> {
  if (plan.kind === 'table') return scanTable(collection, statistics);
  if (plan.kind === 'union') return scanUnion(collection, plan.plans, statistics);
  return scanRanges(collection, plan.index, plan.ranges, plan.reverse, statistics);
}

function* scanUnion(
  collection: Collection,
  plans: readonly IndexPlan[],
  statistics: ScanStatistics,
): Generator<Row> {
  const seen = new Set<number>();
  for (const { index, ranges } of plans) {
    for (const row of scanRanges(collection, index, ranges, false, statistics)) {
      if (seen.has(row.rid)) continue;
      seen.add(row.rid);
      yield row;
    }
  }
}

function* matching(rows: Generator<Row>, matches: Predicate): Generator<Found> {
  for (const { rid, bytes } of rows) {
    const document = parseDocument(bytes);
    if (matches(document)) yield { rid, bytes, document };
  }
}

function* sortedRows(rows: Generator<Found>, sort: readonly SortField[]): Generator<Found> {
  yield* sortDocuments([...rows], sort);
}

function* slice(rows: Generator<Found>, skip: number, limit: number): Generator<Found> {
  let at = 0;
  for (const row of rows) {
    at += 1;
    if (at > skip) yield row;
    if (limit > 0 && at >= skip + limit) return;
  }
}
