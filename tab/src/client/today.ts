import { Temporal } from 'temporal-polyfill';
import { nowMs } from './clock.ts';

/** Today's date in a zone, by the service's clock. */
export function today(zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(nowMs()).toZonedDateTimeISO(zone).toPlainDate();
}
