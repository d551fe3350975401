/**
 * The sandbox's one clock. Every simulated service reads it, so that moving it moves tokens, calendars, subscriptions
 * and timers together. Values are epoch milliseconds.
 */
export type SandboxClock = {
  now(): number;
  /** Moves the clock; it goes on ticking from there. */
  set(to: number): void;
  /** Calls back after each move, with the new time. Returns how to stop. */
  onMove(callback: (now: number) => void): () => void;
  /** Milliseconds added to the machine's clock. */
  offset(): number;
};

export function createClock(initialOffset = 0): SandboxClock {
  let offset = initialOffset;
  const callbacks = new Set<(now: number) => void>();
  const now = () => Date.now() + offset;
  return {
    now,
    offset: () => offset,
    set(to) {
      offset = to - Date.now();
      for (const callback of callbacks) callback(now());
    },
    onMove(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}
