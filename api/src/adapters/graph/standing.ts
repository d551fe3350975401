// A series as it stands in the manager's mailbox, whoever changed it: one call.
import { done, type Outcome } from '@medspill/domain/refusals';
import { type DateText, dateIn, instantOf } from '@medspill/domain/time';
import type { Event } from '@microsoft/microsoft-graph-types';
import { Temporal } from 'temporal-polyfill';
import type { PairDocument, SeriesDocument } from '../../documents.ts';
import type { Actor, SeriesStanding } from '../../ports.ts';
import { type Graph, mailboxPath, refusalOf } from './client.ts';
import { instantAt } from './event.ts';
import { calendarScopes } from './found-booking.ts';

const gone: SeriesStanding = { gone: true, cancelled: [], moved: [], sellerAnswer: 'none' };

/** Cancelled months are only named when they are asked for by name, and exceptions only when expanded. */
export async function readStanding(
  graph: Graph,
  actor: Actor,
  pair: PairDocument & { series: SeriesDocument & { eventId: string } },
): Promise<Outcome<SeriesStanding>> {
  const { eventId, zone } = pair.series;
  const answer = await graph.call<Event & { cancelledOccurrences?: string[] | null }>({
    actor,
    mailbox: pair.managerId,
    method: 'GET',
    path: `${mailboxPath(actor, pair.managerId)}/events/${encodeURIComponent(eventId)}`,
    query: {
      $select: 'id,isCancelled,attendees,cancelledOccurrences',
      $expand: 'exceptionOccurrences($select=id,originalStart,start,end,isCancelled)',
    },
    scopes: calendarScopes,
  });
  if (!answer.ok) return answer.status === 404 ? done(gone) : refusalOf(answer);
  const master = answer.value;
  if (master.isCancelled) return done(gone);
  const exceptions = master.exceptionOccurrences ?? [];
  const originalOf = ({ originalStart }: Event): DateText | undefined =>
    originalStart ? dateIn(Temporal.Instant.from(originalStart), zone) : undefined;
  return done({
    gone: false,
    cancelled: [
      // `OID.<series>.2026-12-02`
      ...(master.cancelledOccurrences ?? []).flatMap((id) => {
        const date = /\.(\d{4}-\d{2}-\d{2})$/.exec(id)?.[1];
        return date === undefined ? [] : [date as DateText];
      }),
      ...exceptions.filter(({ isCancelled }) => isCancelled).flatMap((one) => originalOf(one) ?? []),
    ],
    moved: exceptions.flatMap((one) => {
      const original = originalOf(one);
      const start = instantAt(one.start);
      const end = instantAt(one.end);
      if (one.isCancelled || original === undefined || start === undefined || end === undefined) return [];
      return instantOf(start).epochMilliseconds < instantOf(end).epochMilliseconds
        ? [{ original, start, end }]
        : [];
    }),
    sellerAnswer: answerOf(master, pair.seller.mail),
  });
}

function answerOf({ attendees }: Event, mail: string): SeriesStanding['sellerAnswer'] {
  const seller = (attendees ?? []).find(
    ({ emailAddress }) => emailAddress?.address?.toLowerCase() === mail.toLowerCase(),
  );
  switch (seller?.status?.response) {
    case 'accepted':
      return 'accepted';
    case 'declined':
      return 'declined';
    case 'tentativelyAccepted':
      return 'tentative';
    default:
      return 'none';
  }
}
