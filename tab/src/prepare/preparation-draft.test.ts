import type { Part, ReviewView } from '@medspill/domain/prepare/contract';
import { savePart } from '@medspill/domain/prepare/preparation';
import { expect, it, vi } from 'vitest';
import type { Answer } from '../client/call.ts';
import { keptFields } from './kept-fields.ts';
import { answerField, createDraft, type Draft } from './preparation-draft.ts';

/** The browser's storage, as far as the draft uses it. */
function deviceMemory(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

/** A service that saves by the domain's own rule. */
function service(mine: Part = { rev: 0, answers: {}, ratings: {} }) {
  const readiness = {
    manager: { practical: 0, mental: 0, ready: false },
    seller: { practical: 0, mental: 0, ready: false },
  };
  const review = () => ({ mine, readiness, state: 'planned' }) as unknown as ReviewView;
  let reachable = true;
  return {
    review,
    mine: () => mine,
    goOffline: () => {
      reachable = false;
    },
    comeBack: () => {
      reachable = true;
      globalThis.dispatchEvent(new Event('online'));
    },
    /** What another device of the same person saves. */
    otherDevice(answers: Part['answers']) {
      const outcome = savePart('seller', mine, { ...mine, answers: { ...mine.answers, ...answers } }, []);
      if (outcome.ok) mine = outcome.value;
    },
    async save(
      body: Pick<Part, 'rev' | 'answers' | 'ratings'>,
    ): Promise<Answer<{ part: Part; readiness: typeof readiness }>> {
      if (!reachable) return { ok: false, problem: { code: 'offline' } };
      const outcome = savePart('seller', mine, body, ['closing']);
      if (!outcome.ok) return { ok: false, problem: outcome.refusal };
      mine = outcome.value;
      return { ok: true, value: { part: mine, readiness } };
    },
    read: async (): Promise<Answer<ReviewView>> => ({ ok: true, value: review() }),
  };
}

if (globalThis.addEventListener === undefined) {
  const target = new EventTarget();
  Object.assign(globalThis, {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    dispatchEvent: target.dispatchEvent.bind(target),
  });
}

function open(from: ReturnType<typeof service>, storage: Storage): Draft & { stop: () => void } {
  const draft = createDraft({
    review: from.review(),
    focus: ['closing'],
    kept: keptFields('draft/', storage),
    save: from.save,
    read: from.read,
    pauseMs: 0,
  });
  return { ...draft, stop: draft.start() };
}

const saved = (draft: Draft) => vi.waitFor(() => expect(draft.view().state).toBe('saved'));

it('saves what is typed and lets go of the copy on the device', async () => {
  const from = service();
  const storage = deviceMemory();
  const draft = open(from, storage);
  draft.answer('sp_wish', { text: 'Øve', ready: true });
  expect(storage.length).toBe(1);
  await saved(draft);
  expect(from.mine().answers.sp_wish).toEqual({ text: 'Øve', ready: true });
  expect(storage.length).toBe(0);
  draft.stop();
});

it('loses nothing when the page is closed before it was sent', async () => {
  const from = service();
  const storage = deviceMemory();
  from.goOffline();
  const draft = open(from, storage);
  draft.answer('sp_wish', { text: 'I tunnelen', ready: false });
  await vi.waitFor(() => expect(draft.view().state).toBe('offline'));
  draft.stop();
  const again = open(from, storage);
  expect(again.view().answers.sp_wish?.text).toBe('I tunnelen');
  from.comeBack();
  await saved(again);
  expect(from.mine().answers.sp_wish?.text).toBe('I tunnelen');
  again.stop();
});

it('merges field by field when another device was first', async () => {
  const from = service();
  const draft = open(from, deviceMemory());
  from.otherDevice({ sp_need: { text: 'Tid', ready: false } });
  draft.answer('sp_wish', { text: 'Øve', ready: false });
  await saved(draft);
  expect(from.mine().answers).toMatchObject({ sp_need: { text: 'Tid' }, sp_wish: { text: 'Øve' } });
  expect(draft.view().conflicts.size).toBe(0);
  draft.stop();
});

it('keeps both texts when both devices wrote in one field, and asks', async () => {
  const from = service();
  const draft = open(from, deviceMemory());
  from.otherDevice({ sp_wish: { text: 'Fra telefonen', ready: false } });
  draft.answer('sp_wish', { text: 'Fra PC-en', ready: false });
  await vi.waitFor(() => expect(draft.view().conflicts.has(answerField('sp_wish'))).toBe(true));
  expect(draft.view().answers.sp_wish?.text).toBe('Fra PC-en');
  draft.settle(answerField('sp_wish'), 'other');
  await vi.waitFor(() => expect(from.mine().answers.sp_wish?.text).toBe('Fra telefonen'));
  expect(draft.view().conflicts.size).toBe(0);
  draft.stop();
});

it('keeps the choice of a focus rating here until it has an example', async () => {
  const from = service();
  const storage = deviceMemory();
  const draft = open(from, storage);
  draft.rate('closing', { value: 4, example: '', ready: false });
  await saved(draft);
  expect(from.mine().ratings.closing?.value).toBeNull();
  expect(draft.view().ratings.closing?.value).toBe(4);
  draft.rate('closing', { value: 4, example: 'Sak 1042, 5. januar', ready: true });
  await vi.waitFor(() => expect(from.mine().ratings.closing?.value).toBe(4));
  await vi.waitFor(() => expect(storage.length).toBe(0));
  draft.stop();
});

it('keeps a late word when it is typed while an earlier one is on its way', async () => {
  const from = service();
  const draft = open(from, deviceMemory());
  draft.answer('sp_wish', { text: 'A', ready: false });
  const first = draft.flush();
  draft.answer('sp_wish', { text: 'AB', ready: false });
  await first;
  await vi.waitFor(() => expect(from.mine().answers.sp_wish?.text).toBe('AB'));
  draft.stop();
});
