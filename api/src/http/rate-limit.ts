/** Answers 0 when a call may go on, else the seconds to wait. */
export type RateLimit = (key: string) => number;

/**
 * A token bucket per person and process: `burst` calls at once, `perSecond` after that. Generous to a person who types
 * (each pause in typing is one call), tight to a script.
 */
export function createRateLimit(now: () => number, burst = 200, perSecond = 60): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key) => {
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: burst, at };
    // A clock that steps back must not lock anybody out.
    const elapsed = Math.max(0, at - bucket.at) / 1000;
    bucket.tokens = Math.min(burst, bucket.tokens + elapsed * perSecond);
    bucket.at = at;
    buckets.set(key, bucket);
    if (buckets.size > 10_000) {
      for (const [old, { at: last }] of buckets) if (at - last > 60_000) buckets.delete(old);
    }
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return 0;
  };
}
