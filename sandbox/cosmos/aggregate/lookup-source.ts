// What of another collection a `$lookup` can match at all, read by an index where there is one.
import { executeQuery } from '../query/execute.ts';
import type { Collection } from '../storage/collection.ts';
import type { ScanStatistics } from '../storage/scan.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { splitPath, valuesAt } from '../values/path.ts';
import { promoteDocument } from '../values/promote.ts';

export function lookupSource(
  foreign: Collection | undefined,
  lookup: unknown,
  documents: readonly Doc[],
  statistics: ScanStatistics,
): Doc[] {
  if (!foreign) return [];
  const execution = executeQuery(foreign, { filter: candidateFilter(lookup, documents) });
  const found = [...execution.rows].map(({ document }) => promoteDocument(document));
  statistics.keysExamined += execution.statistics.keysExamined;
  statistics.docsExamined += execution.statistics.docsExamined;
  return found;
}

function candidateFilter(lookup: unknown, documents: readonly Doc[]): Doc {
  const [localField, foreignField] = isDocument(lookup)
    ? [field(lookup, 'localField'), field(lookup, 'foreignField')]
    : [];
  if (typeof localField !== 'string' || typeof foreignField !== 'string') return {};
  const values = documents.flatMap((document) => valuesAt(document, splitPath(localField)).flat());
  // A document without the field matches those without the other field.
  return { [foreignField]: { $in: [...new Set(values.map((value) => value ?? null)), null] } };
}
