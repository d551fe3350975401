// A change of manager: asked for by whoever books a seller that has a manager already. It waits two days, in which the
// seller and the present manager can say that it is wrong; then it holds from the moment that the seller has confirmed it.
import { Temporal } from 'temporal-polyfill';
import { type InstantText, instantOf, toInstantText } from '../time.ts';

export const takeoverHours = 48;

/** The earliest that a takeover holds. */
export function takeoverStart(asked: Temporal.Instant): InstantText {
  return toInstantText(asked.add({ hours: takeoverHours }));
}

export type PairSpan = {
  startsAt: InstantText;
  endsAt: InstantText | 'open';
  confirmedAt?: InstantText | undefined;
};

/** Whether the two work together: confirmed, begun and not over. Only then does anything of the seller's come along. */
export function isUnderWay({ startsAt, endsAt, confirmedAt }: PairSpan, now: Temporal.Instant): boolean {
  const text = toInstantText(now);
  return confirmedAt !== undefined && startsAt <= text && (endsAt === 'open' || text < endsAt);
}

/** The pair that a seller is in now: the one under way, or else the first that has not ended. */
export function presentPair<P extends PairSpan>(pairs: readonly P[], now: Temporal.Instant): P | undefined {
  const open = pairs.filter(({ endsAt }) => endsAt === 'open');
  return open.find((pair) => isUnderWay(pair, now)) ?? open[0];
}

/** When the former pair ends: not before the two days are over, and not before the seller has said yes. */
export function changeAt({ startsAt, confirmedAt }: PairSpan): InstantText | undefined {
  if (confirmedAt === undefined) return undefined;
  return Temporal.Instant.compare(instantOf(startsAt), instantOf(confirmedAt)) > 0 ? startsAt : confirmedAt;
}
