import { sideOf } from '@medspill/domain/access';
import type { Booking, PairView } from '@medspill/domain/book/contract';
import { monthsLeft, occurrenceIn } from '@medspill/domain/book/occurrences';
import { datesAhead, proposeSlots } from '@medspill/domain/book/slots';
import type { RouteAnswer, RouteRequest } from '@medspill/domain/contract';
import type { PairId, PersonId } from '@medspill/domain/ids';
import type { Person, Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import {
  dateIn,
  instantOf,
  type MonthText,
  monthOf,
  occurrenceTime,
  toInstantText,
  type WallTime,
  type Zone,
} from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import { v5 } from 'uuid';
import type { App } from '../app.ts';
import type { OutboxEntry, PairDocument, SeriesDocument } from '../documents.ts';
import { faultText } from '../http/route.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import type { Actor } from '../ports.ts';
import { shardOf } from '../shard.ts';
import { changePair, goOn } from './booking.ts';
import { nextReview, pairView, viewOfPair } from './pair-view.ts';
import { ensureReviews, takeNewTimes } from './reviews.ts';
import { keepWatching } from './watching.ts';

export { goOnBooking } from './booking.ts';

/** When the outbox takes over a booking that its request has not finished. */
const takeOverMinutes = 2;

export function actorOf({ personId, assertion }: Caller): Actor {
  return { kind: 'person', personId, assertion };
}

export async function listSellers(app: App, caller: Caller): Promise<Outcome<RouteAnswer<'listSellers'>>> {
  const { scope, personId } = caller;
  const [reports, pairs] = await Promise.all([
    app.directory.directReports(actorOf(caller)),
    app.store.pairs.ofManager(scope, personId),
  ]);
  if (!reports.ok) return reports;
  const lastMonth = app.clock.now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ months: 1 });
  const reviews =
    pairs.length === 0
      ? []
      : await app.store.reviews.ofPairs(
          scope,
          pairs.map(({ _id }) => _id),
          lastMonth.toPlainYearMonth().toString() as MonthText,
        );
  const viewOf = (pair: PairDocument): PairView => {
    const own = reviews.filter(({ pairId }) => pairId === pair._id);
    return pairView(pair, 'manager', nextReview(own, app.clock.now()));
  };
  const reported = reports.value.map((person) => {
    const pair = pairs.find(({ sellerId }) => sellerId === person.id);
    return { person, ...(pair === undefined ? {} : { pair: viewOf(pair) }) };
  });
  // Whom the directory does not name, or no longer, is here by the pair.
  const others = pairs
    .filter(({ sellerId }) => !reports.value.some(({ id }) => id === sellerId))
    .map((pair) => ({ person: pair.seller, pair: viewOf(pair) }));
  return done({ sellers: [...reported, ...others], directoryIsEmpty: reports.value.length === 0 });
}

export async function searchPeople(app: App, caller: Caller, text: string): Promise<Outcome<Person[]>> {
  const found = await app.directory.search(actorOf(caller), text);
  if (!found.ok) return found;
  return done(found.value.filter(({ id }) => id !== caller.personId));
}

export async function findSlots(
  app: App,
  caller: Caller,
  wish: RouteRequest<'findSlots'>['body'],
): Promise<Outcome<RouteAnswer<'findSlots'>>> {
  const actor = actorOf(caller);
  const seller = await sellerOf(app, caller, wish.sellerId);
  if (!seller.ok)
    return seller.refusal.code === 'seller_cannot_be_booked' ? refuse({ code: 'not_a_report' }) : seller;
  const manager = await managerOf(app, caller);
  if (!manager.ok) return manager;
  const dates = datesAhead(wish.pattern, wish.firstMonth, wish.zone, app.clock.now());
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) {
    return done({ availabilityKnown: true, sellerZone: seller.value.zone as Zone, slots: [] });
  }
  const read = await app.calendar.freeBusy(
    actor,
    [manager.value, seller.value],
    occurrenceTime(first, '00:00' as WallTime, wish.zone, 15).start,
    occurrenceTime(last, '23:30' as WallTime, wish.zone, 120).end,
  );
  if (!read.ok) return read;
  const [own, theirs] = read.value;
  if (own === undefined || theirs === undefined) throw new Error('free/busy of two people');
  return done({
    availabilityKnown: own.known && theirs.known,
    sellerZone: theirs.workingHours.zone as Zone,
    slots: proposeSlots(dates, wish.zone, wish.minutes, own, theirs),
  });
}

