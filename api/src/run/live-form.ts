// The shared form of each review as this process knows it: the merged document, and the updates since the last head.
import type { ReviewId } from '@medspill/domain/ids';
import { newForm } from '@medspill/domain/run/form';
import * as Y from 'yjs';
import type { App } from '../app.ts';
import type { LiveUpdateDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';

export type FormState = 'open' | 'frozen' | 'sealed';
type Logged = Pick<LiveUpdateDocument, 'seq' | 'updateId' | 'update'>;

export type LiveForm = {
  /** Merged when it is first asked for: to be read, a form needs no more than its head and its tail as they stand. */
  doc: Y.Doc | undefined;
  /** The head as it is stored; undefined before the first one. */
  head: Uint8Array | undefined;
  /** The newest number that is known, markers counted. */
  seq: number;
  /** The newest number that carries words: a freeze or seal after it changes none. */
  wordsSeq: number;
  state: FormState;
  headSeq: number;
  headVersion: number;
  /** What the log holds after the head, in order and without gaps. */
  tail: Logged[];
};

const stateAfter = { freeze: 'frozen', thaw: 'open', seal: 'sealed' } as const;
/** Forms kept in memory; the one that was used longest ago leaves first. */
const keptForms = 500;
const maxTries = 12;

/** What the log of a form needs of the app. Its memory belongs to the object, as to a process. */
export type LiveApp = Pick<App, 'realtime' | 'clock' | 'log'> & { store: Pick<App['store'], 'live'> };

type Memory = { forms: Map<ReviewId, LiveForm>; turns: Map<ReviewId, Promise<unknown>> };
const memories = new WeakMap<LiveApp, Memory>();

function memoryOf(app: LiveApp): Memory {
  let memory = memories.get(app);
  if (memory === undefined) {
    memory = { forms: new Map(), turns: new Map() };
    memories.set(app, memory);
  }
  return memory;
}

/** One at a time for each review in this process; between processes the unique number decides. */
export function inTurn<T>(app: LiveApp, reviewId: ReviewId, work: () => Promise<T>): Promise<T> {
  const { turns } = memoryOf(app);
  const before = turns.get(reviewId) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(reviewId, mine);
  const leave = () => {
    if (turns.get(reviewId) === mine) turns.delete(reviewId);
  };
  mine.then(leave, leave);
  return mine;
}

/** The form as this process last saw it, read anew only when it has none. Call in turn. */
export async function knownForm(app: LiveApp, scope: Scope, reviewId: ReviewId): Promise<LiveForm> {
  const form = memoryOf(app).forms.get(reviewId);
  return form ?? readOn(app, scope, reviewId);
}

/** The form with all that the log holds now. Call in turn. */
export async function readOn(app: LiveApp, scope: Scope, reviewId: ReviewId): Promise<LiveForm> {
  const { forms } = memoryOf(app);
  for (let attempt = 1; attempt <= maxTries; attempt++) {
    const form = forms.get(reviewId) ?? (await fromHead(app, scope, reviewId));
    // Forgotten while it is being changed: a fault in between must not leave half a form behind.
    forms.delete(reviewId);
    const news = await app.store.live.since(scope, reviewId, form.seq);
    if (!mergeAll(form, news)) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
      continue;
    }
    remember(forms, reviewId, form);
    return form;
  }
  throw new Error(`The log of review ${reviewId} has emptied updates and no head that holds them`);
}

/** The form as one document. It is read, and changed by `merge` alone. */
export function mergedDoc(form: LiveForm): Y.Doc {
  if (form.doc === undefined) {
    const doc = newForm();
    if (form.head !== undefined) Y.applyUpdate(doc, form.head);
    for (const { update } of form.tail) Y.applyUpdate(doc, update);
    form.doc = doc;
  }
  return form.doc;
}

/** Forgets a form whose place in the log is in doubt; the next use reads it anew. */
export function forget(app: LiveApp, reviewId: ReviewId): void {
  memoryOf(app).forms.delete(reviewId);
}

function remember(forms: Map<ReviewId, LiveForm>, reviewId: ReviewId, form: LiveForm): void {
  forms.set(reviewId, form);
  for (const oldest of forms.keys()) {
    if (forms.size <= keptForms) break;
    forms.delete(oldest);
  }
}

async function fromHead(app: LiveApp, scope: Scope, reviewId: ReviewId): Promise<LiveForm> {
  const head = await app.store.live.head(scope, reviewId);
  const seq = head?.seq ?? 0;
  return {
    doc: undefined,
    head: head?.state,
    seq,
    wordsSeq: seq,
    state: 'open',
    headSeq: seq,
    headVersion: head?.version ?? 0,
    tail: [],
  };
}

/** False: an update has been emptied by a compaction, and the form must be read from its new head. */
function mergeAll(form: LiveForm, news: readonly LiveUpdateDocument[]): boolean {
  for (const update of news) {
    // A read may be a moment old and end in the middle; what follows a gap is not known yet.
    if (update.seq !== form.seq + 1) return true;
    if (update.marker === undefined && update.update.byteLength === 0) return false;
    merge(form, update);
  }
  return true;
}

/** Takes in the next update of the log. */
export function merge(form: LiveForm, next: LiveUpdateDocument): void {
  form.seq = next.seq;
  if (next.marker === undefined) {
    if (form.doc !== undefined) Y.applyUpdate(form.doc, next.update);
    form.wordsSeq = next.seq;
    form.tail.push({ seq: next.seq, updateId: next.updateId, update: next.update });
  } else {
    form.state = stateAfter[next.marker];
  }
}
