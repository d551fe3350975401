// A storage queue trigger: leases messages in batches, deletes what succeeded, shows again what failed and moves it to
// `<name>-poison` after too many tries. Settings are those of host.json.
import { registered, type TypedData } from './core.ts';
import type { AppFunction, Invoker } from './invocation.ts';
import type { QueueMessage, Queues } from './queues.ts';
import { hasConnection, resolveSetting } from './settings.ts';

export type QueueSettings = {
  batchSize: number;
  newBatchThreshold: number;
  maxDequeueCount: number;
  /** How long a message that failed stays hidden. */
  visibilityTimeoutSeconds: number;
};

export type QueueListener = {
  queue: string;
  start(): void;
  poll(): void;
  /** Messages that wait and are in sight, and those being handled. */
  pending(): number;
  close(): void;
};

/** A message in work comes back this long after the process that held it has died. */
const leaseSeconds = 600;

export function createQueueListener(
  target: AppFunction,
  invoker: Invoker,
  queues: Queues,
  settings: QueueSettings,
): QueueListener {
  const queue = resolveSetting(target.trigger.queueName ?? '');
  if (!/^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/.test(queue))
    throw new Error(`The queue name "${queue}" of the function "${target.name}" is not valid.`);
  const connection = target.trigger.connection || 'AzureWebJobsStorage';
  if (!hasConnection(connection))
    throw new Error(
      `Storage account connection string '${connection}' does not exist. Make sure that it is a defined App Setting.`,
    );

  let inWork = 0;
  let closed = false;
  let started = false;
  let timeout: NodeJS.Timeout | undefined;

  function poll(): void {
    if (closed || !started) return;
    clearTimeout(timeout);
    // The host asks for the next batch when so few are left, so up to batchSize + newBatchThreshold run at once.
    while (inWork <= settings.newBatchThreshold) {
      const batch = queues.lease(queue, settings.batchSize, leaseSeconds);
      for (const message of batch) void handle(message);
      if (batch.length === 0) break;
    }
    const next = queues.nextVisibleAt(queue);
    if (next !== undefined) timeout = setTimeout(poll, Math.min(Math.max(next - Date.now(), 1), 60_000));
  }

  async function handle(message: QueueMessage): Promise<void> {
    inWork++;
    // Renewed at half time, so that long work is not handed out twice.
    const renewal = setInterval(() => queues.show(message, leaseSeconds), (leaseSeconds * 1000) / 2);
    try {
      await invoker.invoke(target, { data: { string: message.text }, metadata: describe(message) });
      if (!closed) queues.delete(message);
    } catch (error) {
      registered.log({
        level: 'error',
        category: 'host',
        functionName: target.name,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      if (closed) return;
      if (message.dequeueCount >= settings.maxDequeueCount) {
        queues.poison(queue, message);
        registered.log({
          level: 'error',
          category: 'host',
          functionName: target.name,
          message: `Message has reached MaxDequeueCount of ${settings.maxDequeueCount}. Moving message to queue '${queue}-poison'.`,
        });
      } else queues.show(message, settings.visibilityTimeoutSeconds);
    } finally {
      clearInterval(renewal);
      inWork--;
      poll();
    }
  }

  return {
    queue,
    start() {
      started = true;
      poll();
    },
    poll,
    pending: () => inWork + queues.visibleCount(queue),
    close() {
      closed = true;
      clearTimeout(timeout);
    },
  };
}

function describe(message: QueueMessage): Record<string, TypedData> {
  const iso = (time: number) => ({ string: new Date(time).toISOString() });
  return {
    QueueTrigger: { string: message.text },
    Id: { string: message.id },
    PopReceipt: { string: message.popReceipt },
    DequeueCount: { int: message.dequeueCount },
    InsertionTime: iso(message.insertedAt),
    ExpirationTime: iso(message.expiresAt),
    NextVisibleTime: iso(message.visibleAt),
  };
}
