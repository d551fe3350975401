import { setTimeout } from 'node:timers/promises';
import type { Chat, Event, OnlineMeeting, TeamsTab } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, teamsAppId, teamsManifestId } from '../../sandbox/people.ts';
import { type Ask, delegatedScopes, mail, person, series, startTenant, type Tenant } from './graph-tenant.ts';

type Page<T> = { value: T[] };
type Stored = Event & { id: string };

const withRsc = '6a1d0f52-93c7-4e0b-8f46-0c5b7e2d9a05';
const foreign = '0d820ecd-def2-4297-adad-78056cde7c78';

let tenant: Tenant;
let ingrid: Ask;
let app: Ask;

beforeAll(async () => {
  tenant = await startTenant('2026-11-23T09:00:00Z');
  ingrid = patient(tenant.as('Ingrid'));
  app = patient(tenant.as());
});
afterAll(async () => {
  expect(tenant.problems()).toEqual([]);
  await tenant.close();
});

const bind = (id: string) => ({
  'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${id}`,
});

/** Teams lets 30 requests a second through: waits as long as it says, as a client has to. */
function patient(ask: Ask): Ask {
  return async (method, path, body, headers) => {
    for (;;) {
      const answer = await ask<never>(method, path, body, headers);
      if (answer.status !== 429) return answer;
      await setTimeout(Number(answer.headers.get('retry-after')) * 1000);
    }
  };
}

function wait(ms: number): void {
  tenant.clock.set(tenant.clock.now() + ms);
}

async function meeting(
  subject: string,
  attendees = [mail('Jonas')],
): Promise<{ event: Stored; chat: string; online: OnlineMeeting }> {
  const { body: event } = await ingrid<Stored>('POST', '/me/events', series(attendees, { subject }));
  const url = encodeURIComponent(event.onlineMeeting?.joinUrl ?? '');
  const { body } = await ingrid<Page<OnlineMeeting>>(
    'GET',
    `/me/onlineMeetings?$filter=JoinWebUrl eq '${url}'`,
  );
  const online = body.value[0];
  if (online === undefined) throw new Error('no online meeting');
  return { event, online, chat: online.chatInfo?.threadId ?? '' };
}

describe('the meeting and its chat', () => {
  test('the chat comes after the event, with its members and without the event’s id', async () => {
    tenant.graph.setFaults({ chatDelayMs: 30_000 });
    const { chat, event } = await meeting('Forsinket');
    expect(chat).toMatch(/^19:meeting_\w+@thread\.v2$/);
    expect((await ingrid('GET', `/chats/${chat}`)).status).toBe(404);
    expect((await ingrid('POST', `/chats/${chat}/installedApps`, bind(teamsAppId))).status).toBe(404);
    wait(30_000);
    const { body } = await ingrid<Chat>('GET', `/chats/${chat}`);
    expect(body).toMatchObject({
      chatType: 'meeting',
      isHiddenForAllMembers: true,
      onlineMeetingInfo: { calendarEventId: null, joinWebUrl: event.onlineMeeting?.joinUrl },
    });
    const members = await ingrid<Page<{ displayName: string }>>('GET', `/chats/${chat}/members`);
    expect(members.body.value.map(({ displayName }) => displayName)).toEqual([
      'Ingrid Solberg',
      'Jonas Berg',
    ]);
    expect((await tenant.as('Jonas')('GET', `/chats/${chat}`)).status).toBe(200);
    expect((await tenant.as('Amina')('GET', `/chats/${chat}`)).status).toBe(403);
    tenant.graph.actions.openChat(person('Jonas'), chat);
    expect((await ingrid<Chat>('GET', `/chats/${chat}`)).body.isHiddenForAllMembers).toBe(false);
    tenant.graph.clearFaults();
  });

  test('recording and transcription can be turned off by the organizer', async () => {
    const { online } = await meeting('Uten opptak');
    const path = `/me/onlineMeetings/${encodeURIComponent(online.id ?? '')}`;
    const { status, body } = await ingrid<OnlineMeeting>('PATCH', path, {
      allowRecording: false,
      allowTranscription: false,
    });
    expect([status, body.allowRecording, body.allowTranscription]).toEqual([200, false, false]);
    expect((await ingrid<OnlineMeeting>('GET', path)).body.allowRecording).toBe(false);
    expect((await tenant.as('Jonas')('PATCH', path, { allowRecording: true })).status).toBe(404);
    expect((await ingrid('GET', '/me/onlineMeetings')).status).toBe(400);
    // The app alone needs an access policy besides its permission.
    const byApp = () => app('GET', `/users/${person('Ingrid')}/onlineMeetings?$filter=JoinWebUrl eq 'x'`);
    expect((await byApp()).status).toBe(200);
    tenant.graph.setFaults({ noApplicationAccessPolicy: true });
    expect((await byApp()).status).toBe(403);
    tenant.graph.clearFaults();
  });

  test('without a Teams licence there is no meeting, and nobody says so', async () => {
    const bare = people.map((one) => (one.givenName === 'Henrik' ? { ...one, hasTeamsLicence: false } : one));
    const other = await startTenant('2026-11-23T09:00:00Z', { people: bare });
    const { status, body } = await other.as('Henrik')<Stored>('POST', '/me/events', series());
    expect([status, body.isOnlineMeeting, body.onlineMeeting]).toEqual([201, false, null]);
    expect(other.problems()).toEqual([]);
    await other.close();
  });
});

