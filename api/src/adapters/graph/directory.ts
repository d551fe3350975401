// People, as Entra and their mailboxes know them.
import { type PersonId, personIdSchema } from '@medspill/domain/ids';
import { languageOf } from '@medspill/domain/language';
import type { Person } from '@medspill/domain/people';
import { done, type Outcome } from '@medspill/domain/refusals';
import type { MailboxSettings, ScheduleInformation, User } from '@microsoft/microsoft-graph-types';
import type { Actor, Directory } from '../../ports.ts';
import { type Graph, mailboxPath, refusalOf } from './client.ts';
import { ianaZone } from './zone-names.ts';

type Found = Person & { obstacle?: 'guest' | 'no_mailbox' };

const select = 'id,displayName,givenName,mail,userPrincipalName,userType,preferredLanguage';
/** getSchedule takes twenty mailboxes at a time. */
const schedulesAtOnce = 20;
/** How long what was read stands in for reading it again: names and reporting lines change rarely. */
const freshMs = 5 * 60_000;

export function createDirectory(graph: Graph): Directory {
  const remembered = new Map<string, { until: number; value: unknown }>();

  async function remember<T>(key: string, read: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const known = remembered.get(key);
    if (known !== undefined && known.until > performance.now()) return done(known.value as T);
    const outcome = await read();
    if (outcome.ok) {
      if (remembered.size > 5000) remembered.clear();
      remembered.set(key, { until: performance.now() + freshMs, value: outcome.value });
    }
    return outcome;
  }

  return {
    directReports: (actor) =>
      remember(`reports/${whose(actor)}`, async () => {
        if (actor.kind === 'app') return done([]);
        const users = await graph.list<User>({
          actor,
          mailbox: actor.personId,
          method: 'GET',
          path: '/me/directReports',
          query: { $select: select, $top: '100' },
          scopes: ['User.Read.All'],
        });
        if (!users.ok) return refusalOf(users);
        return done(bookable(await withZones(graph, actor, users.value)));
      }),

    async search(actor, text) {
      // What no name holds would be syntax to $search, or end the address.
      const words = text.replace(/[^\p{L}\p{M}\p{N} .'’@_-]/gu, ' ').trim();
      if (words === '') return done([]);
      const users = await graph.call<{ value: User[] }>({
        actor,
        mailbox: whose(actor),
        method: 'GET',
        path: '/users',
        query: { $search: `"displayName:${words}"`, $select: select, $top: '20' },
        headers: { ConsistencyLevel: 'eventual' },
        scopes: ['User.Read.All'],
      });
      if (!users.ok) return refusalOf(users);
      return done(bookable(await withZones(graph, actor, users.value.value)));
    },

    find: (actor, id) =>
      remember(`person/${whose(actor)}/${id}`, async () => {
        const user = await graph.call<User>({
          actor,
          mailbox: id,
          method: 'GET',
          path: mailboxPath(actor, id),
          query: { $select: select },
          scopes: isSelf(actor, id) ? ['User.Read'] : ['User.Read.All'],
        });
        if (!user.ok) return user.status === 404 ? done(undefined) : refusalOf(user);
        if (actor.kind === 'person' && !isSelf(actor, id)) {
          const [found] = await withZones(graph, actor, [user.value]);
          return done(found);
        }
        return done(await withSettings(graph, actor, user.value));
      }),
  };
}

function whose(actor: Actor): string {
  return actor.kind === 'person' ? actor.personId : 'app';
}

function isSelf(actor: Actor, id: PersonId): boolean {
  return actor.kind === 'person' && actor.personId === id;
}

function bookable(people: Found[]): Person[] {
  return people
    .filter((person) => person.obstacle === undefined)
    .map(({ obstacle: _obstacle, ...person }) => person)
    .sort((a, b) => a.name.localeCompare(b.name, 'nb'));
}

/** The zone of others is read from their working hours: a manager may see these, but not their mailbox settings. */
async function withZones(graph: Graph, actor: Actor, users: User[]): Promise<Found[]> {
  const zones = new Map<string, string>();
  const mails = users.map((user) => user.mail ?? '').filter((mail) => mail !== '');
  for (let from = 0; from < mails.length; from += schedulesAtOnce) {
    const schedules = mails.slice(from, from + schedulesAtOnce);
    const answer = await graph.call<{ value: ScheduleInformation[] }>({
      actor,
      mailbox: whose(actor),
      method: 'POST',
      path: '/me/calendar/getSchedule',
      body: {
        schedules,
        // Any window will do: the working hours come with it.
        startTime: { dateTime: '2026-01-05T08:00:00', timeZone: 'UTC' },
        endTime: { dateTime: '2026-01-05T09:00:00', timeZone: 'UTC' },
        availabilityViewInterval: 60,
      },
      scopes: ['Calendars.ReadWrite'],
      reads: true,
    });
    // A zone that cannot be read is guessed; the times offered say so (findSlots).
    if (!answer.ok) continue;
    for (const { scheduleId, workingHours } of answer.value.value) {
      const zone = ianaZone(workingHours?.timeZone?.name, graph.config.holidayCountry);
      if (scheduleId && zone !== undefined) zones.set(scheduleId.toLowerCase(), zone);
    }
  }
  return users.flatMap((user) =>
    personOf(user, zones.get((user.mail ?? '').toLowerCase()), user.preferredLanguage),
  );
}

async function withSettings(graph: Graph, actor: Actor, user: User): Promise<Found | undefined> {
  const id = personIdSchema.safeParse(user.id);
  if (!id.success) return undefined;
  const settings = await graph.call<MailboxSettings>({
    actor,
    mailbox: id.data,
    method: 'GET',
    path: `${mailboxPath(actor, id.data)}/mailboxSettings`,
    scopes: ['MailboxSettings.Read'],
  });
  const known: MailboxSettings = settings.ok ? settings.value : {};
  const [person] = personOf(
    user,
    ianaZone(known.timeZone, graph.config.holidayCountry),
    user.preferredLanguage ?? known.language?.locale,
  );
  if (person !== undefined && !settings.ok && settings.status === 404) {
    return { ...person, obstacle: person.obstacle ?? 'no_mailbox' };
  }
  return person;
}

/** Where a mailbox does not tell its zone. */
const usualZone = 'Europe/Oslo';

function personOf(user: User, zone: string | undefined, language: string | null | undefined): Found[] {
  const id = personIdSchema.safeParse(user.id);
  if (!id.success) return [];
  const name = user.displayName || user.userPrincipalName || user.mail || id.data;
  const person: Person = {
    id: id.data,
    name: name.slice(0, 256),
    firstName: (user.givenName || name.split(' ')[0] || name).slice(0, 256),
    mail: (user.mail ?? user.userPrincipalName ?? '').slice(0, 320),
    language: language ? languageOf(language) : 'nb',
    zone: zone ?? usualZone,
  };
  if (user.userType === 'Guest') return [{ ...person, obstacle: 'guest' }];
  return [user.mail ? person : { ...person, obstacle: 'no_mailbox' }];
}
