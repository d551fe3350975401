// Reminders come in the working day of whom they are for: at nine, never at night, on a weekend or a holiday.
import { Temporal } from 'temporal-polyfill';
import {
  type DateText,
  dateIn,
  type InstantText,
  instantOf,
  occurrenceTime,
  toInstantText,
  type WallTime,
  type Zone,
} from '../time.ts';
import { addWorkingDays, type IsHoliday, isWorkingDay, workingDayFrom } from '../working-days.ts';

const sendAt = '09:00' as WallTime;
/** After this hour a reminder that comes late waits for the next working day. */
const lastHour = 16;

/** Nine o'clock on a date, or on the next working day. */
export function nineOn(date: DateText, zone: Zone, isHoliday: IsHoliday): InstantText {
  return occurrenceTime(workingDayFrom(date, isHoliday), sendAt, zone, 15).start;
}

/** When to send what is meant for a date: then, or as soon after as the person is at work. */
export function reminderTime(
  date: DateText,
  zone: Zone,
  now: Temporal.Instant,
  isHoliday: IsHoliday,
): InstantText {
  const planned = nineOn(date, zone, isHoliday);
  if (Temporal.Instant.compare(instantOf(planned), now) >= 0) return planned;
  const today = dateIn(now, zone);
  const nine = nineOn(today, zone, isHoliday);
  if (Temporal.Instant.compare(instantOf(nine), now) >= 0) return nine;
  const atWork = isWorkingDay(today, isHoliday) && now.toZonedDateTimeISO(zone).hour < lastHour;
  return atWork ? toInstantText(now) : nineOn(addWorkingDays(today, 1, isHoliday), zone, isHoliday);
}
