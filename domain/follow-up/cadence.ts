import { Temporal } from 'temporal-polyfill';
import type * as z from 'zod';
import type { DateText, MonthText } from '../time.ts';
import type { cadenceSchema } from './contract.ts';

export type Cadence = z.infer<typeof cadenceSchema>;

/**
 * Green to 35 days, amber 36–42, red after (capability 9). Gaps of 28–35 days are what an n-th weekday gives and no
 * alarm. July is holiday time: its days do not count. A month that was skipped with a reason is not "none this month".
 */
export function cadence(
  lastHeldOn: DateText | undefined,
  skippedMonths: readonly MonthText[],
  today: DateText,
): Cadence {
  const month = today.slice(0, 7) as MonthText;
  const heldThisMonth = lastHeldOn?.startsWith(month) ?? false;
  const excused = month.endsWith('-07') || skippedMonths.includes(month);
  const noneThisMonth = !heldThisMonth && !excused;
  if (lastHeldOn === undefined) return { colour: 'none_yet', noneThisMonth };
  const days = daysWithoutJuly(lastHeldOn, today);
  const colour = days <= 35 ? 'green' : days <= 42 ? 'amber' : 'red';
  return { colour, days, noneThisMonth };
}

function daysWithoutJuly(from: DateText, to: DateText): number {
  const start = Temporal.PlainDate.from(from);
  const end = Temporal.PlainDate.from(to);
  let days = start.until(end).days;
  for (let year = start.year; year <= end.year; year++) {
    const first = Temporal.PlainDate.from({ year, month: 7, day: 1 });
    const after = Temporal.PlainDate.from({ year, month: 8, day: 1 });
    const left = Temporal.PlainDate.compare(start, first) > 0 ? start : first;
    const right = Temporal.PlainDate.compare(end, after) < 0 ? end : after;
    days -= Math.max(0, left.until(right).days);
  }
  return days;
}
