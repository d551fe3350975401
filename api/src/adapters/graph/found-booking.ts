// What of a booking stands in the manager's mailbox already: asked by our tag, in one call.
import type { Event } from '@microsoft/microsoft-graph-types';
import type { PairDocument, SeriesDocument } from '../../documents.ts';
import type { Actor } from '../../ports.ts';
import { type Graph, type GraphAnswer, mailboxPath } from './client.ts';
import { partProperty, seriesProperty, tagOf } from './event.ts';

export const calendarScopes = ['Calendars.ReadWrite'] as const;

export type FoundBooking = {
  /** The meetings; more than one only after a create that went through twice. */
  series: Event[];
  reflect: Event[];
  /** By their part, `prep/2026-12`. */
  prep: Map<string, Event[]>;
};

export async function findBooking(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  series: SeriesDocument,
): Promise<GraphAnswer<FoundBooking>> {
  const answer = await graph.list<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'GET',
    path: `${mailboxPath(actor, pair.managerId)}/events`,
    query: {
      $filter: `singleValueExtendedProperties/Any(ep: ep/id eq '${seriesProperty}' and ep/value eq '${tagOf(pair, series)}')`,
      $select:
        'id,createdDateTime,iCalUId,attendees,start,type,isCancelled,isOnlineMeeting,onlineMeeting,recurrence',
      $expand: `singleValueExtendedProperties($filter=id eq '${partProperty}'),attachments($select=id,name)`,
      $top: '50',
    },
    scopes: calendarScopes,
  });
  if (!answer.ok) return answer;
  const found: FoundBooking = { series: [], reflect: [], prep: new Map() };
  const oldestFirst = answer.value.sort((a, b) =>
    (a.createdDateTime ?? '').localeCompare(b.createdDateTime ?? ''),
  );
  for (const event of oldestFirst) {
    const part = event.singleValueExtendedProperties?.[0]?.value ?? '';
    if (part === 'series') found.series.push(event);
    else if (part === 'reflect') found.reflect.push(event);
    else if (part.startsWith('prep/')) found.prep.set(part, [...(found.prep.get(part) ?? []), event]);
  }
  return { ok: true, value: found };
}
