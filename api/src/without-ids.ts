// The last step before an event leaves: ids of people and things become short digests. The same id has the same digest
// everywhere, so that events of one person or pair can be found, and nobody is read off the page.
import { hash } from 'node:crypto';

/** Ids of a call, which its answer tells too, and the head of the audit chain, whose purpose is to stand here. */
const asTheyAre = new Set(['requestId', 'clientRequestId', 'traceParent', 'hash']);
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
/** Graph's ids of events, chats and subscriptions. */
const opaque = /[\w+%=@:.-]*[\w+%=-]{32,}[\w+%=@:.-]*/g;

/** First twelve hexadecimal digits of SHA-256, after a `#`; `printf %s ID | sha256sum` gives the same. */
export function digestOf(id: string): string {
  return `#${hash('sha256', id.toLowerCase()).slice(0, 12)}`;
}

export function withoutIds(event: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, asTheyAre.has(name) ? value : cleaned(value)]),
  );
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') {
    // A stack is made of our own file names.
    if (value.startsWith('    at ')) return value;
    return value.replace(uuid, digestOf).replace(opaque, digestOf);
  }
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)]));
  }
  return value;
}
