import type { Event } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ask, mail, person, series, startTenant, type Tenant } from './graph-tenant.ts';

type Page<T> = { value: T[] };
type Stored = Event & { id: string };

let tenant: Tenant;
let ingrid: Ask;
let jonas: Ask;

beforeAll(async () => {
  tenant = await startTenant('2026-11-23T09:00:00Z');
  ingrid = tenant.as('Ingrid');
  jonas = tenant.as('Jonas');
});
afterAll(async () => {
  expect(tenant.problems()).toEqual([]);
  await tenant.close();
});

/** What came to a mailbox about one meeting since the last look, as `kind subject [files]`. */
function inbox(): (who: string) => string[] {
  const seen = new Map<string, number>();
  return (who) => {
    const all = tenant.graph.state.mails(who.includes('@') ? who : person(who));
    const fresh = all.slice(seen.get(who) ?? 0);
    seen.set(who, all.length);
    return fresh.map(({ kind, subject, date, attachments }) =>
      [kind, subject, ...(date === undefined ? [] : [date]), ...attachments.map(({ name }) => name)].join(
        ' ',
      ),
    );
  };
}

function invited(...givenNames: string[]): { attendees: unknown[] } {
  return {
    attendees: givenNames.map((name) => ({ type: 'required', emailAddress: { address: mail(name) } })),
  };
}

async function book(body: Record<string, unknown>): Promise<Stored> {
  const { status, body: event } = await ingrid<Stored>('POST', '/me/events', body);
  expect(status).toBe(201);
  return event;
}

async function instances(ask: Ask, id: string): Promise<Stored[]> {
  const window = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2028-01-31T00:00:00Z&$top=100';
  return (await ask<Page<Stored>>('GET', `/me/events/${id}/instances?${window}`)).body.value;
}

/** The attendee's own copy, found by what is the same in both mailboxes. */
async function copyOf(ask: Ask, event: Stored): Promise<Stored | undefined> {
  return (await ask<Page<Stored>>('GET', `/me/events?$filter=iCalUId eq '${event.iCalUId}'`)).body.value[0];
}

test('a create with attendees mails at once, attachments mail nobody, and without attendees nobody is mailed', async () => {
  const since = inbox();
  since('Jonas');
  const file = {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'agenda.pdf',
    contentBytes: 'JVBERi0=',
  };
  const early = await book(series([mail('Jonas')], { subject: 'Med én gang' }));
  expect(since('Jonas')).toEqual(['invitation Med én gang']);
  await ingrid('POST', `/me/events/${early.id}/attachments`, file);
  expect(since('Jonas')).toEqual([]);
  expect((await copyOf(jonas, early))?.hasAttachments).toBe(false);

  const late = await book(series([], { subject: 'I riktig rekkefølge' }));
  await ingrid('POST', `/me/events/${late.id}/attachments`, file);
  expect(since('Jonas')).toEqual([]);
  await ingrid('PATCH', `/me/events/${late.id}`, invited('Jonas'));
  expect(since('Jonas')).toEqual(['invitation I riktig rekkefølge agenda.pdf']);
  const copy = await copyOf(jonas, late);
  expect(copy).toMatchObject({
    isOrganizer: false,
    hasAttachments: true,
    responseStatus: { response: 'notResponded' },
    showAs: 'tentative',
    onlineMeeting: { joinUrl: late.onlineMeeting?.joinUrl },
  });
  expect(copy?.id).not.toBe(late.id);
});

test('changing only attendees mails only the changed ones', async () => {
  const since = inbox();
  const event = await book(series([mail('Jonas'), mail('Amina')], { subject: 'Deltakere' }));
  for (const who of ['Jonas', 'Amina', 'Lars']) since(who);
  await ingrid('PATCH', `/me/events/${event.id}`, invited('Jonas', 'Lars'));
  expect([since('Jonas'), since('Amina'), since('Lars')]).toEqual([
    [],
    ['cancellation Avlyst: Deltakere'],
    ['invitation Deltakere'],
  ]);
  const removed = await copyOf(tenant.as('Amina'), event);
  expect(removed).toMatchObject({ isCancelled: true, subject: 'Avlyst: Deltakere', showAs: 'free' });
});

test('a change of the master mails once more for each edited occurrence', async () => {
  const since = inbox();
  const event = await book(series([mail('Jonas')], { subject: 'Master' }));
  const [, second, third] = await instances(ingrid, event.id);
  await ingrid('PATCH', `/me/events/${second?.id}`, { location: { displayName: 'Møterom A' } });
  await ingrid('PATCH', `/me/events/${third?.id}`, { subject: 'Mars' });
  since('Jonas');
  await ingrid('PATCH', `/me/events/${event.id}`, { subject: 'Nytt navn' });
  expect(since('Jonas')).toEqual([
    'update Nytt navn',
    'update Nytt navn 2027-01-06',
    'update Mars 2027-02-03',
  ]);
  const copy = await copyOf(jonas, event);
  const own = await instances(jonas, copy?.id ?? '');
  expect(own.slice(0, 3).map(({ subject, location }) => [subject, location?.displayName])).toEqual([
    ['Nytt navn', ''],
    ['Nytt navn', 'Møterom A'],
    ['Mars', ''],
  ]);
});

