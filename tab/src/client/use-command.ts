import type { RouteAnswer, RouteName } from '@medspill/domain/contract';
import { useCallback, useRef, useState } from 'react';
import { type Answer, call, type Request } from './call.ts';
import type { Problem } from './problem.ts';

export type Command<N extends RouteName> = {
  busy: boolean;
  problem: Problem | undefined;
  run: (request: Request<N>) => Promise<Answer<RouteAnswer<N>>>;
  /** Sends the last request once more, after what stood in its way is cleared. */
  again: () => void;
  forget: () => void;
};

/** A call that changes something: at most one at a time, its problem kept until the next. */
export function useCommand<N extends RouteName>(
  name: N,
  onDone: (value: RouteAnswer<N>) => void = () => {},
): Command<N> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const last = useRef<Request<N>>(undefined);
  const done = useRef(onDone);
  done.current = onDone;
  const run = useCallback(
    async (request: Request<N>) => {
      last.current = request;
      setBusy(true);
      setProblem(undefined);
      const answer = await call(name, request);
      setBusy(false);
      if (answer.ok) done.current(answer.value);
      else setProblem(answer.problem);
      return answer;
    },
    [name],
  );
  const again = useCallback(() => {
    if (last.current !== undefined) void run(last.current);
  }, [run]);
  const forget = useCallback(() => setProblem(undefined), []);
  return { busy, problem, run, again, forget };
}
