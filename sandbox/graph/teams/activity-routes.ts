import type { Person } from '../../people.ts';
import { GraphError } from '../graph-error.ts';
import { asJson, optionalList, optionalText } from '../json.ts';
import { activitySend } from '../permissions.ts';
import type { Call, Reply, Route } from '../route.ts';
import { deliver, readNotice, refuseUnreachable } from './activity.ts';
import { type CatalogueApp, ownApp } from './catalogue.ts';
import { chatMembers, chatOf } from './meetings.ts';

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

export const activityRoutes: Route[] = [
  {
    method: 'POST',
    service: 'activity',
    path: '/chats/{chat}/sendActivityNotification',
    allow: activitySend,
    handle: notifyChat,
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
