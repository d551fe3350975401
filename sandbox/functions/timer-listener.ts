// Timer triggers by the process's (shifted) clock. The schedule's state is durable, as `useMonitor` makes it in Azure: a
// time missed while the host was down, or jumped over by the clock, fires once, as past due.
import { setTimeout as wait } from 'node:timers/promises';
import { type Duration, type RetryOptions, registered } from './core.ts';
import type { AppFunction, Invoker } from './invocation.ts';
import { parseNcrontab } from './ncrontab.ts';
import type { Queues, TimerStatus } from './queues.ts';
import { resolveSetting } from './settings.ts';

export type TimerListener = {
  start(): void;
  clockMoved(): void;
  run(): Promise<void>;
  close(): void;
};

const longestTimeout = 2 ** 31 - 1;
/** A fire this late counts as past due. */
const pastDueAfter = 60_000;

export function createTimerListener(target: AppFunction, invoker: Invoker, queues: Queues): TimerListener {
  const schedule = parseNcrontab(resolveSetting(target.trigger.schedule ?? ''));
  const monitored = target.trigger.useMonitor ?? true;
  let status: TimerStatus | undefined;
  let timeout: NodeJS.Timeout | undefined;
  let running = false;
  let closed = false;

  const nextAfter = (time: number) => schedule.next(new Date(time)).getTime();

  function save(changed: TimerStatus): void {
    status = changed;
    if (monitored) queues.writeTimer(target.name, changed);
  }

  function arm(): void {
    clearTimeout(timeout);
    if (closed || running || status === undefined) return;
    const late = Date.now() - status.next;
    // At once, so that whoever has moved the clock sees the host busy.
    if (late >= 0) void fire(late > pastDueAfter);
    else timeout = setTimeout(arm, Math.min(-late, longestTimeout));
  }

  /** Never two at a time: a timer is a singleton. A failure is logged and waits for the next time. */
  async function fire(isPastDue: boolean): Promise<void> {
    running = true;
    const due = Math.min(status?.next ?? Date.now(), Date.now());
    const before = status;
    try {
      await invokeWithRetry(isPastDue, before);
    } catch (error) {
      registered.log({
        level: 'error',
        category: 'host',
        functionName: target.name,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    } finally {
      running = false;
      if (!closed) {
        const now = Date.now();
        save({ last: due, next: nextAfter(now), lastUpdated: now });
        arm();
      }
    }
  }

  async function invokeWithRetry(isPastDue: boolean, before: TimerStatus | undefined): Promise<void> {
    const { retryOptions } = target.metadata;
    const most = retryOptions?.maxRetryCount ?? 0;
    for (let attempt = 0; ; attempt++) {
      try {
        await invoker.invoke(target, {
          data: { json: JSON.stringify(timerInfo(isPastDue, before)) },
          ...(attempt > 0 ? { retry: { retryCount: attempt, maxRetryCount: most } } : {}),
        });
        return;
      } catch (error) {
        if (retryOptions === undefined || (most >= 0 && attempt >= most) || closed) throw error;
        await wait(retryDelay(retryOptions, attempt));
      }
    }
  }

  function timerInfo(isPastDue: boolean, before: TimerStatus | undefined): object {
    const iso = (time: number) => new Date(time).toISOString();
    return {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: {
        Last: before === undefined || before.last === 0 ? '0001-01-01T00:00:00+00:00' : iso(before.last),
        Next: iso(nextAfter(Date.now())),
        LastUpdated: iso(before?.lastUpdated ?? Date.now()),
      },
      IsPastDue: isPastDue,
    };
  }

  return {
    start() {
      const now = Date.now();
      const stored = monitored ? queues.readTimer(target.name) : undefined;
      // A schedule that was changed, or a clock set back, brings an earlier time than the stored one.
      const next = stored === undefined ? nextAfter(now) : Math.min(stored.next, nextAfter(now));
      save({ last: stored?.last ?? 0, next, lastUpdated: now });
      if (next <= now) void fire(true);
      else if (target.trigger.runOnStartup) void fire(false);
      else arm();
    },
    clockMoved() {
      if (status === undefined || running) return;
      const now = Date.now();
      if (status.next > now) save({ ...status, next: nextAfter(now), lastUpdated: now });
      arm();
    },
    async run() {
      await invokeWithRetry(false, status);
    },
    close() {
      closed = true;
      clearTimeout(timeout);
    },
  };
}

function retryDelay(options: RetryOptions, attempt: number): number {
  const milliseconds = (duration: Duration | null | undefined) => Number(duration?.seconds ?? 0) * 1000;
  if (options.delayInterval) return milliseconds(options.delayInterval);
  const grown = milliseconds(options.minimumInterval) * 2 ** attempt;
  return Math.min(grown, milliseconds(options.maximumInterval) || grown);
}
