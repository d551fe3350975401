import type { PersonId } from '@medspill/domain/ids';
import { done, type Outcome } from '@medspill/domain/refusals';
import { type InstantText, instantOf, toInstantText } from '@medspill/domain/time';
import type { ScheduleInformation } from '@microsoft/microsoft-graph-types';
import { Temporal } from 'temporal-polyfill';
import type { Actor, FreeBusy } from '../../ports.ts';
import { type Graph, mailboxPath, refusalOf } from './client.ts';
import { instantAt } from './event.ts';
import { calendarScopes } from './found-booking.ts';
import { ianaZone } from './zone-names.ts';

/** getSchedule takes 62 days at most. */
const windowDays = 60;

/** Busy times between two instants. A calendar that cannot be read is `known: false`, never an empty one. */
export async function readFreeBusy(
  graph: Graph,
  actor: Actor,
  people: { id: PersonId; mail: string }[],
  from: InstantText,
  to: InstantText,
): Promise<Outcome<FreeBusy[]>> {
  const all = new Map<string, FreeBusy>();
  const end = instantOf(to);
  const mailbox = actor.kind === 'person' ? actor.personId : (people[0]?.id ?? '');
  for (let start = instantOf(from); Temporal.Instant.compare(start, end) < 0; ) {
    const next = start.add({ hours: windowDays * 24 });
    const until = Temporal.Instant.compare(next, end) < 0 ? next : end;
    const answer = await graph.call<{ value: ScheduleInformation[] }>({
      actor,
      mailbox,
      method: 'POST',
      path: `${mailboxPath(actor, mailbox)}/calendar/getSchedule`,
      body: {
        schedules: people.map(({ mail }) => mail),
        startTime: { dateTime: wall(start), timeZone: 'UTC' },
        endTime: { dateTime: wall(until), timeZone: 'UTC' },
        availabilityViewInterval: 60,
      },
      scopes: calendarScopes,
      reads: true,
    });
    if (!answer.ok) return refusalOf(answer);
    for (const person of people) {
      const schedule = answer.value.value.find(
        ({ scheduleId }) => scheduleId?.toLowerCase() === person.mail.toLowerCase(),
      );
      all.set(person.id, merge(all.get(person.id), person.id, schedule, graph.config.holidayCountry));
    }
    start = until;
  }
  return done(people.flatMap(({ id }) => all.get(id) ?? []));
}

function merge(
  before: FreeBusy | undefined,
  personId: PersonId,
  schedule: ScheduleInformation | undefined,
  country: string,
): FreeBusy {
  const known = schedule !== undefined && !schedule.error && (before?.known ?? true);
  const busy = (schedule?.scheduleItems ?? [])
    .filter(({ status }) => status !== 'free' && status !== 'workingElsewhere')
    .flatMap((item) => {
      const start = instantAt(item.start);
      const end = instantAt(item.end);
      return start === undefined || end === undefined ? [] : [{ start, end }];
    });
  const hours = schedule?.workingHours;
  return {
    personId,
    known,
    busy: [...(before?.busy ?? []), ...busy],
    workingHours: before?.workingHours ?? {
      days: hours?.daysOfWeek ?? ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      start: hours?.startTime?.slice(0, 5) ?? '08:00',
      end: hours?.endTime?.slice(0, 5) ?? '16:00',
      zone: ianaZone(hours?.timeZone?.name, country) ?? 'Europe/Oslo',
    },
  };
}

function wall(instant: Temporal.Instant): string {
  return toInstantText(instant).replace(/\.\d+Z$|Z$/, '');
}
