// What of a document a query returns.
import { evaluateFields } from '../aggregate/expression.ts';
import { CommandError } from '../errors.ts';
import { type Doc, field, isDocument, setField } from '../values/document.ts';
import { isNumber, toInteger, toNumber } from '../values/number.ts';
import { plainValueAt, splitPath } from '../values/path.ts';
import { compileElemMatch } from './match.ts';
import { matchedElement } from './positional.ts';

export type Projector = (document: Doc) => Doc;
/** Field names to keep or to drop; `true` means the field as a whole. */
type Tree = Map<string, Tree | true>;
type ArrayStep = (document: Doc, result: Doc) => void;

/** `undefined` when the projection keeps everything. */
export function compileProjection(projection: Doc, filter: Doc): Projector | undefined {
  const flat = flatten(projection);
  if (flat.length === 0) return undefined;
  const { include, exclude, computed, steps, id, inclusive } = sortOut(flat, filter);
  if (include.size > 0 && exclude.size > 0) {
    throw new CommandError(2, 'Cannot do exclusion in an inclusion projection, or inclusion in an exclusion');
  }
  if (inclusive && id !== false) include.set('_id', true);
  if (!inclusive && id === false) exclude.set('_id', true);
  return (document) => {
    const result = inclusive ? kept(document, include) : dropped(document, exclude);
    for (const step of steps) step(document, result);
    if (Object.keys(computed).length > 0) Object.assign(result, evaluateFields(computed, document));
    return result;
  };
}

type SortedOut = {
  include: Tree;
  exclude: Tree;
  computed: Doc;
  steps: ArrayStep[];
  /** What the projection says about `_id`, which follows no other rule. */
  id: boolean | undefined;
  inclusive: boolean;
};

function sortOut(flat: readonly [string, unknown][], filter: Doc): SortedOut {
  const out: SortedOut = {
    include: new Map(),
    exclude: new Map(),
    computed: {},
    steps: [],
    id: undefined,
    inclusive: false,
  };
  for (const [path, value] of flat) {
    const flag = asFlag(value);
    if (path === '_id' && flag !== undefined) {
      out.id = flag;
    } else if (path.endsWith('.$')) {
      out.steps.push(positionalStep(path.slice(0, -2), filter));
      addPath(out.include, path.slice(0, -2));
    } else if (flag !== undefined) {
      addPath(flag ? out.include : out.exclude, path);
    } else {
      addOperator(out, path, value);
    }
  }
  const onlyId = out.id === true && out.exclude.size === 0 && out.steps.length === 0;
  out.inclusive ||= onlyId || out.include.size > 0 || Object.keys(out.computed).length > 0;
  return out;
}

function addOperator(out: SortedOut, path: string, value: unknown): void {
  if (isDocument(value) && Object.hasOwn(value, '$slice')) {
    out.steps.push(sliceStep(path, value.$slice));
    return;
  }
  if (isDocument(value) && Object.hasOwn(value, '$elemMatch')) {
    out.inclusive = out.exclude.size === 0;
    out.steps.push(elemMatchStep(path, value.$elemMatch));
    return;
  }
  if (isDocument(value) && Object.hasOwn(value, '$meta')) throw new CommandError(2, '$meta is not supported');
  setField(out.computed, path, value);
}

function asFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return isNumber(value) ? toNumber(value) !== 0 : undefined;
}

/** `{ a: { b: 1 } }` means `{ 'a.b': 1 }`. */
function flatten(projection: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(projection).flatMap(([name, value]): [string, unknown][] => {
    const plain = isDocument(value) && Object.keys(value).length > 0;
    if (plain && !Object.keys(value).some((key) => key.startsWith('$')))
      return flatten(value, `${prefix}${name}.`);
    return [[`${prefix}${name}`, value]];
  });
}

function addPath(tree: Tree, path: string): void {
  const parts = splitPath(path);
  let node = tree;
  for (const [at, part] of parts.entries()) {
    const next = node.get(part);
    if (at === parts.length - 1) {
      node.set(part, true);
    } else if (next instanceof Map) {
      node = next;
    } else if (next === true) {
      throw new CommandError(2, `Path collision at ${path}`);
    } else {
      const child: Tree = new Map();
      node.set(part, child);
      node = child;
    }
  }
}

function kept(document: Doc, tree: Tree): Doc {
  const result: Doc = {};
  for (const name of Object.keys(document)) {
    const branch = tree.get(name);
    if (branch === true) setField(result, name, document[name]);
    else if (branch) {
      const value = keptValue(document[name], branch);
      if (value !== undefined) setField(result, name, value);
    }
  }
  return result;
}

function keptValue(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((each) => keptValue(each, tree)).filter((each) => each !== undefined);
  return isDocument(value) ? kept(value, tree) : undefined;
}

function dropped(document: Doc, tree: Tree): Doc {
  const result: Doc = {};
  for (const name of Object.keys(document)) {
    const branch = tree.get(name);
    if (branch === true) continue;
    setField(result, name, branch ? droppedValue(document[name], branch) : document[name]);
  }
  return result;
}

function droppedValue(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((each) => droppedValue(each, tree));
  return isDocument(value) ? dropped(value, tree) : value;
}

/** Replaces a value that the result already has, on a copy of the documents around it. */
function put(result: Doc, path: string, value: unknown): void {
  const parts = splitPath(path);
  const last = parts.pop() ?? path;
  let node = result;
  for (const part of parts) {
    const child = field(node, part);
    const copy = isDocument(child) ? { ...child } : {};
    setField(node, part, copy);
    node = copy;
  }
  setField(node, last, value);
}

function positionalStep(path: string, filter: Doc): ArrayStep {
  return (document, result) => {
    const array = plainValueAt(document, path);
    if (!Array.isArray(array)) return;
    const index = matchedElement(filter, document, path);
    if (index === undefined) {
      throw new CommandError(
        2,
        'Executor error: the positional operator did not find the match needed from the query.',
      );
    }
    put(result, path, [array[index]]);
  };
}

function sliceStep(path: string, operand: unknown): ArrayStep {
  const [skip, count] = Array.isArray(operand) ? operand.map(toInteger) : [undefined, toInteger(operand)];
  if (count === undefined) throw new CommandError(2, '$slice takes a number or two');
  return (document, result) => {
    const array = plainValueAt(document, path);
    if (!Array.isArray(array)) return;
    const lastOnes = skip === undefined && count < 0;
    put(result, path, lastOnes ? array.slice(count) : array.slice(skip ?? 0).slice(0, count));
  };
}

function elemMatchStep(path: string, operand: unknown): ArrayStep {
  const test = compileElemMatch(operand);
  return (document, result) => {
    const array = plainValueAt(document, path);
    const found = Array.isArray(array) ? array.find(test) : undefined;
    if (found !== undefined) put(result, path, [found]);
  };
}
