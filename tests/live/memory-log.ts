// The log of the shared form in memory, for hundreds of seeds in the time that a database takes for ten. It keeps the
// promises that the real one keeps (log.test.ts holds both to them) and is as unkind: it interleaves, fails before a
// write and after it, and now and then reads a moment late.
import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { LiveHeadDocument, LiveUpdateDocument } from '../../api/src/documents.ts';
import type { Store } from '../../api/src/ports.ts';
import type { LiveApp } from '../../api/src/run/live-form.ts';
import { scopeOfToken } from '../../api/src/scope.ts';
import type { PersonId, ReviewId, TenantId } from '../../domain/ids.ts';
import { type LogRig, lineTo } from './log-rig.ts';
import type { Random } from './random.ts';

export type MemoryRig = LogRig & {
  /** Every byte that anybody could read of a form: what the log holds and its head. */
  bytes(reviewId: ReviewId): Buffer;
  /** From now on things go wrong by chance, or no more. */
  trouble(random: Random | undefined): void;
};

export function startMemoryRig(): MemoryRig {
  const scope = scopeOfToken(randomUUID() as TenantId, randomUUID() as PersonId);
  const logs = new Map<string, LiveUpdateDocument[]>();
  const heads = new Map<string, LiveHeadDocument>();
  let random: Random | undefined;
  const logOf = (reviewId: ReviewId) => {
    const log = logs.get(reviewId) ?? [];
    logs.set(reviewId, log);
    return log;
  };
  /** Lets others go first; fails with this chance. */
  async function on(chance = 0): Promise<void> {
    for (let turns = random?.number(3) ?? 0; turns > 0; turns--) await new Promise(setImmediate);
    if (chance > 0 && random?.chance(chance)) throw new Error('The database is away');
  }
  const copy = (update: LiveUpdateDocument) => ({ ...update, update: Uint8Array.from(update.update) });

  const live: Store['live'] = {
    async append(_scope, update) {
      await on(0.02);
      const log = logOf(update.reviewId);
      if (log.some(({ seq, _id }) => seq === update.seq || _id === update._id)) {
        return log.some(({ seq, _id }) => seq === update.seq && _id === update._id);
      }
      log.push(copy(update));
      await on(0.02);
      return true;
    },
    async since(_scope, reviewId, seq) {
      await on(0.01);
      const found = logOf(reviewId)
        .filter((update) => update.seq > seq)
        .sort((a, b) => a.seq - b.seq)
        .map(copy);
      return random?.chance(0.05) ? found.slice(0, -1) : found;
    },
    async byUpdateId(_scope, reviewId, updateId) {
      await on();
      return logOf(reviewId).find((update) => update.updateId === updateId);
    },
    async head(_scope, reviewId) {
      await on();
      return heads.get(reviewId);
    },
    async compact(_scope, head) {
      await on(0.02);
      if ((heads.get(head._id)?.version ?? 0) !== head.version) return false;
      heads.set(head._id, { ...head, version: head.version + 1 });
      await on(0.02);
      return true;
    },
    async drop(_scope, reviewId, upTo) {
      for (const update of logOf(reviewId)) {
        await on(0.01);
        if (update.seq <= upTo && update.marker === undefined) update.update = new Uint8Array();
      }
    },
  };
  const startProcess = (): LiveApp => ({
    store: { live },
    // Nobody hears the bell here, and nothing may depend on it.
    realtime: {
      listenUrl: async () => ({ url: '', group: '' }),
      announce: async () => {},
      hangUp: async () => {},
    },
    clock: { now: () => Temporal.Now.instant() },
    log: () => {},
  });
  return {
    scope,
    startProcess,
    lineTo: (process, reviewId, clientId) => lineTo(scope, process, reviewId, clientId),
    setFaults: async () => {},
    stored: async (reviewId) => logOf(reviewId).map(copy),
    bytes: (reviewId) =>
      Buffer.concat([
        ...logOf(reviewId).map(({ update }) => update),
        heads.get(reviewId)?.state ?? new Uint8Array(),
      ]),
    trouble(next) {
      random = next;
    },
    close: async () => {},
  };
}
