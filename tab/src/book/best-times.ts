import type { RouteAnswer } from '@medspill/domain/contract';

export type Slot = RouteAnswer<'findSlots'>['slots'][number];

/** Each time of day once, the freest first and the earlier of equals; then as the clock has them. */
export function bestTimes(slots: readonly Slot[], limit: number): Slot[] {
  const byTime = new Map<string, Slot>();
  for (const slot of slots) {
    const known = byTime.get(slot.time);
    if (known === undefined || slot.freeOn > known.freeOn) byTime.set(slot.time, slot);
  }
  return [...byTime.values()]
    .sort((a, b) => b.freeOn - a.freeOn || a.time.localeCompare(b.time))
    .slice(0, limit)
    .sort((a, b) => a.time.localeCompare(b.time));
}
