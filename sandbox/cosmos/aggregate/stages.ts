// The stages that mingo runs, on plain values; its complaints become MongoDB's errors.
import { Aggregator } from 'mingo';
import { CommandError } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import { promoteDocument } from '../values/promote.ts';

export type StageOptions = {
  /** What `$$name` means. */
  variables?: Doc;
  collectionResolver?: (name: string) => Doc[];
};

export function runStages(stages: readonly Doc[], documents: Doc[], options: StageOptions = {}): Doc[] {
  const { variables = {}, ...rest } = options;
  try {
    const aggregator = new Aggregator(stages.map(promoteDocument), {
      ...rest,
      variables: promoteDocument(variables),
    });
    return aggregator.run<Doc>(documents);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const message = cause instanceof Error ? cause.message : 'the pipeline cannot be run';
    throw new CommandError(/unregistered pipeline/i.test(message) ? 40324 : 2, message);
  }
}
