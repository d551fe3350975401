import type { Person } from '../../people.ts';
import { newKey } from '../calendar/ids.ts';
import { graphInstant } from '../calendar/zones.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import { asJson, isJson, type Json, optionalList, optionalText } from '../json.ts';
import { page, select } from '../odata/query.ts';
import {
  activitySend,
  catalogueRead,
  chatAppsRead,
  chatAppsWrite,
  chatMembersRead,
  chatRead,
  onlineMeetingsRead,
  onlineMeetingsWrite,
  personalAppsRead,
  personalAppsWrite,
  tabsCreate,
  tabsRead,
  tabsWrite,
} from '../permissions.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { World } from '../world.ts';
import { deliver, readNotice, refuseUnreachable } from './activity.ts';
import { appJson, boundApp, type CatalogueApp, definitionJson, refuseForeignApp } from './catalogue.ts';
import { type Chat, type ChatTab, chatIsReady, chatMembers, type Meeting, saveChat } from './meetings.ts';
import { installPersonally } from './personal-apps.ts';

function notFound(message: string): GraphError {
  return new GraphError(404, 'NotFound', message);
}

/** The chat of the path, once it is there and for those who are in it. */
function chatOf(call: Call): Chat {
  const chat = call.world.chats.get(call.params.chat ?? '');
  if (chat === undefined || !chatIsReady(call.world, chat)) {
    throw notFound('NotFound: the thread is not found.');
  }
  const { person } = call.caller;
  if (person !== undefined && !chatMembers(call.world, chat).some((member) => member.id === person.id)) {
    throw new GraphError(403, 'Forbidden', 'The user is not a member of the chat.');
  }
  return chat;
}

function list(call: Call, values: Json[]): Reply {
  return {
    status: 200,
    body: page(values, { address: call.address, query: call.query, defaultTop: 100, maxTop: 999 }),
  };
}

function app(world: World, id: string): CatalogueApp {
  const found = world.catalogue.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`app ${id} left the catalogue`);
  return found;
}

function ownApp(call: Call): CatalogueApp {
  const found = call.world.catalogue.find(
    (candidate) => candidate.clientId === call.caller.appId && candidate.rsc.length === 0,
  );
  if (found === undefined) {
    throw new GraphError(
      403,
      'Forbidden',
      `No Teams app with AAD App Id '${call.caller.appId}' is in the catalog.`,
    );
  }
  return found;
}

function chatJson(world: World, chat: Chat): Json {
  const meeting = world.meetings.get(chat.meetingId);
  const organizer = world.people.find(chat.organizerId);
  return {
    id: chat.id,
    topic: chat.topic,
    createdDateTime: graphInstant(chat.createdAt),
    lastUpdatedDateTime: graphInstant(chat.changedAt),
    chatType: 'meeting',
    webUrl: `https://teams.microsoft.com/l/chat/${encodeURIComponent(chat.id)}/0?tenantId=${world.tenantId}`,
    tenantId: world.tenantId,
    isHiddenForAllMembers: chat.hidden,
    viewpoint: null,
    onlineMeetingInfo: {
      // Empty for events that were made through Graph.
      calendarEventId: null,
      joinWebUrl: meeting?.joinUrl ?? null,
      organizer: {
        id: chat.organizerId,
        displayName: organizer?.displayName ?? null,
        userIdentityType: 'aadUser',
      },
    },
  };
}

function memberJson(world: World, chat: Chat, person: Person): Json {
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    id: Buffer.from(`${chat.id}##${person.id}`).toString('base64'),
    roles: person.id === chat.organizerId ? ['owner'] : person.userType === 'Guest' ? ['guest'] : [],
    displayName: person.displayName,
    userId: person.id,
    email: person.mail,
    tenantId: world.tenantId,
    visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
  };
}

/** Expansions of an installation; by `$filter` one may look into the app without expanding it. */
function installJson(call: Call, id: string, appId: string, type: string): { shown: Json; whole: Json } {
  const found = app(call.world, appId);
  const expand = call.query.get('$expand') ?? '';
  const base: Json = { ...(type === '' ? {} : { '@odata.type': type }), id };
  const whole = { ...base, teamsApp: appJson(found), teamsAppDefinition: definitionJson(found) };
  return {
    whole,
    shown: {
      ...base,
      ...(/\bteamsApp\b/.test(expand) ? { teamsApp: appJson(found) } : {}),
      ...(/\bteamsAppDefinition\b/.test(expand) ? { teamsAppDefinition: definitionJson(found) } : {}),
    },
  };
}

function listInstalls(call: Call, installs: { id: string; appId: string }[]): Reply {
  const values = installs.map((install) => installJson(call, install.id, install.appId, ''));
  const whole = new Map(values.map((value) => [value.shown.id, value.whole]));
  return {
    status: 200,
    body: page(
      values.map((value) => value.shown),
      {
        address: call.address,
        query: call.query,
        defaultTop: 100,
        maxTop: 999,
        widen: (value) => whole.get(value.id) ?? value,
      },
    ),
  };
}

