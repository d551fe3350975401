import { expect, it, vi } from 'vitest';
import type { Answer } from '../client/call.ts';
import { keptFields } from './kept-fields.ts';
import { createPrivateDraft, type Words } from './private-draft.ts';

/** A service that takes a save only when it builds on what is stored. */
function service() {
  let stored: Words = { rev: 0, answers: {} };
  let reachable = true;
  return {
    stored: () => stored,
    reach: (next: boolean) => {
      reachable = next;
    },
    write: (answers: Record<string, string>) => {
      stored = { rev: stored.rev + 1, answers: { ...stored.answers, ...answers } };
    },
    save: async (words: Words): Promise<Answer<Words>> => {
      if (!reachable) return { ok: false, problem: { code: 'unavailable' } };
      if (words.rev !== stored.rev) {
        return { ok: false, problem: { code: 'stale', currentVersion: stored.rev } };
      }
      stored = { rev: stored.rev + 1, answers: words.answers };
      return { ok: true, value: stored };
    },
    read: async (): Promise<Answer<Words>> => ({ ok: true, value: stored }),
  };
}

function open(from: ReturnType<typeof service>, kept = keptFields('notes/', undefined)) {
  const draft = createPrivateDraft({
    words: from.stored(),
    kept,
    save: from.save,
    read: from.read,
    pauseMs: 0,
  });
  return { ...draft, stop: draft.start() };
}

it('saves what is typed', async () => {
  const from = service();
  const draft = open(from);
  draft.write('text', 'Husk');
  await vi.waitFor(() => expect(draft.view().state).toBe('saved'));
  expect(from.stored().answers).toEqual({ text: 'Husk' });
  draft.stop();
});

it('keeps both texts when two devices wrote in one field', async () => {
  const from = service();
  const draft = open(from);
  from.write({ text: 'Fra telefonen', other: 'Urørt' });
  draft.write('text', 'Fra PC-en');
  await vi.waitFor(() => expect(draft.view().state).toBe('saved'));
  expect(from.stored().answers).toEqual({ text: 'Fra telefonen\n\nFra PC-en', other: 'Urørt' });
  draft.stop();
});

it('keeps unsent words for the next page', async () => {
  const from = service();
  const kept = keptFields('notes/', undefined);
  from.reach(false);
  const draft = open(from, kept);
  draft.write('text', 'Ikke sendt');
  await vi.waitFor(() => expect(draft.view().state).toBe('trying'));
  draft.stop();
  from.reach(true);
  const again = open(from, kept);
  expect(again.view().answers.text).toBe('Ikke sendt');
  await vi.waitFor(() => expect(from.stored().answers.text).toBe('Ikke sendt'));
  again.stop();
});
