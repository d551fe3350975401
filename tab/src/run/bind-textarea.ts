// Ties a plain textarea to a Y.Text: what is typed becomes the smallest change, what the other writes moves nothing
// under the writer's hands.
import * as Y from 'yjs';
import { changeBetween, type Delta, placeAfter } from './text-diff.ts';

/**
 * Answers how to let go again. `onTyped` is called for the writer's own changes only. `early` is what the element holds
 * from before there was a text: it comes after what the text says already, and the caret goes with it.
 */
export function bindTextarea(
  element: HTMLTextAreaElement,
  text: Y.Text,
  onTyped: () => void,
  early = '',
): () => void {
  const origin = { field: element };
  // The text that the element stood for when its writer began the change that is not taken over yet.
  let shown = text.toString();
  /** The other's changes while an input method composes: the element must not be touched then. */
  let composing: Delta[] | undefined;
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: 600 });

  const addEarly = () => {
    const { selectionStart, selectionEnd, selectionDirection } = element;
    const before = text.length;
    const gap = before === 0 || shown.endsWith('\n') ? '' : '\n';
    text.doc?.transact(() => text.insert(before, gap + early), origin);
    shown = text.toString();
    element.value = shown;
    const at = before + gap.length;
    element.setSelectionRange(at + selectionStart, at + selectionEnd, selectionDirection);
    onTyped();
  };
  if (early !== '') addEarly();
  else if (element.value !== shown) {
    // Bound anew while its writer stands in it, as after a refusal: the caret keeps its place among the words.
    const { selectionStart, selectionEnd, selectionDirection } = element;
    const change = changeBetween(element.value, shown);
    const delta = [{ retain: change?.index }, { delete: change?.removed }, { insert: change?.inserted }];
    element.value = shown;
    if (document.activeElement === element) {
      element.setSelectionRange(
        placeAfter(selectionStart, delta),
        placeAfter(selectionEnd, delta),
        selectionDirection,
      );
    }
  }

  const takeOver = () => {
    const change = changeBetween(shown, element.value, element.selectionEnd);
    const missed = composing ?? [];
    shown = element.value;
    if (change === undefined) return;
    const start = missed.reduce(placeAfter, change.index);
    const end = missed.reduce(placeAfter, change.index + change.removed);
    text.doc?.transact(() => {
      if (end > start) text.delete(start, end - start);
      if (change.inserted !== '') text.insert(start, change.inserted);
    }, origin);
    onTyped();
  };

  const show = (deltas: readonly Delta[]) => {
    const next = text.toString();
    shown = next;
    if (element.value === next) return;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = element;
    element.value = next;
    if (document.activeElement === element) {
      element.setSelectionRange(
        deltas.reduce(placeAfter, selectionStart),
        deltas.reduce(placeAfter, selectionEnd),
        selectionDirection,
      );
    }
    element.scrollTop = scrollTop;
  };

  const observe = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === origin) return;
    if (transaction.origin === undo) {
      show([]);
      const end = endOf(event.delta);
      element.setSelectionRange(end, end);
      return;
    }
    if (composing !== undefined) composing.push(event.delta);
    else show([event.delta]);
  };
  const input = () => {
    if (composing === undefined) takeOver();
  };
  const compositionStart = () => {
    composing = [];
  };
  const compositionEnd = () => {
    takeOver();
    const missed = composing ?? [];
    composing = undefined;
    show(missed);
  };
  // The browser's own undo would put back a text from before the other's words.
  const beforeInput = (event: InputEvent) => {
    if (event.inputType === 'historyUndo') undo.undo();
    else if (event.inputType === 'historyRedo') undo.redo();
    else return;
    event.preventDefault();
    onTyped();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) undo.undo();
    else if (key === 'y' || key === 'z') undo.redo();
    else return;
    event.preventDefault();
    onTyped();
  };

  text.observe(observe);
  element.addEventListener('input', input);
  element.addEventListener('beforeinput', beforeInput);
  element.addEventListener('keydown', keyDown);
  element.addEventListener('compositionstart', compositionStart);
  element.addEventListener('compositionend', compositionEnd);
  return () => {
    text.unobserve(observe);
    undo.destroy();
    element.removeEventListener('input', input);
    element.removeEventListener('beforeinput', beforeInput);
    element.removeEventListener('keydown', keyDown);
    element.removeEventListener('compositionstart', compositionStart);
    element.removeEventListener('compositionend', compositionEnd);
  };
}

/** Where the last change of a delta ends: after an undo the caret stands where the words came back or went. */
function endOf(delta: Delta): number {
  let at = 0;
  for (const step of delta) {
    if (step.retain !== undefined) at += step.retain;
    else if (typeof step.insert === 'string') at += step.insert.length;
  }
  return at;
}
