// Subscriptions to managers' calendars: one each, made with the first booking and renewed every day.
import { randomBytes } from 'node:crypto';
import type { PersonId } from '@medspill/domain/ids';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';

/** What would end before the next day's round, and a half day more. */
const renewBeforeHours = 36;
const page = 200;

/** Makes the subscription of a manager, or renews it. Without the app-only consent the daily reading goes on alone. */
export async function keepWatching(app: App, scope: Scope, managerId: PersonId): Promise<void> {
  const known = await app.store.subscriptions.ofManager(scope, managerId);
  const clientState = known?.clientState ?? randomBytes(32).toString('base64url');
  const base = {
    _id: `subscription/${managerId}`,
    shard: shardOf(scope, managerId),
    tenantId: scope.tenantId,
    managerId,
    clientState,
  };
  if (known === undefined) {
    // The secret is written before Graph hears it: its first notification may come before its answer.
    await app.store.subscriptions.keep(scope, { ...base, expiresAt: toInstantText(app.clock.now()) });
  }
  const { subscriptionId } = known ?? {};
  const watched = await app.calendar.watch(managerId, {
    clientState,
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
  });
  if (!watched.ok) {
    app.log('warn', { event: 'watch', managerId, outcome: watched.refusal.code });
    return;
  }
  await app.store.subscriptions.keep(scope, { ...base, ...watched.value });
}

/** Daily. A subscription that was lost is made anew, and its calendar is read as a whole. */
export async function renewSubscriptions(app: App, scope: Scope): Promise<void> {
  const before = toInstantText(app.clock.now().add({ hours: renewBeforeHours }));
  for (const { managerId } of await app.store.subscriptions.ending(scope, before, page)) {
    await keepWatching(app, scope, managerId);
    await app.store.subscriptions.mark(scope, managerId, ['*']);
  }
}
