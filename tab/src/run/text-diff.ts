/** One change of a text: at `index`, `removed` units go and `inserted` comes. */
export type TextChange = { index: number; removed: number; inserted: string };

/**
 * The change from one text to the next. `caret` is where the writer stands afterwards: of two equal letters, the one
 * just typed is the one before it. A pair of surrogates is never cut in two, since Yjs would send half a character.
 */
export function changeBetween(
  before: string,
  after: string,
  caret: number = after.length,
): TextChange | undefined {
  if (before === after) return undefined;
  const shortest = Math.min(before.length, after.length);
  const mostAfter = Math.min(shortest, Math.max(0, after.length - caret));
  let suffix = 0;
  while (suffix < mostAfter && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  let prefix = 0;
  while (prefix < shortest - suffix && before[prefix] === after[prefix]) prefix += 1;
  if (prefix > 0 && isHigh(after.charCodeAt(prefix - 1))) prefix -= 1;
  if (suffix > 0 && isLow(after.charCodeAt(after.length - suffix))) suffix -= 1;
  return {
    index: prefix,
    removed: before.length - prefix - suffix,
    inserted: after.slice(prefix, after.length - suffix),
  };
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** A Quill delta, as Y.Text reports its changes. */
export type Delta = readonly { retain?: number | undefined; delete?: number | undefined; insert?: unknown }[];

/** Where a place in a text is after another's change. What is inserted exactly there comes after it. */
export function placeAfter(place: number, delta: Delta): number {
  let at = 0;
  let moved = place;
  for (const step of delta) {
    if (step.retain !== undefined) at += step.retain;
    else if (step.delete !== undefined) moved -= Math.max(0, Math.min(step.delete, moved - at));
    else if (typeof step.insert === 'string') {
      if (at < moved) moved += step.insert.length;
      at += step.insert.length;
    }
  }
  return moved;
}

/** Beyond this many pairs of words to compare, one change covers all: a form has no such fields in practice. */
const mostPairs = 250_000;

/**
 * The changes from one text to another word by word, last first, so that each index still holds when it is made. Words
 * that both texts have are left alone: another may be writing beside them.
 */
export function changesBetween(before: string, after: string): TextChange[] {
  const a = wordsOf(before);
  const b = wordsOf(after);
  if (a.length * b.length > mostPairs) {
    const whole = changeBetween(before, after);
    return whole === undefined ? [] : [whole];
  }
  const common = commonLengths(a, b);
  const width = b.length + 1;
  const changes: TextChange[] = [];
  let index = 0;
  let start = 0;
  let removed = '';
  let inserted = '';
  const close = () => {
    const change = changeBetween(removed, inserted);
    if (change !== undefined) changes.unshift({ ...change, index: start + change.index });
    removed = '';
    inserted = '';
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      close();
      index += left.length;
      start = index;
      i += 1;
      j += 1;
    } else if (
      right !== undefined &&
      (left === undefined || (common[i * width + j + 1] ?? 0) >= (common[(i + 1) * width + j] ?? 0))
    ) {
      inserted += right;
      j += 1;
    } else if (left !== undefined) {
      removed += left;
      index += left.length;
      i += 1;
    }
  }
  close();
  return changes;
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** At `i * width + j`: how many words the rests from i and from j have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        a[i] === b[j]
          ? 1 + (common[(i + 1) * width + j + 1] ?? 0)
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  return common;
}
