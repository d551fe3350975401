/** Characters that hide or turn around what an address says, and those that no address holds. */
const strange = /[\s\p{Cc}\p{Cf}<>"'`\\^{|}]/u;

/**
 * Whether an address may stand as a link: https alone, to a named host, without the user name before an @ that makes
 * one site look like another. `javascript:`, `data:` and `file:` have no way in.
 */
export function isSafeLink(address: string): boolean {
  return /^https:\/\/[^/?#@]+\.[^/?#@.]+(?:[/?#].*)?$/i.test(address) && !strange.test(address);
}
