import { calendarsReadBasic, findTimes } from '../permissions.ts';

import type { Route } from '../route.ts';
import { refuseWithoutMailbox } from './asked-item.ts';
import { findMeetingTimes, schedule } from './availability.ts';

const outlook = { service: 'outlook' as const, ownOnly: true };

export const availabilityRoutes: Route[] = [
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
