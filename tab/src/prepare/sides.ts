import type { Side } from '@medspill/domain/people';

/** The other side of a pair, without the schemas that stand beside it in the domain. */
export function otherSideOf(side: Side): Side {
  return side === 'manager' ? 'seller' : 'manager';
}
