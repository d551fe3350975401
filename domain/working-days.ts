// Which days are worked: checkpoints, deadlines and preparation fall on working days only.
import { Temporal } from 'temporal-polyfill';
import type { DateText } from './time.ts';

/** True on a public holiday; the caller brings the calendar of the country in the settings. */
export type IsHoliday = (date: DateText) => boolean;

const text = (date: Temporal.PlainDate) => date.toString() as DateText;

export function isWorkingDay(date: DateText, isHoliday: IsHoliday): boolean {
  return Temporal.PlainDate.from(date).dayOfWeek <= 5 && !isHoliday(date);
}

/** The date itself when it is worked, else the next that is. */
export function workingDayFrom(date: DateText, isHoliday: IsHoliday): DateText {
  let day = Temporal.PlainDate.from(date);
  while (!isWorkingDay(text(day), isHoliday)) day = day.add({ days: 1 });
  return text(day);
}

/** `count` working days after a date (before it when negative); the date itself does not count. */
export function addWorkingDays(date: DateText, count: number, isHoliday: IsHoliday): DateText {
  let day = Temporal.PlainDate.from(date);
  const step = { days: Math.sign(count) };
  for (let left = Math.abs(count); left > 0; ) {
    day = day.add(step);
    if (isWorkingDay(text(day), isHoliday)) left--;
  }
  return text(day);
}
