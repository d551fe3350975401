// Outlook's own proposals for one meeting of two. Only in somebody's name: Graph has no application permission for it.
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { InstantText } from '@medspill/domain/time';
import type { MeetingTimeSuggestionsResult } from '@microsoft/microsoft-graph-types';
import type { Actor } from '../../ports.ts';
import { type Graph, refusalOf } from './client.ts';
import { instantAt } from './event.ts';

/** Outlook lists the soonest first, many of one day: enough to reach other days. */
const mostSuggestions = 100;

/** Both free, within working hours. None, where a calendar cannot be read, is an empty list with Graph's reason. */
export async function findTimes(
  graph: Graph,
  actor: Actor,
  seller: { mail: string },
  { from, to, minutes }: { from: InstantText; to: InstantText; minutes: number },
): Promise<Outcome<InstantText[]>> {
  if (actor.kind === 'app') return refuse({ code: 'consent_required', scopes: [] });
  const answer = await graph.call<MeetingTimeSuggestionsResult>({
    actor,
    mailbox: actor.personId,
    method: 'POST',
    path: '/me/findMeetingTimes',
    body: {
      attendees: [{ type: 'required', emailAddress: { address: seller.mail } }],
      timeConstraint: {
        activityDomain: 'work',
        timeSlots: [
          {
            start: { dateTime: from.replace('Z', ''), timeZone: 'UTC' },
            end: { dateTime: to.replace('Z', ''), timeZone: 'UTC' },
          },
        ],
      },
      meetingDuration: `PT${minutes}M`,
      maxCandidates: mostSuggestions,
      minimumAttendeePercentage: 100,
      isOrganizerOptional: false,
    },
    scopes: ['Calendars.Read.Shared'],
    reads: true,
  });
  if (!answer.ok) return refusalOf(answer);
  const starts = (answer.value.meetingTimeSuggestions ?? []).flatMap(
    ({ meetingTimeSlot }) => instantAt(meetingTimeSlot?.start) ?? [],
  );
  return done([...new Set(starts)].sort());
}
