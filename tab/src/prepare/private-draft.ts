// Private words of one author, saved as they are typed: notes and reflections. What another device wrote meanwhile is
// kept above one's own, so that neither text is lost.
import type { Answer } from '../client/call.ts';
import { mayPass } from '../client/problem.ts';
import type { KeptFields } from './kept-fields.ts';
import type { SaveState } from './preparation-draft.ts';

export type Words = { rev: number; answers: Record<string, string> };
export type PrivateView = { answers: Record<string, string>; state: SaveState; lasting: boolean };

export type PrivateDraft = {
  view: () => PrivateView;
  subscribe: (listener: () => void) => () => void;
  write: (key: string, text: string) => void;
  start: () => () => void;
};

type Parts = {
  words: Words;
  kept: KeptFields;
  save: (words: Words) => Promise<Answer<Words>>;
  read: () => Promise<Answer<Words>>;
  pauseMs?: number;
};

const retryMs = [2_000, 5_000, 15_000];

export function createPrivateDraft({ words, kept, save, read, pauseMs = 600 }: Parts): PrivateDraft {
  const listeners = new Set<() => void>();
  let base = words;
  const typed = new Map([...kept.all()].map(([key, text]) => [key, String(text)]));
  let state: SaveState = typed.size > 0 ? 'waiting' : 'saved';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  let failures = 0;
  let running = false;
  let current = snapshot();

  function snapshot(): PrivateView {
    return { answers: { ...base.answers, ...Object.fromEntries(typed) }, state, lasting: kept.lasting };
  }

  function changed(next: SaveState): void {
    state = next;
    current = snapshot();
    for (const listener of listeners) listener();
  }

  function soon(ms: number): void {
    clearTimeout(timer);
    if (running) timer = setTimeout(() => void send(), ms);
  }

  async function send(): Promise<void> {
    if (sending || typed.size === 0) return;
    sending = true;
    const sent = new Map(typed);
    changed('sending');
    const answer = await save({ rev: base.rev, answers: snapshot().answers });
    sending = false;
    if (answer.ok) {
      base = answer.value;
      failures = 0;
      for (const [key, text] of sent) {
        if (typed.get(key) !== text) continue;
        typed.delete(key);
        kept.drop(key);
      }
      changed(typed.size > 0 ? 'waiting' : 'saved');
      if (typed.size > 0) soon(pauseMs);
      return;
    }
    const { problem } = answer;
    if (problem.code === 'stale') return merge();
    const again = mayPass(problem) || problem.code === 'not_signed_in';
    changed(problem.code === 'offline' ? 'offline' : again ? 'trying' : 'refused');
    if (again) soon(retryMs[Math.min(failures++, 2)] ?? 15_000);
  }

  async function merge(): Promise<void> {
    const answer = await read();
    if (!answer.ok) {
      changed('trying');
      return soon(retryMs[1] ?? 5_000);
    }
    const before = base;
    base = answer.value;
    for (const [key, mine] of typed) {
      const theirs = base.answers[key] ?? '';
      if (theirs === (before.answers[key] ?? '') || mine.startsWith(theirs)) continue;
      const both = `${theirs}\n\n${mine}`;
      typed.set(key, both);
      kept.keep(key, both);
    }
    changed('waiting');
    soon(0);
  }

  const online = () => soon(0);
  // A phone that turns to another app may never come back to this page.
  const hidden = () => {
    if (document.visibilityState !== 'hidden' || typed.size === 0) return;
    clearTimeout(timer);
    void send();
  };
  return {
    view: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write(key, text) {
      typed.set(key, text);
      kept.keep(key, text);
      changed(sending ? 'sending' : 'waiting');
      soon(pauseMs);
    },
    start() {
      running = true;
      globalThis.addEventListener?.('online', online);
      globalThis.document?.addEventListener('visibilitychange', hidden);
      if (typed.size > 0) soon(0);
      return () => {
        running = false;
        clearTimeout(timer);
        globalThis.removeEventListener?.('online', online);
        globalThis.document?.removeEventListener('visibilitychange', hidden);
      };
    },
  };
}
