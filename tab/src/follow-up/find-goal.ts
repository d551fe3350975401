import type { PairView } from '@medspill/domain/book/contract';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { useEffect, useState } from 'react';
import { call } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';

export type FoundGoal = { goal: Goal; pair: PairView };
type Search = { found?: FoundGoal; problem?: Problem };

/** A link names a goal alone; its pair is the reader's own, or that of one of the manager's sellers. */
async function findGoal(goalId: string): Promise<Search> {
  const home = await call('home', {});
  if (!home.ok) return { problem: home.problem };
  const { asSeller, team } = home.value;
  const own = asSeller?.goals.find((goal) => goal.id === goalId);
  if (asSeller !== undefined && own !== undefined) return { found: { goal: own, pair: asSeller.pair } };
  // Links come from calls for help and from risk: those pairs are asked first.
  const sorted = [...team].sort((a, b) => b.helpWanted - a.helpWanted || b.goalsAtRisk - a.goalsAtRisk);
  for (const { pair } of sorted) {
    const listed = await call('listGoals', { params: { pairId: pair.id } });
    if (!listed.ok) return { problem: listed.problem };
    const goal = listed.value.goals.find((one) => one.id === goalId);
    if (goal !== undefined) return { found: { goal, pair } };
  }
  return { problem: { code: 'not_found' } };
}

export function useGoal(goalId: string): Search & { put: (goal: Goal) => void; reload: () => void } {
  const [search, setSearch] = useState<Search & { id?: string }>({});
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a raised turn reads the same goal again
  useEffect(() => {
    let stopped = false;
    void findGoal(goalId).then((result) => {
      if (!stopped) setSearch({ ...result, id: goalId });
    });
    return () => {
      stopped = true;
    };
  }, [goalId, turn]);
  const current = search.id === goalId ? search : {};
  return {
    ...current,
    put: (goal) =>
      setSearch((before) =>
        before.found === undefined ? before : { ...before, found: { ...before.found, goal } },
      ),
    reload: () => setTurn((count) => count + 1),
  };
}
