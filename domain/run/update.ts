/**
 * Whether an update may enter the shared form. Everything is decided on the decoded structs before anything is applied,
 * so a refusal leaves the document as it was, and a forged struct never reaches Yjs's linked lists.
 */
import * as Y from 'yjs';
import { type BadUpdate, done, type Outcome, refuse } from '../refusals.ts';
import { updateLimit } from './contract.ts';
import { choiceReaders, choicesRoot, fieldLimit, textRootNames } from './form.ts';

export type UpdateLimits = {
  updateBytes: number;
  /** Ranges in one delete set. */
  deleteRanges: number;
  /** Characters of one field. */
  fieldLength: number;
  /** Bytes of the whole form, as Yjs encodes it. */
  formBytes: number;
};

export const formLimits: UpdateLimits = {
  updateBytes: updateLimit,
  deleteRanges: 10_000,
  fieldLength: fieldLimit,
  formBytes: 1024 * 1024,
};

/** An update that may be stored and applied. */
export type CheckedUpdate = {
  /** Encoded anew without what the form already has, so that nothing rides along behind its end. */
  update: Uint8Array;
  /** False: the form already has all of it. */
  isNew: boolean;
};

export type UpdateCheck = {
  /** The form as it stands; it is read and never changed, whatever the answer. */
  state: Uint8Array | Y.Doc;
  update: Uint8Array;
  /** The ids that this person's structs may carry. Deleting is free: anybody may strike anybody's words. */
  allowedClients: readonly number[];
  limits?: UpdateLimits;
};

/** Where an item stands: a text root, or one key of the choices. */
type Place = { root: string; key: string | null };
type Span = { start: number; end: number; place: Place };
type Decoded = {
  update: Uint8Array;
  structs: Struct[];
  deletes: Map<number, { clock: number; len: number }[]>;
};
type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

export function checkUpdate({
  state,
  update,
  allowedClients,
  limits = formLimits,
}: UpdateCheck): Outcome<CheckedUpdate> {
  if (update.byteLength > limits.updateBytes) return refuse({ code: 'too_large', limit: limits.updateBytes });
  const doc = state instanceof Y.Doc ? state : docOf(state);
  const decoded = decode(update, doc);
  if (decoded === undefined) return bad('malformed');

  const because = structsProblem(decoded, doc, allowedClients) ?? deletesProblem(decoded, doc, limits);
  if (because !== undefined) return bad(because);
  const size = sizeProblem(decoded, doc, limits);
  if (size !== undefined) return bad(size);
  return done({ update: decoded.update, isNew: bringsAnything(decoded, doc) });
}

function bad(because: BadUpdate): { ok: false; refusal: { code: 'bad_update'; because: BadUpdate } } {
  return { ok: false, refusal: { code: 'bad_update', because } };
}

export function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** Reads the update and cuts off what the form already has; undefined when it cannot be read to its end. */
function decode(update: Uint8Array, doc: Y.Doc): Decoded | undefined {
  try {
    const fresh = Y.diffUpdate(update, Y.encodeStateVector(doc));
    const { structs, ds } = Y.decodeUpdate(fresh);
    return { update: fresh, structs, deletes: ds.clients };
  } catch {
    // lib0 throws plain errors of several kinds on bytes that are no update; all mean the same here.
    return undefined;
  }
}

/** Places the structs in order, as Yjs would, without applying them. */
function structsProblem(
  { structs, deletes }: Decoded,
  doc: Y.Doc,
  allowedClients: readonly number[],
): BadUpdate | undefined {
  if (deletes.size === 0 && structs.length === 0) return undefined;
  const byClient = new Map<number, Y.Item[]>();
  let last: number | undefined;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (!allowedClients.includes(client)) return 'foreign_client';
    if (struct instanceof Y.Skip) return 'pending';
    // The roots hold no nested types, so nothing honest is ever collected into a GC struct.
    if (!(struct instanceof Y.Item) || struct.length < 1) return 'malformed';
    const own = byClient.get(client) ?? [];
    // Yjs keeps only the last of two blocks of one client.
    if (own.length > 0 && last !== client) return 'malformed';
    const previous = own.at(-1);
    const expected = previous === undefined ? stateOf(doc, client) : previous.id.clock + previous.length;
    if (clock !== expected) return 'pending';
    if (!Number.isSafeInteger(clock + struct.length) || clock + struct.length > 2 ** 40) return 'malformed';
    own.push(struct);
    byClient.set(client, own);
    last = client;
  }
  return placesProblem(byClient, doc);
}

/** Goes round the clients until every struct has its place, or none of those left can get one. */
function placesProblem(byClient: Map<number, Y.Item[]>, doc: Y.Doc): BadUpdate | undefined {
  const names = new Map([...doc.share].map(([name, type]) => [type as unknown, name]));
  const placed = new Map<number, Span[]>();
  const next = new Map([...byClient.keys()].map((client) => [client, 0]));
  let left = [...byClient.values()].reduce((sum, own) => sum + own.length, 0);
  while (left > 0) {
    const before = left;
    for (const [client, own] of byClient) {
      for (let index = next.get(client) ?? 0; index < own.length; index += 1) {
        const item = own[index];
        if (item === undefined) break;
        const place = placeOf(item, doc, names, placed);
        if (place === 'unknown_yet') break;
        if (place === 'torn') return 'malformed';
        const problem = contentProblem(item, place);
        if (problem !== undefined) return problem;
        const spans = placed.get(client) ?? [];
        spans.push({ start: item.id.clock, end: item.id.clock + item.length, place });
        placed.set(client, spans);
        next.set(client, index + 1);
        left -= 1;
      }
    }
    if (left === before) return 'pending';
  }
  return undefined;
}

