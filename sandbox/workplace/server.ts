// The workplace's own server: the page, what the page asks of the tenant, and the tab once more at this origin.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { AppPackage } from '../app-package.ts';
import type { NestedAppAuthRequest } from '../entra/nested-app-auth.ts';
import { GraphError } from '../graph/graph-error.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { type ListeningServer, listen, readBody, sendJson } from '../http-server.ts';
import type { Operations, SandboxFaults, Services } from '../operations.ts';
import { clientId, type Person, people, teamsAppId, tenantId } from '../people.ts';
import type { Answered, ClockReading, Colleague, DraftToSend, Notice, Organisation } from './model.ts';
import { appointmentOf, graphEvent, lettersOf, meetingsOf, nextReview, openAppointment } from './outlook.ts';
import { findFile, sendFile } from './static-files.ts';

export type WorkplaceOptions = {
  port: number;
  /** The built page. */
  pageDir: string;
  /** Undefined while the services start. */
  running: () => { services: Services; operations: Operations } | undefined;
  appPackage: AppPackage;
  tabOrigin: () => string;
  tabHost: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/** A window that has not told for so long has left; it tells every two seconds. */
const presentMs = 5_000;

type Body = Record<string, unknown>;
type Times = { start: string; end: string };

function colleague(person: Person): Colleague {
  return {
    id: person.id,
    key: person.mail.split('@')[0] ?? person.id,
    name: person.displayName,
    givenName: person.givenName,
    mail: person.mail,
    jobTitle: person.jobTitle,
    zone: person.timeZone,
    language: person.language === 'nb-NO' ? 'nb' : 'en',
    ...(person.managerId === undefined ? {} : { managerId: person.managerId }),
    isGuest: person.userType === 'Guest',
  };
}

export async function startWorkplace(options: WorkplaceOptions): Promise<ListeningServer> {
  function running(): { services: Services; operations: Operations } {
    const found = options.running();
    if (found === undefined) throw new HttpRefusal(503, 'The sandbox is starting.');
    return found;
  }

  function personOf(name: unknown): Person {
    const person = people.find((one) => one.id === name);
    if (person === undefined) throw new HttpRefusal(404, 'There is no such person.');
    return person;
  }

  function organisation(): Organisation {
    return {
      name: 'Nordvik Kontorteknikk',
      tenantId,
      clientId,
      teamsAppId,
      tabOrigin: options.tabOrigin(),
      pages: options.appPackage.pages,
      entityIds: {
        personal: options.appPackage.personalEntityId,
        meeting: options.appPackage.meetingEntityId,
      },
      colleagues: people.map(colleague),
    };
  }

  function clockReading(personId: unknown): ClockReading {
    const { clock, graph } = running().services;
    const next =
      personId === undefined
        ? undefined
        : nextReview(graph.state, personOf(personId).id, teamsAppId, clock.now());
    return { now: new Date(clock.now()).toISOString(), ...(next === undefined ? {} : { nextReview: next }) };
  }

  function notices(personId: string): Notice[] {
    return running()
      .services.graph.state.activityFeed(personId)
      .map((activity) => ({
        id: activity.id,
        at: new Date(activity.at).toISOString(),
        title: activity.text,
        text: activity.previewText,
        link: activity.webUrl ?? activity.topic,
        isRead: activity.read,
      }))
      .reverse();
  }

  function addressOf(id: string): object {
    const person = personOf(id);
    return { address: person.mail, name: person.displayName };
  }

  function saveDraft(person: Person, draft: DraftToSend, id: unknown): string {
    const { actions } = running().services.graph;
    const event = graphEvent(draft, addressOf);
    if (typeof id !== 'string') return actions.createDraft(person.id, event);
    actions.changeDraft(person.id, id, event);
    return id;
  }

  function send(person: Person, draft: DraftToSend, id: unknown): string {
    const { actions } = running().services.graph;
    if (typeof id !== 'string') return actions.create(person.id, graphEvent(draft, addressOf));
    saveDraft(person, draft, id);
    actions.sendDraft(person.id, id);
    return id;
  }

  function respond(person: Person, id: string, body: Body): void {
    const response = body.response as Exclude<Answered, 'none' | 'organizer' | 'notResponded'>;
    const proposed = body.proposed as Times | undefined;
    running().services.graph.actions.answer(person.id, id, {
      response,
      send: true,
      ...(typeof body.comment === 'string' ? { comment: body.comment } : {}),
      ...(proposed === undefined
        ? {}
        : { proposed: { start: Date.parse(proposed.start), end: Date.parse(proposed.end) } }),
    });
  }

  /** When each was last heard of in a meeting; windows tell it as long as they are in. */
  const present = new Map<string, Map<string, number>>();

  /** Who is in the meeting, the asker included. Whoever opens one makes its chat visible, when it is there already. */
  function enter(person: Person, id: string): { present: string[] } {
    const { state, actions } = running().services.graph;
    const thread = state.event(person.id, id)?.meeting?.threadId;
    if (thread === undefined) return { present: [] };
    if (state.chats(person.id).some((chat) => chat.id === thread && chat.ready && chat.hidden)) {
      actions.openChat(person.id, thread);
    }
    const now = performance.now();
    const here = present.get(thread) ?? new Map<string, number>();
    here.set(person.mail, now);
    present.set(thread, here);
    return { present: [...here].filter(([, at]) => now - at < presentMs).map(([mail]) => mail) };
  }

  async function answer(method: string, path: string, query: URLSearchParams, body: Body): Promise<unknown> {
    if (method === 'GET' && path === 'organisation') return organisation();
    const { services, operations } = running();
    const { state, actions } = services.graph;
    const now = services.clock.now();
    if (method === 'GET') {
      const id = query.get('id') ?? '';
      if (path === 'clock') return clockReading(query.get('person') ?? undefined);
      const person = personOf(query.get('person'));
      switch (path) {
        case 'calendar':
          return state
            .calendar(person.id, Date.parse(query.get('from') ?? ''), Date.parse(query.get('to') ?? ''))
            .map(appointmentOf);
        case 'appointment': {
          const found = openAppointment(state, person.id, id, teamsAppId);
          if (found === undefined) throw new HttpRefusal(404, 'The appointment is not in the calendar.');
          return found;
        }
        case 'chats':
          return meetingsOf(state, person.id, now);
        case 'letters':
          return lettersOf(state, person.id, now);
        case 'notices':
          return notices(person.id);
        case 'join': {
          const url = query.get('url');
          const found = meetingsOf(state, person.id, now).find(
            (meeting) => state.event(person.id, meeting.appointmentId)?.meeting?.joinUrl === url,
          );
          return found === undefined ? {} : { id: found.appointmentId };
        }
        default:
          throw new HttpRefusal(404, 'There is no such thing.');
      }
    }
    if (method !== 'POST') throw new HttpRefusal(405, 'GET or POST.');
    switch (path) {
      case 'clock':
        await operations.moveClock(Date.parse(String(body.to)));
        return clockReading(body.person);
      case 'faults':
        return operations.setFaults(body as SandboxFaults);
      case 'faults/clear':
        return operations.clearFaults();
      case 'kill':
        return operations.kill();
      case 'settle':
        return operations.processAll();
    }
    const person = personOf(body.person);
    const id = String(body.id ?? '');
    switch (path) {
      case 'token': {
        const client = body.client === 'outlook-web' ? 'outlook-web' : 'teams-web';
        const claims = typeof body.claims === 'string' ? { claims: body.claims } : {};
        return { token: await services.entra.issueUserToken(person.id, client, claims) };
      }
      case 'nested-app-auth':
        return services.entra.nestedAppAuth(person.id, body.request as NestedAppAuthRequest);
      case 'consent':
        return operations.consent(person.id);
      case 'respond':
        return respond(person, id, body);
      case 'move':
        return actions.move(person.id, id, Date.parse(String(body.start)), Date.parse(String(body.end)));
      case 'cancel':
        return actions.cancel(person.id, id, String(body.comment ?? ''));
      case 'remove':
        return actions.remove(person.id, id);
      case 'draft':
        return { id: saveDraft(person, body.draft as DraftToSend, body.id) };
      case 'draft/discard':
        return actions.discardDraft(person.id, id);
      case 'send':
        return { id: send(person, body.draft as DraftToSend, body.id) };
      case 'enter':
        return enter(person, id);
      case 'add-app':
        return actions.installInChat(person.id, String(body.chat), teamsAppId);
      case 'read-notice':
        return actions.readActivity(person.id, id);
      default:
        throw new HttpRefusal(404, 'There is no such thing.');
    }
  }

  function sendAttachment(query: URLSearchParams, response: ServerResponse): void {
    const person = personOf(query.get('person'));
    const entry = running().services.graph.state.event(person.id, query.get('id') ?? '');
    const file = entry?.attachments.find((one) => one.id === query.get('attachment'));
    if (file === undefined) throw new HttpRefusal(404, 'There is no such attachment.');
    response.writeHead(200, {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
    });
    response.end(Buffer.from(file.contentBytes, 'base64'));
  }

  /** A page elsewhere must not act as somebody here; other names for this machine would let it. */
  function refuseStrangers(request: IncomingMessage): void {
    const { host, origin } = request.headers;
    if (host !== new URL(server.url).host)
      throw new HttpRefusal(421, 'Open the address that npm start printed.');
    if (origin !== undefined && origin !== server.url) throw new HttpRefusal(403, 'Not for other pages.');
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/workplace/api/')) {
      refuseStrangers(request);
      const path = url.pathname.slice('/workplace/api/'.length);
      if (path === 'attachment') return sendAttachment(url.searchParams, response);
      const text = (await readBody(request)).toString('utf8');
      const body = (text === '' ? {} : JSON.parse(text)) as Body;
      const value = await answer(request.method ?? 'GET', path, url.searchParams, body);
      return sendJson(response, 200, value ?? {}, { 'cache-control': 'no-store' });
    }
    const isPage = url.pathname === '/' && request.headers['sec-fetch-dest'] !== 'iframe';
    if (!isPage && !url.pathname.startsWith('/workplace/')) return options.tabHost(request, response);
    const file = isPage
      ? join(options.pageDir, 'index.html')
      : await findFile(options.pageDir, url.pathname.slice('/workplace'.length));
    if (file === undefined) throw new HttpRefusal(404, 'There is no such file.');
    await sendFile(response, file, {
      'content-security-policy': policy(options.tabOrigin()),
      'x-content-type-options': 'nosniff',
    });
  }

  const server = await listen((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const status = error instanceof HttpRefusal ? error.status : error instanceof GraphError ? 409 : 500;
      if (response.headersSent) response.destroy();
      else sendJson(response, status, { error: error instanceof Error ? error.message : String(error) });
    });
  }, options.port);
  return server;
}

function policy(tabOrigin: string): string {
  return [
    "default-src 'self'",
    // Fluent UI writes its rules at run time; bodies of appointments bring their own.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `frame-src 'self' ${tabOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
