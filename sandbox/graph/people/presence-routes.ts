import type { Person } from '../../people.ts';

import { busyNow } from '../calendar/availability.ts';

import { badRequest } from '../graph-error.ts';

import { asJson, type Json, optionalList } from '../json.ts';

import { ownPresence, presenceRead } from '../permissions.ts';

import type { Route } from '../route.ts';

import type { World } from '../world.ts';

function presence(world: World, person: Person): Json {
  const busy = busyNow(world, person);
  return {
    id: person.id,
    availability: busy === undefined ? 'Available' : 'Busy',
    activity: busy === undefined ? 'Available' : 'InAMeeting',
    statusMessage: null,
  };
}

const directory = { service: 'directory' as const };

export const presenceRoutes: Route[] = [
  {
    ...directory,
    method: 'GET',
    path: '~/presence',
    allow: presenceRead,
    allowMe: ownPresence,
    handle: (call) => ({ status: 200, body: presence(call.world, call.owner) }),
  },
  {
    ...directory,
    method: 'POST',
    path: '/communications/getPresencesByUserId',
    allow: presenceRead,
    handle(call) {
      const ids = (optionalList(asJson(call.body, 'getPresencesByUserId'), 'ids') ?? []).map(String);
      if (ids.length > 650) throw badRequest('At most 650 ids are allowed.', 'BadRequest');
      const found = ids.map((id) => call.world.people.find(id)).filter((person) => person !== undefined);
      return { status: 200, body: { value: found.map((person) => presence(call.world, person)) } };
    },
  },
];
