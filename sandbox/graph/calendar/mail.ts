// Mail, and what an invitation does on arrival: each attendee's mailbox has its own copy of the meeting.
import { hasMailbox } from '../people/directory.ts';
import type { World } from '../world.ts';
import { attachmentPlace, attachmentsOf, type StoredAttachment } from './attachments.ts';
import type { Attendee, CalendarItem, Details, Exception, Instance, Response } from './event.ts';
import { attendeeOf, sameAddress } from './event.ts';
import { newKey } from './ids.ts';
import { masterInstance } from './occurrences.ts';

export type Mail = {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  kind: 'invitation' | 'update' | 'cancellation' | 'response' | 'message';
  from: { address: string; name: string };
  to: { address: string; name: string };
  subject: string;
  body: string;
  /** The meeting it is about, and the original date for one occurrence. */
  uid?: string;
  date?: string;
  attachments: { name: string; contentType: string; size: number }[];
  comment?: string;
};

/** A person's id, or the bare address of somebody outside. */
export function mailboxOf(world: World, address: string): string {
  return world.people.find(address)?.id ?? address.toLowerCase();
}

export function post(world: World, mail: Omit<Mail, 'id' | 'at'>): void {
  const id = newKey();
  world.mails.put({ id, owner: mailboxOf(world, mail.to.address) }, { id, at: world.clock.now(), ...mail });
}

function postMeeting(
  world: World,
  kind: 'invitation' | 'update' | 'cancellation',
  instance: Instance,
  attendee: Attendee,
  comment?: string,
): void {
  post(world, {
    kind,
    from: instance.item.organizer,
    to: { address: attendee.address, name: attendee.name },
    subject: kind === 'cancellation' ? cancelledSubject(world, instance) : instance.details.subject,
    body: instance.details.body.content,
    uid: instance.item.uid,
    ...(instance.date === undefined ? {} : { date: instance.date }),
    attachments: attachmentsOf(world, instance).map(({ name, contentType, size }) => ({
      name,
      contentType,
      size,
    })),
    ...(comment === undefined || comment === '' ? {} : { comment }),
  });
}

export function cancelledSubject(world: World, instance: Instance): string {
  const language = world.people.find(instance.item.organizer.address)?.language ?? 'en-GB';
  return `${language === 'nb-NO' ? 'Avlyst' : 'Canceled'}: ${instance.details.subject}`;
}

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

function copyIn(
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
function deliverWhole(world: World, item: CalendarItem, address: string, reset: boolean): void {
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

function deliverOccurrence(world: World, instance: Instance, address: string, reset: boolean): void {
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

/** One mail to each; the copy in their calendar follows it. */
export function sendMeeting(
  world: World,
  kind: 'invitation' | 'update',
  instance: Instance,
  attendees: Attendee[],
  reset: boolean,
): void {
  for (const attendee of attendees) {
    postMeeting(world, kind, instance, attendee);
    if (instance.date === undefined) deliverWhole(world, instance.item, attendee.address, reset);
    else deliverOccurrence(world, instance, attendee.address, reset);
  }
}

/** The cancellation marks the attendee's copy; it stays until its owner removes it. */
export function sendCancellation(
  world: World,
  instance: Instance,
  attendees: Attendee[],
  comment?: string,
): void {
  for (const attendee of attendees) {
    postMeeting(world, 'cancellation', instance, attendee, comment);
    const copy = copyIn(world, instance.item, attendee.address)?.copy;
    if (copy === undefined) continue;
    const mark = { isCancelled: true, showAs: 'free' as const, subject: cancelledSubject(world, instance) };
    const version = world.store.next();
    const changedAt = world.clock.now();
    const { date } = instance;
    if (date === undefined || copy.recurrence === undefined) {
      world.items.save({ ...copy, details: { ...copy.details, ...mark }, version, changedAt });
      world.changed({ mailbox: copy.mailbox, key: copy.key, type: 'updated' });
      continue;
    }
    const before = copy.exceptions[date];
    world.items.save({
      ...copy,
      exceptions: {
        ...copy.exceptions,
        [date]: {
          own: { ...before?.own, ...mark },
          version,
          changedAt,
          extendedProperties: before?.extendedProperties ?? {},
        },
      },
    });
    world.changed({ mailbox: copy.mailbox, key: copy.key, date, type: 'updated' });
  }
}

export type Answer = {
  response: 'accepted' | 'tentativelyAccepted' | 'declined';
  send: boolean;
  comment?: string;
  proposed?: { start: number; end: number };
};

const proposalWords: [string, string] = [' (nytt tidspunkt foreslått)', ' (new time proposed)'];
const answerWords: Record<Answer['response'], [string, string]> = {
  accepted: ['Godtatt', 'Accepted'],
  tentativelyAccepted: ['Foreløpig', 'Tentative'],
  declined: ['Avslått', 'Declined'],
};

/** The response flows back to the organizer's attendee list: on the occurrence, when it answers one. */
export function sendResponse(world: World, instance: Instance, address: string, answer: Answer): void {
  const { item, date } = instance;
  const responder = world.people.find(address);
  const language = responder?.language === 'nb-NO' ? 0 : 1;
  const word = `${answerWords[answer.response][language]}${answer.proposed === undefined ? '' : proposalWords[language]}`;
  post(world, {
    kind: 'response',
    from: { address, name: responder?.displayName ?? address },
    to: item.organizer,
    subject: `${word}: ${instance.details.subject}`,
    body: answer.comment ?? '',
    uid: item.uid,
    ...(date === undefined ? {} : { date }),
    attachments: [],
    ...(answer.comment === undefined ? {} : { comment: answer.comment }),
  });
  const organizers = world.items.copies(item.uid).find((copy) => copy.isOrganizer);
  if (organizers === undefined) return;
  const now = world.clock.now();
  const answered = (attendees: Attendee[]): Attendee[] =>
    attendees.map((attendee) => {
      if (attendee !== attendeeOf({ ...instance.details, attendees }, address)) return attendee;
      const { proposed: _proposed, ...rest } = attendee;
      return {
        ...rest,
        response: answer.response,
        respondedAt: now,
        ...(answer.proposed === undefined ? {} : { proposed: answer.proposed }),
      };
    });
  const version = world.store.next();
  if (date === undefined || organizers.recurrence === undefined) {
    // An answer to the series is one to each occurrence that has none yet.
    const open = (attendees: Attendee[]) =>
      attendees.some((attendee) => sameAddress(attendee.address, address) && attendee.response === 'none');
    const exceptions = Object.fromEntries(
      Object.entries(organizers.exceptions).map(([key, exception]) => {
        const own = exception.own.attendees;
        if (own === undefined || !open(own)) return [key, exception];
        return [key, { ...exception, own: { ...exception.own, attendees: answered(own) } }];
      }),
    );
    world.items.save({
      ...organizers,
      exceptions,
      details: { ...organizers.details, attendees: answered(organizers.details.attendees) },
      version,
      changedAt: now,
    });
    world.changed({ mailbox: organizers.mailbox, key: organizers.key, type: 'updated' });
    return;
  }
  if (organizers.cancelled.includes(date)) return;
  const before = organizers.exceptions[date];
  world.items.save({
    ...organizers,
    exceptions: {
      ...organizers.exceptions,
      [date]: {
        own: {
          ...before?.own,
          attendees: answered(before?.own.attendees ?? organizers.details.attendees),
        },
        version,
        changedAt: now,
        extendedProperties: before?.extendedProperties ?? {},
      },
    },
  });
  world.changed({ mailbox: organizers.mailbox, key: organizers.key, date, type: 'updated' });
}