describe('apps', () => {
  test('are found by the manifest’s id and installed by the catalogue’s, once', async () => {
    const { chat } = await meeting('App');
    wait(1000);
    const found = await ingrid<Page<{ id: string }>>(
      'GET',
      `/appCatalogs/teamsApps?$filter=externalId eq '${teamsManifestId}'`,
    );
    expect(found.body.value.map(({ id }) => id)).toEqual([teamsAppId]);
    expect((await ingrid('POST', `/chats/${chat}/installedApps`, bind(teamsManifestId))).status).toBe(404);
    const installed = await ingrid<string>('POST', `/chats/${chat}/installedApps`, bind(teamsAppId));
    expect([installed.status, installed.body]).toEqual([201, '']);
    const again = await ingrid('POST', `/chats/${chat}/installedApps`, bind(teamsAppId));
    expect([again.status, again.body.error.code]).toEqual([409, 'Conflict']);
    const list = await ingrid<Page<{ teamsApp: { externalId: string } }>>(
      'GET',
      `/chats/${chat}/installedApps?$expand=teamsApp`,
    );
    expect(list.body.value.map(({ teamsApp }) => teamsApp.externalId)).toEqual([teamsManifestId]);
  });

  test.each([
    ['asks for resource-specific consent', withRsc],
    ['is not the caller’s own', foreign],
  ])('an app that %s is refused', async (_, id) => {
    const { chat } = await meeting('Avvist');
    wait(1000);
    expect((await ingrid('POST', `/chats/${chat}/installedApps`, bind(id))).status).toBe(403);
    expect((await ingrid<Page<unknown>>('GET', `/chats/${chat}/installedApps`)).body.value).toEqual([]);
  });

  test('a static tab is pinned by installing, and takes no name or configuration', async () => {
    const { chat } = await meeting('Fane');
    wait(1000);
    expect((await ingrid('POST', `/chats/${chat}/tabs`, bind(teamsAppId))).status).toBe(404);
    await ingrid('POST', `/chats/${chat}/installedApps`, bind(teamsAppId));
    const tabs = await ingrid<Page<TeamsTab>>('GET', `/chats/${chat}/tabs?$expand=teamsApp`);
    expect(tabs.body.value).toHaveLength(1);
    expect(
      (await ingrid('POST', `/chats/${chat}/tabs`, { ...bind(teamsAppId), displayName: 'Samtale' })).status,
    ).toBe(400);
    expect((await ingrid<TeamsTab>('POST', `/chats/${chat}/tabs`, bind(teamsAppId))).body.id).toBe(
      tabs.body.value[0]?.id,
    );
  });

  test('by the app alone, and for a person', async () => {
    const { chat } = await meeting('Av appen');
    wait(1000);
    expect((await app('POST', `/chats/${chat}/installedApps`, bind(teamsAppId))).status).toBe(201);
    const sofie = patient(tenant.as('Sofie'));
    const own = `/users/${person('Sofie')}/teamwork/installedApps`;
    expect((await sofie<Page<unknown>>('GET', own)).body.value).toEqual([]);
    expect((await sofie('POST', own, bind(teamsAppId))).status).toBe(201);
    expect((await sofie('POST', own, bind(teamsAppId))).status).toBe(409);
    const filtered = await sofie<Page<{ id: string }>>(
      'GET',
      `${own}?$filter=teamsApp/externalId eq '${teamsManifestId}'`,
    );
    expect(filtered.body.value).toHaveLength(1);
    expect((await sofie('DELETE', `${own}/${filtered.body.value[0]?.id}`)).status).toBe(204);
    expect(tenant.graph.state.installedApps(person('Sofie'))).toEqual([]);
  });
});

