// What adds up over many: the sellers' answers as averages, and how far the reviews reach. Nobody's words, no group
// under five.
import type { RouteAnswer } from '@medspill/domain/contract';
import type { PairId } from '@medspill/domain/ids';
import { type CoveredPair, coverageOf } from '@medspill/domain/learn/coverage';
import { type PulseMonth, pulseKeys, pulseOf } from '@medspill/domain/learn/pulse';
import { dateIn, type MonthText, monthOf } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Scope } from '../scope.ts';

const monthsShown = 6;
const page = 200;
/** Where a month begins and ends, for what is counted over people in many places. */
const countedIn = 'Europe/Oslo';

/** Of the caller's own team. */
export async function teamPulse(app: App, { scope, personId }: Caller): Promise<RouteAnswer<'teamPulse'>> {
  return { months: await pulseOfPairs(app, scope, await app.store.pairs.ofManager(scope, personId)) };
}

/** Of the whole company: for whoever administers the app. */
export async function coverage(app: App, { scope }: Caller): Promise<RouteAnswer<'coverage'>> {
  const months = lastMonths(app);
  const pairs: PairDocument[] = [];
  for (let after: PairId | undefined; ; ) {
    const found = await app.store.pairs.open(scope, after, page);
    pairs.push(...found.filter((pair) => pair.confirmedAt !== undefined));
    after = found.at(-1)?._id;
    if (found.length < page) break;
  }
  const records = await Promise.all(months.map((month) => app.store.records.ofMonth(scope, month)));
  return {
    units: coverageOf(pairs.map(covered), records.flat(), months),
    pulse: await pulseOfPairs(app, scope, pairs),
  };
}

function covered({ managerId, manager, sellerId, startsAt, rhythm }: PairDocument): CoveredPair {
  return {
    managerId,
    managerName: manager.name,
    sellerId,
    since: startsAt.slice(0, 7) as MonthText,
    skippedMonths: rhythm.skippedMonths,
  };
}

async function pulseOfPairs(app: App, scope: Scope, pairs: PairDocument[]): Promise<PulseMonth[]> {
  const [thisMonth, ...before] = lastMonths(app);
  const oldest = before.at(-1);
  if (thisMonth === undefined || oldest === undefined) return [];
  const answers = [];
  for (let from = 0; from < pairs.length; from += page) {
    const ids = pairs.slice(from, from + page).map((pair) => pair._id);
    answers.push(...(await app.store.private.pulses(scope, ids, oldest, pulseKeys)));
  }
  return pulseOf(
    answers.map(({ authorId, month, answers: given }) => ({ sellerId: authorId, month, answers: given })),
    thisMonth,
  );
}

/** Newest first, the one that runs included. */
function lastMonths(app: App): MonthText[] {
  const month = Temporal.PlainYearMonth.from(monthOf(dateIn(app.clock.now(), countedIn)));
  return Array.from(
    { length: monthsShown },
    (_, back) => month.subtract({ months: back }).toString() as MonthText,
  );
}
