// The seller's private blocks, in the seller's own mailbox: the app alone is let into managers' mailboxes only, so each
// call is made in the seller's name while they are here. One event a block: moved and skipped months follow no pattern.
import type { Block } from '@medspill/domain/book/blocks';
import { done, type Outcome } from '@medspill/domain/refusals';
import { instantOf } from '@medspill/domain/time';
import type { Event } from '@microsoft/microsoft-graph-types';
import { Temporal } from 'temporal-polyfill';
import { v5 } from 'uuid';
import type { PairDocument } from '../../documents.ts';
import type { Actor, Clock } from '../../ports.ts';
import { privateBlock } from './blocks.ts';
import { type Graph, type GraphAnswer, mailboxPath, refusalOf } from './client.ts';
import { instantAt, partProperty, seriesProperty, timesOf } from './event.ts';
import { calendarScopes } from './found-booking.ts';

/** Makes what is missing, moves what stands elsewhere, takes away what is wanted no more. What is past stays. */
export async function alignBlocks(
  graph: Graph,
  clock: Clock,
  actor: Actor,
  pair: PairDocument,
  blocks: readonly Block[],
): Promise<Outcome<true>> {
  const found = await findBlocks(graph, actor, pair);
  if (!found.ok) return refusalOf(found);
  const now = clock.now();
  const kept = new Set<string>();
  for (const event of found.value) {
    const part = event.singleValueExtendedProperties?.[0]?.value ?? '';
    const block = kept.has(part) ? undefined : blocks.find((one) => one.part === part);
    const start = instantAt(event.start);
    if (start !== undefined && Temporal.Instant.compare(instantOf(start), now) <= 0) continue;
    if (block === undefined) {
      const gone = await change(graph, actor, pair, 'DELETE', event.id);
      if (!gone.ok && gone.status !== 404) return refusalOf(gone);
      continue;
    }
    kept.add(part);
    if (start === block.time.start) continue;
    const moved = await change(graph, actor, pair, 'PATCH', event.id, timesOf(block.time));
    if (!moved.ok) return refusalOf(moved);
  }
  for (const block of blocks.filter(({ part }) => !kept.has(part))) {
    const made = await change(graph, actor, pair, 'POST', undefined, eventOf(graph, pair, block));
    if (!made.ok) return refusalOf(made);
  }
  return done(true);
}

function eventOf({ config }: Graph, pair: PairDocument, { part, time }: Block): Event {
  return {
    ...privateBlock(config, pair, part.startsWith('prep/') ? 'prep' : 'reflect', pair.seller.language),
    ...timesOf(time),
    // With its time: a block that was taken away and is wanted again at another time is another block.
    transactionId: v5(`seller/${part}/${time.start}`, pair._id),
    singleValueExtendedProperties: [
      { id: seriesProperty, value: tagOf(pair) },
      { id: partProperty, value: part },
    ],
  };
}

function tagOf(pair: PairDocument): string {
  return `${pair._id}.seller`;
}

/** The oldest first, so that of two alike the younger goes. */
async function findBlocks(graph: Graph, actor: Actor, pair: PairDocument): Promise<GraphAnswer<Event[]>> {
  const answer = await graph.list<Event>({
    actor,
    mailbox: pair.sellerId,
    method: 'GET',
    path: eventsPath(actor, pair),
    query: {
      $filter: `singleValueExtendedProperties/Any(ep: ep/id eq '${seriesProperty}' and ep/value eq '${tagOf(pair)}')`,
      $select: 'id,createdDateTime,start',
      $expand: `singleValueExtendedProperties($filter=id eq '${partProperty}')`,
      $top: '50',
    },
    scopes: calendarScopes,
  });
  if (!answer.ok) return answer;
  return {
    ok: true,
    value: answer.value.sort((a, b) => (a.createdDateTime ?? '').localeCompare(b.createdDateTime ?? '')),
  };
}

function change(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  method: 'POST' | 'PATCH' | 'DELETE',
  id: string | undefined,
  body?: Event,
): Promise<GraphAnswer<unknown>> {
  return graph.call<Event>({
    actor,
    mailbox: pair.sellerId,
    method,
    path: id === undefined ? eventsPath(actor, pair) : `${eventsPath(actor, pair)}/${encodeURIComponent(id)}`,
    ...(body === undefined ? {} : { body }),
    scopes: calendarScopes,
  });
}

function eventsPath(actor: Actor, pair: PairDocument): string {
  return `${mailboxPath(actor, pair.sellerId)}/events`;
}
