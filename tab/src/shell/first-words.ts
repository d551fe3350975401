/**
 * The static first screen of meeting.html takes typing before there is a session. Its words go to one place only: the
 * first field of the review's form once that is found, or back to their writer. They are never stored on the way.
 */

/** Words that have left the static screen and wait for their field. */
let waiting = '';
/** The field that takes over when the writer's input method has finished its word. */
let handing = false;
const listeners = new Set<() => void>();

function field(): HTMLTextAreaElement | null {
  return document.querySelector('#first-screen textarea');
}

/** Whether the person has begun to write, or stands in the field to do so. */
export function writesFirstWords(): boolean {
  const element = field();
  return waiting !== '' || (element !== null && (element.value !== '' || document.activeElement === element));
}

export function waitingWords(): string {
  return waiting;
}

export function onWaitingWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Words that a field gives back because it goes before it has a form to write in. */
export function leaveWords(words: string): void {
  if (words === waiting) return;
  waiting = words;
  for (const listener of listeners) listener();
}

export function takeWords(): string {
  const words = waiting;
  leaveWords('');
  return words;
}

/** Hands words, caret and focus to a field of the page, in one task: no key falls between the two. */
export function handTo(next: HTMLTextAreaElement, onHanded: () => void): (() => void) | undefined {
  const element = field();
  if (element === null) {
    if (waiting !== '') next.value = takeWords();
    onHanded();
    return;
  }
  const hand = () => {
    handing = false;
    const { value, selectionStart, selectionEnd, selectionDirection } = element;
    const focused = document.activeElement === element;
    next.value = value;
    reveal();
    if (focused) {
      next.focus({ preventScroll: true });
      next.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
    }
    onHanded();
  };
  if (element.dataset.composing === undefined) {
    hand();
    return;
  }
  // The browser fires `compositionend` before it writes the last of the word: `input` comes after.
  handing = true;
  const ended = () => setTimeout(hand);
  element.addEventListener('compositionend', ended, { once: true });
  return () => {
    handing = false;
    element.removeEventListener('compositionend', ended);
  };
}

/** A page without the field stands: what was typed waits. */
export function endFirstScreen(): void {
  const element = field();
  if (handing || element === null) return;
  if (element.value !== '') leaveWords(element.value);
  reveal();
}

function reveal(): void {
  document.getElementById('first-screen')?.remove();
  document.getElementById('root')?.removeAttribute('hidden');
}
