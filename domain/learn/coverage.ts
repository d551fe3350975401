// How far the reviews reach, as counts per team: for HR, never with content and never for a group under five.
import type { MonthText } from '../time.ts';
import { fewestPeople } from './pulse.ts';

export type CoveredPair = {
  managerId: string;
  managerName: string;
  sellerId: string;
  /** The month from which on there should have been reviews. */
  since: MonthText;
  skippedMonths: readonly MonthText[];
};
export type HeldReview = { sellerId: string; month: MonthText };

export type CoverageMonth = {
  month: MonthText;
  /** Sellers that the team had then; null where they were fewer than five, and so are the counts. */
  sellers: number | null;
  held: number | null;
  skipped: number | null;
};
/** Without a manager's name: teams under five, put together. */
export type CoverageUnit = { manager: string | null; sellers: number; months: CoverageMonth[] };

/** Months newest first, teams by their manager's name, the small ones last. */
export function coverageOf(
  pairs: readonly CoveredPair[],
  held: readonly HeldReview[],
  months: readonly MonthText[],
): CoverageUnit[] {
  return unitsOf(pairs).map(({ manager, pairs: team }) => ({
    manager,
    sellers: team.length,
    months: months.map((month) => countsOf(team, held, month)),
  }));
}

type Unit = { manager: string | null; pairs: CoveredPair[] };

/**
 * Teams under five are one group; where that is under five itself, the smallest of the others joins it, since what is
 * left out could be told from a total. With fewer than five people in all nothing is shown.
 */
function unitsOf(pairs: readonly CoveredPair[]): Unit[] {
  const teams = new Map<string, CoveredPair[]>();
  for (const pair of pairs) teams.set(pair.managerId, [...(teams.get(pair.managerId) ?? []), pair]);
  const bySize = [...teams.values()].sort((a, b) => b.length - a.length);
  const large = bySize.filter((team) => team.length >= fewestPeople);
  let small = bySize.filter((team) => team.length < fewestPeople).flat();
  while (small.length > 0 && small.length < fewestPeople) {
    const smallest = large.pop();
    if (smallest === undefined) return [];
    small = [...small, ...smallest];
  }
  const named = large.map((team) => ({ manager: team[0]?.managerName ?? '', pairs: team }));
  named.sort((a, b) => a.manager.localeCompare(b.manager, 'nb'));
  return small.length === 0 ? named : [...named, { manager: null, pairs: small }];
}

function countsOf(
  team: readonly CoveredPair[],
  held: readonly HeldReview[],
  month: MonthText,
): CoverageMonth {
  const then = team.filter(({ since }) => since <= month);
  if (then.length < fewestPeople) return { month, sellers: null, held: null, skipped: null };
  const met = new Set(held.filter((one) => one.month === month).map(({ sellerId }) => sellerId));
  return {
    month,
    sellers: then.length,
    held: then.filter(({ sellerId }) => met.has(sellerId)).length,
    skipped: then.filter(({ sellerId, skippedMonths }) => !met.has(sellerId) && skippedMonths.includes(month))
      .length,
  };
}
