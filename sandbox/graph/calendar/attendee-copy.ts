// What an invitation does on arrival: each attendee's mailbox has its own copy of the meeting, as the last mail left it.
import { hasMailbox } from '../people/directory.ts';
import type { World } from '../world.ts';
import { attachmentPlace, attachmentsOf, type StoredAttachment } from './attachments.ts';
import {
  type Attendee,
  type CalendarItem,
  type Details,
  type Exception,
  type Instance,
  type Response,
  sameAddress,
} from './event.ts';
import { newKey } from './ids.ts';
import { masterInstance } from './occurrences.ts';

/** What the organizer keeps to themselves: the attendee has their own. */
function received(details: Partial<Details>): Partial<Details> {
  const {
    categories: _categories,
    isReminderOn: _isReminderOn,
    reminderMinutesBeforeStart: _reminder,
    response: _response,
    respondedAt: _respondedAt,
    showAs: _showAs,
    ...rest
  } = details;
  return rest.attendees === undefined ? rest : { ...rest, attendees: untracked(rest.attendees) };
}

/** Only the organizer's copy tracks who answered what. */
function untracked(attendees: Attendee[]): Attendee[] {
  return attendees.map(({ address, name, type }) => ({ address, name, type, response: 'none' }));
}

export function copyIn(
  world: World,
  item: CalendarItem,
  address: string,
): { mailbox: string; copy?: CalendarItem } | undefined {
  const person = world.people.find(address);
  if (person === undefined || !hasMailbox(person) || person.id === item.mailbox) return undefined;
  const copy = world.items.copies(item.uid).find((candidate) => candidate.mailbox === person.id);
  return copy === undefined ? { mailbox: person.id } : { mailbox: person.id, copy };
}

function copyAttachments(world: World, attachments: StoredAttachment[], place: string): void {
  for (const old of world.attachments.ownedBy(place)) world.attachments.remove(old.id);
  for (const attachment of attachments) {
    const id = newKey();
    world.attachments.put({ id, owner: place }, { ...attachment, id, place });
  }
}

export function shownAs(organizers: Details['showAs'], response: Response): Details['showAs'] {
  if (organizers === 'free' || response === 'accepted' || response === 'organizer') return organizers;
  return 'tentative';
}

/** Occurrences that the attendee of the series was taken from. */
function withoutThem(item: CalendarItem, address: string): string[] {
  return Object.entries(item.exceptions)
    .filter(
      ([, { own }]) => own.attendees?.every((attendee) => !sameAddress(attendee.address, address)) ?? false,
    )
    .map(([date]) => date);
}

/** The series or single appointment arrives; `reset` when its time or pattern changed, which asks everybody anew. */
export function deliverWhole(world: World, item: CalendarItem, address: string, reset: boolean): void {
  const target = copyIn(world, item, address);
  if (target === undefined) return;
  const { mailbox, copy } = target;
  // Who had one occurrence alone, or nothing, gets the series as it is now.
  const fresh = copy === undefined || reset || copy.ofDate !== undefined;
  const kept = fresh || copy.details.isCancelled ? 'notResponded' : copy.details.response;
  const details: Details = {
    ...item.details,
    attendees: untracked(item.details.attendees),
    categories: copy?.details.categories ?? [],
    isReminderOn: copy?.details.isReminderOn ?? true,
    reminderMinutesBeforeStart: copy?.details.reminderMinutesBeforeStart ?? 15,
    response: kept,
    showAs: shownAs(item.details.showAs, kept),
  };
  if (kept === 'notResponded') delete details.respondedAt;
  else if (copy?.details.respondedAt !== undefined) details.respondedAt = copy.details.respondedAt;
  const { transactionId: _transactionId, ...base } = item;
  const delivered: CalendarItem = {
    ...base,
    key: copy?.key ?? newKey(),
    mailbox,
    details,
    isOrganizer: false,
    exceptions: fresh ? {} : copy.exceptions,
    cancelled: fresh ? [...item.cancelled, ...withoutThem(item, address)] : copy.cancelled,
    extendedProperties: copy?.extendedProperties ?? {},
    extensions: copy?.extensions ?? [],
    createdAt: copy?.createdAt ?? world.clock.now(),
    changedAt: world.clock.now(),
    version: world.store.next(),
  };
  world.items.save(delivered);
  copyAttachments(world, attachmentsOf(world, masterInstance(item)), delivered.key);
  world.changed({ mailbox, key: delivered.key, type: copy === undefined ? 'created' : 'updated' });
}

export function deliverOccurrence(world: World, instance: Instance, address: string, reset: boolean): void {
  const { item, date } = instance;
  if (date === undefined) return;
  const target = copyIn(world, item, address);
  if (target === undefined) return;
  if (target.copy === undefined) {
    deliverSingle(world, instance, target.mailbox, undefined, true);
    return;
  }
  const copy = target.copy;
  if (copy.recurrence === undefined) {
    if (copy.ofDate === date) deliverSingle(world, instance, target.mailbox, copy, reset);
    return;
  }
  const before = copy.exceptions[date];
  const own: Partial<Details> = { ...received(item.exceptions[date]?.own ?? {}), isCancelled: false };
  // Taken from the series and invited to this one: the rest of the copy says that it was cancelled.
  if (copy.details.isCancelled) own.subject = instance.details.subject;
  if (reset) {
    own.response = 'notResponded';
    own.showAs = shownAs(instance.details.showAs, 'notResponded');
  } else {
    if (before?.own.response !== undefined) own.response = before.own.response;
    if (before?.own.respondedAt !== undefined) own.respondedAt = before.own.respondedAt;
    if (before?.own.showAs !== undefined) own.showAs = before.own.showAs;
  }
  const exception: Exception = {
    own,
    version: world.store.next(),
    changedAt: world.clock.now(),
    extendedProperties: before?.extendedProperties ?? {},
  };
  const changed: CalendarItem = {
    ...copy,
    exceptions: { ...copy.exceptions, [date]: exception },
    // An update of an occurrence the attendee had declined puts it back.
    cancelled: copy.cancelled.filter((cancelled) => cancelled !== date || item.cancelled.includes(date)),
  };
  world.items.save(changed);
  copyAttachments(
    world,
    world.attachments.ownedBy(attachmentPlace(item.key, date)),
    attachmentPlace(copy.key, date),
  );
  world.changed({ mailbox: copy.mailbox, key: copy.key, date, type: 'updated' });
}

/** Somebody invited to one occurrence alone gets it as a single appointment. */
function deliverSingle(
  world: World,
  instance: Instance,
  mailbox: string,
  copy: CalendarItem | undefined,
  reset: boolean,
): void {
  const { item, details } = instance;
  const { recurrence: _recurrence, transactionId: _transactionId, ...base } = item;
  const key = copy?.key ?? newKey();
  const response = reset ? 'notResponded' : (copy?.details.response ?? 'notResponded');
  world.items.save({
    ...base,
    key,
    mailbox,
    details: {
      ...details,
      attendees: untracked(details.attendees),
      categories: [],
      isReminderOn: true,
      reminderMinutesBeforeStart: 15,
      response,
      showAs: shownAs(details.showAs, response),
    },
    ...(instance.date === undefined ? {} : { ofDate: instance.date }),
    isOrganizer: false,
    exceptions: {},
    cancelled: [],
    extendedProperties: {},
    extensions: [],
    createdAt: world.clock.now(),
    changedAt: world.clock.now(),
    version: world.store.next(),
  });
  copyAttachments(world, attachmentsOf(world, instance), key);
  world.changed({ mailbox, key, type: copy === undefined ? 'created' : 'updated' });
}
