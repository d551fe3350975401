/** What can go wrong with the service. `times` limits a fault to the next requests or messages. */
export type RealtimeFaults = {
  /** REST calls and new connections get 503. */
  outage?: { times?: number };
  /** REST calls get 429. */
  throttle?: { retryAfterSeconds?: number; times?: number };
  /** Messages reach clients this much later. */
  slow?: { milliseconds: number };
  /** Messages never reach clients (those of the reliable protocol come with the next reconnection). */
  lose?: { times?: number };
  /** Messages reach clients twice (which the reliable protocol notices). */
  repeat?: { times?: number };
  /** All sockets break at once, when the fault is set. */
  drop?: boolean;
};

export type FaultBook = {
  set(faults: RealtimeFaults): void;
  clear(): void;
  /** Whether the fault meets this request or message; counts down those that are limited. */
  meets(kind: 'outage' | 'throttle' | 'lose' | 'repeat'): boolean;
  current(): RealtimeFaults;
};

export function createFaultBook(): FaultBook {
  let current: RealtimeFaults = {};
  return {
    set(faults) {
      current = structuredClone(faults);
    },
    clear() {
      current = {};
    },
    meets(kind) {
      const fault = current[kind];
      if (fault === undefined) return false;
      if (fault.times === undefined) return true;
      if (fault.times <= 0) return false;
      fault.times -= 1;
      return true;
    },
    current: () => current,
  };
}
