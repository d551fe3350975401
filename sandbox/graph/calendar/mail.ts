import type { World } from '../world.ts';
import { attachmentsOf } from './attachments.ts';
import { copyIn, deliverOccurrence, deliverWhole } from './attendee-copy.ts';
import { type Attendee, attendeeOf, type Instance, sameAddress } from './event.ts';
import { newKey } from './ids.ts';

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
      // Months that were moved or changed are cancelled with the rest.
      const exceptions = Object.fromEntries(
        Object.entries(copy.exceptions).map(([on, one]) => [on, { ...one, own: { ...one.own, ...mark } }]),
      );
      world.items.save({ ...copy, details: { ...copy.details, ...mark }, exceptions, version, changedAt });
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
