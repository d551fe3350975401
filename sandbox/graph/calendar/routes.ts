import { Temporal } from 'temporal-polyfill';

import { badRequest, GraphError } from '../graph-error.ts';

import { asJson, eitherCase, type Json } from '../json.ts';

import { page, select } from '../odata/query.ts';

import { calendarsRead, calendarsReadBasic, calendarsWrite } from '../permissions.ts';

import type { Call, Reply, Route } from '../route.ts';
import { askedItem, instanceOf, refuseWithoutMailbox } from './asked-item.ts';
import { changeEvent } from './change-event.ts';
import { createEvent } from './create-event.ts';
import { deltaPage } from './delta.ts';
import type { Instance } from './event.ts';
import { eventProperties } from './event-body.ts';
import { eventId } from './ids.ts';
import { instancesIn, masterInstance, spanOf, type Window } from './occurrences.ts';
import { eventJson } from './present.ts';
import { cancelEvent, removeEvent } from './remove-event.ts';
import { instantOf } from './zones.ts';

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

const outlook = { service: 'outlook' as const, ownOnly: true };

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
      const { item, date } = askedItem(call, false);
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
      const { item, date } = askedItem(call, true);
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
      const { item, date } = askedItem(call, true);
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
      const { item, date } = askedItem(call, false);
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
      const { item, date } = askedItem(call, true);
      const comment = eitherCase(call.body === undefined ? {} : asJson(call.body, 'cancel'), 'comment');
      cancelEvent(call.world, item, date, typeof comment === 'string' ? comment : undefined);
      return { status: 202 };
    },
  },
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
];
