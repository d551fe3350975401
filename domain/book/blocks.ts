// The private time around a review (capability 58 and content.json, calendar_blocks).
import { Temporal } from 'temporal-polyfill';
import {
  type DateText,
  instantOf,
  type MonthText,
  type OccurrenceTime,
  occurrenceTime,
  type WallTime,
} from '../time.ts';
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

/** One block in a calendar: what it is for, and when. */
export type Block = { part: `prep/${string}` | `reflect/${string}`; time: OccurrenceTime };

type Review = { month: MonthText; ordinal: number; state: string; occurrence: OccurrenceTime };

/** Reviews ahead whose blocks stand in the seller's calendar: they are booked anew each time the seller opens the app. */
export const reviewsWithBlocks = 3;

/** The seller's blocks as they should stand: around the next reviews, those left out whose time has come. */
export function sellerBlocks(
  reviews: readonly Review[],
  now: Temporal.Instant,
  isHoliday: IsHoliday,
): Block[] {
  const isAhead = ({ start }: OccurrenceTime) => Temporal.Instant.compare(instantOf(start), now) > 0;
  return reviews
    .filter(({ state, occurrence }) => state === 'planned' && isAhead(occurrence))
    .sort((a, b) => a.occurrence.start.localeCompare(b.occurrence.start))
    .slice(0, reviewsWithBlocks)
    .flatMap(({ month, ordinal, occurrence }): Block[] => [
      { part: `prep/${month}/${ordinal}`, time: prepBlock(occurrence, isHoliday) },
      { part: `reflect/${month}/${ordinal}`, time: reflectBlock(occurrence) },
    ])
    .filter(({ time }) => isAhead(time));
}
