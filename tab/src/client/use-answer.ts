import type { RouteAnswer, RouteName } from '@medspill/domain/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, type Request } from './call.ts';
import type { Problem } from './problem.ts';

export type Loaded<T> = {
  /** What was read last; it stays while it is read again. */
  value: T | undefined;
  problem: Problem | undefined;
  loading: boolean;
  reload: () => void;
  /** Puts what a command answered in place, without reading again. */
  put: (value: T) => void;
};

/** What was read last, for the pages that people come back to again and again. It lives as long as the tab. */
const remembered = new Map<string, unknown>();

/** Reads a call when the component opens and whenever its request changes; undefined reads nothing yet. */
export function useAnswer<N extends RouteName>(
  name: N,
  request: Request<N> | undefined,
  /** `remember`: shows at once what was read last, while it is read again. Not for what a form starts from. */
  keep: 'remember' | 'forget' = 'forget',
): Loaded<RouteAnswer<N>> {
  const key = request === undefined ? '' : `${name} ${JSON.stringify(request)}`;
  const [state, setState] = useState<{ key: string; value?: RouteAnswer<N>; problem?: Problem }>(() =>
    keep === 'remember' && remembered.has(key)
      ? // Only an answer of this call is kept under its key.
        { key, value: remembered.get(key) as RouteAnswer<N> }
      : { key: '' },
  );
  const [turn, setTurn] = useState(0);
  const latest = useRef(request);
  latest.current = request;

  // `turn` is what reload() raises to read the same request once more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the request is compared by its text, not by identity
  useEffect(() => {
    const asked = latest.current;
    if (asked === undefined) return;
    const abort = new AbortController();
    call(name, asked, { signal: abort.signal }).then((answer) => {
      if (abort.signal.aborted) return;
      if (answer.ok && keep === 'remember') remembered.set(key, answer.value);
      setState((before) =>
        answer.ok
          ? { key, value: answer.value }
          : {
              key,
              ...(before.key === key && before.value !== undefined ? { value: before.value } : {}),
              problem: answer.problem,
            },
      );
    });
    return () => abort.abort();
  }, [key, turn, keep]);

  const reload = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    if (keep !== 'remember') return;
    // Much may have happened while the reader was elsewhere in Teams.
    const look = () => document.visibilityState === 'visible' && reload();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [keep, reload]);
  const put = useCallback((value: RouteAnswer<N>) => setState({ key, value }), [key]);
  const current = state.key === key ? state : { key };
  return {
    value: 'value' in current ? current.value : undefined,
    problem: 'problem' in current ? current.problem : undefined,
    loading: key !== '' && state.key !== key,
    reload,
    put,
  };
}