function installInChat(call: Call): Reply {
  const chat = chatOf(call);
  const body = asJson(call.body, 'teamsAppInstallation');
  const found = boundApp(call.world, body);
  refuseForeignApp(found, call.caller.appId, body.consentedPermissionSet);
  if (chat.installedApps.some((install) => install.appId === found.id)) {
    throw new GraphError(409, 'Conflict', 'The app has already been installed in the chat.');
  }
  const id = Buffer.from(`${chat.id}##${found.id}`).toString('base64url');
  const tab: ChatTab = { id: newKey(), appId: found.id, displayName: found.displayName, configuration: null };
  saveChat(call.world, {
    ...chat,
    installedApps: [...chat.installedApps, { id, appId: found.id }],
    // A static tab of the group chat scope is pinned by the installation.
    tabs: found.staticChatTab ? [...chat.tabs, tab] : chat.tabs,
    changedAt: call.world.clock.now(),
  });
  return { status: 201, headers: { location: `/chats/${chat.id}/installedApps/${id}` } };
}

function tabJson(call: Call, tab: ChatTab): Json {
  return {
    id: tab.id,
    displayName: tab.displayName,
    webUrl: `https://teams.microsoft.com/l/entity/${tab.appId}/${encodeURIComponent(tab.id)}`,
    configuration: tab.configuration ?? {
      entityId: null,
      contentUrl: null,
      removeUrl: null,
      websiteUrl: null,
    },
    ...(/\bteamsApp\b/.test(call.query.get('$expand') ?? '')
      ? { teamsApp: appJson(app(call.world, tab.appId)) }
      : {}),
  };
}