/**
 * Books the series: the pair with its plan is written first, so that nothing is lost; then it goes on in the name of
 * the manager, and the outbox takes over what remains. The same id never books twice.
 */
export async function book(app: App, caller: Caller, wish: Booking): Promise<Outcome<PairView>> {
  const { scope } = caller;
  const known = await app.store.pairs.get(scope, wish.bookingId);
  if (known !== undefined) {
    const same = known.managerId === caller.personId && known.sellerId === wish.sellerId;
    return same ? goOnFor(app, caller, known) : refuse({ code: 'not_allowed' });
  }
  const first = occurrenceIn(wish.firstMonth, wish.pattern, wish.time, wish.zone, wish.minutes);
  if (Temporal.Instant.compare(instantOf(first.start), app.clock.now()) <= 0) {
    return refuse({ code: 'slot_in_the_past' });
  }
  const seller = await sellerOf(app, caller, wish.sellerId);
  if (!seller.ok) return seller;
  const manager = await managerOf(app, caller);
  if (!manager.ok) return manager;
  const open = (await app.store.pairs.ofSeller(scope, wish.sellerId)).find(
    ({ managerId, endsAt }) => managerId === caller.personId && endsAt === 'open',
  );
  // The same call a moment earlier, in another window.
  if (open?._id === wish.bookingId) return goOnFor(app, caller, open);
  if (open !== undefined) return bookAgain(app, caller, open, wish);

  const pair: PairDocument = {
    _id: wish.bookingId,
    shard: shardOf(scope, wish.sellerId),
    tenantId: caller.tenantId,
    version: 1,
    outbox: [...bookingEntries(app), confirmEntry(app, wish, manager.value)],
    outboxDue: 'none',
    sellerId: wish.sellerId,
    managerId: caller.personId,
    seller: seller.value,
    manager: manager.value,
    startsAt: toInstantText(app.clock.now()),
    endsAt: 'open',
    series: newSeries(app, wish.bookingId, wish, 1),
    rhythm: { skippedMonths: [] },
  };
  if (!(await app.store.pairs.insert(scope, pair))) {
    const winner = (await app.store.pairs.ofSeller(scope, wish.sellerId)).find(
      ({ managerId, endsAt }) => managerId === caller.personId && endsAt === 'open',
    );
    if (winner === undefined || winner._id === pair._id) return book(app, caller, wish);
    return refuse({ code: 'already_booked', pairId: winner._id });
  }
  await dispatch(app, scope, app.store.pairs, pair);
  return goOnFor(app, caller, pair);
}

/** A pair whose series was stopped gets a new one: another generation, so that Graph does not take it for the old. */
async function bookAgain(
  app: App,
  caller: Caller,
  open: PairDocument,
  wish: Booking,
): Promise<Outcome<PairView>> {
  if (open.series !== undefined && open.series.state !== 'stopped') {
    return refuse({ code: 'already_booked', pairId: open._id });
  }
  const generation = (open.series?.generation ?? 0) + 1;
  const again: PairDocument = {
    ...open,
    outbox: [...open.outbox, ...bookingEntries(app)],
    series: newSeries(app, open._id, wish, generation),
  };
  const saved = await app.store.pairs.replace(caller.scope, again);
  return saved === undefined
    ? refuse({ code: 'already_booked', pairId: open._id })
    : goOnFor(app, caller, saved);
}

function newSeries(
  app: App,
  pairId: PairId,
  wish: Omit<Booking, 'bookingId' | 'sellerId'>,
  generation: number,
): SeriesDocument {
  return {
    state: 'booking',
    generation,
    transactionId: v5(`series/${generation}`, pairId),
    pattern: wish.pattern,
    time: wish.time,
    zone: wish.zone,
    minutes: wish.minutes,
    firstMonth: wish.firstMonth,
    months: wish.months,
    inPerson: wish.inPerson,
    privateBlocks: wish.privateBlocks,
    bookedAt: toInstantText(app.clock.now()),
    steps: { created: false, attached: false, invited: false, appInstalled: false, blocks: false },
  };
}

