// Request units per second. As on the real service a request is let in while anything of the second's budget is left
// and may overdraw it; the next one is refused until the debt has run off.
import { CommandError } from '../errors.ts';

export class Budget {
  private readonly perSecond: number;
  private readonly now: () => number;
  private available: number;
  private at: number;

  /** `now` is in milliseconds. */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.perSecond = perSecond;
    this.now = now;
    this.available = perSecond;
    this.at = now();
  }

  /** Throws error 16500 when the budget is spent; `pending` is what a running command has used and not yet paid. */
  admit(pending = 0): void {
    this.refill();
    const left = this.available - pending;
    if (left > 0) return;
    throw tooManyRequests(Math.max(1, Math.ceil(((1 - left) / this.perSecond) * 1000)));
  }

  spend(units: number): void {
    this.refill();
    this.available -= units;
  }

  private refill(): void {
    const now = this.now();
    this.available = Math.min(this.perSecond, this.available + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
  }
}

/** The text is what clients parse: the delay is nowhere else. */
export function tooManyRequests(retryAfterMs: number): CommandError {
  return new CommandError(
    16500,
    `Error=16500, RetryAfterMs=${retryAfterMs}, Details='Response status code does not indicate success: TooManyRequests (429); Substatus: 3200; Reason: (Request rate is large. More Request Units may be needed, so no changes were made. Please retry this request later.)'`,
  );
}
