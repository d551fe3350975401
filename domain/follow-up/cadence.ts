import { Temporal } from 'temporal-polyfill';
import type * as z from 'zod';
import type { DateText, MonthText } from '../time.ts';
import type { cadenceSchema } from './contract.ts';

export type Cadence = z.infer<typeof cadenceSchema>;
/** Days on which one of the two is away, both ends counted. */
type Period = { from: DateText; to: DateText };

/**
 * Green to 35 days, amber 36–42, red after (capability 9). Gaps of 28–35 days are what an n-th weekday gives and no
 * alarm. July is holiday time and an absence of either is told: their days do not count, and `pause` says which of them it
 * is today. A month that was skipped with a reason is not "none this month".
 */
export function cadence(
  lastHeldOn: DateText | undefined,
  skippedMonths: readonly MonthText[],
  today: DateText,
  absences: readonly Period[] = [],
): Cadence {
  const month = today.slice(0, 7) as MonthText;
  const heldThisMonth = lastHeldOn?.startsWith(month) ?? false;
  const away = absences.find(({ from, to }) => from <= today && today <= to);
  const isJuly = month.endsWith('-07');
  const noneThisMonth = !heldThisMonth && !isJuly && away === undefined && !skippedMonths.includes(month);
  const pause: Pick<Cadence, 'pause'> =
    away !== undefined
      ? { pause: { because: 'absence', until: away.to } }
      : isJuly
        ? { pause: { because: 'july', until: `${today.slice(0, 4)}-07-31` as DateText } }
        : {};
  if (lastHeldOn === undefined) return { colour: 'none_yet', noneThisMonth, ...pause };
  const days = countedDays(lastHeldOn, today, absences);
  const colour = days <= 35 ? 'green' : days <= 42 ? 'amber' : 'red';
  return { colour, days, noneThisMonth, ...pause };
}

/** Days after `from` up to `to`, those of July and of absences left out; a day that is both is left out once. */
function countedDays(from: DateText, to: DateText, absences: readonly Period[]): number {
  let days = 0;
  let day = Temporal.PlainDate.from(from);
  for (let text = from; text < to; text = day.toString() as DateText) {
    if (day.month !== 7 && !absences.some((one) => one.from <= text && text <= one.to)) days++;
    day = day.add({ days: 1 });
  }
  return days;
}