function bookingEntries(app: App): OutboxEntry[] {
  const due = toInstantText(app.clock.now().add({ minutes: takeOverMinutes }));
  return [{ id: app.newId.outbox(), kind: 'go_on_booking', due, attempts: 0 }];
}

function confirmEntry(app: App, { bookingId, sellerId }: Booking, manager: Person): OutboxEntry {
  return {
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `confirm_pair/${bookingId}`,
      to: sellerId,
      kind: 'confirm_pair',
      pairId: bookingId,
      target: { page: 'pair', id: bookingId },
      values: { manager: manager.name },
    },
  };
}

/**
 * Goes on in the name of the manager. What Entra asks of the person is answered to them; where Graph is only slow or
 * away the booking stands and the outbox goes on with it.
 */
async function goOnFor(app: App, caller: Caller, pair: PairDocument): Promise<Outcome<PairView>> {
  const { scope } = caller;
  await ensureReviews(app, scope, pair);
  const outcome = await goOn(app, scope, actorOf(caller), pair);
  if (!outcome.ok && outcome.refusal.code !== 'microsoft_unavailable') return outcome;
  if (outcome.ok) await watch(app, caller);
  const standing = outcome.ok ? outcome.value : await app.store.pairs.get(scope, pair._id);
  return done(await viewOfPair(app, scope, standing ?? pair, 'manager'));
}

/** With the first booking of a manager. It may fail: the daily round makes up for it, and reads meanwhile. */
async function watch(app: App, { scope, personId }: Caller): Promise<void> {
  try {
    const known = await app.store.subscriptions.ofManager(scope, personId);
    if (known?.subscriptionId === undefined) await keepWatching(app, scope, personId);
  } catch (error) {
    app.log('warn', { event: 'watch', managerId: personId, error: faultText(error) });
  }
}

/** A report of the manager, or anybody where the directory names none: then the seller's confirmation decides. */
async function sellerOf(app: App, caller: Caller, sellerId: PersonId): Promise<Outcome<Person>> {
  if (sellerId === caller.personId) return refuse({ code: 'seller_cannot_be_booked', because: 'self' });
  const reports = await app.directory.directReports(actorOf(caller));
  if (!reports.ok) return reports;
  const report = reports.value.find(({ id }) => id === sellerId);
  if (report !== undefined) return done(report);
  const found = await app.directory.find(actorOf(caller), sellerId);
  if (!found.ok) return found;
  if (found.value === undefined) return refuse({ code: 'not_a_report' });
  const { obstacle, ...person } = found.value;
  if (obstacle !== undefined) return refuse({ code: 'seller_cannot_be_booked', because: obstacle });
  if (reports.value.length > 0) return refuse({ code: 'not_a_report' });
  return done(person);
}

async function managerOf(app: App, caller: Caller): Promise<Outcome<Person>> {
  const found = await app.directory.find(actorOf(caller), caller.personId);
  if (!found.ok) return found;
  if (found.value === undefined) return refuse({ code: 'not_allowed' });
  const { obstacle: _obstacle, ...person } = found.value;
  return done(person);
}

type OpenPair = { pair: PairDocument; side: Side };

/** Refusal: not_found, to everybody but the two, and to a former manager. */
export async function openPair(
  app: App,
  caller: Caller,
  pairId: PairId,
  as?: Side,
): Promise<Outcome<OpenPair>> {
  const pair = await app.store.pairs.get(caller.scope, pairId);
  if (pair === undefined) return refuse({ code: 'not_found' });
  const side = sideOf(pair, caller.personId, toInstantText(app.clock.now()));
  if (side === undefined || (as !== undefined && side !== as)) return refuse({ code: 'not_found' });
  return done({ pair, side });
}

export async function getPair(app: App, caller: Caller, pairId: PairId): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId);
  if (!opened.ok) return opened;
  return done(await viewOfPair(app, caller.scope, opened.value.pair, opened.value.side));
}

