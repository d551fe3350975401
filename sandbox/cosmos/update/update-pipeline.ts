// An update given as an aggregation pipeline.
import { runStages } from '../aggregate/stages.ts';
import { CommandError } from '../errors.ts';
import { type Doc, isDocument } from '../values/document.ts';
import { promoteDocument } from '../values/promote.ts';

const allowed = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

export function applyUpdatePipeline(pipeline: readonly unknown[], document: Doc, variables: Doc): Doc {
  const stages = pipeline.map((stage) => {
    const [name] = isDocument(stage) ? Object.keys(stage) : [];
    if (!isDocument(stage) || !name || !allowed.has(name)) {
      throw new CommandError(72, `${name} is not allowed to be used within an update`);
    }
    return stage;
  });
  const [result] = runStages(stages, [promoteDocument(document)], { variables });
  return { _id: document._id, ...result };
}
