// Books a planned team one seller after the other. What is done is kept over a stop, a problem and a new try: each row
// has the id of its booking, and the same id never books twice.
import type { PairView } from '@medspill/domain/book/contract';
import type { Person } from '@medspill/domain/people';
import { call } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { today } from '../client/today.ts';
import { type PlannedRow, teamMinutes } from './plan-team.ts';
import { firstMonthFrom } from './start-month.ts';

export type RowState = { pair?: PairView; problem?: Problem; busy?: boolean };
export type TeamState = Readonly<Record<string, RowState>>;

/** Problems of one seller alone; any other would meet the next seller too, so the run stops there. */
const ofOneSeller: readonly Problem['code'][] = [
  'not_a_report',
  'seller_cannot_be_booked',
  'already_booked',
  'slot_in_the_past',
];

export function isRowDone({ pair }: RowState): boolean {
  return pair?.series !== undefined && pair.series.state !== 'booking';
}

export async function bookTeam(
  me: Person,
  rows: readonly PlannedRow[],
  before: TeamState,
  onRow: (bookingId: string, state: RowState) => void,
  mayGoOn: () => boolean,
): Promise<Problem | undefined> {
  for (const row of rows) {
    const known = before[row.bookingId];
    if (known !== undefined && (isRowDone(known) || known.problem !== undefined)) continue;
    if (!mayGoOn()) return undefined;
    onRow(row.bookingId, { busy: true });
    const booked = await call('book', { body: bookingOf(me, row) });
    if (!booked.ok) {
      const isOwn = ofOneSeller.includes(booked.problem.code);
      onRow(row.bookingId, isOwn ? { problem: booked.problem } : {});
      if (!isOwn) return booked.problem;
      continue;
    }
    onRow(row.bookingId, { pair: await settled(booked.value) });
  }
  return undefined;
}

function bookingOf(me: Person, row: PlannedRow) {
  return {
    bookingId: row.bookingId,
    sellerId: row.seller.id,
    pattern: row.pattern,
    time: row.time,
    zone: me.zone,
    minutes: teamMinutes as 45,
    firstMonth: firstMonthFrom(row.pattern, today(me.zone)),
    months: 12,
    privateBlocks: true,
    inPerson: false,
  };
}

/** The pair once its booking rests; the service goes on by itself should we stop asking. */
async function settled(pair: PairView): Promise<PairView> {
  let latest = pair;
  for (let asked = 0; asked < 60 && latest.series?.state === 'booking'; asked++) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    const answer = await call('getPair', { params: { pairId: pair.id } });
    if (answer.ok) latest = answer.value;
  }
  return latest;
}

/** Undoes what was booked, in the same order; stops at the first that cannot be. */
export async function undoTeam(
  state: TeamState,
  onRow: (bookingId: string, state: RowState) => void,
): Promise<Problem | undefined> {
  for (const [bookingId, { pair }] of Object.entries(state)) {
    if (pair === undefined) continue;
    const undone = await call('undoBooking', { params: { pairId: pair.id } });
    if (!undone.ok) return undone.problem;
    onRow(bookingId, {});
  }
  return undefined;
}