test('what is one’s own mails nobody', async () => {
  const since = inbox();
  const event = await book(series([mail('Jonas')], { subject: 'Privat merke' }));
  since('Jonas');
  await ingrid('PATCH', `/me/events/${event.id}`, {
    categories: ['Samtale'],
    isReminderOn: false,
    showAs: 'oof',
  });
  expect(since('Jonas')).toEqual([]);
});

test('answers flow back to the organizer: of the series, and of one occurrence with a proposal', async () => {
  const since = inbox();
  const event = await book(series([mail('Jonas')], { subject: 'Svar' }));
  since('Ingrid');
  const copy = await copyOf(jonas, event);
  expect(
    (await jonas('POST', `/me/events/${copy?.id}/accept`, { comment: 'Fint', sendResponse: true })).status,
  ).toBe(202);
  expect(since('Ingrid')).toEqual(['response Godtatt: Svar']);
  const master = await ingrid<Stored>('GET', `/me/events/${event.id}`);
  expect(master.body.attendees?.[0]?.status?.response).toBe('accepted');
  expect((await copyOf(jonas, event))?.showAs).toBe('busy');

  const [, second, third, fourth] = await instances(jonas, copy?.id ?? '');
  const slot = {
    start: { dateTime: '2027-01-07T12:00:00', timeZone: 'Europe/Oslo' },
    end: { dateTime: '2027-01-07T12:45:00', timeZone: 'Europe/Oslo' },
  };
  await jonas('POST', `/me/events/${second?.id}/tentativelyAccept`, {
    proposedNewTime: slot,
    sendResponse: true,
  });
  await jonas('POST', `/me/events/${third?.id}/decline`, { comment: 'Ferie' });
  await jonas('POST', `/me/events/${fourth?.id}/decline`, { sendResponse: false });
  expect(since('Ingrid')).toHaveLength(2);
  const organizers = await instances(ingrid, event.id);
  expect(organizers.slice(0, 4).map(({ attendees }) => attendees?.[0]?.status?.response)).toEqual([
    'accepted',
    'tentativelyAccepted',
    'declined',
    // Without a response the organizer never knows.
    'accepted',
  ]);
  expect(organizers[1]?.attendees?.[0]).toMatchObject({
    proposedNewTime: { start: { dateTime: '2027-01-07T11:00:00.0000000', timeZone: 'UTC' } },
  });
  // A declined occurrence leaves the attendee's calendar, not the organizer's.
  expect(await instances(jonas, copy?.id ?? '')).toHaveLength(10);
  expect(organizers).toHaveLength(12);
  expect((await ingrid('POST', `/me/events/${event.id}/accept`)).status).toBe(400);
});

test('a new time asks everybody anew', async () => {
  const event = await book(series([mail('Jonas')], { subject: 'På nytt' }));
  const copy = await copyOf(jonas, event);
  await jonas('POST', `/me/events/${copy?.id}/accept`);
  const [, second] = await instances(ingrid, event.id);
  await ingrid('PATCH', `/me/events/${second?.id}`, {
    start: { dateTime: '2027-01-07T10:00:00', timeZone: 'Europe/Oslo' },
    end: { dateTime: '2027-01-07T10:45:00', timeZone: 'Europe/Oslo' },
  });
  const after = await instances(ingrid, event.id);
  expect(after.slice(0, 2).map(({ attendees }) => attendees?.[0]?.status?.response)).toEqual([
    'accepted',
    'none',
  ]);
  const own = await instances(jonas, copy?.id ?? '');
  expect(own[1]).toMatchObject({
    start: { dateTime: '2027-01-07T09:00:00.0000000' },
    responseStatus: { response: 'notResponded' },
  });
});

test('cancelling with a word marks the attendees’ copies; the organizer’s is gone', async () => {
  const since = inbox();
  const event = await book(series([mail('Jonas')], { subject: 'Slutt' }));
  since('Jonas');
  const [first] = await instances(ingrid, event.id);
  await ingrid('POST', `/me/events/${first?.id}/cancel`, { comment: 'Syk' });
  expect(since('Jonas')).toEqual(['cancellation Avlyst: Slutt 2026-12-02']);
  const copy = await copyOf(jonas, event);
  const own = await instances(jonas, copy?.id ?? '');
  expect(own.map(({ isCancelled }) => isCancelled).slice(0, 2)).toEqual([true, false]);
  expect((await jonas('POST', `/me/events/${copy?.id}/cancel`, {})).status).toBe(400);
  expect((await ingrid('POST', `/me/events/${event.id}/cancel`, { Comment: 'Takk for følget' })).status).toBe(
    202,
  );
  expect((await ingrid('GET', `/me/events/${event.id}`)).status).toBe(404);
  expect((await copyOf(jonas, event))?.isCancelled).toBe(true);
  expect(tenant.graph.state.mails(person('Jonas')).at(-1)?.comment).toBe('Takk for følget');
});

