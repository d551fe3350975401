// A meeting of one review alone, beside the series: an extra review, or the rest of one that was interrupted. Created
// without attendees and then invited to, so that a create that went through twice is heard of once.
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { type InstantText, toInstantText } from '@medspill/domain/time';
import type { Event } from '@microsoft/microsoft-graph-types';
import { v5 } from 'uuid';
import type { PairDocument, ReviewDocument, SingleMeeting } from '../../documents.ts';
import type { Actor, Clock } from '../../ports.ts';
import { type Graph, type GraphAnswer, type GraphCall, mailboxPath, refusalOf } from './client.ts';
import { instantAt, partProperty, seriesProperty, timesOf } from './event.ts';
import { calendarScopes } from './found-booking.ts';
import { monthBodyOf, subjectOf, wordFor } from './invitation.ts';

type Single = Pick<ReviewDocument, '_id' | 'length' | 'occurrence' | 'single'>;
type Request = Pick<GraphCall, 'method'> & {
  id?: string;
  path?: string;
  query?: GraphCall['query'];
  body?: unknown;
};

/** Takes it as far as it can; repeating it finds what stands. A meeting that stands elsewhere is moved. */
export async function bookSingle(
  graph: Graph,
  clock: Clock,
  actor: Actor,
  pair: PairDocument,
  review: Single,
): Promise<Outcome<SingleMeeting>> {
  const found = await findSingle(graph, actor, pair, review);
  if (!found.ok) return refusalOf(found);
  // What was held stays where it was: a review that is interrupted twice has three meetings.
  const now = toInstantText(clock.now());
  const [first, ...doubles] = found.value.filter(({ start }) => {
    const at = instantAt(start);
    return at !== undefined && (at === review.occurrence.start || at > now);
  });
  for (const { id } of doubles) {
    const gone = await call(graph, actor, pair, { method: 'DELETE', ...(id ? { id } : {}) });
    if (!gone.ok && gone.status !== 404) return refusalOf(gone);
  }
  const made =
    first === undefined
      ? await call<Event>(graph, actor, pair, { method: 'POST', body: eventOf(graph, pair, review) })
      : ({ ok: true, value: first } as const);
  if (!made.ok) return refusalOf(made);
  const { id, iCalUId, onlineMeeting } = made.value;
  if (!id || !iCalUId) throw new Error('Graph answered an event without ids');
  const isInvited = (made.value.attendees ?? []).length > 0;
  const isInPlace = instantAt(made.value.start) === review.occurrence.start || first === undefined;
  if (!isInvited || !isInPlace) {
    const { mail, name } = pair.seller;
    const told = await call<Event>(graph, actor, pair, {
      method: 'PATCH',
      id,
      body: {
        ...(isInPlace ? {} : timesOf(review.occurrence)),
        ...(isInvited ? {} : { attendees: [{ emailAddress: { address: mail, name }, type: 'required' }] }),
      },
    });
    if (!told.ok) return refusalOf(told);
  }
  const joinUrl = onlineMeeting?.joinUrl;
  return done({ eventId: id, iCalUId, ...(joinUrl ? { joinUrl } : {}) });
}

/** With a word to the seller. Gone already is gone. */
export async function cancelSingle(
  graph: Graph,
  clock: Clock,
  actor: Actor,
  pair: PairDocument,
  review: Single,
): Promise<Outcome<true>> {
  const found = await findSingle(graph, actor, pair, review);
  if (!found.ok) return refusalOf(found);
  const now = toInstantText(clock.now());
  for (const { id, attendees, start } of found.value) {
    if (!id || (instantAt(start) ?? now) <= now) continue;
    const isInvited = (attendees ?? []).length > 0;
    const gone = await call<void>(
      graph,
      actor,
      pair,
      isInvited
        ? {
            method: 'POST',
            id,
            path: '/cancel',
            body: { comment: wordFor('skipped', pair.seller.language) },
          }
        : { method: 'DELETE', id },
    );
    if (!gone.ok && gone.status !== 404) return refusalOf(gone);
  }
  return done(true);
}

/** Where it stands now, whoever changed it; undefined when it is gone. */
export async function readSingle(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  eventId: string,
): Promise<Outcome<{ start: InstantText; end: InstantText } | undefined>> {
  const answer = await call<Event>(graph, actor, pair, {
    method: 'GET',
    id: eventId,
    query: { $select: 'id,start,end,isCancelled' },
  });
  if (!answer.ok) return answer.status === 404 ? done(undefined) : refusalOf(answer);
  const start = instantAt(answer.value.start);
  const end = instantAt(answer.value.end);
  if (answer.value.isCancelled) return done(undefined);
  if (start === undefined || end === undefined) return refuse({ code: 'microsoft_unavailable' });
  return done({ start, end });
}

function eventOf({ config }: Graph, pair: PairDocument, review: Single): Event {
  const isInPerson = pair.series?.inPerson === true;
  return {
    subject: subjectOf(pair),
    body: { contentType: 'html', content: monthBodyOf(config, pair, review) },
    ...timesOf(review.occurrence),
    sensitivity: 'private',
    showAs: 'busy',
    allowNewTimeProposals: true,
    responseRequested: true,
    // With its time: one that was cancelled and is wanted again is another meeting.
    transactionId: v5(`single/${review.occurrence.start}`, review._id),
    singleValueExtendedProperties: [
      { id: seriesProperty, value: `${pair._id}.single` },
      { id: partProperty, value: review._id },
    ],
    ...(isInPerson
      ? { isOnlineMeeting: false }
      : { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }),
  };
}

/** By our tag, so that it is found before its id is known to us; the oldest first. */
async function findSingle(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  review: Single,
): Promise<GraphAnswer<Event[]>> {
  const answer = await graph.list<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'GET',
    path: `${mailboxPath(actor, pair.managerId)}/events`,
    query: {
      $filter: `singleValueExtendedProperties/Any(ep: ep/id eq '${partProperty}' and ep/value eq '${review._id}')`,
      $select: 'id,createdDateTime,iCalUId,attendees,start,isCancelled,onlineMeeting',
      $top: '50',
    },
    scopes: calendarScopes,
  });
  if (!answer.ok) return answer;
  return {
    ok: true,
    value: answer.value
      .filter(({ isCancelled }) => !isCancelled)
      .sort((a, b) => (a.createdDateTime ?? '').localeCompare(b.createdDateTime ?? '')),
  };
}

function call<T>(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  { method, id, path = '', query, body }: Request,
): Promise<GraphAnswer<T>> {
  const events = `${mailboxPath(actor, pair.managerId)}/events`;
  return graph.call<T>({
    actor,
    mailbox: pair.managerId,
    method,
    path: id === undefined ? events : `${events}/${encodeURIComponent(id)}${path}`,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    scopes: calendarScopes,
  });
}
