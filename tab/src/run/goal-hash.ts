import { type FormContent, type GoalSlot, goalSlots } from '@medspill/domain/run/form';
import { canonicalGoal } from '@medspill/domain/run/goal';
import { useEffect, useState } from 'react';

/** SHA-256 in hex of a goal's canonical words, as the service takes it too. */
export async function hashOf(canonical: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hash of each goal as it reads now; a slot is missing while its hash is being taken. */
export function useGoalHashes(form: FormContent): Partial<Record<GoalSlot, string>> {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const canonical = goalSlots.map((slot) => canonicalGoal(form.goals[slot]));
  const key = canonical.join('\n');
  useEffect(() => {
    let current = true;
    const words = key.split('\n');
    void Promise.all(words.map(async (one) => [one, await hashOf(one)] as const)).then((hashes) => {
      if (current) setKnown(new Map(hashes));
    });
    return () => {
      current = false;
    };
  }, [key]);
  return Object.fromEntries(
    goalSlots.flatMap((slot, index) => {
      const hash = known.get(canonical[index] ?? '');
      return hash === undefined ? [] : [[slot, hash]];
    }),
  );
}