test('somebody outside and a guest get mail and have no copy here', async () => {
  const since = inbox();
  const event = await book(series(['kunde@annet.example', mail('Gjest')], { subject: 'Utenfra' }));
  expect(since('kunde@annet.example')).toEqual(['invitation Utenfra']);
  expect(since('Gjest')).toEqual(['invitation Utenfra']);
  expect(event.attendees).toHaveLength(2);
  expect((await tenant.as('Gjest')('GET', '/me/events')).status).toBe(404);
});

test('sendMail reaches the recipient', async () => {
  const since = inbox();
  since('Jonas');
  const { status } = await ingrid('POST', '/me/sendMail', {
    message: {
      subject: 'Hei',
      body: { contentType: 'text', content: 'Hei!' },
      toRecipients: [{ emailAddress: { address: mail('Jonas') } }],
    },
    saveToSentItems: false,
  });
  expect(status).toBe(202);
  expect(since('Jonas')).toEqual(['message Hei']);
});

test('people at their own clients: a draft mails nobody and can be discarded, moves and declines are seen in Graph', async () => {
  const { actions } = tenant.graph;
  const since = inbox();
  since('Jonas');
  const draft = actions.createDraft(person('Ingrid'), series([mail('Jonas')], { subject: 'Utkast' }));
  expect((await ingrid<Stored>('GET', `/me/events/${draft}`)).body).toMatchObject({
    isDraft: true,
    subject: 'Utkast',
  });
  actions.discardDraft(person('Ingrid'), draft);
  expect(since('Jonas')).toEqual([]);
  expect((await ingrid('GET', `/me/events/${draft}`)).status).toBe(404);

  const sent = actions.createDraft(person('Ingrid'), series([mail('Jonas')], { subject: 'Sendes' }));
  actions.sendDraft(person('Ingrid'), sent);
  expect(since('Jonas')).toEqual(['invitation Sendes']);
  const [, second] = await instances(ingrid, sent);
  actions.move(person('Ingrid'), second?.id ?? '', Date.parse('2027-01-05T12:00:00Z'));
  const moved = await ingrid<Stored>('GET', `/me/events/${second?.id}`);
  expect([moved.body.start?.dateTime, moved.body.end?.dateTime]).toEqual([
    '2027-01-05T12:00:00.0000000',
    '2027-01-05T12:45:00.0000000',
  ]);
  const copy = tenant.graph.state
    .calendar(person('Jonas'), Date.parse('2026-12-02'), Date.parse('2026-12-03'))
    .find(({ subject }) => subject === 'Sendes');
  actions.answer(person('Jonas'), copy?.seriesMasterId ?? '', { response: 'declined', send: true });
  const master = await ingrid<Stored>('GET', `/me/events/${sent}`);
  expect(master.body.attendees?.[0]?.status?.response).toBe('declined');
});

test('somebody invited to one occurrence has that one, and their answer is of that one', async () => {
  const since = inbox();
  since('Nora');
  const event = await book(series([mail('Jonas')], { subject: 'Gjest i januar' }));
  const [, second] = await instances(ingrid, event.id);
  await ingrid('PATCH', `/me/events/${second?.id}`, invited('Jonas', 'Nora'));
  expect(since('Nora')).toEqual(['invitation Gjest i januar 2027-01-06']);
  const nora = tenant.as('Nora');
  const own = await nora<Page<Stored>>('GET', "/me/events?$filter=subject eq 'Gjest i januar'");
  expect(own.body.value).toHaveLength(1);
  expect(own.body.value[0]).toMatchObject({
    type: 'singleInstance',
    iCalUId: second?.iCalUId,
    start: { dateTime: '2027-01-06T09:00:00.0000000' },
  });
  await nora('POST', `/me/events/${own.body.value[0]?.id}/accept`);
  const after = await instances(ingrid, event.id);
  const status = (at: number) => after[at]?.attendees?.map(({ status: answer }) => answer?.response);
  expect([status(0), status(1)]).toEqual([['none'], ['none', 'accepted']]);
  await ingrid('PATCH', `/me/events/${second?.id}`, { subject: 'Gjest med nytt navn' });
  const renamed = await nora<Stored>('GET', `/me/events/${own.body.value[0]?.id}`);
  expect(renamed.body).toMatchObject({
    subject: 'Gjest med nytt navn',
    responseStatus: { response: 'accepted' },
  });
});

test('somebody taken from the series and asked to one month has that month', async () => {
  const event = await book(series([mail('Amina')], { subject: 'Bare én' }));
  const [, second] = await instances(ingrid, event.id);
  await ingrid('PATCH', `/me/events/${event.id}`, invited());
  await ingrid('PATCH', `/me/events/${second?.id}`, invited('Amina'));
  const copy = await copyOf(tenant.as('Amina'), event);
  const own = await instances(tenant.as('Amina'), copy?.id ?? '');
  expect(own.slice(0, 3).map(({ isCancelled, subject }) => [isCancelled, subject])).toEqual([
    [true, 'Avlyst: Bare én'],
    [false, 'Bare én'],
    [true, 'Avlyst: Bare én'],
  ]);
});
