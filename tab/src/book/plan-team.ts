// The suggestion for a whole team: a day for each seller, and there the freest time that leaves the manager a gap.
import type { Pattern } from '@medspill/domain/book/pattern';
import { isSameDay, spreadOverDays, timeBetween } from '@medspill/domain/book/team-plan';
import type { Person } from '@medspill/domain/people';
import { call } from '../client/call.ts';
import { newId } from '../client/new-id.ts';
import type { Problem } from '../client/problem.ts';
import { today } from '../client/today.ts';
import { rankedTimes } from './best-times.ts';
import { firstMonthFrom } from './start-month.ts';

export type PlannedRow = {
  bookingId: string;
  seller: Person;
  included: boolean;
  pattern: Pattern;
  /** Empty when no time is free for both. */
  time: string;
  free?: { on: number; of: number };
  availabilityKnown: boolean;
};

export const teamMinutes = 45;

/** One seller after the other: each row must know what is taken by those before. */
export async function planTeam(
  me: Person,
  sellers: readonly Person[],
  onProgress: (done: number) => void,
): Promise<{ rows: PlannedRow[]; problem?: Problem }> {
  const rows: PlannedRow[] = [];
  const patterns = spreadOverDays(sellers.length);
  for (const [index, seller] of sellers.entries()) {
    const pattern = patterns[index];
    if (pattern === undefined) break;
    const found = await call('findSlots', {
      body: {
        sellerId: seller.id,
        pattern,
        firstMonth: firstMonthFrom(pattern, today(me.zone)),
        minutes: teamMinutes,
        zone: me.zone,
      },
    });
    if (!found.ok) return { rows: [], problem: found.problem };
    const taken = rows
      .filter((row) => isSameDay(row.pattern, pattern) && row.time !== '')
      .map((row) => ({ time: row.time, minutes: teamMinutes }));
    const ranked = rankedTimes(found.value.slots);
    const time = timeBetween(
      ranked.map((slot) => slot.time),
      taken,
      teamMinutes,
    );
    const slot = ranked.find((one) => one.time === time);
    rows.push({
      bookingId: newId(),
      seller,
      included: time !== undefined,
      pattern,
      time: time ?? '',
      availabilityKnown: found.value.availabilityKnown,
      ...(slot === undefined ? {} : { free: { on: slot.freeOn, of: slot.of } }),
    });
    onProgress(index + 1);
  }
  return { rows };
}
