// One month of a series: found by its time, moved, cancelled. The master is never touched.
import { prepBlock, reflectBlock } from '@medspill/domain/book/blocks';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { type InstantText, instantOf, type OccurrenceTime, toInstantText } from '@medspill/domain/time';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { PairDocument, SeriesDocument } from '../../documents.ts';
import type { Actor } from '../../ports.ts';
import { holidaysOf } from './blocks.ts';
import { type Graph, type GraphAnswer, mailboxPath, refusalOf } from './client.ts';
import { instantAt, timesOf } from './event.ts';
import { calendarScopes, findBooking } from './found-booking.ts';
import { wordFor } from './invitation.ts';

export type Booked = PairDocument & { series: SeriesDocument & { eventId: string } };

export function isBooked(pair: PairDocument): pair is Booked {
  return pair.series?.eventId !== undefined;
}

/** Moves the meeting, and the manager's own blocks with it. A repeat finds the meeting moved and is done. */
export async function moveOccurrence(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  from: OccurrenceTime,
  to: OccurrenceTime,
): Promise<Outcome<true>> {
  const moved = await patchTime(graph, actor, pair, pair.series.eventId, from, to);
  if (!moved.ok) {
    return /CrossingBoundary/i.test(moved.code) ? refuse({ code: 'crosses_neighbour' }) : refusalOf(moved);
  }
  if (!moved.value) return refuse({ code: 'no_series' });
  await moveBlocks(graph, actor, pair, from, to);
  return done(true);
}

export async function cancelOccurrence(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  at: OccurrenceTime,
): Promise<Outcome<true>> {
  const found = await occurrenceAt(graph, actor, pair, pair.series.eventId, [at.start]);
  if (!found.ok) return refusalOf(found);
  if (found.value !== undefined) {
    const answer = await graph.call<void>({
      actor,
      mailbox: pair.managerId,
      method: 'POST',
      path: `${eventPath(actor, pair, found.value)}/cancel`,
      body: { comment: wordFor('skipped', pair.seller.language) },
      scopes: calendarScopes,
    });
    if (!answer.ok && answer.status !== 404) return refusalOf(answer);
  }
  await dropBlocks(graph, actor, pair, at);
  return done(true);
}

async function patchTime(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  masterId: string,
  from: OccurrenceTime,
  to: OccurrenceTime,
): Promise<GraphAnswer<boolean>> {
  const found = await occurrenceAt(graph, actor, pair, masterId, [from.start, to.start]);
  if (!found.ok) return found;
  if (found.value === undefined) return { ok: true, value: false };
  const answer = await graph.call<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'PATCH',
    path: eventPath(actor, pair, found.value),
    body: timesOf(to),
    scopes: calendarScopes,
  });
  return answer.ok ? { ok: true, value: true } : answer;
}

/** The id of the occurrence that begins at the first of these instants that any begins at. */
export async function occurrenceAt(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  masterId: string,
  starts: InstantText[],
): Promise<GraphAnswer<string | undefined>> {
  const sorted = [...starts].sort();
  const answer = await graph.list<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'GET',
    path: `${eventPath(actor, pair, masterId)}/instances`,
    query: {
      startDateTime: toInstantText(instantOf(sorted[0] ?? ('' as InstantText)).subtract({ hours: 24 })),
      endDateTime: toInstantText(instantOf(sorted.at(-1) ?? ('' as InstantText)).add({ hours: 24 })),
      $select: 'id,start,isCancelled',
    },
    scopes: calendarScopes,
  });
  if (!answer.ok) return answer;
  for (const start of starts) {
    const event = answer.value.find((one) => instantAt(one.start) === start && !one.isCancelled);
    if (event?.id) return { ok: true, value: event.id };
  }
  return { ok: true, value: undefined };
}

export function eventPath(actor: Actor, pair: PairDocument, id: string): string {
  return `${mailboxPath(actor, pair.managerId)}/events/${encodeURIComponent(id)}`;
}

/** Best effort: a private block that stays where it was misleads nobody but its owner, who sees it. */
async function moveBlocks(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  from: OccurrenceTime,
  to: OccurrenceTime,
): Promise<void> {
  const { reflectBlockId, privateBlocks } = pair.series;
  if (!privateBlocks) return;
  if (reflectBlockId !== undefined) {
    await patchTime(graph, actor, pair, reflectBlockId, reflectBlock(from), reflectBlock(to));
  }
  const prep = await prepAt(graph, actor, pair, from);
  if (prep === undefined) return;
  await graph.call<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'PATCH',
    path: eventPath(actor, pair, prep),
    body: timesOf(prepBlock(to, holidaysOf(graph.config))),
    scopes: calendarScopes,
  });
}

async function dropBlocks(graph: Graph, actor: Actor, pair: Booked, at: OccurrenceTime): Promise<void> {
  const { reflectBlockId, privateBlocks } = pair.series;
  if (!privateBlocks) return;
  const ids = [await prepAt(graph, actor, pair, at)];
  if (reflectBlockId !== undefined) {
    const found = await occurrenceAt(graph, actor, pair, reflectBlockId, [reflectBlock(at).start]);
    if (found.ok) ids.push(found.value);
  }
  for (const id of ids) {
    if (id === undefined) continue;
    await graph.call<void>({
      actor,
      mailbox: pair.managerId,
      method: 'DELETE',
      path: eventPath(actor, pair, id),
      scopes: calendarScopes,
    });
  }
}

async function prepAt(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  review: OccurrenceTime,
): Promise<string | undefined> {
  const found = await findBooking(graph, actor, pair, pair.series);
  if (!found.ok) return undefined;
  const start = prepBlock(review, holidaysOf(graph.config)).start;
  const events = [...found.value.prep.values()].flat();
  return events.find((event) => instantAt(event.start) === start)?.id ?? undefined;
}
