// When an event is an online meeting: by wish, and for as long as its body holds the join link.
import type { Person } from '../../people.ts';
import { openMeeting } from '../teams/meetings.ts';
import type { World } from '../world.ts';
import type { CalendarItem, Details } from './event.ts';
import type { EventBody } from './event-body.ts';
import { keepsMeeting, teamsBlock, withBlock } from './teams-block.ts';

export function withMeeting(world: World, item: CalendarItem, owner: Person): CalendarItem {
  const meeting = openMeeting(world, owner, item);
  const block = teamsBlock(meeting, owner.language);
  const { body } = item.details;
  return {
    ...item,
    meetingId: meeting.id,
    details: { ...item.details, body: { contentType: 'html', content: withBlock(body.content, block) } },
  };
}

/** What the new body does to the online meeting, and what a wish for one does to the body. */
export function settleMeeting(
  world: World,
  owner: Person,
  item: CalendarItem,
  body: EventBody,
  details: Details,
): { details: Details; meetingId?: string } {
  const meeting = item.meetingId === undefined ? undefined : world.meetings.get(item.meetingId);
  const wasOnline = item.details.isOnlineMeeting;
  let settled: Details = { ...details, isOnlineMeeting: wasOnline };
  if (wasOnline && meeting !== undefined && body.details.body !== undefined) {
    // Without the Teams block in the body the meeting is gone ("body property and online meetings").
    if (!keepsMeeting(settled.body.content, meeting.joinUrl))
      settled = { ...settled, isOnlineMeeting: false };
  }
  // isOnlineMeeting: false is ignored once it was true; true makes a meeting where there is none.
  if (
    !settled.isOnlineMeeting &&
    body.details.isOnlineMeeting === true &&
    item.isOrganizer &&
    owner.hasTeamsLicence
  ) {
    const fresh = withMeeting(world, { ...item, details: { ...settled, isOnlineMeeting: true } }, owner);
    return {
      details: fresh.details,
      ...(fresh.meetingId === undefined ? {} : { meetingId: fresh.meetingId }),
    };
  }
  return { details: settled, ...(item.meetingId === undefined ? {} : { meetingId: item.meetingId }) };
}
