// When a notice may interrupt its reader. Nothing does during a review (capability 55). Reminders wait for more: for
// working hours, for the end of any meeting or absence in the calendar, and for the next day when one has come today.
import { freeFrom, type Span, type WorkingHours } from '@medspill/domain/follow-up/quiet';
import { reminderTime } from '@medspill/domain/follow-up/reminder-time';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { Person } from '@medspill/domain/people';
import {
  dateIn,
  type InstantText,
  instantOf,
  type MonthText,
  monthOf,
  toInstantText,
  type Zone,
} from '@medspill/domain/time';
import { addWorkingDays } from '@medspill/domain/working-days';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { NoticeDocument, PairDocument } from '../documents.ts';
import { faultText } from '../http/route.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';

/** How far the calendar is read: whoever is away longer is looked up again when it ends. */
const readDays = 7;

/** The end of the review that a person is in; undefined when in none. */
export async function reviewEnd(app: App, scope: Scope, reader: Person): Promise<InstantText | undefined> {
  const reviews = await reviewsNow(app, scope, await pairsOf(app, scope, reader));
  return reviews.map(({ end }) => end).sort()[0];
}

/** Until when a reminder has to wait; undefined when it may go now, and then no other may go today. */
export async function waitOf(
  app: App,
  scope: Scope,
  { notice }: NoticeDocument,
  pair: PairDocument,
  reader: Person,
): Promise<InstantText | undefined> {
  const now = app.clock.now();
  const { hours, busy } = await calendarOf(app, pair, reader);
  const pairs = await pairsOf(app, scope, reader);
  const taken = [...busy, ...absencesOf(reader, pairs), ...(await reviewsNow(app, scope, pairs))];
  const free = freeFrom(now, hours, taken, isPublicHoliday);
  if (Temporal.Instant.compare(free, now) > 0) return toInstantText(free);
  const today = dateIn(now, reader.zone);
  const id = `reminder_day/${notice.to}/${today}`;
  const isFirst = await app.store.notices.add(scope, {
    _id: id,
    shard: shardOf(scope, notice.to),
    tenantId: scope.tenantId,
    notice,
    dueAt: toInstantText(now),
    state: 'sent',
  });
  if (isFirst) return undefined;
  const first = await app.store.notices.get(scope, id);
  // A process that died between taking the day and sending takes the same day again.
  if (first?.notice.id === notice.id) return undefined;
  const tomorrow = addWorkingDays(today, 1, isPublicHoliday);
  return reminderTime(tomorrow, reader.zone as Zone, now, isPublicHoliday);
}

async function pairsOf(app: App, scope: Scope, reader: Person): Promise<PairDocument[]> {
  const [team, own] = await Promise.all([
    app.store.pairs.ofManager(scope, reader.id),
    app.store.pairs.ofSeller(scope, reader.id),
  ]);
  return [...team, ...own].filter((pair) => pair.endsAt === 'open');
}

async function reviewsNow(app: App, scope: Scope, pairs: PairDocument[]): Promise<Span[]> {
  if (pairs.length === 0) return [];
  const now = app.clock.now();
  const ids = pairs.map((pair) => pair._id);
  const from: MonthText = monthOf(dateIn(now.subtract({ hours: 24 * 40 }), 'UTC'));
  const reviews = await app.store.reviews.ofPairs(scope, ids, from);
  return reviews
    .filter(
      ({ state, occurrence: { start, end } }) =>
        state !== 'skipped' &&
        Temporal.Instant.compare(instantOf(start), now) <= 0 &&
        Temporal.Instant.compare(now, instantOf(end)) < 0,
    )
    .map(({ occurrence: { start, end } }) => ({ start, end }));
}

/** The days that the reader has said to be away, in any of their pairs. */
function absencesOf(reader: Person, pairs: PairDocument[]): Span[] {
  const midnight = (date: Temporal.PlainDate) => toInstantText(date.toZonedDateTime(reader.zone).toInstant());
  return pairs.flatMap(({ absences = [], sellerId }) =>
    absences
      .filter(({ side }) => side === (sellerId === reader.id ? 'seller' : 'manager'))
      .map(({ from, to }) => ({
        start: midnight(Temporal.PlainDate.from(from)),
        end: midnight(Temporal.PlainDate.from(to).add({ days: 1 })),
      })),
  );
}

/**
 * Working hours, meetings and absences from free/busy, asked through the manager's mailbox: the only one that the app
 * may use by itself. Where it cannot be read, the usual hours hold.
 */
async function calendarOf(
  app: App,
  pair: PairDocument,
  reader: Person,
): Promise<{ hours: WorkingHours; busy: Span[] }> {
  const now = app.clock.now();
  const people = reader.id === pair.managerId ? [pair.manager] : [pair.manager, reader];
  const until = toInstantText(now.add({ hours: readDays * 24 }));
  try {
    const read = await app.calendar.freeBusy({ kind: 'app' }, people, toInstantText(now), until);
    const found = read.ok ? read.value.find(({ personId }) => personId === reader.id) : undefined;
    if (found?.known) return { hours: found.workingHours, busy: found.busy };
  } catch (error) {
    // A manager whose mailbox has gone must not keep a seller's reminders back.
    app.log('warn', { event: 'free_busy', managerId: pair.managerId, error: faultText(error) });
  }
  return { hours: { days: [], start: '', end: '', zone: reader.zone }, busy: [] };
}
