// The sellers' three answers about their reviews, as averages that tell nothing of one person (capabilities 7 and 12).
import type { MonthText } from '../time.ts';

/** No group under five is shown (capability 7). */
export const fewestPeople = 5;

export const pulseKeys = ['p_heard', 'p_step', 'p_own'] as const;
export type PulseKey = (typeof pulseKeys)[number];

/** What one seller answered about one review, 1 to 5 as text; without an answer it is absent. */
export type PulseAnswer = { sellerId: string; month: MonthText; answers: Partial<Record<PulseKey, string>> };

export type PulseMonth = { month: MonthText } & Record<PulseKey, number | null>;

/**
 * Averages by month, newest first, of months that are over: while a month fills up, two readings would tell what the
 * newest answer was. In steps of a half for the same reason. Null where fewer than five people have answered; a month
 * with nothing to show is left out.
 */
export function pulseOf(answers: readonly PulseAnswer[], thisMonth: MonthText): PulseMonth[] {
  const months = [...new Set(answers.map(({ month }) => month))].filter((month) => month < thisMonth);
  return months
    .sort()
    .reverse()
    .map((month) => {
      const of = (key: PulseKey) =>
        averageOf(
          answers.filter((one) => one.month === month),
          key,
        );
      return { month, p_heard: of('p_heard'), p_step: of('p_step'), p_own: of('p_own') };
    })
    .filter((month) => pulseKeys.some((key) => month[key] !== null));
}

function averageOf(answers: readonly PulseAnswer[], key: PulseKey): number | null {
  const people = new Map<string, number[]>();
  for (const { sellerId, answers: given } of answers) {
    const value = Number(given[key]);
    if (!Number.isInteger(value) || value < 1 || value > 5) continue;
    people.set(sellerId, [...(people.get(sellerId) ?? []), value]);
  }
  if (people.size < fewestPeople) return null;
  return Math.round(2 * mean([...people.values()].map(mean))) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
