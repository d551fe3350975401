// A cursor that never ends: `$changeStream` and the stages behind it.
import { runStages } from '../aggregate/stages.ts';
import type { Context } from '../commands/context.ts';
import type { Tail } from '../cursors.ts';
import { CommandError } from '../errors.ts';
import { checkChangeStreamAllowed } from '../ru/refusals.ts';
import { type Doc, field, isDocument, serializeDocument } from '../values/document.ts';
import { promoteDocument } from '../values/promote.ts';
import { asInRu, changeEvent } from './change-event.ts';
import type { Change } from './change-log.ts';

export type ChangeStream = { rows: Iterator<Uint8Array>; tail: Tail };

const stagesBehind = [
  '$match',
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
  '$redact',
];

export function openChangeStream(
  context: Context,
  collection: string | undefined,
  pipeline: readonly Doc[],
): ChangeStream {
  const [first = {}, ...stages] = pipeline;
  const options = isDocument(first.$changeStream) ? first.$changeStream : {};
  const { changes, strict } = context.engine;
  if (strict) checkChangeStreamAllowed(collection, options, stages);
  const misplaced = stages.flatMap(Object.keys).find((name) => !stagesBehind.includes(name));
  if (misplaced) throw new CommandError(20, `${misplaced} is not permitted in a $changeStream pipeline`);
  const wholeAfterUpdate =
    field(options, 'fullDocument') !== undefined && field(options, 'fullDocument') !== 'default';
  const everywhere = field(options, 'allChangesForCluster') === true;
  let position = startOf(context, options);

  function concerns(change: Change): boolean {
    if (everywhere) return true;
    return change.db === context.db && (collection === undefined || change.collection === collection);
  }

  /** The next event that passes the stages. */
  function next(): Uint8Array | undefined {
    for (let change = changes.at(position); change; change = changes.at(position)) {
      position += 1;
      if (!concerns(change)) continue;
      const event = promoteDocument(changeEvent(change, changes.token(position), wholeAfterUpdate));
      const [passed] = stages.length > 0 ? runStages(stages, [event]) : [event];
      if (passed) return serializeDocument(strict ? asInRu(passed) : passed);
    }
    return undefined;
  }

  return {
    rows: { next: () => ({ done: false, value: next() ?? nothingYet }) },
    tail: {
      arrival: (withinMs) => changes.arrival(position, withinMs),
      resumeToken: () => changes.token(position),
    },
  };
}

/** Stands for an event that has not come. */
export const nothingYet = new Uint8Array();

function startOf({ engine }: Context, options: Doc): number {
  const token = field(options, 'resumeAfter') ?? field(options, 'startAfter');
  if (token !== undefined) return engine.changes.positionOf(token);
  if (field(options, 'startAtOperationTime') !== undefined) {
    throw new CommandError(115, 'startAtOperationTime is not supported.');
  }
  return engine.changes.watch();
}
