import type { Person } from '../../people.ts';
import { newKey } from '../calendar/ids.ts';
import { graphInstant } from '../calendar/zones.ts';
import { GraphError } from '../graph-error.ts';
import { asJson, isJson, type Json, optionalText } from '../json.ts';
import { page, select } from '../odata/query.ts';
import {
  chatAppsRead,
  chatAppsWrite,
  chatMembersRead,
  chatRead,
  tabsCreate,
  tabsRead,
  tabsWrite,
} from '../permissions.ts';
import type { Call, Reply, Route } from '../route.ts';
import type { World } from '../world.ts';
import { appJson, boundApp, catalogueApp, refuseForeignApp } from './catalogue.ts';
import { listInstalls } from './installations.ts';
import { type Chat, type ChatTab, chatMembers, chatOf, saveChat } from './meetings.ts';

function notFound(message: string): GraphError {
  return new GraphError(404, 'NotFound', message);
}

function list(call: Call, values: Json[]): Reply {
  return {
    status: 200,
    body: page(values, { address: call.address, query: call.query, defaultTop: 100, maxTop: 999 }),
  };
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
      ? { teamsApp: appJson(catalogueApp(call.world, tab.appId)) }
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

const teams = { service: 'teams' as const };

export const chatRoutes: Route[] = [
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
      refuseForeignApp(catalogueApp(call.world, install.appId), call.caller.appId, undefined);
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
];
