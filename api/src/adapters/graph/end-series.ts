// The end of a series: stopped in the middle, so that history stays, or taken back as a whole.
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { type DateText, dateIn, instantOf } from '@medspill/domain/time';
import type { Event, PatternedRecurrence } from '@microsoft/microsoft-graph-types';
import { Temporal } from 'temporal-polyfill';
import type { PairDocument } from '../../documents.ts';
import type { Actor } from '../../ports.ts';
import { type Graph, type GraphAnswer, mailboxPath, refusalOf } from './client.ts';
import { instantAt } from './event.ts';
import { calendarScopes, findBooking } from './found-booking.ts';
import { type Word, wordFor } from './invitation.ts';

/** Ends it before `from`. What was held stays in both calendars (facts/graph.md: a new end date, not a cancellation). */
export async function endSeries(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  from: Temporal.Instant,
): Promise<Outcome<true>> {
  const { series } = pair;
  if (series === undefined) return refuse({ code: 'no_series' });
  const found = await findBooking(graph, actor, pair, series);
  if (!found.ok) return refusalOf(found);
  const isAhead = ({ start }: Event) => {
    const at = instantAt(start);
    return at !== undefined && Temporal.Instant.compare(instantOf(at), from) >= 0;
  };
  for (const event of [...found.value.series, ...found.value.reflect]) {
    // One that has not begun has no history to keep, and no end before its beginning.
    const answer = isAhead(event)
      ? await takeAway(graph, actor, pair, event, 'stopped')
      : await shorten(graph, actor, pair, event, lastDate(event, from, series.zone));
    if (!answer.ok) return refusalOf(answer);
  }
  for (const event of [...found.value.prep.values()].flat().filter(isAhead)) {
    const answer = await takeAway(graph, actor, pair, event, 'stopped');
    if (!answer.ok) return refusalOf(answer);
  }
  return done(true);
}

/** The day itself where its meeting has begun, which stays; else the day before. */
function lastDate(event: Event, from: Temporal.Instant, zone: string): DateText {
  const local = from.toZonedDateTimeISO(zone);
  const first = instantAt(event.start);
  const time = first === undefined ? undefined : instantOf(first).toZonedDateTimeISO(zone).toPlainTime();
  const begun = time !== undefined && Temporal.PlainTime.compare(local.toPlainTime(), time) >= 0;
  return dateIn((begun ? local : local.subtract({ days: 1 })).toInstant(), zone);
}

/** Ends the series that this one takes the place of; none where that is done. */
export async function endFormers(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  from: Temporal.Instant,
): Promise<Outcome<true>> {
  const { series } = pair;
  if (series?.endsGeneration === undefined) return done(true);
  for (let generation = series.endsGeneration; generation < series.generation; generation++) {
    const ended = await endSeries(graph, actor, { ...pair, series: { ...series, generation } }, from);
    if (!ended.ok) return ended;
  }
  return done(true);
}

export async function cancelSeries(graph: Graph, actor: Actor, pair: PairDocument): Promise<Outcome<true>> {
  const { series } = pair;
  if (series === undefined) return refuse({ code: 'no_series' });
  const found = await findBooking(graph, actor, pair, series);
  if (!found.ok) return refusalOf(found);
  const prep = [...found.value.prep.values()].flat();
  for (const event of [...found.value.series, ...found.value.reflect, ...prep]) {
    const answer = await takeAway(graph, actor, pair, event, 'undone');
    if (!answer.ok) return refusalOf(answer);
  }
  return done(true);
}

/** With a word to whoever was invited; what is the manager's own simply goes. Gone already is gone. */
async function takeAway(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  event: Event,
  word: Word,
): Promise<GraphAnswer<unknown>> {
  const path = pathOf(actor, pair, event);
  const isInvited = (event.attendees ?? []).length > 0;
  const answer = await graph.call<void>({
    actor,
    mailbox: pair.managerId,
    scopes: calendarScopes,
    ...(isInvited
      ? { method: 'POST', path: `${path}/cancel`, body: { comment: wordFor(word, pair.seller.language) } }
      : { method: 'DELETE', path }),
  });
  return !answer.ok && answer.status === 404 ? { ok: true, value: undefined } : answer;
}

/** Leaves a series alone that has ended by then: a repeat changes and mails nothing. */
async function shorten(
  graph: Graph,
  actor: Actor,
  pair: PairDocument,
  event: Event,
  endDate: string,
): Promise<GraphAnswer<unknown>> {
  const recurrence: PatternedRecurrence | null | undefined = event.recurrence;
  if (!recurrence?.pattern || !recurrence.range) return { ok: true, value: undefined };
  const { range } = recurrence;
  if (range.type === 'endDate' && (range.endDate ?? '') <= endDate) return { ok: true, value: undefined };
  return graph.call<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'PATCH',
    path: pathOf(actor, pair, event),
    body: {
      recurrence: {
        pattern: patternAlone(recurrence.pattern),
        range: { type: 'endDate', startDate: range.startDate, endDate },
      },
    },
    scopes: calendarScopes,
  });
}

/** Graph answers every property of a pattern and takes only those of its type. */
export function patternAlone(
  pattern: NonNullable<PatternedRecurrence['pattern']>,
): PatternedRecurrence['pattern'] {
  const { type, interval, dayOfMonth, daysOfWeek, index } = pattern;
  if (type === 'absoluteMonthly') return { type, interval: interval ?? 1, dayOfMonth: dayOfMonth ?? 1 };
  return {
    type: type ?? 'relativeMonthly',
    interval: interval ?? 1,
    daysOfWeek: daysOfWeek ?? [],
    index: index ?? 'first',
  };
}

function pathOf(actor: Actor, pair: PairDocument, event: Event): string {
  return `${mailboxPath(actor, pair.managerId)}/events/${encodeURIComponent(event.id ?? '')}`;
}
