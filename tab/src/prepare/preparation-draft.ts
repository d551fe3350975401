// A preparation as it is typed: every field is kept on the device until the service has acknowledged it, saves build on
// a revision, and a save that comes second is merged field by field. Nothing that was typed is ever replaced unseen.
import type { Evidence, Part, ReviewView } from '@medspill/domain/prepare/contract';
import { isComplete, type Tray } from '@medspill/domain/prepare/evidence';
import { ratingOnFocus } from '@medspill/domain/prepare/preparation';
import { type StageKey, stageKeys } from '@medspill/domain/prepare/stages';
import type { Answer } from '../client/call.ts';
import { mayPass, type Problem } from '../client/problem.ts';
import type { KeptFields } from './kept-fields.ts';

export type AnswerValue = Part['answers'][string];
export type RatingValue = NonNullable<Part['ratings'][StageKey]>;
type Words = Pick<Part, 'rev' | 'answers' | 'ratings' | 'evidence'>;
/** Null is an item of evidence that has been taken away. */
type FieldValue = AnswerValue | RatingValue | Evidence | null;

export type SaveState =
  | 'saved'
  /** Typed and kept here; it is sent in a moment. */
  | 'waiting'
  | 'sending'
  | 'offline'
  /** The service could not be reached; it is tried again. */
  | 'trying'
  /** The service said no for good. */
  | 'refused'
  /** Signed meanwhile. */
  | 'closed';

export type DraftView = {
  /** What the person sees: what the service has, with what is typed since. */
  answers: Part['answers'];
  ratings: Part['ratings'];
  /** With what is not finished yet, which only this device has. */
  evidence: Tray;
  readiness: ReviewView['readiness'];
  state: SaveState;
  problem: Problem | undefined;
  /** Fields that hold other words on the service, written on another device. */
  conflicts: ReadonlyMap<string, FieldValue>;
  /** False where words live only as long as the page. */
  lasting: boolean;
};

export type Draft = {
  view: () => DraftView;
  subscribe: (listener: () => void) => () => void;
  answer: (key: string, value: AnswerValue) => void;
  rate: (stage: StageKey, value: RatingValue) => void;
  /** Puts an item into the tray or changes it; undefined takes it away. */
  place: (id: string, item: Evidence | undefined) => void;
  settle: (field: string, which: 'mine' | 'other') => void;
  /** Sends what waits now; resolves when it is acknowledged or cannot be sent. */
  flush: () => Promise<void>;
  /** Begins to send; the answer stops it. */
  start: () => () => void;
};

export type DraftParts = {
  review: ReviewView;
  /** Stages whose rating counts only with an example. */
  focus: readonly StageKey[];
  kept: KeptFields;
  save: (body: Words) => Promise<Answer<{ part: Part; readiness: ReviewView['readiness'] }>>;
  read: () => Promise<Answer<ReviewView>>;
  pauseMs?: number;
};

export const answerField = (key: string) => `answer/${key}`;
export const ratingField = (stage: StageKey) => `rating/${stage}`;
export const evidenceField = (id: string) => `evidence/${id}`;

const retryMs = [2_000, 5_000, 15_000];

