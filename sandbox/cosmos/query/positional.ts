// Which element of an array a filter has matched: what `$` stands for in an update or a projection.
import { type Doc, isDocument, setField } from '../values/document.ts';
import { plainValueAt, splitPath } from '../values/path.ts';
import { compileFilter } from './match.ts';

/** The index of the element that satisfied the filter's clauses about the array; undefined when none was about it. */
export function matchedElement(filter: Doc, document: Doc, arrayPath: string): number | undefined {
  const array = plainValueAt(document, arrayPath);
  if (!Array.isArray(array)) return undefined;
  const clauses = clausesAbout(filter, arrayPath);
  if (clauses.length === 0) return undefined;
  const satisfied = (tests: readonly Doc[]) =>
    array.findIndex((element) =>
      tests.every((clause) => compileFilter(clause)(withOnly(arrayPath, element))),
    );
  const all = satisfied(clauses);
  // Several clauses may have matched different elements: then the last one decides, as in MongoDB.
  const index = all >= 0 ? all : satisfied(clauses.slice(-1));
  return index >= 0 ? index : undefined;
}

function clausesAbout(filter: Doc, arrayPath: string): Doc[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if ((name === '$and' || name === '$or') && Array.isArray(condition)) {
      const branches = condition.map((each) => (isDocument(each) ? clausesAbout(each, arrayPath) : []));
      if (name === '$and') return branches.flat();
      const filled = branches.filter((branch) => branch.length > 0);
      return filled.length > 0 ? [{ $or: filled.map((clauses) => ({ $and: clauses })) }] : [];
    }
    return name === arrayPath || name.startsWith(`${arrayPath}.`) ? [{ [name]: condition }] : [];
  });
}

/** A document that has nothing but the array, with this one element in it. */
function withOnly(arrayPath: string, element: unknown): Doc {
  return splitPath(arrayPath).reduceRight<unknown>(
    (inner, part) => {
      const outer: Doc = {};
      setField(outer, part, inner);
      return outer;
    },
    [element],
  ) as Doc;
}
