// Random days at the office: whatever people and the app do, nothing breaks and both calendars tell the same story.
import type { Event } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/graph/faults.ts';
import { type Ask, mail, series, startTenant, type Tenant } from './graph-tenant.ts';

type Stored = Event & { id: string };
type Page = { value: Stored[] };

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant('2026-11-23T09:00:00Z');
});
afterAll(async () => {
  expect(tenant.problems()).toEqual([]);
  await tenant.close();
});

const sellers = ['Jonas', 'Amina', 'Lars'];
const window = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2029-01-31T00:00:00Z&$top=200';
const steps = 45;

function day(start: string | null | undefined, days: number): string {
  return new Date(Date.parse(`${start?.slice(0, 10)}T00:00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

async function instances(ask: Ask, id: string): Promise<Stored[]> {
  const { status, body } = await ask<Page>('GET', `/me/events/${id}/instances?${window}`, undefined, {
    prefer: 'IdType="ImmutableId", outlook.timezone="Europe/Oslo"',
  });
  expect(status).toBe(200);
  return body.value;
}

async function copyOf(ask: Ask, uid: string): Promise<Stored | undefined> {
  return (await ask<Page>('GET', `/me/events?$filter=iCalUId eq '${uid}'`)).body.value[0];
}

/** Each attendee has what the organizer has, but for what they declined or what was taken from them. */
async function compare(organizer: Ask, event: string, where: string): Promise<void> {
  const master = await organizer<Stored>('GET', `/me/events/${event}`);
  if (master.status === 404) return;
  const all = await instances(organizer, event);
  for (const seller of sellers) {
    const ask = tenant.as(seller);
    const invitedTo = all.filter(({ attendees }) =>
      attendees?.some((one) => one.emailAddress?.address === mail(seller)),
    );
    const copy = await copyOf(ask, master.body.iCalUId ?? '');
    if (copy === undefined) {
      const statuses = master.body.attendees
        ?.filter((one) => one.emailAddress?.address === mail(seller))
        .map((one) => one.status?.response);
      // No copy: never invited to the series, or declined as a whole.
      expect([[], ['declined']], where).toContainEqual(statuses);
      continue;
    }
    if (copy.isCancelled || copy.type !== 'seriesMaster') continue;
    const own = (await instances(ask, copy.id)).filter(({ isCancelled }) => !isCancelled);
    const times = (events: Stored[]) =>
      events.map(({ start, end, subject }) => `${start?.dateTime} ${end?.dateTime} ${subject}`);
    const expected = invitedTo.filter(
      ({ attendees, start }) =>
        own.some((one) => one.start?.dateTime === start?.dateTime) ||
        attendees?.find((one) => one.emailAddress?.address === mail(seller))?.status?.response !== 'declined',
    );
    expect(times(own), `${where}, ${seller}`).toEqual(times(expected));
  }
}

// Seeds 3, 32 and 35 once found a copy that came back with occurrences its owner had been taken from.
test.each([1, 2, 3, 32, 35])('walk %i', async (seed) => {
  const random = seededRandom(seed * 7919);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const organizer = tenant.as('Ingrid');
  const invited = () => ({
    attendees: sellers
      .filter(() => random() < 0.6)
      .map((name) => ({ type: 'required', emailAddress: { address: mail(name) } })),
  });
  const made = await organizer<Stored>('POST', '/me/events', {
    ...series([], { subject: `Serie ${seed}` }),
    ...invited(),
  });
  const event = made.body.id;
  const history: string[] = [];

  for (let step = 0; step < steps; step++) {
    const all = await instances(organizer, event);
    const one = pick(all);
    if (one === undefined) break;
    const seller = tenant.as(pick(sellers) ?? 'Jonas');
    const copy = await copyOf(seller, made.body.iCalUId ?? '');
    const theirs = copy?.type === 'seriesMaster' ? pick(await instances(seller, copy.id)) : copy;
    const time = (date: string, hour: number) => ({
      start: { dateTime: `${date}T${String(hour).padStart(2, '0')}:00:00`, timeZone: 'Europe/Oslo' },
      end: { dateTime: `${date}T${String(hour).padStart(2, '0')}:45:00`, timeZone: 'Europe/Oslo' },
    });
    const hour = 8 + Math.floor(random() * 8);
    const moves: [string, () => Promise<{ status: number }>][] = [
      [
        'rename the series',
        () => organizer('PATCH', `/me/events/${event}`, { subject: `Serie ${seed}.${step}` }),
      ],
      ['invite', () => organizer('PATCH', `/me/events/${event}`, invited())],
      ['rename one', () => organizer('PATCH', `/me/events/${one.id}`, { subject: `Måned ${step}` })],
      [
        'move one',
        () =>
          organizer(
            'PATCH',
            `/me/events/${one.id}`,
            time(day(one.start?.dateTime, Math.floor(random() * 13) - 6), hour),
          ),
      ],
      [
        'move one',
        () =>
          organizer(
            'PATCH',
            `/me/events/${one.id}`,
            time(day(one.start?.dateTime, Math.floor(random() * 5) - 2), hour),
          ),
      ],
      ['invite to one', () => organizer('PATCH', `/me/events/${one.id}`, invited())],
      [
        'cancel one',
        () =>
          random() < 0.4 ? organizer('POST', `/me/events/${one.id}/cancel`, {}) : organizer('GET', '/me'),
      ],
      [
        'answer one',
        () =>
          seller('POST', `/me/events/${theirs?.id}/${pick(['accept', 'decline', 'tentativelyAccept'])}`, {}),
      ],
      [
        'answer the series',
        () =>
          seller(
            'POST',
            `/me/events/${copy?.id}/${pick(['accept', 'accept', 'decline', 'tentativelyAccept'])}`,
            {},
          ),
      ],
      [
        'move the series',
        () =>
          random() < 0.3
            ? organizer(
                'PATCH',
                `/me/events/${event}`,
                time(made.body.start?.dateTime?.slice(0, 10) ?? '', hour),
              )
            : organizer('GET', '/me'),
      ],
    ];
    const [name, move] = pick(moves) ?? ['', async () => ({ status: 0 })];
    const { status } = await move();
    history.push(`${name} ${status}`);
    const where = `seed ${seed}: ${history.join(', ')}`;
    expect([200, 202, 204, 400, 404], where).toContain(status);
    await compare(organizer, event, where);
  }
});
