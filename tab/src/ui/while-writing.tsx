import { lazy, Suspense } from 'react';

const WordingHints = lazy(() => import('./wording-hint.tsx').then((m) => ({ default: m.WordingHints })));

/** Hints on the wording of what this person writes; their rules are fetched when there is something to read. */
export function WhileWriting({ text }: { text: string }) {
  if (text.trim() === '') return null;
  return (
    <Suspense fallback={null}>
      <WordingHints text={text} />
    </Suspense>
  );
}
