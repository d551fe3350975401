// What can be done to a running sandbox from outside: by tests in the same process, over the control interface, and by
// the workplace page.

import type { SandboxClock } from './clock.ts';
import type { CosmosFaults } from './cosmos/faults.ts';
import type { EntraFaults } from './entra/faults.ts';
import type { UserClient } from './entra/registrations.ts';
import type { EntraServer } from './entra/server.ts';
import type { UserTokenOptions } from './entra/tokens.ts';
import type { Backend } from './functions/backend.ts';
import type { GraphFaults, GraphServer } from './graph/server.ts';
import { type Person, people } from './people.ts';
import type { RealtimeFaults } from './realtime/faults.ts';
import type { RealtimeServer } from './realtime/server.ts';

export type Services = {
  clock: SandboxClock;
  entra: EntraServer;
  graph: GraphServer;
  realtime: RealtimeServer;
  backend: Backend;
};

export type SandboxFaults = {
  graph?: GraphFaults;
  entra?: EntraFaults;
  cosmos?: CosmosFaults;
  realtime?: RealtimeFaults;
};

export type Operations = {
  findPerson(name: string): Person | undefined;
  token(person: string, client?: UserClient, options?: UserTokenOptions): Promise<string>;
  consent(personId: string): void;
  setFaults(faults: SandboxFaults): Promise<void>;
  clearFaults(): Promise<void>;
  moveClock(to: number): Promise<void>;
  /** Queues, notifications and outboxes are empty, and what is due has been done. */
  processAll(): Promise<void>;
  /** SIGKILL of the process with the API and the database; resolves when it is up again. */
  kill(): Promise<void>;
};

/** By id, mail address, first or full name. */
export function findPerson(name: string): Person | undefined {
  const wanted = name.trim().toLowerCase();
  return people.find(
    ({ id, mail, givenName, displayName }) =>
      id === wanted ||
      mail === wanted ||
      givenName.toLowerCase() === wanted ||
      displayName.toLowerCase() === wanted,
  );
}

const mostRounds = 25;

export function createOperations({ clock, entra, graph, realtime, backend }: Services): Operations {
  const minuteTimers = backend.functions.filter((one) => /^\S+ \*( \*){4}$/.test(one.schedule ?? ''));

  async function processAll(): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      const before = graph.exchanges().length;
      await backend.idle();
      await graph.idle();
      // What waits for the next minute need not wait here.
      for (const timer of minuteTimers) await backend.runTimer(timer.name);
      await backend.idle();
      await graph.idle();
      if (graph.exchanges().length === before) return;
    }
  }

  return {
    findPerson,
    token(name, client = 'teams-web', options = {}) {
      const person = findPerson(name);
      if (person === undefined) throw new Error(`nobody here is called ${name}`);
      return entra.issueUserToken(person.id, client, options);
    },
    consent: entra.consented,
    async setFaults(faults) {
      if (faults.graph !== undefined) graph.setFaults(faults.graph);
      if (faults.entra !== undefined) entra.setFaults(faults.entra);
      if (faults.realtime !== undefined) realtime.setFaults(faults.realtime);
      if (faults.cosmos !== undefined) await backend.setCosmosFaults(faults.cosmos);
    },
    async clearFaults() {
      graph.clearFaults();
      entra.clearFaults();
      realtime.clearFaults();
      await backend.clearCosmosFaults();
    },
    async moveClock(to) {
      clock.set(to);
      await processAll();
    },
    processAll,
    async kill() {
      await backend.kill();
      await backend.restart();
    },
  };
}
