// The activity feed: what may be sent, to whom, and how it reads. Source: activity feed notifications in Graph's
// documentation; previewText shows its first 150 characters.

import { newKey } from '../calendar/ids.ts';
import { GraphError } from '../graph-error.ts';
import {
  asJson,
  type Json,
  optionalInteger,
  optionalJson,
  optionalList,
  optionalMember,
  optionalText,
} from '../json.ts';
import type { World } from '../world.ts';
import type { CatalogueApp } from './catalogue.ts';
import { chatMembers } from './meetings.ts';
import { personalInstall } from './personal-apps.ts';

export type Activity = {
  id: string;
  at: number;
  personId: string;
  appId: string;
  /** Who it shows as the actor: a person's name, or the app's. */
  actor: string;
  activityType: string;
  /** The template with its parameters filled in, where the manifest's template is known. */
  text: string;
  topic: string;
  webUrl?: string;
  previewText: string;
  parameters: Record<string, string>;
  chainId?: number;
  read: boolean;
};

export type Notice = {
  topic: { source: 'text' | 'entityUrl'; value: string; webUrl?: string };
  activityType: string;
  previewText: string;
  parameters: Record<string, string>;
  chainId?: number;
};

const previewLimit = 150;

function bad(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

/** Reads the parameters of sendActivityNotification and checks them against the app's manifest. */
export function readNotice(world: World, value: unknown, app: CatalogueApp): Notice {
  const body = asJson(value, 'sendActivityNotification');
  const topic = optionalJson(body, 'topic');
  if (topic === undefined) throw bad("Missing required property 'topic'.");
  const source = optionalMember(topic, 'source', ['entityUrl', 'text']);
  const topicValue = optionalText(topic, 'value');
  if (source === undefined || topicValue === undefined || topicValue === '') {
    throw bad("Invalid 'topic': both source and value are required.");
  }
  const webUrl = optionalText(topic, 'webUrl');
  if (
    source === 'text' &&
    (webUrl === undefined || !/^https:\/\/teams\.(microsoft\.com|cloud\.microsoft)\/l\//.test(webUrl))
  ) {
    throw bad("Invalid 'topic.webUrl': it must be a Microsoft Teams deep link when the topic is a text.");
  }
  if (source === 'entityUrl') refuseUnknownEntity(world, topicValue);
  const activityType = optionalText(body, 'activityType');
  const declared = app.activityTypes.find((candidate) => candidate.type === activityType);
  if (activityType === undefined || (declared === undefined && activityType !== 'systemDefault')) {
    throw bad(`Activity type '${activityType ?? ''}' is not declared in the manifest of the app.`);
  }
  const parameters = readParameters(body);
  for (const [, name = ''] of declared?.templateText?.matchAll(/\{(\w+)\}/g) ?? []) {
    if (name !== 'actor' && parameters[name] === undefined) {
      throw bad(`Template parameter '${name}' of activity type '${activityType}' is missing.`);
    }
  }
  if (activityType === 'systemDefault' && parameters.systemDefaultText === undefined) {
    throw bad("Template parameter 'systemDefaultText' is missing.");
  }
  const preview = optionalText(optionalJson(body, 'previewText') ?? {}, 'content') ?? '';
  const chainId = optionalInteger(body, 'chainId');
  return {
    topic: { source, value: topicValue, ...(webUrl === undefined ? {} : { webUrl }) },
    activityType,
    previewText: preview.slice(0, previewLimit),
    parameters,
    ...(chainId === undefined ? {} : { chainId }),
  };
}

function readParameters(body: Json): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const value of optionalList(body, 'templateParameters') ?? []) {
    const pair = asJson(value, 'templateParameters');
    const name = optionalText(pair, 'name');
    if (name === undefined) throw bad('A template parameter needs a name.');
    if (name === 'actor') throw bad("'actor' is a reserved template parameter.");
    parameters[name] = optionalText(pair, 'value') ?? '';
  }
  return parameters;
}

function refuseUnknownEntity(world: World, url: string): void {
  const path = url.replace(/^https:\/\/graph\.microsoft\.com\/(v1\.0|beta)\//, '');
  const chat = path.match(/^chats\/([^/]+)$/)?.[1];
  if (chat !== undefined && world.chats.get(decodeURIComponent(chat)) !== undefined) return;
  const install = path.match(/^users\/([^/]+)\/teamwork\/installedApps\/([^/]+)$/);
  if (install?.[2] !== undefined && world.personalInstalls.get(install[2]) !== undefined) return;
  throw bad(`Invalid 'topic.value': '${url}' is not a resource that an activity can be about.`);
}

/** Installed for the person, or in a chat they are in. */
export function reaches(world: World, personId: string, appId: string): boolean {
  if (personalInstall(world, personId, appId) !== undefined) return true;
  return world.chats
    .all()
    .some(
      (chat) =>
        chat.installedApps.some((install) => install.appId === appId) &&
        chatMembers(world, chat).some((member) => member.id === personId),
    );
}

export function refuseUnreachable(world: World, personId: string, app: CatalogueApp): void {
  if (reaches(world, personId, app.id)) return;
  throw new GraphError(
    403,
    'Forbidden',
    `Application with AAD App Id '${app.clientId}' is not authorized to send activity notifications to the recipient: the app is not installed for them.`,
  );
}

export function deliver(
  world: World,
  personId: string,
  app: CatalogueApp,
  actor: string,
  notice: Notice,
): void {
  const template = app.activityTypes.find(
    (candidate) => candidate.type === notice.activityType,
  )?.templateText;
  const text =
    notice.activityType === 'systemDefault'
      ? (notice.parameters.systemDefaultText ?? '')
      : (template ?? notice.activityType).replace(/\{(\w+)\}/g, (_, name: string) =>
          name === 'actor' ? actor : (notice.parameters[name] ?? ''),
        );
  // A later activity of the same chain takes the place of the earlier one.
  for (const earlier of notice.chainId === undefined ? [] : world.activities.ownedBy(personId)) {
    if (earlier.chainId === notice.chainId && earlier.appId === app.id) world.activities.remove(earlier.id);
  }
  const id = newKey();
  world.activities.put(
    { id, owner: personId },
    {
      id,
      at: world.clock.now(),
      personId,
      appId: app.id,
      actor,
      activityType: notice.activityType,
      text,
      topic: notice.topic.value,
      ...(notice.topic.webUrl === undefined ? {} : { webUrl: notice.topic.webUrl }),
      previewText: notice.previewText,
      parameters: notice.parameters,
      ...(notice.chainId === undefined ? {} : { chainId: notice.chainId }),
      read: false,
    },
  );
}
