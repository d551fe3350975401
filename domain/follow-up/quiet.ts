// When somebody may be reminded: at work, outside meetings, not while away (capabilities 43 and 55).
import { Temporal } from 'temporal-polyfill';
import { type DateText, type InstantText, instantOf } from '../time.ts';
import { type IsHoliday, isWorkingDay } from '../working-days.ts';

export type Span = { start: InstantText; end: InstantText };

export type WorkingHours = {
  /** English names of weekdays in lower case, as a mailbox has them. */
  days: readonly string[];
  start: string;
  end: string;
  zone: string;
};

/** Where a mailbox does not tell; reminders begin at nine wherever work has begun by then. */
const usualHours = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  start: '09:00',
  end: '16:00',
} as const;

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Longer than any calendar is asked for; whoever works on no day at all is asked again then. */
const mostDays = 30;

/**
 * The first moment from `now` on when a person is at work and in none of the spans. Hours that make no day (a night
 * shift, no weekday at all) count as unknown. Public holidays are no working days.
 */
export function freeFrom(
  now: Temporal.Instant,
  hours: WorkingHours,
  taken: readonly Span[],
  isHoliday: IsHoliday,
): Temporal.Instant {
  const known =
    hours.days.length > 0 && hours.start < hours.end ? hours : { ...usualHours, zone: hours.zone };
  const start =
    known.start < usualHours.start && usualHours.start < known.end ? usualHours.start : known.start;
  const spans = [...taken].sort((a, b) => a.start.localeCompare(b.start));
  const limit = now.add({ hours: mostDays * 24 });
  let at = now;
  while (Temporal.Instant.compare(at, limit) < 0) {
    const atWork = workFrom(at, { ...known, start }, isHoliday);
    const span = spans.find(
      (one) =>
        Temporal.Instant.compare(instantOf(one.start), atWork) <= 0 &&
        Temporal.Instant.compare(atWork, instantOf(one.end)) < 0,
    );
    if (span === undefined) return atWork;
    at = instantOf(span.end);
  }
  return limit;
}

function workFrom(at: Temporal.Instant, hours: WorkingHours, isHoliday: IsHoliday): Temporal.Instant {
  const wall = at.toZonedDateTimeISO(hours.zone);
  for (let ahead = 0; ahead <= mostDays; ahead++) {
    const date = wall.toPlainDate().add({ days: ahead });
    const name = weekdays[date.dayOfWeek - 1];
    if (name === undefined || !hours.days.includes(name) || isFree(date, isHoliday)) continue;
    const opens = date.toZonedDateTime({ timeZone: hours.zone, plainTime: hours.start }).toInstant();
    const closes = date.toZonedDateTime({ timeZone: hours.zone, plainTime: hours.end }).toInstant();
    if (Temporal.Instant.compare(at, opens) <= 0) return opens;
    if (Temporal.Instant.compare(at, closes) < 0) return at;
  }
  return at.add({ hours: mostDays * 24 });
}

/** Whoever works on Saturdays works on a Saturday; a public holiday is one on any day of the week. */
function isFree(date: Temporal.PlainDate, isHoliday: IsHoliday): boolean {
  return date.dayOfWeek <= 5 ? !isWorkingDay(text(date), isHoliday) : isHoliday(text(date));
}

const text = (date: Temporal.PlainDate) => date.toString() as DateText;
