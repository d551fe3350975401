import { done, type Outcome } from '@medspill/domain/refusals';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Actor } from '../../ports.ts';
import { type Graph, refusalOf } from './client.ts';
import { calendarScopes } from './found-booking.ts';

/** Which appointment an item is: its ids differ in every mailbox and for every occurrence, the iCalUId leads home. */
export async function identify(
  graph: Graph,
  actor: Actor,
  personId: string,
  eventId: string,
): Promise<Outcome<{ iCalUId: string; seriesMasterId?: string } | undefined>> {
  const answer = await graph.call<Event>({
    actor,
    mailbox: personId,
    method: 'GET',
    path: `${actor.kind === 'person' ? '/me' : `/users/${personId}`}/events/${encodeURIComponent(eventId)}`,
    query: { $select: 'id,iCalUId,seriesMasterId' },
    scopes: calendarScopes,
  });
  // An id that is malformed or of another mailbox is simply not an item of this one.
  if (!answer.ok) return answer.status === 404 || answer.status === 400 ? done(undefined) : refusalOf(answer);
  const { iCalUId, seriesMasterId } = answer.value;
  if (!iCalUId) return done(undefined);
  return done({ iCalUId, ...(seriesMasterId ? { seriesMasterId } : {}) });
}
