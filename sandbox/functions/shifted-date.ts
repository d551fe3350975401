// Moves `Date` for a whole process, libraries included, so that the unmodified app lives by the sandbox clock.
// `performance.now()` and timers keep the machine's pace. Importing this is enough to change `Date`, and comes before
// anything that might keep `Date.now`.

const RealDate = globalThis.Date;
let offset = 0;

const shiftedNow = () => RealDate.now() + offset;

const shifted = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args, newTarget) as object,
  apply: () => new RealDate(shiftedNow()).toString(),
  get: (target, key, receiver) => (key === 'now' ? shiftedNow : Reflect.get(target, key, receiver)),
});
// Else `date.constructor` would lead past the proxy.
RealDate.prototype.constructor = shifted;
globalThis.Date = shifted;

/** Milliseconds to add to the machine's clock from now on. */
export function shiftDate(milliseconds: number): void {
  offset = milliseconds;
}
