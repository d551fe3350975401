import type { Person } from '../../people.ts';
import { graphInstant } from '../calendar/zones.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import { asJson, type Json } from '../json.ts';
import { page, select } from '../odata/query.ts';
import { onlineMeetingsRead, onlineMeetingsWrite } from '../permissions.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { World } from '../world.ts';
import { chatMembers, type Meeting } from './meetings.ts';

function notFound(message: string): GraphError {
  return new GraphError(404, 'NotFound', message);
}

function meetingJson(world: World, meeting: Meeting): Json {
  const item = world.items.copies(meeting.uid).find((copy) => copy.isOrganizer);
  const chat = world.chats.get(meeting.threadId);
  const organizer = world.people.find(meeting.organizerId);
  const participant = (person: Person, role: string): Json => ({
    upn: person.mail,
    role,
    identity: { user: { id: person.id, displayName: person.displayName } },
  });
  const attendees =
    chat === undefined ? [] : chatMembers(world, chat).filter((person) => person.id !== meeting.organizerId);
  return {
    id: meeting.id,
    creationDateTime: graphInstant(meeting.createdAt),
    startDateTime: null,
    endDateTime: null,
    joinWebUrl: meeting.joinUrl,
    subject: item?.details.subject ?? '',
    meetingOptionsWebUrl: meeting.optionsUrl,
    isBroadcast: false,
    ...meeting.settings,
    joinMeetingIdSettings: {
      isPasscodeRequired: true,
      joinMeetingId: meeting.meetingCode,
      passcode: meeting.passcode,
    },
    chatInfo: { threadId: meeting.threadId, messageId: '0', replyChainMessageId: null },
    participants: {
      organizer: organizer === undefined ? null : participant(organizer, 'presenter'),
      attendees: attendees.map((person) => participant(person, 'attendee')),
    },
  };
}

function refusePolicy(call: Call): void {
  const { applicationAccessPolicy, faults } = call.world;
  const granted = applicationAccessPolicy && faults.current().noApplicationAccessPolicy !== true;
  if (call.caller.person !== undefined || granted) return;
  throw new GraphError(
    403,
    'Forbidden',
    'No application access policy found for this app on the user. Create one with New-CsApplicationAccessPolicy.',
  );
}

function meetingOf(call: Call): Meeting {
  refusePolicy(call);
  const meeting = call.world.meetings.get(call.params.meeting ?? '');
  if (meeting === undefined || meeting.organizerId !== call.owner.id)
    throw notFound('The meeting is not found.');
  return meeting;
}

const settable = new Set([
  'allowRecording',
  'allowTranscription',
  'recordAutomatically',
  'allowMeetingChat',
  'allowedPresenters',
  'allowAttendeeToEnableCamera',
  'allowAttendeeToEnableMic',
  'allowTeamworkReactions',
  'allowCopyingAndSharingMeetingContent',
  'isEntryExitAnnounced',
  'lobbyBypassSettings',
  'subject',
  'watermarkProtection',
  'allowBreakoutRooms',
  'allowWhiteboard',
  'allowPowerPointSharing',
  'allowLiveShare',
  'meetingSpokenLanguageTag',
  'sensitivityLabelAssignment',
  'shareMeetingChatHistoryDefault',
  'allowedLobbyAdmitters',
  'allowParticipantsToChangeName',
  'isEndToEndEncryptionEnabled',
]);

function changeMeeting(call: Call): Reply {
  const meeting = meetingOf(call);
  const body = asJson(call.body, 'onlineMeeting');
  for (const name of Object.keys(body)) {
    if (!settable.has(name) && !name.startsWith('@'))
      throw badRequest(`The property '${name}' cannot be changed.`, 'BadRequest');
  }
  const { subject: _subject, ...settings } = body;
  const changed = { ...meeting, settings: { ...meeting.settings, ...settings } };
  call.world.meetings.put({ id: meeting.id, owner: meeting.organizerId, link: meeting.joinUrl }, changed);
  return { status: 200, body: meetingJson(call.world, changed) };
}

function listMeetings(call: Call): Reply {
  refusePolicy(call);
  const filter = call.query.get('$filter');
  if (
    filter === null ||
    !/^\s*\(?\s*(joinWebUrl|joinMeetingIdSettings\/joinMeetingId|videoTeleconferenceId)\s+eq\s/i.test(filter)
  ) {
    throw badRequest(
      'Filter expression expected: JoinWebUrl, VideoTeleconferenceId or joinMeetingId.',
      'InvalidArgument',
    );
  }
  // Only the organizer's own meetings can be found by the link with a user's token; attendees find those they are in.
  const named = filter.match(/^\s*\(?\s*joinWebUrl\s+eq\s+'([^']*)'\s*\)?\s*$/i)?.[1];
  const candidates = named === undefined ? call.world.meetings.all() : call.world.meetings.linkedTo(named);
  const mine = candidates.filter((meeting) => {
    if (meeting.organizerId === call.owner.id) return true;
    const chat = call.world.chats.get(meeting.threadId);
    return chat !== undefined && chatMembers(call.world, chat).some((person) => person.id === call.owner.id);
  });
  const answer = page(
    mine.map((meeting) => meetingJson(call.world, meeting)),
    {
      address: call.address,
      query: call.query,
      defaultTop: 10,
      maxTop: 100,
    },
  );
  return { status: 200, body: answer };
}

const teams = { service: 'teams' as const };

export const onlineMeetingRoutes: Route[] = [
  {
    ...teams,
    method: 'GET',
    path: '~/onlineMeetings',
    allow: onlineMeetingsRead,
    allowMe: { ...onlineMeetingsRead, application: null },
    ownOnly: true,
    handle: listMeetings,
  },
  {
    ...teams,
    method: 'GET',
    path: '~/onlineMeetings/{meeting}',
    allow: onlineMeetingsRead,
    ownOnly: true,
    handle: (call) => ({ status: 200, body: select(meetingJson(call.world, meetingOf(call)), call.query) }),
  },
  {
    ...teams,
    method: 'PATCH',
    path: '~/onlineMeetings/{meeting}',
    allow: onlineMeetingsWrite,
    ownOnly: true,
    handle: changeMeeting,
  },
];
