// Microsoft Graph's change and lifecycle notifications. They say only that something changed, come more than once, late
// or never (facts/graph.md): each is noted, answered at once, and the series is read again.
import { timingSafeEqual } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { PersonId, TenantId } from '@medspill/domain/ids';
import * as z from 'zod';
import type { App } from '../app.ts';
import type { SubscriptionDocument } from '../documents.ts';
import { faultText } from '../http/route.ts';
import { type Scope, scopeOfJob } from '../scope.ts';
import { followSubscription, isBooking } from './follow.ts';
import { keepWatching } from './watching.ts';

/** Graph waits three seconds for the answer; what is not read by then is read by the sweep. */
const patienceMs = 2000;
const mostNotifications = 1000;

const notificationsSchema = z.object({
  value: z
    .array(
      z.object({
        subscriptionId: z.string().max(128),
        clientState: z.string().max(128).optional().nullable(),
        tenantId: z.string().max(64).optional().nullable(),
        lifecycleEvent: z.string().max(64).optional().nullable(),
        resourceData: z
          .object({ id: z.string().max(1024) })
          .optional()
          .nullable(),
      }),
    )
    .max(mostNotifications),
});

export async function handleGraphNotifications(app: App, request: HttpRequest): Promise<HttpResponseInit> {
  const token = request.query.get('validationToken');
  if (token !== null) {
    // Plain text, so that a token with markup in it stays text.
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
      body: token.slice(0, 2048),
    };
  }
  const parsed = notificationsSchema.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return { status: 400 };
  const touched = await note(app, parsed.data.value);
  const reading = Promise.all(
    touched.map(({ scope, subscription }) => followSoon(app, scope, subscription.managerId)),
  ).catch((error) => app.log('warn', { event: 'follow', error: faultText(error) }));
  await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
  return { status: 202 };
}

/** One change comes as several notifications: those of a moment are read together. */
const gatherMs = 200;
const gathering = new Map<string, Promise<void>>();

function followSoon(app: App, scope: Scope, managerId: PersonId): Promise<void> {
  const key = `${scope.tenantId}/${managerId}`;
  const known = gathering.get(key);
  if (known !== undefined) return known;
  const soon = (async () => {
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    gathering.delete(key);
    // Our own calls are being told back to us: when the booking is done one look is enough, by the sweep.
    if (await isBooking(app, scope, managerId)) return;
    const subscription = await app.store.subscriptions.ofManager(scope, managerId);
    if (subscription !== undefined) await followSubscription(app, scope, subscription);
  })();
  gathering.set(key, soon);
  return soon;
}

type Notification = z.infer<typeof notificationsSchema>['value'][number];
type Touched = { scope: Scope; subscription: SubscriptionDocument };

/** Writes down what has changed, for those notifications that prove to be Graph's. The rest is answered and dropped. */
async function note(app: App, notifications: Notification[]): Promise<Touched[]> {
  const touched = new Map<string, Touched>();
  for (const [subscriptionId, group] of Map.groupBy(notifications, (one) => one.subscriptionId)) {
    const found = await findSubscription(app, group[0]?.tenantId ?? undefined, subscriptionId);
    if (found === undefined) continue;
    const { scope, subscription } = found;
    const proven = group.filter(({ clientState }) => sameSecret(clientState ?? '', subscription.clientState));
    const events = proven.flatMap(({ lifecycleEvent, resourceData }) => {
      if (lifecycleEvent) return ['*'];
      return resourceData ? [resourceData.id] : [];
    });
    if (proven.some(({ lifecycleEvent }) => lifecycleEvent && lifecycleEvent !== 'missed')) {
      await keepWatching(app, scope, subscription.managerId);
    }
    const changed = [...new Set(events)];
    if (changed.length === 0) continue;
    await app.store.subscriptions.mark(scope, subscription.managerId, changed);
    touched.set(subscriptionId, { scope, subscription });
  }
  return [...touched.values()];
}

async function findSubscription(
  app: App,
  tenantId: string | undefined,
  subscriptionId: string,
): Promise<Touched | undefined> {
  for (const tenant of app.config.tenantIds) {
    if (tenantId !== undefined && tenantId !== tenant) continue;
    const scope = scopeOfJob(tenant as TenantId);
    const subscription = await app.store.subscriptions.byId(scope, subscriptionId);
    if (subscription !== undefined) return { scope, subscription };
  }
  return undefined;
}

function sameSecret(given: string, known: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(known);
  return a.length === b.length && timingSafeEqual(a, b);
}
