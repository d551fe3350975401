import { dateInMonth, monthAfter } from '@medspill/domain/book/occurrences';
import type { Pattern } from '@medspill/domain/book/pattern';
import type { MonthText } from '@medspill/domain/time';
import type { Temporal } from 'temporal-polyfill';

/** The first month whose date by a pattern is still to come; today itself is too late to prepare for. */
export function firstMonthFrom(pattern: Pattern, today: Temporal.PlainDate): MonthText {
  const month = today.toPlainYearMonth().toString() as MonthText;
  return dateInMonth(month, pattern) > today.toString() ? month : monthAfter(month, 1);
}

export function monthChoices(pattern: Pattern, today: Temporal.PlainDate): MonthText[] {
  const first = firstMonthFrom(pattern, today);
  return [0, 1, 2, 3, 4, 5].map((months) => monthAfter(first, months));
}
