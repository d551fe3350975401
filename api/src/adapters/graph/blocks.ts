// The manager's private blocks. Reflection follows the meetings as a series of its own; preparation lies two working
// days before, which no monthly recurrence of Exchange can say (before 1 December is November), so each month has one.
import { prepBlock, reflectBlock } from '@medspill/domain/book/blocks';
import { occurrenceIn } from '@medspill/domain/book/occurrences';
import { calendarBlocks } from '@medspill/domain/content/sections/agenda';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { Language } from '@medspill/domain/people';
import { done, type Outcome } from '@medspill/domain/refusals';
import { instantOf, type MonthText, type OccurrenceTime } from '@medspill/domain/time';
import type { IsHoliday } from '@medspill/domain/working-days';
import type { Event } from '@microsoft/microsoft-graph-types';
import { Temporal } from 'temporal-polyfill';
import { v5 } from 'uuid';
import type { Config } from '../../config.ts';
import type { PairDocument, SeriesDocument } from '../../documents.ts';
import type { Actor, Clock } from '../../ports.ts';
import { escapeHtml } from './body-block.ts';
import { type Graph, mailboxPath, refusalOf } from './client.ts';
import { deepLink } from './deep-link.ts';
import { type PartName, recurrenceOf, tags, timesOf } from './event.ts';
import { calendarScopes, findBooking } from './found-booking.ts';

export function holidaysOf(config: Config): IsHoliday {
  return config.holidayCountry === 'NO' ? isPublicHoliday : () => false;
}

export function firstOccurrence(series: SeriesDocument): OccurrenceTime {
  return occurrenceIn(series.firstMonth, series.pattern, series.time, series.zone, series.minutes);
}

export function reflectEvent(config: Config, pair: PairDocument, series: SeriesDocument): Event {
  const times = timesOf(reflectBlock(firstOccurrence(series)));
  const review = firstOccurrence(series);
  // A late review's reflection may begin after midnight: then the pattern's own day is not its day.
  const sameDay = times.start.dateTime.startsWith(review.date);
  return {
    ...managersBlock(config, pair, series, 'reflect'),
    ...times,
    ...(sameDay ? { recurrence: recurrenceOf(series.pattern, review.date, series.months) } : {}),
  };
}

/** Undefined where the time for it has passed. */
export function prepEvent(
  config: Config,
  pair: PairDocument,
  series: SeriesDocument,
  month: MonthText,
  review: OccurrenceTime,
  now: Temporal.Instant,
): Event | undefined {
  const time = prepBlock(review, holidaysOf(config));
  if (Temporal.Instant.compare(instantOf(time.start), now) <= 0) return undefined;
  return { ...managersBlock(config, pair, series, `prep/${month}`), ...timesOf(time) };
}

function managersBlock(config: Config, pair: PairDocument, series: SeriesDocument, part: PartName): Event {
  return {
    ...privateBlock(config, pair, part === 'reflect' ? 'reflect' : 'prep', pair.manager.language),
    transactionId: v5(part, series.transactionId),
    ...tags(pair, series, part),
  };
}

/** Busy and private, with the link to the form and nothing about anybody. */
export function privateBlock(
  config: Config,
  pair: PairDocument,
  key: 'prep' | 'reflect',
  language: Language,
): Event {
  const content = calendarBlocks.find((candidate) => candidate.key === key);
  if (content === undefined) throw new Error(`no block ${key}`);
  const title = content.title[language];
  const url = deepLink(config, { page: 'pair', id: pair._id });
  return {
    subject: title,
    body: { contentType: 'html', content: `<p><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></p>` },
    sensitivity: 'private',
    showAs: 'busy',
    isReminderOn: true,
    reminderMinutesBeforeStart: 5,
    isOnlineMeeting: false,
  };
}

/** Makes the preparation block of a month once: it looks for the month's own before. */
export async function bookPreparation(
  graph: Graph,
  clock: Clock,
  actor: Actor,
  pair: PairDocument & { series: SeriesDocument },
  month: MonthText,
  at: OccurrenceTime,
): Promise<Outcome<true>> {
  const event = prepEvent(graph.config, pair, pair.series, month, at, clock.now());
  if (event === undefined || !pair.series.privateBlocks) return done(true);
  const found = await findBooking(graph, actor, pair, pair.series);
  if (!found.ok) return refusalOf(found);
  if ((found.value.prep.get(`prep/${month}`) ?? []).length > 0) return done(true);
  const made = await graph.call<Event>({
    actor,
    mailbox: pair.managerId,
    method: 'POST',
    path: `${mailboxPath(actor, pair.managerId)}/events`,
    body: event,
    scopes: calendarScopes,
  });
  return made.ok ? done(true) : refusalOf(made);
}
