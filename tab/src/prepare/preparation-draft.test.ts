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
    otherDeviceQuotes(text: string) {
      const outcome = savePart('seller', mine, { ...mine, evidence: { [itemId]: quote(text) } }, []);
      if (outcome.ok) mine = outcome.value;
    },
    async save(
      body: Pick<Part, 'rev' | 'answers' | 'ratings' | 'evidence'>,
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

const quote = (text: string) =>
  ({ kind: 'quote', text, customer: '', under: 'strength', ready: false }) as const;
const itemId = '01940000-0000-7000-8000-000000000001';

it('keeps half an item here, and sends it when it is whole', async () => {
  const from = service();
  const storage = deviceMemory();
  const draft = open(from, storage);
  draft.place(itemId, quote(''));
  await saved(draft);
  expect(from.mine().evidence).toBeUndefined();
  draft.stop();
  const again = open(from, storage);
  expect(again.view().evidence[itemId]).toEqual(quote(''));
  again.place(itemId, quote('Endelig noen som lytter'));
  await vi.waitFor(() => expect(from.mine().evidence?.[itemId]).toEqual(quote('Endelig noen som lytter')));
  await vi.waitFor(() => expect(storage.length).toBe(0));
  again.stop();
});

it('takes an item away, unless another device has just written in it', async () => {
  const from = service({ rev: 0, answers: {}, ratings: {}, evidence: { [itemId]: quote('Først') } });
  const draft = open(from, deviceMemory());
  from.otherDeviceQuotes('Så');
  draft.place(itemId, undefined);
  await saved(draft);
  expect(draft.view().evidence[itemId]).toEqual(quote('Så'));
  draft.place(itemId, undefined);
  await vi.waitFor(() => expect(from.mine().evidence).toEqual({}));
  draft.stop();
});

it('keeps a sixth figure here when the service refuses it, and goes on when one has been taken away', async () => {
  const from = service();
  const draft = open(from, deviceMemory());
  const ids = Array.from({ length: 6 }, (_, number) => `01940000-0000-7000-8000-00000000000${number}`);
  for (const id of ids)
    draft.place(id, { kind: 'figure', label: id, value: '1', under: 'strength', ready: false });
  await vi.waitFor(() => expect(draft.view().state).toBe('refused'));
  expect(draft.view().problem).toMatchObject({ code: 'limit_reached', limit: 5 });
  expect(from.mine().evidence).toBeUndefined();
  draft.place(ids[0] ?? '', undefined);
  await saved(draft);
  expect(Object.keys(from.mine().evidence ?? {})).toEqual(ids.slice(1));
  draft.stop();
});
