import { checkFilterAllowed, checkTargetsOneShard } from '../ru/refusals.ts';
import { field } from '../values/document.ts';
import { documentField, documentList, existingCollection, type Handler, integerField } from './context.ts';
import { matching } from './update.ts';
import { removeDocument } from './write-document.ts';
import { runStatements } from './write-statements.ts';

export const deleteDocuments: Handler = (context) => {
  const statements = documentList(context.command, 'deletes');
  const collection = existingCollection(context);
  return runStatements(context, statements, (statement) => {
    if (!collection) return { n: 0 };
    const filter = documentField(statement, 'q');
    const limit = integerField(statement, 'limit') ?? 0;
    if (context.engine.strict) checkFilterAllowed(filter);
    if (context.engine.strict && limit === 1) checkTargetsOneShard(collection, filter);
    const found = matching(context, collection, filter, field(statement, 'hint'), limit);
    for (const row of found) removeDocument(context, collection, row);
    return { n: found.length };
  });
};