function addTab(call: Call): Reply {
  const chat = chatOf(call);
  const body = asJson(call.body, 'teamsTab');
  const found = boundApp(call.world, body);
  if (!chat.installedApps.some((install) => install.appId === found.id)) {
    throw new GraphError(404, 'NotFound', `The app '${found.id}' is not installed in the chat.`);
  }
  if (found.staticChatTab) {
    if (body.displayName !== undefined || body.configuration !== undefined) {
      throw new GraphError(
        400,
        'BadRequest',
        'displayName and configuration are not allowed for a static tab.',
      );
    }
    const pinned = chat.tabs.find((tab) => tab.appId === found.id);
    if (pinned !== undefined) return { status: 201, body: tabJson(call, pinned) };
  }
  const tab: ChatTab = {
    id: newKey(),
    appId: found.id,
    displayName: optionalText(body, 'displayName') ?? found.displayName,
    configuration: isJson(body.configuration) ? body.configuration : null,
  };
  saveChat(call.world, { ...chat, tabs: [...chat.tabs, tab], changedAt: call.world.clock.now() });
  return { status: 201, body: tabJson(call, tab) };
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
  if (call.caller.person !== undefined || call.world.applicationAccessPolicy) return;
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

function actor(call: Call, found: CatalogueApp): string {
  return call.caller.person?.displayName ?? found.displayName;
}

function notify(call: Call, people: Person[], source: CatalogueApp, refuse: boolean): void {
  const notice = readNotice(call.world, call.body, source);
  for (const person of people) {
    if (refuse) refuseUnreachable(call.world, person.id, source);
  }
  for (const person of people) deliver(call.world, person.id, source, actor(call, source), notice);
}

const soonMs = 45 * 60_000;

function notifyRecipients(call: Call): Reply {
  if (call.caller.expiresAt - call.world.clock.now() < soonMs) {
    throw new GraphError(412, 'PreconditionFailed', 'The token expires within 45 minutes.');
  }
  const found = ownApp(call);
  const recipients = optionalList(asJson(call.body, 'body'), 'recipients') ?? [];
  if (recipients.length === 0 || recipients.length > 100) {
    throw new GraphError(400, 'BadRequest', 'Between 1 and 100 recipients are allowed.');
  }
  const people = recipients.map((recipient) => {
    const id = optionalText(asJson(recipient, 'recipients'), 'userId');
    const person = id === undefined ? undefined : call.world.people.find(id);
    if (person === undefined)
      throw new GraphError(400, 'BadRequest', 'A recipient is not a user of this tenant.');
    return person;
  });
  const notice = readNotice(call.world, call.body, found);
  // Accepted as a whole; those without the app simply get nothing.
  for (const person of people) {
    try {
      refuseUnreachable(call.world, person.id, found);
    } catch (error) {
      if (error instanceof GraphError) continue;
      throw error;
    }
    deliver(call.world, person.id, found, actor(call, found), notice);
  }
  return { status: 202 };
}

function notifyChat(call: Call): Reply {
  const chat = chatOf(call);
  const found = ownApp(call);
  if (!chat.installedApps.some((install) => install.appId === found.id)) {
    throw new GraphError(
      403,
      'Forbidden',
      `Application with AAD App Id '${found.clientId}' is not installed in the chat.`,
    );
  }
  const recipient = asJson(asJson(call.body, 'body').recipient, 'recipient');
  const members = chatMembers(call.world, chat);
  const type = optionalText(recipient, '@odata.type')?.replace('#', '');
  const people =
    type === 'microsoft.graph.chatMembersNotificationRecipient'
      ? members
      : members.filter((member) => member.id === optionalText(recipient, 'userId'));
  if (people.length === 0)
    throw new GraphError(400, 'BadRequest', 'The recipient is not a member of the chat.');
  notify(call, people, found, false);
  return { status: 204 };
}

const teams = { service: 'teams' as const };

export const teamsRoutes: Route[] = [
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
  {
    ...teams,
    method: 'GET',
    path: '/chats/{chat}',
    allow: chatRead,
    handle: (call) => ({ status: 200, body: select(chatJson(call.world, chatOf(call)), call.query) }),
  },
  {
    ...teams,
    method: 'GET',
    path: '/chats/{chat}/members',
    allow: chatMembersRead,
    handle(call) {
      const chat = chatOf(call);
      return list(
        call,
        chatMembers(call.world, chat).map((person) => memberJson(call.world, chat, person)),
      );
    },
  },
  {
    ...teams,
    method: 'GET',
    path: '/chats/{chat}/installedApps',
    allow: chatAppsRead,
    handle: (call) => listInstalls(call, chatOf(call).installedApps),
  },
  {
    ...teams,
    method: 'POST',
    path: '/chats/{chat}/installedApps',
    allow: chatAppsWrite,
    handle: installInChat,
  },
  {
    ...teams,
    method: 'DELETE',
    path: '/chats/{chat}/installedApps/{install}',
    allow: chatAppsWrite,
    handle(call) {
      const chat = chatOf(call);
      const install = chat.installedApps.find((candidate) => candidate.id === call.params.install);
      if (install === undefined) throw notFound('The installation is not found.');
      refuseForeignApp(app(call.world, install.appId), call.caller.appId, undefined);
      saveChat(call.world, {
        ...chat,
        installedApps: chat.installedApps.filter((candidate) => candidate.id !== install.id),
        tabs: chat.tabs.filter((tab) => tab.appId !== install.appId),
        changedAt: call.world.clock.now(),
      });
      return { status: 204 };
    },
  },
  {
    ...teams,
    method: 'GET',
    path: '/chats/{chat}/tabs',
    allow: tabsRead,
    handle: (call) =>
      list(
        call,
        chatOf(call).tabs.map((tab) => tabJson(call, tab)),
      ),
  },
  { ...teams, method: 'POST', path: '/chats/{chat}/tabs', allow: tabsCreate, handle: addTab },
  {
    ...teams,
    method: 'DELETE',
    path: '/chats/{chat}/tabs/{tab}',
    allow: tabsWrite,
    handle(call) {
      const chat = chatOf(call);
      if (!chat.tabs.some((tab) => tab.id === call.params.tab)) throw notFound('The tab is not found.');
      saveChat(call.world, {
        ...chat,
        tabs: chat.tabs.filter((tab) => tab.id !== call.params.tab),
        changedAt: call.world.clock.now(),
      });
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    service: 'activity',
    path: '/chats/{chat}/sendActivityNotification',
    allow: activitySend,
    handle: notifyChat,
  },
  {
    ...teams,
    method: 'GET',
    path: '/appCatalogs/teamsApps',
    allow: catalogueRead,
    handle(call) {
      const expand = /\bappDefinitions\b/.test(call.query.get('$expand') ?? '');
      return list(
        call,
        call.world.catalogue.map((found) => ({
          ...appJson(found),
          ...(expand ? { appDefinitions: [definitionJson(found)] } : {}),
        })),
      );
    },
  },
  {
    ...teams,
    method: 'GET',
    path: '~/teamwork/installedApps',
    allow: personalAppsRead,
    ownOnly: true,
    handle: (call) => listInstalls(call, call.world.personalInstalls.ownedBy(call.owner.id)),
  },
  {
    ...teams,
    method: 'POST',
    path: '~/teamwork/installedApps',
    allow: personalAppsWrite,
    ownOnly: true,
    handle(call) {
      const body = asJson(call.body, 'userScopeTeamsAppInstallation');
      const found = boundApp(call.world, body);
      refuseForeignApp(found, call.caller.appId, body.consentedPermissionSet);
      const install = installPersonally(call.world, call.owner, found.id);
      return {
        status: 201,
        headers: { location: `/users/${call.owner.id}/teamwork/installedApps/${install.id}` },
      };
    },
  },
  {
    ...teams,
    method: 'DELETE',
    path: '~/teamwork/installedApps/{install}',
    allow: personalAppsWrite,
    ownOnly: true,
    handle(call) {
      const install = call.world.personalInstalls.get(call.params.install ?? '');
      if (install === undefined || install.personId !== call.owner.id)
        throw notFound('The installation is not found.');
      call.world.personalInstalls.remove(install.id);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    service: 'activity',
    path: '~/teamwork/sendActivityNotification',
    allow: activitySend,
    handle(call) {
      notify(call, [call.owner], ownApp(call), true);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    service: 'recipients',
    path: '/teamwork/sendActivityNotificationToRecipients',
    allow: activitySend,
    handle: notifyRecipients,
  },
];
