import { Temporal } from 'temporal-polyfill';
import { badRequest, GraphError, itemNotFound } from '../graph-error.ts';
import { asJson, eitherCase, isJson, type Json } from '../json.ts';
import { page, select } from '../odata/query.ts';
import { hasMailbox } from '../people/directory.ts';
import { calendarsRead, calendarsReadBasic, calendarsWrite, findTimes } from '../permissions.ts';
import type { Call, Reply, Route } from '../route.ts';
import { answerEvent } from './answer-event.ts';
import { addAttachment, attachmentJson, attachmentPlace, attachmentsOf, touch } from './attachments.ts';
import { findMeetingTimes, schedule } from './availability.ts';
import { changeEvent } from './change-event.ts';
import { createEvent, storedExtension } from './create-event.ts';
import { deltaPage } from './delta.ts';
import type { CalendarItem, Instance } from './event.ts';
import { eventProperties, readTime } from './event-body.ts';
import { eventId, parseEventId } from './ids.ts';
import type { Answer } from './mail.ts';
import { instancesIn, masterInstance, occurrenceOn, spanOf, type Window } from './occurrences.ts';
import { eventJson } from './present.ts';
import { cancelEvent, removeEvent } from './remove-event.ts';
import { instantOf } from './zones.ts';

/** The mailbox of the path, as a reader finds it; `fresh` for writes, which act on what is true. */
function find(call: Call, fresh: boolean): { item: CalendarItem; date?: string } {
  const parsed = parseEventId(call.params.event ?? '');
  if (parsed === undefined) throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
  const item = fresh ? call.world.items.get(parsed.key) : call.world.items.seen(parsed.key);
  if (item === undefined || item.mailbox !== call.owner.id) throw itemNotFound();
  return { item, ...(parsed.date === undefined ? {} : { date: parsed.date }) };
}

function instanceOf(item: CalendarItem, date: string | undefined): Instance {
  const instance = date === undefined ? masterInstance(item) : occurrenceOn(item, date);
  if (instance === undefined) throw itemNotFound();
  return instance;
}

function refuseWithoutMailbox(call: Call): void {
  if (hasMailbox(call.owner)) return;
  throw new GraphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
}

function readWindow(query: URLSearchParams): Window {
  const read = (name: string): number => {
    const text = query.get(name);
    if (text === null) {
      throw badRequest(
        'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
        'ErrorInvalidRequest',
      );
    }
    try {
      // Without an offset the time is UTC.
      return /(Z|[+-]\d{2}:\d{2})$/.test(text)
        ? Temporal.Instant.from(text).epochMilliseconds
        : instantOf(text, 'UTC');
    } catch {
      throw badRequest(`The value '${text}' of parameter '${name}' is invalid.`, 'ErrorInvalidParameter');
    }
  };
  const window = { from: read('startDateTime'), to: read('endDateTime') };
  if (window.to <= window.from)
    throw badRequest('The end of the time window is before its start.', 'ErrorInvalidParameter');
  if (window.to - window.from > 1825 * 86_400_000) {
    throw badRequest('The requested time window exceeds 1825 days.', 'ErrorCalendarViewRangeTooBig');
  }
  return window;
}

function refuseUnknownNames(query: URLSearchParams): void {
  for (const name of (query.get('$select') ?? '').split(',').map((part) => part.trim())) {
    if (name === '' || eventProperties.has(name)) continue;
    throw badRequest(
      `Could not find a property named '${name}' on type 'microsoft.graph.event'.`,
      'RequestBroker--ParseUri',
    );
  }
}

function listEvents(call: Call, instances: Instance[]): Json {
  const { world, preferences, query } = call;
  refuseUnknownNames(query);
  const properties = new Map<unknown, Json[]>();
  const values = instances.map((instance) => {
    const json = eventJson(world, instance, preferences, query);
    properties.set(
      json.id,
      Object.entries(instance.extendedProperties).map(([id, value]) => ({ id, value })),
    );
    return json;
  });
  return page(values, {
    address: call.address,
    query,
    defaultTop: 10,
    maxTop: 1000,
    ...(preferences.pageSize === undefined ? {} : { pageSize: preferences.pageSize }),
    widen: (value) => ({ ...value, singleValueExtendedProperties: properties.get(value.id) ?? [] }),
  });
}

function inOrder(instances: Instance[]): Instance[] {
  return instances.sort((a, b) => spanOf(a).from - spanOf(b).from);
}

