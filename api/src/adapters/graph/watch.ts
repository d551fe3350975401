// Graph's change notifications for a manager's calendar.
import type { PersonId } from '@medspill/domain/ids';
import { done, type Outcome } from '@medspill/domain/refusals';
import { type InstantText, toInstantText } from '@medspill/domain/time';
import type { Subscription } from '@microsoft/microsoft-graph-types';
import type { Actor, Clock } from '../../ports.ts';
import { type Graph, refusalOf } from './client.ts';

const app: Actor = { kind: 'app' };
/** Well under the least that is documented, 4,230 minutes; renewed each day. */
const lifeHours = 68;

export async function watchCalendar(
  graph: Graph,
  clock: Clock,
  managerId: PersonId,
  known: { subscriptionId?: string; clientState: string },
): Promise<Outcome<{ subscriptionId: string; expiresAt: InstantText }>> {
  const expiresAt = toInstantText(clock.now().add({ hours: lifeHours }));
  const mailbox = `subscriptions/${managerId}`;
  if (known.subscriptionId !== undefined) {
    const renewed = await graph.call<Subscription>({
      actor: app,
      mailbox,
      method: 'PATCH',
      path: `/subscriptions/${known.subscriptionId}`,
      body: { expirationDateTime: expiresAt },
      scopes: [],
    });
    if (renewed.ok) return done({ subscriptionId: known.subscriptionId, expiresAt });
    // Removed or run out: a new one takes its place.
    if (renewed.status !== 404) return refusalOf(renewed);
  }
  const url = `${graph.config.publicUrl}/api/graph/notifications`;
  const made = await graph.call<Subscription>({
    actor: app,
    mailbox,
    method: 'POST',
    path: '/subscriptions',
    body: {
      changeType: 'created,updated,deleted',
      resource: `/users/${managerId}/events`,
      notificationUrl: url,
      // Cannot be added later (facts/graph.md, following changes).
      lifecycleNotificationUrl: url,
      clientState: known.clientState,
      expirationDateTime: expiresAt,
    },
    scopes: [],
  });
  if (!made.ok) return refusalOf(made);
  if (!made.value.id) throw new Error('Graph answered a subscription without an id');
  return done({ subscriptionId: made.value.id, expiresAt });
}
