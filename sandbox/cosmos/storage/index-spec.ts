import { type Doc, field, isDocument } from '../values/document.ts';
import { toNumber } from '../values/number.ts';

export type IndexSpec = {
  name: string;
  paths: readonly string[];
  /** 1 ascending, -1 descending; one for each path. */
  directions: readonly (1 | -1)[];
  unique: boolean;
  sparse: boolean;
  partialFilter?: Doc;
  expireAfterSeconds?: number;
  /** As the client gave it, for listIndexes. */
  document: Doc;
};

export function readIndexSpec(document: Doc): IndexSpec {
  const key = field(document, 'key');
  const entries = isDocument(key) ? Object.entries(key) : [];
  const partialFilter = field(document, 'partialFilterExpression');
  const expireAfterSeconds = toNumber(field(document, 'expireAfterSeconds'));
  return {
    name: String(field(document, 'name')),
    paths: entries.map(([path]) => path),
    directions: entries.map(([, direction]) => ((toNumber(direction) ?? 1) < 0 ? -1 : 1)),
    unique: field(document, 'unique') === true,
    sparse: field(document, 'sparse') === true,
    ...(isDocument(partialFilter) ? { partialFilter } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    document,
  };
}
