// One home for dates on the page: everything is shown on the wall clock of the person who looks.
import { Temporal } from 'temporal-polyfill';

export type Locale = 'nb-NO' | 'en-GB';

export function zoned(instant: string | number, zone: string): Temporal.ZonedDateTime {
  const at =
    typeof instant === 'number'
      ? Temporal.Instant.fromEpochMilliseconds(instant)
      : Temporal.Instant.from(instant);
  return at.toZonedDateTimeISO(zone);
}

export function instantText(date: string, time: string, zone: string): string {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).toInstant().toString();
}

/** The days that the view shows: a week, or whole weeks around a month. */
export function shownDays(range: 'week' | 'month', date: Temporal.PlainDate): Temporal.PlainDate[] {
  const monday = (of: Temporal.PlainDate) => of.subtract({ days: of.dayOfWeek - 1 });
  if (range === 'week') return Array.from({ length: 7 }, (_, day) => monday(date).add({ days: day }));
  const first = monday(date.with({ day: 1 }));
  const last = date.with({ day: date.daysInMonth });
  const weeks = Math.ceil((first.until(last, { largestUnit: 'day' }).days + 1) / 7);
  return Array.from({ length: weeks * 7 }, (_, day) => first.add({ days: day }));
}

export function window(days: Temporal.PlainDate[], zone: string): { from: string; to: string } {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) throw new Error('no days');
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString();
  return { from: at(first), to: at(last.add({ days: 1 })) };
}

export function clockText(instant: string | number, zone: string, locale: Locale): string {
  return zoned(instant, zone).toLocaleString(locale, { hour: '2-digit', minute: '2-digit' });
}

export function dayText(instant: string | number, zone: string, locale: Locale): string {
  return capital(
    zoned(instant, zone).toLocaleString(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
  );
}

export function shortDayText(instant: string | number, zone: string, locale: Locale): string {
  return zoned(instant, zone).toLocaleString(locale, { weekday: 'short', day: 'numeric', month: 'short' });
}

export function spanText(start: string, end: string, zone: string, locale: Locale): string {
  return `${dayText(start, zone, locale)}, ${clockText(start, zone, locale)}–${clockText(end, zone, locale)}`;
}

export function monthText(date: Temporal.PlainDate, locale: Locale): string {
  return capital(date.toLocaleString(locale, { month: 'long', year: 'numeric' }));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
