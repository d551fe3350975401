import { fetched } from './fetched.tsx';

const WordingHints = fetched(() => import('./wording-hint.tsx').then((m) => m.WordingHints), 'quiet');

/** Hints on the wording of what this person writes; their rules are fetched when there is something to read. */
export function WhileWriting({ text }: { text: string }) {
  return text.trim() === '' ? null : <WordingHints text={text} />;
}
