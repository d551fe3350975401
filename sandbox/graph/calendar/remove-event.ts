import { badRequest, itemNotFound } from '../graph-error.ts';
import type { World } from '../world.ts';
import { attachmentPlace } from './attachments.ts';
import type { CalendarItem } from './event.ts';
import { sendCancellation } from './mail.ts';
import { masterInstance, occurrenceOn } from './occurrences.ts';

export function removeWhole(world: World, item: CalendarItem): void {
  world.items.remove(item);
  const dates = [undefined, ...Object.keys(item.exceptions)];
  for (const date of dates) {
    for (const attachment of world.attachments.ownedBy(attachmentPlace(item.key, date))) {
      world.attachments.remove(attachment.id);
    }
  }
  world.changed({ mailbox: item.mailbox, key: item.key, type: 'deleted' });
}

export function removeOccurrence(world: World, item: CalendarItem, date: string): void {
  const { [date]: _gone, ...exceptions } = item.exceptions;
  world.items.save({
    ...item,
    exceptions,
    cancelled: [...item.cancelled, date].sort(),
    changedAt: world.clock.now(),
    version: world.store.next(),
  });
  // A cancelled occurrence is only seen as a change of its master.
  world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
}

/** Takes the item or occurrence away; an organizer's removal is a cancellation for the others. */
export function removeEvent(
  world: World,
  item: CalendarItem,
  date: string | undefined,
  comment?: string,
): void {
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  const { attendees } = instance.details;
  if (date === undefined) removeWhole(world, item);
  else removeOccurrence(world, item, date);
  if (item.isOrganizer && !item.isDraft) sendCancellation(world, instance, attendees, comment);
}

export function cancelEvent(
  world: World,
  item: CalendarItem,
  date: string | undefined,
  comment?: string,
): void {
  if (!item.isOrganizer) {
    throw badRequest("Your request can't be completed. You need to be an organizer to cancel a meeting.");
  }
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance !== undefined && instance.details.attendees.length === 0) {
    throw badRequest("Your request can't be completed. The event has no attendees: delete it instead.");
  }
  removeEvent(world, item, date, comment);
}
