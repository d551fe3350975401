// Apart from the schemas of people, so that the tab can tell the sides apart without a schema library in its bundle.
import type { Side } from './people.ts';

export function otherSide(side: Side): Side {
  return side === 'manager' ? 'seller' : 'manager';
}