export async function resumeBooking(app: App, caller: Caller, pairId: PairId): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'manager');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  if (pair.series === undefined || pair.series.state === 'stopped' || pair.endsAt !== 'open') {
    return refuse({ code: 'no_series' });
  }
  if (pair.series.state === 'booked' && (pair.series.steps.appInstalled || pair.series.inPerson)) {
    return done(await viewOfPair(app, caller.scope, pair, 'manager'));
  }
  if (pair.series.problem === 'series_gone' && monthsLeft(pair.series, app.clock.now()).length === 0) {
    return refuse({ code: 'no_series' });
  }
  const awakened = await changePair(app, caller.scope, pair, (stored) => ({
    ...stored,
    ...(stored.series === undefined ? {} : { series: awake(app, stored, stored.series) }),
    outbox: stored.outbox.some(({ kind }) => kind === 'go_on_booking')
      ? stored.outbox
      : [...stored.outbox, ...bookingEntries(app)],
  }));
  return goOnFor(app, caller, awakened);
}

function awake(app: App, pair: PairDocument, series: SeriesDocument): SeriesDocument {
  if (series.problem === 'series_gone') return madeAnew(app, pair, series) ?? series;
  const { problem: _problem, ...rest } = series;
  return { ...rest, state: series.state === 'booked' ? 'booked' : 'booking' };
}

/** A series that somebody deleted in Outlook, from its next month on: the one button that mends it. */
function madeAnew(app: App, pair: PairDocument, series: SeriesDocument): SeriesDocument | undefined {
  const left = monthsLeft(series, app.clock.now());
  const [firstMonth] = left;
  if (firstMonth === undefined) return undefined;
  const { pattern, time, zone, minutes, inPerson, privateBlocks } = series;
  const wish = { pattern, time, zone, minutes, inPerson, privateBlocks, firstMonth, months: left.length };
  return successor(app, pair, series, wish);
}

type Plan = Omit<Booking, 'bookingId' | 'sellerId'>;

/** A series in the place of another: its first step is to end the other in Outlook. */
function successor(app: App, pair: PairDocument, former: SeriesDocument, plan: Plan): SeriesDocument {
  return {
    ...newSeries(app, pair._id, plan, former.generation + 1),
    endsGeneration: former.generation,
  };
}

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
  const ahead = monthsLeft(
    { ...wish, firstMonth: thisMonth, months: rescheduledMonths + 1 },
    app.clock.now(),
  );
  const months = ahead.filter((month) => !held.includes(month)).slice(0, rescheduledMonths);
  const [firstMonth] = months;
  if (firstMonth === undefined) return refuse({ code: 'no_series' });
  const { inPerson, privateBlocks } = series;
  const plan: Plan = { ...wish, inPerson, privateBlocks, firstMonth, months: months.length };
  const changed = await changePair(app, caller.scope, pair, (stored) => ({
    ...stored,
    series: successor(app, stored, stored.series ?? series, plan),
    outbox: [...stored.outbox.filter(({ kind }) => kind !== 'go_on_booking'), ...bookingEntries(app)],
  }));
  await takeNewTimes(app, caller.scope, changed);
  return goOnFor(app, caller, changed);
}

const rescheduledMonths = 12;

/** A repeat of the same wish finds it fulfilled. */
function isAsWished(
  series: SeriesDocument,
  wish: Pick<Booking, 'pattern' | 'time' | 'zone' | 'minutes'>,
): boolean {
  const of = ({ pattern, time, zone, minutes }: typeof wish) =>
    JSON.stringify([pattern, time, zone, minutes]);
  return of(series) === of(wish);
}

export async function confirmPair(app: App, caller: Caller, pairId: PairId): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'seller');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  if (pair.endsAt !== 'open') return refuse({ code: 'not_found' });
  const confirmed =
    pair.confirmedAt !== undefined
      ? pair
      : await changePair(app, caller.scope, pair, (stored) => ({
          ...stored,
          confirmedAt: stored.confirmedAt ?? toInstantText(app.clock.now()),
        }));
  return done(await viewOfPair(app, caller.scope, confirmed, 'seller'));
}
