// A longer range with the same pattern: Exchange keeps the chat, the link, and what was moved or cancelled.
import { done, type Outcome } from '@medspill/domain/refusals';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Actor } from '../../ports.ts';
import { type Graph, refusalOf } from './client.ts';
import { patternAlone } from './end-series.ts';
import { calendarScopes, findBooking } from './found-booking.ts';
import { type Booked, eventPath } from './occurrence.ts';

/** The meetings and the manager's reflection after them. A series that is that long already is left alone. */
export async function extendSeries(
  graph: Graph,
  actor: Actor,
  pair: Booked,
  months: number,
): Promise<Outcome<true>> {
  const found = await findBooking(graph, actor, pair, pair.series);
  if (!found.ok) return refusalOf(found);
  for (const { id, recurrence } of [...found.value.series, ...found.value.reflect]) {
    const range = recurrence?.range;
    if (!id || !recurrence?.pattern || range?.type !== 'numbered') continue;
    if ((range.numberOfOccurrences ?? 0) >= months) continue;
    const extended = await graph.call<Event>({
      actor,
      mailbox: pair.managerId,
      method: 'PATCH',
      path: eventPath(actor, pair, id),
      body: {
        recurrence: {
          pattern: patternAlone(recurrence.pattern),
          range: { type: 'numbered', startDate: range.startDate, numberOfOccurrences: months },
        },
      },
      scopes: calendarScopes,
    });
    if (!extended.ok) return refusalOf(extended);
  }
  return done(true);
}
