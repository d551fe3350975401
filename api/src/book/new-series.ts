// A series as it is planned, before anything of it stands in Outlook.
import type { Booking } from '@medspill/domain/book/contract';
import { monthsLeft } from '@medspill/domain/book/occurrences';
import type { PairId } from '@medspill/domain/ids';
import { toInstantText } from '@medspill/domain/time';
import { v5 } from 'uuid';
import type { App } from '../app.ts';
import type { OutboxEntry, PairDocument, SeriesDocument } from '../documents.ts';

/** When the outbox takes over a booking that its request has not finished. */
const takeOverMinutes = 2;

export type Plan = Omit<Booking, 'bookingId' | 'sellerId'>;

export function newSeries(app: App, pairId: PairId, wish: Plan, generation: number): SeriesDocument {
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

/** A series in the place of another: its first step is to end the other in Outlook. */
export function successor(app: App, pair: PairDocument, former: SeriesDocument, plan: Plan): SeriesDocument {
  return {
    ...newSeries(app, pair._id, plan, former.generation + 1),
    // One that was never ended itself leaves its own former to be ended too.
    endsGeneration: former.endsGeneration ?? former.generation,
  };
}

export function awake(app: App, pair: PairDocument, series: SeriesDocument): SeriesDocument {
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

/** Told once the series stands in Outlook; to a seller who has yet to confirm, the question to do so tells it. */
export function bookedEntry(app: App, pair: PairDocument, generation: number): OutboxEntry {
  return {
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `booked/${pair._id}/${generation}`,
      to: pair.sellerId,
      kind: 'booked',
      pairId: pair._id,
      target: { page: 'pair', id: pair._id },
      values: { manager: pair.manager.name },
    },
  };
}

export function bookingEntries(app: App): OutboxEntry[] {
  const due = toInstantText(app.clock.now().add({ minutes: takeOverMinutes }));
  return [{ id: app.newId.outbox(), kind: 'go_on_booking', due, attempts: 0 }];
}

/** Where a pair gets new months: those that fall within an absence are skipped once the series stands. */
export function absenceEntries(app: App, { absences }: Pick<PairDocument, 'absences'>): OutboxEntry[] {
  if (absences === undefined || absences.length === 0) return [];
  const due = toInstantText(app.clock.now().add({ minutes: 1 }));
  return [{ id: app.newId.outbox(), kind: 'keep_absences', due, attempts: 0 }];
}
