import type { RouteAnswer } from '@medspill/domain/contract';

export type Slot = RouteAnswer<'findSlots'>['slots'][number];

/** Each time of day once: the freest, of equals the nearest to ten o'clock; then as the clock has them. */
export function bestTimes(slots: readonly Slot[], limit: number): Slot[] {
  return rankedTimes(slots)
    .slice(0, limit)
    .sort((a, b) => a.time.localeCompare(b.time));
}

export function suggestedTime(slots: readonly Slot[]): string | undefined {
  return rankedTimes(slots)[0]?.time;
}

export function rankedTimes(slots: readonly Slot[]): Slot[] {
  const byTime = new Map<string, Slot>();
  for (const slot of slots) {
    const known = byTime.get(slot.time);
    if (known === undefined || slot.freeOn > known.freeOn) byTime.set(slot.time, slot);
  }
  return [...byTime.values()].sort(
    (a, b) => b.freeOn - a.freeOn || fromTen(a.time) - fromTen(b.time) || a.time.localeCompare(b.time),
  );
}

/** Ten is late enough to have arrived and early enough to be fresh. */
function fromTen(time: string): number {
  return Math.abs(Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) - 600);
}
