// The month's own agenda, in the body of its occurrence. The attendee gets an update of that one meeting.
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Actor } from '../../ports.ts';
import { withAgendaBlock } from './body-block.ts';
import { type Graph, refusalOf } from './client.ts';
import { calendarScopes } from './found-booking.ts';
import { type MonthAgenda, monthBodyOf } from './invitation.ts';
import { type Booked, eventPath, occurrenceAt } from './occurrence.ts';

/** Once a month: a body that has the month's link already is left alone, and nobody is mailed. */
export async function writeMonthAgenda(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  review: MonthAgenda,
): Promise<Outcome<true>> {
  const found = await occurrenceAt(graph, actor, pair, pair.series.eventId, [review.occurrence.start]);
  if (!found.ok) return refusalOf(found);
  if (found.value === undefined) return refuse({ code: 'no_series' });
  const path = eventPath(actor, pair, found.value);
  const call = { actor, mailbox: pair.managerId, path, scopes: calendarScopes };
  const read = await graph.call<Event>({ ...call, method: 'GET', query: { $select: 'id,body' } });
  if (!read.ok) return refusalOf(read);
  const body = read.value.body?.content ?? '';
  // The review's id stands in the link, whatever Exchange does to the rest of it.
  if (body.includes(review._id)) return done(true);
  const content = withAgendaBlock(body, monthBodyOf(graph.config, pair, review));
  const written = await graph.call<Event>({
    ...call,
    method: 'PATCH',
    body: { body: { contentType: 'html', content } },
  });
  return written.ok ? done(true) : refusalOf(written);
}
