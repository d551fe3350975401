// The log of the shared form with the real driver on the local Cosmos DB, and API processes in one: each app object has
// a memory of its own.
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { connect } from '../../api/src/adapters/mongo/connection.ts';
import { createStore } from '../../api/src/adapters/mongo/store.ts';
import { createRealtime } from '../../api/src/adapters/realtime/web-pubsub.ts';
import { readConfig } from '../../api/src/config.ts';
import type { LiveUpdateDocument } from '../../api/src/documents.ts';
import { appendUpdate, newsSince } from '../../api/src/run/live.ts';
import type { LiveApp } from '../../api/src/run/live-form.ts';
import { type Scope, scopeOfToken } from '../../api/src/scope.ts';
import type { PersonId, ReviewId, TenantId } from '../../domain/ids.ts';
import type { CosmosFaults } from '../../sandbox/cosmos/faults.ts';
import { startRig } from '../cosmos/rig.ts';
import type { Line } from './writer.ts';

export type LogRig = {
  scope: Scope;
  startProcess(): LiveApp;
  /** A writer's line to whichever process `process` names at each call. */
  lineTo(process: () => LiveApp, reviewId: ReviewId, clientId: number): Line;
  /** The database throttles and cuts connections, or stops doing so. */
  setFaults(faults: CosmosFaults): Promise<void>;
  /** What the database really holds of a log. */
  stored(reviewId: ReviewId): Promise<LiveUpdateDocument[]>;
  close(): Promise<void>;
};

export async function startLogRig(): Promise<LogRig> {
  const rig = await startRig();
  const connection = await connect(rig.server.uri, 'live');
  const store = await createStore(async () => connection);
  await store.bootstrap();
  const scope = scopeOfToken(randomUUID() as TenantId, randomUUID() as PersonId);
  const silent = 'http://127.0.0.1:1';
  const config = readConfig({
    TENANT_IDS: scope.tenantId,
    CLIENT_ID: 'live',
    ALLOWED_CLIENTS: 'live',
    MANAGED_IDENTITY_CLIENT_ID: 'live',
    MONGODB_URI: rig.server.uri,
    WEB_PUBSUB_URL: silent,
    KEY_VAULT_URL: silent,
    PUBLIC_URL: silent,
    TEAMS_APP_ID: 'live',
  });
  return {
    scope,
    startProcess: () => ({
      store,
      // Nobody hears the bell here, and nothing may depend on it.
      realtime: createRealtime(config, async () => {
        throw new Error('There is no bell here');
      }),
      clock: { now: () => Temporal.Now.instant() },
      log: () => {},
    }),
    lineTo: (process, reviewId, clientId) => lineTo(scope, process, reviewId, clientId),
    setFaults: (faults) => rig.server.setFaults(faults),
    stored: (reviewId) => store.live.since(scope, reviewId, 0),
    async close() {
      await connection.close();
      await rig.close();
    },
  };
}

export function lineTo(scope: Scope, process: () => LiveApp, reviewId: ReviewId, clientId: number): Line {
  return {
    async write(updateId, update) {
      const by = clientId % 2 === 0 ? 'manager' : 'seller';
      const answer = await appendUpdate(process(), scope, reviewId, {
        by,
        allowedClients: [clientId],
        updateId,
        update,
      });
      if (answer.ok) return answer.value;
      const { refusal } = answer;
      return { refused: refusal.code === 'bad_update' ? refusal.because : refusal.code };
    },
    read: (since) => newsSince(process(), scope, reviewId, since),
  };
}

export function newReview(): ReviewId {
  return randomUUID() as ReviewId;
}
