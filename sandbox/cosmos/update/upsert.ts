// The document an upsert begins with: what its filter says must be equal.
import { ObjectId } from 'bson';
import { isOperators } from '../query/match.ts';
import { readRegex } from '../query/regex.ts';
import { type Doc, field, isDocument } from '../values/document.ts';
import { splitPath } from '../values/path.ts';
import { isReplacement, type Updater, withIdFirst } from './apply-update.ts';
import { setAt } from './field-path.ts';

export function documentToInsert(filter: Doc, update: unknown, updater: Updater): Doc {
  const seed: Doc = {};
  if (isReplacement(update)) {
    const id = equalities(filter).find(([path]) => path === '_id')?.[1];
    if (id !== undefined) seed._id = id;
  } else {
    for (const [path, value] of equalities(filter)) setAt(seed, splitPath(path), value);
  }
  const document = updater(seed, filter, true);
  if (field(document, '_id') === undefined) document._id = new ObjectId();
  return withIdFirst(document);
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([name, condition]): [string, unknown][] => {
    if (name === '$and' && Array.isArray(condition)) return condition.filter(isDocument).flatMap(equalities);
    if (name === '$or' && Array.isArray(condition) && condition.length === 1) {
      return condition.filter(isDocument).flatMap(equalities);
    }
    if (name.startsWith('$') || readRegex(condition)) return [];
    if (!isOperators(condition)) return [[name, condition]];
    return Object.hasOwn(condition, '$eq') ? [[name, condition.$eq]] : [];
  });
}
