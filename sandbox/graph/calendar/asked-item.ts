import { GraphError, itemNotFound } from '../graph-error.ts';

import { hasMailbox } from '../people/directory.ts';

import type { Call } from '../route.ts';

import type { CalendarItem, Instance } from './event.ts';

import { parseEventId } from './ids.ts';

import { masterInstance, occurrenceOn } from './occurrences.ts';

/** The mailbox of the path, as a reader finds it; `fresh` for writes, which act on what is true. */
export function askedItem(call: Call, fresh: boolean): { item: CalendarItem; date?: string } {
  const parsed = parseEventId(call.params.event ?? '');
  if (parsed === undefined) throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
  const item = fresh ? call.world.items.get(parsed.key) : call.world.items.seen(parsed.key);
  if (item === undefined || item.mailbox !== call.owner.id) throw itemNotFound();
  return { item, ...(parsed.date === undefined ? {} : { date: parsed.date }) };
}

export function instanceOf(item: CalendarItem, date: string | undefined): Instance {
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  return instance;
}

export function refuseWithoutMailbox(call: Call): void {
  if (hasMailbox(call.owner)) return;
  throw new GraphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
}
