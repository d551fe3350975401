import type { DateText } from '../time.ts';
import { addWorkingDays, type IsHoliday } from '../working-days.ts';

/** Both sign within five working days of the first signature; a reminder comes after three (issue: sign). */
export function signingDeadline(firstSignedOn: DateText, isHoliday: IsHoliday): DateText {
  return addWorkingDays(firstSignedOn, 5, isHoliday);
}

export function signingReminder(firstSignedOn: DateText, isHoliday: IsHoliday): DateText {
  return addWorkingDays(firstSignedOn, 3, isHoliday);
}
