import type { ReactNode } from 'react';
import type { Loaded } from '../client/use-answer.ts';
import { Busy } from './busy.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** What was read, or that it is being read, or why it could not be. */
export function Reading<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ReactNode }) {
  return (
    <>
      <ProblemNotice problem={of.problem} onRetry={of.reload} />
      {of.value !== undefined && children(of.value)}
      {of.value === undefined && of.problem === undefined && <Busy />}
    </>
  );
}
