// Where the time of one month is taken: what else of that month suits both.
import type { RouteAnswer } from '@medspill/domain/contract';
import type { ReviewId } from '@medspill/domain/ids';
import { done, type Outcome } from '@medspill/domain/refusals';
import {
  type DateText,
  type InstantText,
  instantOf,
  occurrenceTime,
  toInstantText,
  type WallTime,
  type Zone,
} from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { Caller } from '../http/token.ts';
import { actorOf } from './actor.ts';
import { neighboursOf } from './changes.ts';
import { openReview } from './open-review.ts';

/** Some weeks hold few common times; more than these nobody reads. */
const mostTimes = 5;

export async function findOtherTimes(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
): Promise<Outcome<RouteAnswer<'findOtherTimes'>>> {
  const opened = await openReview(app, caller, reviewId);
  if (!opened.ok) return opened;
  const { review, pair, series } = opened.value;
  const { zone } = series;
  const span = await spanOf(app, caller, opened.value);
  if (span === undefined) return done({ times: [] });
  const found = await app.calendar.findTimes(actorOf(caller), pair.seller, {
    ...span,
    minutes: review.occurrence.minutes,
  });
  if (!found.ok) return found;
  const times = found.value
    .filter((start) => start !== review.occurrence.start)
    .map((start) => ({ ...wallIn(start, zone), sellerTime: wallIn(start, pair.seller.zone).time }));
  return done({ times: spread(times) });
}

/** The rest of the month, kept between the neighbouring reviews as a move must be. */
async function spanOf(
  app: App,
  caller: Caller,
  { review, pair, series }: Parameters<typeof neighboursOf>[2],
): Promise<{ from: InstantText; to: InstantText } | undefined> {
  const month = Temporal.PlainYearMonth.from(review.month);
  const midnight = '00:00' as WallTime;
  const startOf = (date: Temporal.PlainDate) =>
    occurrenceTime(date.toString() as DateText, midnight, series.zone, 15).start;
  const { before, after } = await neighboursOf(app, caller, { review, pair, series });
  const soonest = toInstantText(app.clock.now().add({ hours: 1 }));
  const first = startOf(month.toPlainDate({ day: 1 }));
  const behind = before === undefined ? first : startOf(Temporal.PlainDate.from(before).add({ days: 1 }));
  const last = startOf(month.add({ months: 1 }).toPlainDate({ day: 1 }));
  const ahead = after === undefined ? last : startOf(Temporal.PlainDate.from(after));
  const from = [soonest, first, behind].sort().at(-1) ?? soonest;
  const to = [last, ahead].sort()[0] ?? last;
  return from < to ? { from, to } : undefined;
}

/** At most one a day at first, so that the list is a choice of days; then whatever else there is. */
function spread<T extends { date: DateText }>(times: T[]): T[] {
  const days = [...new Map(times.toReversed().map((time) => [time.date, time])).values()].toReversed();
  const rest = times.filter((time) => !days.includes(time));
  return [...days, ...rest].slice(0, mostTimes);
}

function wallIn(start: InstantText, zone: string): { date: DateText; time: WallTime } {
  const local = instantOf(start).toZonedDateTimeISO(zone as Zone);
  return {
    date: local.toPlainDate().toString() as DateText,
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }) as WallTime,
  };
}