function readAnswer(call: Call, response: Answer['response']): Answer {
  const body = call.body === undefined ? {} : asJson(call.body, response);
  const comment = eitherCase(body, 'comment');
  const slot = eitherCase(body, 'proposedNewTime');
  if (slot !== undefined && slot !== null && response === 'accepted') {
    throw badRequest('A new time cannot be proposed with an acceptance.', 'ErrorInvalidRequest');
  }
  const send = eitherCase(body, 'sendResponse');
  const proposed = isJson(slot)
    ? (() => {
        const start = readTime(slot.start, 'start');
        const end = readTime(slot.end, 'end');
        return { start: instantOf(start.wall, start.zone), end: instantOf(end.wall, end.zone) };
      })()
    : undefined;
  if (proposed !== undefined && send === false) {
    throw badRequest(
      'A new time is proposed in a response: sendResponse cannot be false.',
      'ErrorInvalidRequest',
    );
  }
  return {
    response,
    send: send !== false,
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
    ...(proposed === undefined ? {} : { proposed }),
  };
}

function answerRoute(action: string, response: Answer['response']): Route {
  return {
    method: 'POST',
    path: `~/events/{event}/${action}`,
    service: 'outlook',
    allow: calendarsWrite,
    ownOnly: true,
    handle(call) {
      const { item, date } = find(call, true);
      answerEvent(call.world, call.owner, item, date, readAnswer(call, response));
      return { status: 202 };
    },
  };
}

const outlook = { service: 'outlook' as const, ownOnly: true };

function delta(call: Call, window: (query: URLSearchParams) => Window | null): Reply {
  const token = call.query.get('$deltatoken') ?? call.query.get('$skiptoken') ?? undefined;
  for (const name of ['$filter', '$orderby', '$search', '$expand', '$top']) {
    if (call.query.has(name)) {
      throw badRequest(
        `The query parameter '${name}' is not supported with change tracking.`,
        'ErrorInvalidUrlQuery',
      );
    }
  }
  const over = token === undefined ? window(call.query) : null;
  return {
    status: 200,
    body: deltaPage(call.world, call.owner.id, call.address, token, over, call.preferences),
  };
}

