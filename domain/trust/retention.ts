// How long each kind of data is kept (capability list, section 5). An administrator chooses within limits: short enough
// that nothing is kept without a purpose, long enough that two people can finish what they have begun.
import { Temporal } from 'temporal-polyfill';
import type { DateText } from '../time.ts';

/** Days or months; defaults and limits of the capability list. */
export const retentionRules = {
  /** Private notes, after the review. */
  notesDays: { usual: 90, least: 30, most: 365 },
  /** Preparation and forms of reviews that came to no record. */
  preparationDays: { usual: 90, least: 30, most: 365 },
  reflectionsMonths: { usual: 12, least: 3, most: 24 },
  /** Signed records with their goals, promises and preparation; and feedback. */
  recordsMonths: { usual: 24, least: 12, most: 60 },
  /** Everything about a seller who has left. */
  afterLeavingMonths: { usual: 6, least: 1, most: 24 },
} as const;

export type Retention = Record<keyof typeof retentionRules, number>;

export const retentionKinds = Object.keys(retentionRules) as (keyof Retention)[];

export const usualRetention = Object.fromEntries(
  retentionKinds.map((kind) => [kind, retentionRules[kind].usual]),
) as Retention;

/** What is older than this date is deleted: the last day of its term is still kept. */
export function keptFrom(today: DateText, retention: Retention, kind: keyof Retention): DateText {
  const term = retention[kind];
  const date = Temporal.PlainDate.from(today);
  const from = date.subtract(kind.endsWith('Days') ? { days: term } : { months: term });
  return from.toString() as DateText;
}