/**
 * The place of an item: all that it leans on must name the same one. A left neighbour in one field and a right one in
 * another would tie two fields' lists together.
 */
function placeOf(
  item: Y.Item,
  doc: Y.Doc,
  names: Map<unknown, string>,
  placed: Map<number, Span[]>,
): Place | 'unknown_yet' | 'torn' {
  const known: Place[] = [];
  for (const id of [item.origin, item.rightOrigin]) {
    if (id === null) continue;
    const place = placeAt(id, doc, names, placed);
    if (place === 'unknown_yet' || place === 'torn') return place;
    known.push(place);
  }
  // Decoded, a parent is the name of its root, the id of a nested type, or left out where a neighbour tells it.
  const parent: unknown = item.parent;
  if (typeof parent === 'string') known.push({ root: parent, key: item.parentSub });
  else if (parent !== null) return 'torn';
  const [first, ...rest] = known;
  if (first === undefined) return 'torn';
  return rest.every((place) => place.root === first.root && place.key === first.key) ? first : 'torn';
}

function placeAt(
  id: { client: number; clock: number },
  doc: Y.Doc,
  names: Map<unknown, string>,
  placed: Map<number, Span[]>,
): Place | 'unknown_yet' | 'torn' {
  const stored = doc.store.clients.get(id.client);
  if (stored !== undefined && id.clock < stateOf(doc, id.client)) {
    const struct = stored[Y.findIndexSS(stored, id.clock)];
    const name = struct instanceof Y.Item ? names.get(struct.parent) : undefined;
    return name === undefined || !(struct instanceof Y.Item) ? 'torn' : { root: name, key: struct.parentSub };
  }
  const spans = placed.get(id.client) ?? [];
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span === undefined) break;
    if (id.clock < span.start) high = middle - 1;
    else if (id.clock >= span.end) low = middle + 1;
    else return span.place;
  }
  return 'unknown_yet';
}

function contentProblem(item: Y.Item, { root, key }: Place): BadUpdate | undefined {
  const { content } = item;
  if (root === choicesRoot) {
    const read = key === null ? undefined : choiceReaders.get(key);
    if (read === undefined) return 'bad_value';
    if (content instanceof Y.ContentDeleted) return undefined;
    if (!(content instanceof Y.ContentAny) || content.arr.length !== 1) return 'bad_value';
    return read(content.arr[0]) === undefined ? 'bad_value' : undefined;
  }
  if (!textRootNames.has(root)) return 'unknown_root';
  if (key !== null) return 'bad_value';
  return content instanceof Y.ContentString || content instanceof Y.ContentDeleted ? undefined : 'bad_value';
}

function deletesProblem(
  { structs, deletes }: Decoded,
  doc: Y.Doc,
  limits: UpdateLimits,
): BadUpdate | undefined {
  const ends = new Map<number, number>();
  for (const { id, length } of structs) ends.set(id.client, id.clock + length);
  let ranges = 0;
  for (const [client, items] of deletes) {
    ranges += items.length;
    if (ranges > limits.deleteRanges) return 'delete_set_too_large';
    const end = ends.get(client) ?? stateOf(doc, client);
    if (items.some(({ clock, len }) => len < 1 || clock + len > end)) return 'pending';
  }
  return undefined;
}

/**
 * Lengths are first counted without the deletes, which is nearly always enough; only a field or a form close to its
 * limit is measured on a copy. An update that only deletes is never too large.
 */
function sizeProblem({ structs, update }: Decoded, doc: Y.Doc, limits: UpdateLimits): BadUpdate | undefined {
  if (structs.length === 0) return undefined;
  let characters = 0;
  let longest = 0;
  for (const name of textRootNames) {
    const { length } = doc.getText(name);
    characters += length;
    longest = Math.max(longest, length);
  }
  let known = 0;
  for (const own of doc.store.clients.values()) known += own.length;
  // A struct costs at most 64 bytes beside its characters, a character at most three.
  const atMost = 3 * characters + 64 * known + update.byteLength;
  const added = structs.reduce(
    (sum, struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString ? sum + struct.length : sum,
    0,
  );
  if (longest + added <= limits.fieldLength && atMost <= limits.formBytes) return undefined;

  const copy = docOf(Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(copy, update);
  for (const name of textRootNames) {
    const { length } = copy.getText(name);
    if (length > limits.fieldLength && length > doc.getText(name).length) return 'field_too_long';
  }
  return Y.encodeStateAsUpdate(copy).byteLength > limits.formBytes ? 'form_too_large' : undefined;
}

function bringsAnything({ structs, deletes }: Decoded, doc: Y.Doc): boolean {
  if (structs.length > 0) return true;
  for (const [client, items] of deletes) {
    const stored = doc.store.clients.get(client) ?? [];
    for (const { clock, len } of items) {
      for (let index = Y.findIndexSS(stored, clock); index < stored.length; index += 1) {
        const struct = stored[index];
        if (struct === undefined || struct.id.clock >= clock + len) break;
        if (!struct.deleted) return true;
      }
    }
  }
  return false;
}

function stateOf(doc: Y.Doc, client: number): number {
  const last = doc.store.clients.get(client)?.at(-1);
  return last === undefined ? 0 : last.id.clock + last.length;
}
