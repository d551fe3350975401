import type { Booking, PairView } from '@medspill/domain/book/contract';
import { monthsLeft } from '@medspill/domain/book/occurrences';
import type { PairId } from '@medspill/domain/ids';
import { type Outcome, refuse } from '@medspill/domain/refusals';
import { dateIn, monthOf } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { SeriesDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { changePair } from './booking.ts';
import { absenceEntries, bookedEntry, bookingEntries, type Plan, successor } from './new-series.ts';
import { takeNewTimes } from './reviews.ts';
import { goOnFor, openPair } from './use-cases.ts';

const rescheduledMonths = 12;

/**
 * Another pattern, time or length from the next month on. A new series, since a changed one would rewrite the months
 * that were held (facts/graph.md: changing recurrence discards exceptions).
 */
export async function rescheduleSeries(
  app: App,
  caller: Caller,
  pairId: PairId,
  wish: Pick<Booking, 'pattern' | 'time' | 'zone' | 'minutes'>,
): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'manager');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  const { series } = pair;
  if (series === undefined || series.state === 'stopped' || pair.endsAt !== 'open') {
    return refuse({ code: 'no_series' });
  }
  if (isAsWished(series, wish)) return goOnFor(app, caller, pair);
  const reviews = await app.store.reviews.ofPair(caller.scope, pair._id);
  const held = reviews
    .filter(({ state }) => state !== 'planned' && state !== 'skipped')
    .map(({ month }) => month);
  const thisMonth = monthOf(dateIn(app.clock.now(), wish.zone));
  // A series that was booked to begin later still does.
  const firstPossible = [series.firstMonth, thisMonth].sort().at(-1) ?? thisMonth;
  const ahead = monthsLeft(
    { ...wish, firstMonth: firstPossible, months: rescheduledMonths + 1 },
    app.clock.now(),
  );
  const months = ahead.filter((month) => !held.includes(month)).slice(0, rescheduledMonths);
  const [firstMonth] = months;
  if (firstMonth === undefined) return refuse({ code: 'no_series' });
  const { inPerson, privateBlocks } = series;
  const plan: Plan = { ...wish, inPerson, privateBlocks, firstMonth, months: months.length };
  const changed = await changePair(app, caller.scope, pair, (stored) => {
    const next = successor(app, stored, stored.series ?? series, plan);
    const others = stored.outbox.filter(({ kind }) => kind !== 'go_on_booking');
    const outbox = [
      ...others,
      ...bookingEntries(app),
      ...absenceEntries(app, stored),
      bookedEntry(app, stored, next.generation),
    ];
    return { ...stored, series: next, outbox };
  });
  await takeNewTimes(app, caller.scope, changed);
  return goOnFor(app, caller, changed);
}

/** A repeat of the same wish finds it fulfilled. */
function isAsWished(
  series: SeriesDocument,
  wish: Pick<Booking, 'pattern' | 'time' | 'zone' | 'minutes'>,
): boolean {
  const of = ({ pattern, time, zone, minutes }: typeof wish) =>
    JSON.stringify([pattern, time, zone, minutes]);
  return of(series) === of(wish);
}