describe('activity notifications', () => {
  const notice = {
    topic: { source: 'text', value: 'Utviklingssamtale', webUrl: 'https://teams.microsoft.com/l/entity/x/y' },
    activityType: 'reviewBooked',
    previewText: { content: 'Onsdag 2. desember' },
    templateParameters: [{ name: 'when', value: 'onsdag' }],
  };
  const to = (name: string) => `/users/${person(name)}/teamwork/sendActivityNotification`;
  const sender = (name?: string) =>
    tenant.as(name, name === undefined ? ['TeamsActivity.Send'] : delegatedScopes);

  test('stand in the feed of those who have the app', async () => {
    expect((await sender()('POST', to('Jonas'), notice)).status).toBe(204);
    const [activity] = tenant.graph.state.activityFeed(person('Jonas'));
    expect(activity).toMatchObject({
      text: 'Medspill har booket en samtale onsdag',
      actor: 'Medspill',
      read: false,
      webUrl: notice.topic.webUrl,
    });
    expect((await sender('Ingrid')('POST', to('Amina'), notice)).status).toBe(204);
    expect(tenant.graph.state.activityFeed(person('Amina'))[0]?.text).toBe(
      'Ingrid Solberg har booket en samtale onsdag',
    );
  });

  test.each([
    ['a person without the app', 'Owen', notice, 403],
    ['an undeclared type', 'Jonas', { ...notice, activityType: 'somethingElse' }, 400],
    ['a missing template parameter', 'Jonas', { ...notice, templateParameters: [] }, 400],
    [
      'a text topic without a Teams link',
      'Jonas',
      { ...notice, topic: { ...notice.topic, webUrl: 'https://example.com' } },
      400,
    ],
    [
      'a topic without a value',
      'Jonas',
      { ...notice, topic: { source: 'text', webUrl: notice.topic.webUrl } },
      400,
    ],
    [
      'an unknown entity',
      'Jonas',
      { ...notice, topic: { source: 'entityUrl', value: 'https://graph.microsoft.com/v1.0/chats/19:none' } },
      400,
    ],
  ])('to %s are refused', async (_, name, body, status) => {
    // Five a second are let through.
    await expect
      .poll(async () => (await sender()('POST', to(name), body)).status, { timeout: 3000 })
      .toBe(status);
    if (name === 'Owen') expect(tenant.graph.state.activityFeed(person('Owen'))).toEqual([]);
  });

  test('reach a person through the chat the app is in', async () => {
    const { chat } = await meeting('Via chat', [mail('Owen')]);
    wait(1000);
    await ingrid('POST', `/chats/${chat}/installedApps`, bind(teamsAppId));
    await expect
      .poll(async () => (await sender()('POST', to('Owen'), notice)).status, { timeout: 3000 })
      .toBe(204);
    expect(tenant.graph.state.activityFeed(person('Owen'))).toHaveLength(1);
  });

  test('are limited to five a second, and a later one of a chain takes the earlier’s place', async () => {
    const before = tenant.graph.state.activityFeed(person('Lars')).length;
    const statuses: number[] = [];
    let wait = '';
    while (!statuses.includes(429) && statuses.length < 50) {
      const { status, headers } = await sender()('POST', to('Lars'), { ...notice, chainId: 7 });
      statuses.push(status);
      wait = headers.get('retry-after') ?? '';
    }
    expect(statuses.at(-1)).toBe(429);
    expect(wait).toBe('1');
    expect(tenant.graph.state.activityFeed(person('Lars')).length - before).toBe(1);
  });

  test('to many at once need a token that lives 45 minutes more', async () => {
    const body = {
      ...notice,
      recipients: [{ '@odata.type': 'microsoft.graph.aadUserNotificationRecipient', userId: person('Nora') }],
    };
    const path = '/teamwork/sendActivityNotificationToRecipients';
    expect((await sender()('POST', path, body)).status).toBe(202);
    expect(tenant.graph.state.activityFeed(person('Nora'))).toHaveLength(1);
    const short = await tenant.token(undefined, ['TeamsActivity.Send'], {
      exp: Math.floor(tenant.clock.now() / 1000) + 1200,
    });
    const refused = await app('POST', path, body, { authorization: `Bearer ${short}` });
    expect(refused.status).toBe(412);
  });
});
