// Graph's subscriptions to managers' calendars, and the events that it has said have changed.
import type { Collection } from 'mongodb';
import type { SubscriptionDocument } from '../../documents.ts';
import type { Store } from '../../ports.ts';
import { shardOf } from '../../shard.ts';
import { persist } from './connection.ts';
import { listing } from './documents.ts';
import { sorts } from './queries.ts';

/** `hasChanged` is what the sweep's index asks for: an array's emptiness is not. */
type Held = SubscriptionDocument & { hasChanged: boolean };

/** More than this many at once are read as "everything". */
const mostChanged = 50;

export function subscriptionStore(collection: Collection<Held>): Store['subscriptions'] {
  const idOf = (managerId: string) => `subscription/${managerId}`;
  return {
    ofManager: (scope, managerId) =>
      persist(
        async () =>
          (await collection.findOne({ _id: idOf(managerId), shard: shardOf(scope, managerId) })) ?? undefined,
      ),
    byId: (scope, subscriptionId) =>
      persist(
        async () => (await collection.findOne({ tenantId: scope.tenantId, subscriptionId })) ?? undefined,
      ),
    keep: async (scope, { _id, shard, ...subscription }) => {
      await persist(() =>
        collection.updateOne(
          { _id: idOf(subscription.managerId), shard: shardOf(scope, subscription.managerId) },
          { $set: subscription, $setOnInsert: { changed: [], hasChanged: false } },
          { upsert: true },
        ),
      );
    },
    mark: async (scope, managerId, eventIds) => {
      const key = { _id: idOf(managerId), shard: shardOf(scope, managerId) };
      const ids = eventIds.length > mostChanged ? ['*'] : eventIds;
      await persist(() =>
        collection.updateOne(key, { $addToSet: { changed: { $each: ids } }, $set: { hasChanged: true } }),
      );
    },
    clear: async (scope, managerId, eventIds) => {
      const key = { _id: idOf(managerId), shard: shardOf(scope, managerId) };
      await persist(() => collection.updateOne(key, { $pullAll: { changed: eventIds } }));
      // Only where nothing came between: a mark sets the flag again.
      await persist(() =>
        collection.updateOne({ ...key, changed: { $size: 0 } }, { $set: { hasChanged: false } }),
      );
    },
    changed: (scope, limit) =>
      listing(collection)({ tenantId: scope.tenantId, hasChanged: true }, sorts.toRead, limit),
    ending: (scope, before, limit) =>
      listing(collection)({ tenantId: scope.tenantId, expiresAt: { $lt: before } }, sorts.ending, limit),
  };
}
