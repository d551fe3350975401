import type { Person } from '../../people.ts';
import { badRequest, GraphError, itemNotFound } from '../graph-error.ts';
import type { World } from '../world.ts';
import { shownAs } from './attendee-copy.ts';
import type { CalendarItem } from './event.ts';
import { type Answer, sendResponse } from './mail.ts';
import { masterInstance, occurrenceOn } from './occurrences.ts';
import { removeOccurrence, removeWhole } from './remove-event.ts';

/** An attendee's answer. A declined meeting leaves the attendee's calendar. */
export function answerEvent(
  world: World,
  owner: Person,
  item: CalendarItem,
  date: string | undefined,
  answer: Answer,
): void {
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  if (item.isOrganizer) {
    throw badRequest(
      "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
    );
  }
  if (instance.details.isCancelled) {
    throw badRequest(
      "Your request can't be completed. You can't respond to this meeting because it was cancelled.",
    );
  }
  if (answer.send && !instance.details.responseRequested) {
    throw badRequest("Your request can't be completed. The meeting organizer hasn't requested a response.");
  }
  if (answer.proposed !== undefined && !instance.details.allowNewTimeProposals) {
    throw new GraphError(400, 'ErrorInvalidRequest', 'The organizer does not take proposals for a new time.');
  }
  const now = world.clock.now();
  const given = {
    response: answer.response,
    respondedAt: now,
    showAs: shownAs(
      instance.details.showAs === 'tentative' ? 'busy' : instance.details.showAs,
      answer.response,
    ),
  };
  if (answer.response === 'declined') {
    if (date === undefined) removeWhole(world, item);
    else removeOccurrence(world, item, date);
  } else if (date === undefined) {
    const exceptions = Object.fromEntries(
      Object.entries(item.exceptions).map(([key, exception]) => [
        key,
        { ...exception, own: { ...exception.own, ...given } },
      ]),
    );
    world.items.save({
      ...item,
      exceptions,
      details: { ...item.details, ...given },
      changedAt: now,
      version: world.store.next(),
    });
    world.changed({ mailbox: item.mailbox, key: item.key, type: 'updated' });
  } else {
    const before = item.exceptions[date];
    world.items.save({
      ...item,
      exceptions: {
        ...item.exceptions,
        [date]: {
          own: { ...before?.own, ...given },
          version: world.store.next(),
          changedAt: now,
          extendedProperties: before?.extendedProperties ?? {},
        },
      },
    });
    world.changed({ mailbox: item.mailbox, key: item.key, date, type: 'updated' });
  }
  const about = instance.date ?? item.ofDate;
  if (answer.send) {
    sendResponse(world, { ...instance, ...(about === undefined ? {} : { date: about }) }, owner.mail, answer);
  }
}
