// Whom a manager can book, and when both are free.
import type { PairView } from '@medspill/domain/book/contract';
import { datesAhead, proposeSlots } from '@medspill/domain/book/slots';
import type { RouteAnswer, RouteRequest } from '@medspill/domain/contract';
import type { PersonId } from '@medspill/domain/ids';
import type { Person } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { type MonthText, occurrenceTime, type WallTime, type Zone } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { actorOf } from './actor.ts';
import { nextReview, pairView } from './pair-view.ts';

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

/** A report of the manager, or anybody where the directory names none: then the seller's confirmation decides. */
export async function sellerOf(app: App, caller: Caller, sellerId: PersonId): Promise<Outcome<Person>> {
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

export async function managerOf(app: App, caller: Caller): Promise<Outcome<Person>> {
  const found = await app.directory.find(actorOf(caller), caller.personId);
  if (!found.ok) return found;
  if (found.value === undefined) return refuse({ code: 'not_allowed' });
  const { obstacle: _obstacle, ...person } = found.value;
  return done(person);
}
