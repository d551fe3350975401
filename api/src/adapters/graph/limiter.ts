// Outlook takes four requests at a time from an app, and fewer from one mailbox (facts/graph.md, throttling).

export type Limiter = {
  /** Runs `work` when there is room, first come first served within a mailbox. */
  run<T>(mailbox: string, work: () => Promise<T>): Promise<T>;
  /** Nothing of this mailbox starts for a while: Graph has said 429 with Retry-After. */
  pause(mailbox: string, milliseconds: number): void;
  /** The most that were in flight at once. */
  readonly peak: number;
};

type Waiting = { mailbox: string; start: () => void };

export function createLimiter(total = 4, perMailbox = 2): Limiter {
  const queue: Waiting[] = [];
  const running = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  let inFlight = 0;
  let peak = 0;

  function startWhatMay(): void {
    for (let index = 0; index < queue.length && inFlight < total; ) {
      const next = queue[index];
      if (next === undefined) return;
      const busy = running.get(next.mailbox) ?? 0;
      const paused = (pausedUntil.get(next.mailbox) ?? 0) > performance.now();
      if (busy >= perMailbox || paused) {
        index++;
        continue;
      }
      queue.splice(index, 1);
      running.set(next.mailbox, busy + 1);
      inFlight++;
      peak = Math.max(peak, inFlight);
      next.start();
    }
  }

  return {
    async run(mailbox, work) {
      await new Promise<void>((start) => {
        queue.push({ mailbox, start });
        startWhatMay();
      });
      try {
        return await work();
      } finally {
        inFlight--;
        const left = (running.get(mailbox) ?? 1) - 1;
        if (left === 0) running.delete(mailbox);
        else running.set(mailbox, left);
        startWhatMay();
      }
    },
    pause(mailbox, milliseconds) {
      const until = performance.now() + milliseconds;
      if (until <= (pausedUntil.get(mailbox) ?? 0)) return;
      pausedUntil.set(mailbox, until);
      setTimeout(() => {
        if ((pausedUntil.get(mailbox) ?? 0) <= until) pausedUntil.delete(mailbox);
        startWhatMay();
      }, milliseconds + 1);
    },
    get peak() {
      return peak;
    },
  };
}
