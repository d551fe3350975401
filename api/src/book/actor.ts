import type { Caller } from '../http/token.ts';
import type { Actor } from '../ports.ts';

/** The person behind a request, to act on Graph in their name. */
export function actorOf({ personId, assertion }: Caller): Actor {
  return { kind: 'person', personId, assertion };
}
