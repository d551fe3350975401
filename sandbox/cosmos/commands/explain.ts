// Runs a read and reports how: which index, how many keys and documents were looked at for how many returned.

import { runPipeline } from '../aggregate/pipeline.ts';
import { CommandError } from '../errors.ts';
import { type Execution, executeQuery } from '../query/execute.ts';
import type { Plan } from '../query/plan.ts';
import { readSort } from '../query/sort.ts';
import type { ScanStatistics } from '../storage/scan.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { aggregateTarget } from './aggregate.ts';
import {
  type Context,
  documentField,
  documentList,
  existingCollection,
  type Handler,
  integerField,
} from './context.ts';
import { startFind } from './find.ts';

type Explained = { plan: Plan; statistics: ScanStatistics; nReturned: number };

export const explain: Handler = (context) => {
  const inner = field(context.command, 'explain');
  if (!isDocument(inner)) throw new CommandError(9, 'explain needs a command');
  const explained = run({ ...context, command: inner });
  const { plan, statistics, nReturned } = explained;
  return {
    explainVersion: '1',
    queryPlanner: {
      namespace: `${context.db}.${String(Object.values(inner)[0])}`,
      winningPlan: describe(plan),
    },
    executionStats: {
      executionSuccess: true,
      nReturned,
      totalKeysExamined: statistics.keysExamined,
      totalDocsExamined: statistics.docsExamined,
      executionStages: { ...describe(plan), nReturned },
    },
    ok: 1,
  };
};

function run(context: Context): Explained {
  const { command } = context;
  const [name] = Object.keys(command);
  switch (name) {
    case 'find':
      return drain(startFind(context, command));
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return drain(
        query(
          context,
          command,
          'query',
          name === 'findAndModify' ? 1 : (integerField(command, 'limit') ?? 0),
        ),
      );
    case 'update':
    case 'delete': {
      const [statement = {}] = documentList(command, `${name}s`);
      const single =
        name === 'update' ? field(statement, 'multi') !== true : integerField(statement, 'limit') === 1;
      return drain(query(context, statement, 'q', single ? 1 : 0));
    }
    case 'aggregate': {
      const pipeline = runPipeline(context, aggregateTarget(context), documentList(command, 'pipeline'));
      const nReturned = [...pipeline.rows].length;
      return {
        plan: pipeline.execution?.plan ?? { kind: 'table' },
        statistics: pipeline.statistics(),
        nReturned,
      };
    }
    default:
      throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  }
}

function query(context: Context, source: Doc, filterField: string, limit: number): Execution | undefined {
  const collection = existingCollection(context);
  const sort = readSort(field(source, 'sort'));
  return (
    collection &&
    executeQuery(collection, {
      filter: documentField(source, filterField),
      sort,
      limit,
      hint: field(source, 'hint'),
    })
  );
}

function drain(execution: Execution | undefined): Explained {
  if (!execution)
    return { plan: { kind: 'table' }, statistics: { keysExamined: 0, docsExamined: 0 }, nReturned: 0 };
  let nReturned = 0;
  for (const _ of execution.rows) nReturned += 1;
  return { plan: execution.plan, statistics: execution.statistics, nReturned };
}

function describe(plan: Plan): Doc {
  if (plan.kind === 'table') return { stage: 'COLLSCAN', direction: 'forward' };
  if (plan.kind === 'union')
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(describeIndex) } };
  return { stage: 'FETCH', inputStage: describeIndex(plan) };
}

function describeIndex(plan: Plan & { kind: 'index' }): Doc {
  return {
    stage: 'IXSCAN',
    indexName: plan.name,
    keyPattern: plan.keyPattern,
    isMultiKey: plan.index !== '_id' && plan.index.multikey,
    direction: plan.reverse ? 'backward' : 'forward',
  };
}
