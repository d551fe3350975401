import { sideOf } from '@medspill/domain/access';
import type { Booking, PairView } from '@medspill/domain/book/contract';
import { monthsLeft, occurrenceIn } from '@medspill/domain/book/occurrences';
import type { PairId } from '@medspill/domain/ids';
import type { Person, Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { instantOf, toInstantText } from '@medspill/domain/time';
import { takeoverStart } from '@medspill/domain/trust/takeover';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { OutboxEntry, PairDocument } from '../documents.ts';
import { faultText } from '../http/route.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import { shardOf } from '../shard.ts';
import { writeDown } from '../trust/audit.ts';
import { pairToTakeOver, takeOverEntry, takeoverNotices } from '../trust/takeover.ts';
import { actorOf } from './actor.ts';
import { changePair, goOn } from './booking.ts';
import { absenceEntries, awake, bookedEntry, bookingEntries, newSeries } from './new-series.ts';
import { viewOfPair } from './pair-view.ts';
import { ensureReviews } from './reviews.ts';
import { managerOf, sellerOf } from './sellers.ts';
import { keepWatching } from './watching.ts';

export { goOnBooking } from './booking.ts';

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
  const pairs = await app.store.pairs.ofSeller(scope, wish.sellerId);
  const open = pairs.find(({ managerId, endsAt }) => managerId === caller.personId && endsAt === 'open');
  // The same call a moment earlier, in another window.
  if (open?._id === wish.bookingId) return goOnFor(app, caller, open);
  if (open !== undefined) return bookAgain(app, caller, open, wish);

  const former = pairToTakeOver(app, pairs, caller.personId);
  if (former !== undefined) {
    const change = { pairId: wish.bookingId, from: former.managerId, to: caller.personId };
    await writeDown(app, caller, wish.sellerId, { kind: 'manager_change_asked', ...change });
  }
  const pair: PairDocument = {
    _id: wish.bookingId,
    shard: shardOf(scope, wish.sellerId),
    tenantId: caller.tenantId,
    version: 1,
    outbox: [
      ...bookingEntries(app),
      confirmEntry(app, wish, manager.value),
      ...(former === undefined
        ? []
        : takeoverNotices(app, 'manager_change', { _id: wish.bookingId, manager: manager.value }, [
            { person: seller.value, page: wish.bookingId },
            { person: former.manager, page: former._id },
          ])),
    ],
    outboxDue: 'none',
    sellerId: wish.sellerId,
    managerId: caller.personId,
    seller: seller.value,
    manager: manager.value,
    startsAt: former === undefined ? toInstantText(app.clock.now()) : takeoverStart(app.clock.now()),
    endsAt: 'open',
    ...(former === undefined ? {} : { takesOver: { pairId: former._id } }),
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
    outbox: [
      ...open.outbox,
      ...bookingEntries(app),
      ...absenceEntries(app, open),
      bookedEntry(app, open, generation),
    ],
    series: newSeries(app, open._id, wish, generation),
  };
  const saved = await app.store.pairs.replace(caller.scope, again);
  return saved === undefined
    ? refuse({ code: 'already_booked', pairId: open._id })
    : goOnFor(app, caller, saved);
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
export async function goOnFor(app: App, caller: Caller, pair: PairDocument): Promise<Outcome<PairView>> {
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

export async function confirmPair(app: App, caller: Caller, pairId: PairId): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'seller');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  if (pair.endsAt !== 'open') return refuse({ code: 'not_found' });
  const confirmed =
    pair.confirmedAt !== undefined
      ? pair
      : await changePair(app, caller.scope, pair, (stored) => {
          if (stored.confirmedAt !== undefined) return stored;
          const agreed = { ...stored, confirmedAt: toInstantText(app.clock.now()) };
          return { ...agreed, outbox: [...agreed.outbox, ...takeOverEntry(app, agreed)] };
        });
  await dispatch(app, caller.scope, app.store.pairs, confirmed);
  return done(await viewOfPair(app, caller.scope, confirmed, 'seller'));
}
