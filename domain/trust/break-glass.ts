// The one way in to a record for somebody outside the pair: a written reason, a second person, one record, one day.
import { Temporal } from 'temporal-polyfill';
import { type InstantText, instantOf, toInstantText } from '../time.ts';

export const breakGlassHours = 24;
/** A reason shorter than this gives none. */
export const leastReason = 20;
export const mostReason = 1000;

export type AccessState = 'asked' | 'approved' | 'refused' | 'over';

export type AccessSpan = { state: Exclude<AccessState, 'over'>; expiresAt?: InstantText | undefined };

export function expiryOf(approved: Temporal.Instant): InstantText {
  return toInstantText(approved.add({ hours: breakGlassHours }));
}

/** As it stands now: an approval is over with its last moment. */
export function accessState({ state, expiresAt }: AccessSpan, now: Temporal.Instant): AccessState {
  if (state !== 'approved') return state;
  const isOn = expiresAt !== undefined && Temporal.Instant.compare(now, instantOf(expiresAt)) < 0;
  return isOn ? 'approved' : 'over';
}
