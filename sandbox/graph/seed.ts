// The first day of a tenant: apps by the setup policy, and calendars that look like people work there.
// Deterministic: the same people and the same week give the same appointments.
import { Temporal } from 'temporal-polyfill';
import type { Person } from '../people.ts';
import { createEvent } from './calendar/create-event.ts';
import type { CalendarItem } from './calendar/event.ts';
import { seededRandom } from './faults.ts';
import type { Json } from './json.ts';
import { hasMailbox } from './people/directory.ts';
import { installPersonally, preinstalled } from './teams/personal-apps.ts';
import type { World } from './world.ts';

const customers = [
  'Fjordglimt Hotell',
  'Brattli Transport',
  'Sjøholmen Skole',
  'Haukeli Bygg',
  'Lofoten Sjømat',
  'Vestland Tannhelse',
  'Granli Regnskap',
  'Tindra Arkitekter',
  'Elvebakken Kommune',
  'Nordlys Energi',
  'Kystvakten Eiendom',
  'Solsiden Optikk',
];
const customersInEnglish = [
  'Harbour Dental',
  'Signal Hill Media',
  'Ashdown Partners',
  'Quidi Vidi Foods',
  'Thames Print Works',
];

/** Fills an empty store once. */
export function seed(world: World, withCalendars: boolean): void {
  const marks = world.documents('seed');
  if (marks.get('done') !== undefined) return;
  world.store.transaction(() => {
    for (const person of world.people.all()) {
      if (!preinstalled(person)) continue;
      for (const app of world.catalogue.slice(0, 1)) installPersonally(world, person, app.id);
    }
    if (withCalendars) fillCalendars(world);
    marks.put({ id: 'done' }, { at: world.clock.now() });
  });
}

function fillCalendars(world: World): void {
  const monday = mondayOf(world.clock.now());
  for (const person of world.people.all()) {
    if (!hasMailbox(person)) continue;
    const random = seededRandom(Number(person.id.replace(/\D/g, '').slice(-6)) * 7919 + 17);
    if (world.people.reportsOf(person).length > 0) teamMeeting(world, person, monday);
    lunch(world, person, monday);
    visits(world, person, monday, random);
  }
}

function mondayOf(now: number): Temporal.PlainDate {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Europe/Oslo').toPlainDate();
  return today.subtract({ days: today.dayOfWeek - 1 });
}

function times(date: Temporal.PlainDate, hour: number, minute: number, length: number, zone: string): Json {
  const start = date.toPlainDateTime({ hour, minute });
  return {
    start: { dateTime: start.toString(), timeZone: zone },
    end: { dateTime: start.add({ minutes: length }).toString(), timeZone: zone },
  };
}

function place(world: World, person: Person, event: Json): CalendarItem {
  return createEvent(world, person, event).item;
}

/** Manager and team, every week; everybody has accepted, as one does. */
function teamMeeting(world: World, manager: Person, monday: Temporal.PlainDate): void {
  const team = world.people.reportsOf(manager).filter(hasMailbox);
  const start = monday.subtract({ weeks: 8 });
  const weekday = manager.managerId === undefined ? 2 : 1;
  const date = start.add({ days: weekday - 1 });
  const item = place(world, manager, {
    subject:
      manager.managerId === undefined
        ? 'Ledermøte'
        : `Salgsmøte ${manager.jobTitle.split(' ').at(-1) ?? ''}`.trim(),
    body: { contentType: 'text', content: 'Runde rundt bordet: hva skjer denne uken?' },
    ...times(date, 8, 30, 30, manager.timeZone),
    location: { displayName: 'Møterom Galdhøpiggen' },
    recurrence: {
      pattern: {
        type: 'weekly',
        interval: 1,
        daysOfWeek: [weekday === 1 ? 'monday' : 'tuesday'],
        firstDayOfWeek: 'monday',
      },
      range: { type: 'endDate', startDate: date.toString(), endDate: date.add({ weeks: 60 }).toString() },
    },
    attendees: team.map((person) => ({
      type: 'required',
      emailAddress: { address: person.mail, name: person.displayName },
    })),
  });
  const now = world.clock.now();
  const answered = item.details.attendees.map((attendee) => ({
    ...attendee,
    response: 'accepted' as const,
    respondedAt: now,
  }));
  for (const copy of world.items.copies(item.uid)) {
    const details = copy.isOrganizer
      ? { ...copy.details, attendees: answered }
      : { ...copy.details, response: 'accepted' as const, respondedAt: now, showAs: 'busy' as const };
    world.items.save({ ...copy, details });
  }
  for (const person of team) {
    for (const mail of world.mails.ownedBy(person.id)) if (mail.uid === item.uid) world.mails.remove(mail.id);
  }
}

function lunch(world: World, person: Person, monday: Temporal.PlainDate): void {
  const date = monday.subtract({ weeks: 8 });
  place(world, person, {
    subject: person.language === 'nb-NO' ? 'Lunsj' : 'Lunch',
    ...times(date, 11, 30, 30, person.timeZone),
    showAs: 'free',
    isReminderOn: false,
    recurrence: {
      pattern: {
        type: 'weekly',
        interval: 1,
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        firstDayOfWeek: 'monday',
      },
      range: { type: 'endDate', startDate: date.toString(), endDate: date.add({ weeks: 60 }).toString() },
    },
  });
}

const starts: [number, number, number][] = [
  [9, 30, 60],
  [10, 0, 60],
  [12, 30, 90],
  [13, 0, 60],
  [14, 0, 60],
  [14, 30, 45],
];

/** Two or three visits a week, from three weeks back to nine weeks ahead. */
function visits(world: World, person: Person, monday: Temporal.PlainDate, random: () => number): void {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const norwegian = person.language === 'nb-NO';
  for (let week = -3; week <= 9; week++) {
    // Two or three weekdays, each left out or taken by one draw.
    const days = [1, 2, 3, 4, 5].filter(() => random() < 0.5);
    for (const day of days) {
      const [hour, minute, length] = pick(starts);
      const customer = norwegian ? pick(customers) : pick(customersInEnglish);
      const online = random() < 0.3;
      place(world, person, {
        subject: norwegian
          ? `${online ? 'Digitalt kundemøte' : 'Kundebesøk'}: ${customer}`
          : `${online ? 'Customer call' : 'Customer visit'}: ${customer}`,
        ...times(monday.add({ days: week * 7 + day - 1 }), hour, minute, length, person.timeZone),
        ...(online ? {} : { location: { displayName: customer } }),
        categories: [norwegian ? 'Kunde' : 'Customer'],
      });
    }
  }
}