export const calendarRoutes: Route[] = [
  {
    ...outlook,
    method: 'GET',
    path: '~/calendar',
    allow: calendarsReadBasic,
    handle(call) {
      refuseWithoutMailbox(call);
      const { owner } = call;
      const licensed = owner.hasTeamsLicence;
      const calendar: Json = {
        id: Buffer.from(`calendar ${owner.id}`).toString('base64url'),
        name: owner.language === 'nb-NO' ? 'Kalender' : 'Calendar',
        color: 'auto',
        hexColor: '',
        isDefaultCalendar: true,
        changeKey: 'dh0BmA==',
        canShare: true,
        canViewPrivateItems: true,
        canEdit: true,
        allowedOnlineMeetingProviders: licensed ? ['teamsForBusiness'] : [],
        defaultOnlineMeetingProvider: licensed ? 'teamsForBusiness' : 'unknown',
        isTallyingResponses: true,
        isRemovable: false,
        owner: { name: owner.displayName, address: owner.mail },
      };
      return { status: 200, body: select(calendar, call.query) };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events',
    allow: calendarsReadBasic,
    handle(call) {
      refuseWithoutMailbox(call);
      return {
        status: 200,
        body: listEvents(call, call.world.items.seenInMailbox(call.owner.id).map(masterInstance)),
      };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/events',
    allow: calendarsWrite,
    handle(call) {
      refuseWithoutMailbox(call);
      const instance = createEvent(call.world, call.owner, call.body);
      const id = eventId(instance.item.key, undefined, call.preferences.immutableIds);
      return {
        status: 201,
        body: {
          '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${call.owner.id}')/events/$entity`,
          ...eventJson(call.world, instance, call.preferences),
        },
        headers: { location: `https://graph.microsoft.com/v1.0/users('${call.owner.id}')/events('${id}')` },
      };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/delta',
    allow: calendarsReadBasic,
    handle: (call) => delta(call, (query) => (query.has('startDateTime') ? readWindow(query) : null)),
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}',
    allow: calendarsReadBasic,
    handle(call) {
      const { item, date } = find(call, false);
      refuseUnknownNames(call.query);
      return {
        status: 200,
        body: {
          '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#users('${call.owner.id}')/events/$entity`,
          ...select(eventJson(call.world, instanceOf(item, date), call.preferences, call.query), call.query),
        },
      };
    },
  },
  {
    ...outlook,
    method: 'PATCH',
    path: '~/events/{event}',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = find(call, true);
      const ifMatch = call.headers['if-match'];
      if (ifMatch !== undefined && ifMatch !== '*') {
        const now = eventJson(call.world, instanceOf(item, date), call.preferences)['@odata.etag'];
        if (ifMatch !== now) {
          throw new GraphError(
            412,
            'ErrorIrresolvableConflict',
            'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
          );
        }
      }
      const instance = changeEvent(call.world, call.owner, item, date, call.body);
      return { status: 200, body: eventJson(call.world, instance, call.preferences) };
    },
  },
  {
    ...outlook,
    method: 'DELETE',
    path: '~/events/{event}',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = find(call, true);
      removeEvent(call.world, item, date);
      return { status: 204 };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/instances',
    allow: calendarsReadBasic,
    handle(call) {
      const { item, date } = find(call, false);
      if (date !== undefined || item.recurrence === undefined) {
        throw badRequest('The event is not a series master.', 'ErrorInvalidRequest');
      }
      return { status: 200, body: listEvents(call, instancesIn(item, readWindow(call.query))) };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/events/{event}/cancel',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = find(call, true);
      const comment = eitherCase(call.body === undefined ? {} : asJson(call.body, 'cancel'), 'comment');
      cancelEvent(call.world, item, date, typeof comment === 'string' ? comment : undefined);
      return { status: 202 };
    },
  },
  answerRoute('accept', 'accepted'),
  answerRoute('tentativelyAccept', 'tentativelyAccepted'),
  answerRoute('decline', 'declined'),
  {
    ...outlook,
    method: 'GET',
    path: '~/calendarView',
    allow: calendarsReadBasic,
    handle(call) {
      refuseWithoutMailbox(call);
      const window = readWindow(call.query);
      const instances = call.world.items
        .seenInMailbox(call.owner.id)
        .flatMap((item) => instancesIn(item, window));
      return { status: 200, body: listEvents(call, inOrder(instances)) };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/calendarView/delta',
    allow: calendarsRead,
    handle: (call) => delta(call, readWindow),
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/attachments',
    allow: calendarsRead,
    handle(call) {
      const { item, date } = find(call, false);
      const values = attachmentsOf(call.world, instanceOf(item, date)).map((one) =>
        attachmentJson(call.world, one),
      );
      return {
        status: 200,
        body: page(values, { address: call.address, query: call.query, defaultTop: 100, maxTop: 1000 }),
      };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/events/{event}/attachments',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = find(call, true);
      instanceOf(item, date);
      const attachment = addAttachment(call.world, call.body, attachmentPlace(item.key, date));
      touch(call.world, item, date);
      return { status: 201, body: attachmentJson(call.world, attachment) };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/attachments/{attachment}',
    allow: calendarsRead,
    handle(call) {
      const { item, date } = find(call, false);
      const found = attachmentsOf(call.world, instanceOf(item, date)).find(
        ({ id }) => id === call.params.attachment,
      );
      if (found === undefined) throw itemNotFound();
      return { status: 200, body: select(attachmentJson(call.world, found), call.query) };
    },
  },
  {
    ...outlook,
    method: 'DELETE',
    path: '~/events/{event}/attachments/{attachment}',
    allow: calendarsWrite,
    handle(call) {
      const { item, date } = find(call, true);
      const found = attachmentsOf(call.world, instanceOf(item, date)).find(
        ({ id }) => id === call.params.attachment,
      );
      if (found === undefined) throw itemNotFound();
      call.world.attachments.remove(found.id);
      touch(call.world, item, date);
      return { status: 204 };
    },
  },
  {
    ...outlook,
    method: 'GET',
    path: '~/events/{event}/extensions',
    allow: calendarsRead,
    handle(call) {
      const { item } = find(call, false);
      return {
        status: 200,
        body: page(item.extensions, {
          address: call.address,
          query: call.query,
          defaultTop: 100,
          maxTop: 1000,
        }),
      };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/events/{event}/extensions',
    allow: calendarsWrite,
    handle(call) {
      const { item } = find(call, true);
      const extension = storedExtension(asJson(call.body, 'extension'));
      if (item.extensions.some((known) => known.id === extension.id)) {
        throw new GraphError(409, 'NameAlreadyExists', 'An extension already exists with given id.');
      }
      // No mark for delta and no notification: Graph does not track extensions.
      call.world.items.save({ ...item, extensions: [...item.extensions, extension] });
      return { status: 201, body: extension };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/calendar/getSchedule',
    allow: calendarsReadBasic,
    handle(call) {
      refuseWithoutMailbox(call);
      return { status: 200, body: schedule(call.world, call.body, call.preferences, call.caller.person) };
    },
  },
  {
    ...outlook,
    method: 'POST',
    path: '~/findMeetingTimes',
    allow: findTimes,
    handle(call) {
      refuseWithoutMailbox(call);
      return { status: 200, body: findMeetingTimes(call.world, call.body, call.owner, call.preferences) };
    },
  },
];