export function createDraft({ review, focus, kept, save, read, pauseMs = 600 }: DraftParts): Draft {
  const listeners = new Set<() => void>();
  let base: Words = review.mine;
  let readiness = review.readiness;
  const typed = kept.all() as Map<string, FieldValue>;
  const conflicts = new Map<string, FieldValue>();
  /** Fields changed since the last save began. */
  const unsent = new Set(typed.keys());
  let state: SaveState = isClosed(review) ? 'closed' : unsent.size > 0 ? 'waiting' : 'saved';
  let problem: Problem | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | undefined;
  let failures = 0;
  let stopped = true;
  let current = snapshot();

  function snapshot(): DraftView {
    const answers = { ...base.answers };
    const ratings = { ...base.ratings };
    const evidence = { ...base.evidence };
    for (const [field, value] of typed) {
      const [kind, key = ''] = field.split('/');
      if (kind === 'answer') answers[key] = value as AnswerValue;
      else if (kind === 'rating') ratings[key as StageKey] = value as RatingValue;
      else if (value === null) delete evidence[key];
      else evidence[key] = value as Evidence;
    }
    return {
      answers,
      ratings,
      evidence,
      readiness,
      state,
      problem,
      conflicts: new Map(conflicts),
      lasting: kept.lasting,
    };
  }

  function changed(): void {
    current = snapshot();
    for (const listener of listeners) listener();
  }

  function set(field: string, value: FieldValue): void {
    typed.set(field, value);
    kept.keep(field, value);
    unsent.add(field);
    if (state !== 'closed' && state !== 'sending') state = navigator.onLine ? 'waiting' : 'offline';
    changed();
    schedule(pauseMs);
  }

  function forget(field: string): void {
    typed.delete(field);
    kept.drop(field);
    unsent.delete(field);
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (stopped || state === 'closed') return;
    timer = setTimeout(() => void flush(), ms);
  }

  /** What a save carries: a focus rating without an example is not yet a rating, nor half a link an item. */
  function body(): Words {
    const { answers, ratings, evidence } = snapshot();
    const sent: Part['ratings'] = {};
    for (const stage of stageKeys) {
      const rating = ratings[stage];
      if (rating !== undefined) sent[stage] = focus.includes(stage) ? ratingOnFocus(rating) : rating;
    }
    const items = Object.entries(evidence).flatMap(([id, item]): [string, Evidence][] => {
      const finished = isComplete(item) ? item : base.evidence?.[id];
      return finished === undefined ? [] : [[id, finished]];
    });
    const tray =
      items.length === 0 && base.evidence === undefined ? {} : { evidence: Object.fromEntries(items) };
    return { rev: base.rev, answers, ratings: sent, ...tray };
  }

  async function send(): Promise<void> {
    const fields = new Map([...typed].filter(([field]) => unsent.has(field)));
    unsent.clear();
    state = 'sending';
    changed();
    const answer = await save(body());
    if (answer.ok) {
      base = answer.value.part;
      readiness = answer.value.readiness;
      failures = 0;
      problem = undefined;
      for (const [field, value] of fields) {
        if (same(typed.get(field), value) && !isHeld(field, value)) {
          forget(field);
        }
      }
      state = unsent.size > 0 ? 'waiting' : 'saved';
      changed();
      if (unsent.size > 0) schedule(pauseMs);
      return;
    }
    for (const field of fields.keys()) unsent.add(field);
    if (answer.problem.code === 'stale') return rebase();
    problem = answer.problem;
    if (problem.code === 'sealed' || problem.code === 'frozen') state = 'closed';
    else if (problem.code === 'offline') state = 'offline';
    else state = mayPass(problem) || problem.code === 'not_signed_in' ? 'trying' : 'refused';
    changed();
    if (state === 'trying' || state === 'offline') schedule(retryMs[Math.min(failures, 2)] ?? 15_000);
    failures += 1;
  }

  /** Another device was first: take its words, keep ours, and ask where both wrote in one field. */
  async function rebase(): Promise<void> {
    const answer = await read();
    if (!answer.ok) {
      problem = answer.problem;
      state = answer.problem.code === 'offline' ? 'offline' : 'trying';
      changed();
      schedule(retryMs[1] ?? 5_000);
      return;
    }
    const before = base;
    base = answer.value.mine;
    readiness = answer.value.readiness;
    for (const [field, mine] of typed) {
      const now = valueIn(base, field);
      if (mine === null) {
        // Changed elsewhere after it was taken away here: what somebody wrote stays.
        if (now !== undefined && !same(now, valueIn(before, field))) forget(field);
        continue;
      }
      if (now === undefined || same(now, valueIn(before, field)) || same(now, mine)) continue;
      if (wordsOf(now) !== '') conflicts.set(field, now);
    }
    if (isClosed(answer.value)) state = 'closed';
    else if (unsent.size === 0) state = 'saved';
    changed();
    schedule(0);
  }

  /** What waits for its example or its other half is kept here, since the service does not count it yet. */
  function isHeld(field: string, value: FieldValue): boolean {
    if (value === null) return false;
    if ('kind' in value) return !isComplete(value);
    const stage = stageKeys.find((key) => ratingField(key) === field);
    if (stage === undefined || !('value' in value) || !focus.includes(stage)) return false;
    return ratingOnFocus(value).value !== value.value;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (sending !== undefined) return sending;
    if (stopped || unsent.size === 0 || state === 'closed') return;
    sending = send().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  const online = () => {
    if (unsent.size > 0) schedule(0);
  };

  // A phone that turns to another app may never come back to this page: what waits for its pause goes now.
  const hidden = () => {
    if (document.visibilityState === 'hidden' && unsent.size > 0) void flush();
  };

  return {
    view: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer: (key, value) => set(answerField(key), value),
    rate: (stage, value) => set(ratingField(stage), value),
    place: (id, item) => set(evidenceField(id), item ?? null),
    settle(field, which) {
      const other = conflicts.get(field);
      conflicts.delete(field);
      const mine = typed.get(field) ?? valueIn(base, field);
      const value = which === 'other' ? other : mine;
      if (value !== undefined) set(field, value);
      else changed();
    },
    flush,
    start() {
      stopped = false;
      globalThis.addEventListener?.('online', online);
      globalThis.document?.addEventListener('visibilitychange', hidden);
      online();
      return () => {
        stopped = true;
        clearTimeout(timer);
        globalThis.removeEventListener?.('online', online);
        globalThis.document?.removeEventListener('visibilitychange', hidden);
      };
    },
  };
}

function isClosed(review: ReviewView): boolean {
  return review.state !== 'planned' && review.state !== 'running';
}

function valueIn(words: Words, field: string): FieldValue | undefined {
  const [kind, key = ''] = field.split('/');
  if (kind === 'answer') return words.answers[key];
  return kind === 'rating' ? words.ratings[key as StageKey] : words.evidence?.[key];
}

function wordsOf(value: FieldValue): string {
  if (value === null) return '';
  if ('kind' in value) return value.kind;
  return 'text' in value ? value.text.trim() : `${value.value ?? ''}${value.example.trim()}`;
}

function same(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a === undefined || b === undefined || a === null || b === null) return a === b;
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}
