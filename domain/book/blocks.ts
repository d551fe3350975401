// The private time around a review (capability 58 and content.json, calendar_blocks).
import { Temporal } from 'temporal-polyfill';
import { type DateText, type OccurrenceTime, occurrenceTime, type WallTime } from '../time.ts';
import { addWorkingDays, type IsHoliday } from '../working-days.ts';

export const prepMinutes = 20;
export const reflectMinutes = 15;
const prepWorkingDaysBefore = 2;

/** Twenty minutes of preparation, two working days before and at the same time of day. */
export function prepBlock(review: OccurrenceTime, isHoliday: IsHoliday): OccurrenceTime {
  const date = addWorkingDays(review.date, -prepWorkingDaysBefore, isHoliday);
  return occurrenceTime(date, review.time, review.zone, prepMinutes);
}

/** Fifteen minutes of reflection, right after. */
export function reflectBlock(review: OccurrenceTime): OccurrenceTime {
  const end = Temporal.PlainDateTime.from(`${review.date}T${review.time}`).add({ minutes: review.minutes });
  return occurrenceTime(
    end.toPlainDate().toString() as DateText,
    end.toPlainTime().toString({ smallestUnit: 'minute' }) as WallTime,
    review.zone,
    reflectMinutes,
  );
}
