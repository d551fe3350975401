import type { Event, FileAttachment, ScheduleInformation } from '@microsoft/microsoft-graph-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ask, mail, person, series, startTenant, type Tenant } from './graph-tenant.ts';

type Page<T> = {
  value: T[];
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
  '@odata.count'?: number;
};
type Stored = Event & { id: string };

let tenant: Tenant;
let ingrid: Ask;
let jonas: Ask;
let app: Ask;

beforeAll(async () => {
  tenant = await startTenant('2026-11-23T09:00:00Z');
  ingrid = tenant.as('Ingrid');
  jonas = tenant.as('Jonas');
  app = tenant.as();
});
afterAll(async () => {
  expect(tenant.problems()).toEqual([]);
  await tenant.close();
});

const year = 'startDateTime=2026-11-01T00:00:00Z&endDateTime=2028-01-31T00:00:00Z&$top=100';

async function book(body: Record<string, unknown>, ask = ingrid): Promise<Stored> {
  const { status, body: event } = await ask<Stored>('POST', '/me/events', body);
  expect(status).toBe(201);
  return event;
}

async function instances(id: string, headers?: Record<string, string>): Promise<Stored[]> {
  const { status, body } = await ingrid<Page<Stored>>(
    'GET',
    `/me/events/${id}/instances?${year}`,
    undefined,
    {
      prefer: 'IdType="ImmutableId", outlook.timezone="Europe/Oslo"',
      ...headers,
    },
  );
  expect(status).toBe(200);
  return body.value;
}

const starts = (events: Event[]) => events.map((event) => event.start?.dateTime?.slice(0, 16));

function recurring(
  pattern: Record<string, unknown>,
  start: string,
  zone: string,
  count: number,
): Record<string, unknown> {
  const [date = '', time = ''] = start.split('T');
  return {
    subject: 'Serie',
    start: { dateTime: `${date}T${time}:00`, timeZone: zone },
    end: { dateTime: `${date}T${time.slice(0, 2)}:59:00`, timeZone: zone },
    recurrence: {
      pattern: { interval: 1, ...pattern },
      range: { type: 'numbered', startDate: date, numberOfOccurrences: count },
    },
  };
}

describe('a series', () => {
  test.each([
    [
      'first Wednesday',
      { type: 'relativeMonthly', daysOfWeek: ['wednesday'], index: 'first' },
      '2026-12-02T10:00',
      ['2026-12-02', '2027-01-06', '2027-02-03', '2027-03-03'],
    ],
    [
      'second Tuesday',
      { type: 'relativeMonthly', daysOfWeek: ['tuesday'], index: 'second' },
      '2026-12-08T10:00',
      ['2026-12-08', '2027-01-12', '2027-02-09'],
    ],
    [
      'third Friday',
      { type: 'relativeMonthly', daysOfWeek: ['friday'], index: 'third' },
      '2026-12-18T10:00',
      ['2026-12-18', '2027-01-15'],
    ],
    [
      'fourth Monday',
      { type: 'relativeMonthly', daysOfWeek: ['monday'], index: 'fourth' },
      '2026-12-28T10:00',
      ['2026-12-28', '2027-01-25'],
    ],
    [
      'last Thursday',
      { type: 'relativeMonthly', daysOfWeek: ['thursday'], index: 'last' },
      '2026-12-31T10:00',
      ['2026-12-31', '2027-01-28', '2027-02-25'],
    ],
    [
      'first weekday',
      {
        type: 'relativeMonthly',
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        index: 'first',
      },
      '2026-12-01T10:00',
      ['2026-12-01', '2027-01-01', '2027-02-01'],
    ],
    [
      'last weekday',
      {
        type: 'relativeMonthly',
        daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
        index: 'last',
      },
      '2026-12-31T10:00',
      ['2026-12-31', '2027-01-29', '2027-02-26'],
    ],
    [
      'day 31: the last day of a short month',
      { type: 'absoluteMonthly', dayOfMonth: 31 },
      '2026-12-31T10:00',
      ['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    ],
    [
      'every other month',
      { type: 'absoluteMonthly', dayOfMonth: 15, interval: 2 },
      '2026-12-15T10:00',
      ['2026-12-15', '2027-02-15', '2027-04-15'],
    ],
    [
      'two days a week, every other week',
      { type: 'weekly', daysOfWeek: ['tuesday', 'thursday'], interval: 2, firstDayOfWeek: 'monday' },
      '2026-12-01T10:00',
      ['2026-12-01', '2026-12-03', '2026-12-15', '2026-12-17'],
    ],
    [
      'every third day',
      { type: 'daily', interval: 3 },
      '2026-12-01T10:00',
      ['2026-12-01', '2026-12-04', '2026-12-07'],
    ],
    [
      'a start that the pattern misses moves to its first date',
      { type: 'relativeMonthly', daysOfWeek: ['wednesday'], index: 'first' },
      '2026-11-30T10:00',
      ['2026-12-02', '2027-01-06'],
    ],
  ])('on the %s', async (_, pattern, start, dates) => {
    const { id } = await book(recurring(pattern, start, 'Europe/Oslo', dates.length));
    expect(starts(await instances(id))).toEqual(dates.map((date) => `${date}T10:00`));
  });

  test.each([
    ['Europe/Oslo', ['2027-03-17T09:00', '2027-04-21T08:00', '2027-10-20T08:00', '2027-11-17T09:00']],
    [
      'W. Europe Standard Time',
      ['2027-03-17T09:00', '2027-04-21T08:00', '2027-10-20T08:00', '2027-11-17T09:00'],
    ],
    ['America/St_Johns', ['2027-03-17T12:30', '2027-04-21T12:30', '2027-10-20T12:30', '2027-11-17T13:30']],
    ['Asia/Kathmandu', ['2027-03-17T04:15', '2027-04-21T04:15', '2027-10-20T04:15', '2027-11-17T04:15']],
    ['UTC', ['2027-03-17T10:00', '2027-04-21T10:00', '2027-10-20T10:00', '2027-11-17T10:00']],
  ])('keeps its wall time over DST in %s', async (zone, expected) => {
    const third = { type: 'relativeMonthly', daysOfWeek: ['wednesday'], index: 'third' };
    const { id } = await book(recurring(third, '2027-03-17T10:00', zone, 9));
    const found = starts(await instances(id, { prefer: 'IdType="ImmutableId"' }));
    expect([found[0], found[1], found[7], found[8]]).toEqual(expected);
  });

  test('gives each occurrence its own id and iCalUId, the master a recurrence', async () => {
    const event = await book(series());
    expect(event).toMatchObject({
      type: 'seriesMaster',
      isOrganizer: true,
      originalStartTimeZone: 'W. Europe Standard Time',
      start: { dateTime: '2026-12-02T09:00:00.0000000', timeZone: 'UTC' },
      responseStatus: { response: 'organizer' },
      recurrence: {
        pattern: { index: 'first', daysOfWeek: ['wednesday'] },
        range: { recurrenceTimeZone: 'W. Europe Standard Time' },
      },
    });
    const all = await instances(event.id);
    expect(all).toHaveLength(12);
    expect(new Set(all.map(({ id }) => id)).size).toBe(12);
    expect(new Set(all.map(({ iCalUId }) => iCalUId)).size).toBe(12);
    expect(
      all.every(({ type, seriesMasterId }) => type === 'occurrence' && seriesMasterId === event.id),
    ).toBe(true);
  });

  test.each([
    [
      'a start that is not the range start',
      {
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'numbered', startDate: '2026-12-03', numberOfOccurrences: 2 },
        },
      },
      400,
    ],
    [
      'no interval',
      {
        recurrence: {
          pattern: { type: 'daily' },
          range: { type: 'numbered', startDate: '2026-12-02', numberOfOccurrences: 2 },
        },
      },
      400,
    ],
    [
      'no day of month',
      {
        recurrence: {
          pattern: { type: 'absoluteMonthly', interval: 1 },
          range: { type: 'noEnd', startDate: '2026-12-02' },
        },
      },
      400,
    ],
    [
      'a wrong value in an ignored field',
      {
        recurrence: {
          pattern: { type: 'daily', interval: 1, index: 'fifth' },
          range: { type: 'noEnd', startDate: '2026-12-02' },
        },
      },
      400,
    ],
    [
      'an end before the start',
      {
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'endDate', startDate: '2026-12-02', endDate: '2026-12-01' },
        },
      },
      400,
    ],
    ['a bad zone', { start: { dateTime: '2026-12-02T10:00:00', timeZone: 'Europe/Atlantis' } }, 400],
    [
      'an offset in the time',
      { start: { dateTime: '2026-12-02T10:00:00+01:00', timeZone: 'Europe/Oslo' } },
      400,
    ],
    ['an end before its start', { end: { dateTime: '2026-12-02T09:00:00', timeZone: 'Europe/Oslo' } }, 400],
    ['a subject of 400 characters', { subject: 'x'.repeat(400) }, 400],
    ['an unknown property', { agenda: 'x' }, 400],
    ['an attendee without an address', { attendees: [{ emailAddress: { name: 'Jonas' } }] }, 400],
  ])('is refused with %s', async (_, wrong, status) => {
    const before = await ingrid<Page<Event>>('GET', '/me/events?$count=true&$top=1');
    const answer = await ingrid('POST', '/me/events', series([], wrong));
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBeTruthy();
    const after = await ingrid<Page<Event>>('GET', '/me/events?$count=true&$top=1');
    expect(after.body['@odata.count']).toBe(before.body['@odata.count']);
  });
});

describe('one occurrence', () => {
  test('moves within its neighbours’ days, and not onto or past them', async () => {
    const { id } = await book({ ...series(), subject: 'Flyttes' });
    const occurrence = (await instances(id))[1];
    const to = (date: string) => ({
      start: { dateTime: `${date}T12:00:00`, timeZone: 'Europe/Oslo' },
      end: { dateTime: `${date}T12:45:00`, timeZone: 'Europe/Oslo' },
    });
    for (const date of ['2026-12-02', '2026-12-01', '2027-02-03', '2027-02-04']) {
      const refused = await ingrid('PATCH', `/me/events/${occurrence?.id}`, to(date));
      expect([refused.status, refused.body.error.code]).toEqual([400, 'ErrorOccurrenceCrossingBoundary']);
    }
    const moved = await ingrid<Stored>('PATCH', `/me/events/${occurrence?.id}`, to('2027-02-02'));
    expect(moved.body).toMatchObject({
      type: 'exception',
      id: occurrence?.id,
      originalStart: '2027-01-06T09:00:00Z',
    });
    expect(starts(await instances(id)).slice(0, 3)).toEqual([
      '2026-12-02T10:00',
      '2027-02-02T12:00',
      '2027-02-03T10:00',
    ]);
    // Its neighbour now sees it where it stands.
    const next = (await instances(id))[2];
    expect((await ingrid('PATCH', `/me/events/${next?.id}`, to('2027-02-02'))).status).toBe(400);
  });

  test('is listed with the master as an exception or as cancelled', async () => {
    const { id } = await book({ ...series([mail('Jonas')]), subject: 'Unntak' });
    const [, second, third] = await instances(id);
    await ingrid('PATCH', `/me/events/${second?.id}`, { subject: 'Unntak i januar' });
    expect((await ingrid('POST', `/me/events/${third?.id}/cancel`, { comment: 'Vinterferie' })).status).toBe(
      202,
    );
    const { body } = await ingrid<
      Stored & { cancelledOccurrences: string[]; exceptionOccurrences: Stored[] }
    >(
      'GET',
      `/me/events/${id}?$select=subject,cancelledOccurrences&$expand=exceptionOccurrences($select=subject,type)`,
    );
    expect(body.cancelledOccurrences).toEqual([`OID.${id}.2027-02-03`]);
    expect(body.exceptionOccurrences.map(({ subject, type }) => [subject, type])).toEqual([
      ['Unntak i januar', 'exception'],
    ]);
    expect((await ingrid('GET', `/me/events/${third?.id}`)).status).toBe(404);
    expect(await instances(id)).toHaveLength(11);
  });

  test('with an attachment of its own becomes an exception; the series’ attachment is everywhere', async () => {
    const { id } = await book({ ...series(), subject: 'Vedlegg' });
    const file = {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'agenda.pdf',
      contentType: 'application/pdf',
      contentBytes: 'JVBERi0=',
    };
    expect((await ingrid('POST', `/me/events/${id}/attachments`, file)).status).toBe(201);
    const [first, second] = await instances(id);
    await ingrid('POST', `/me/events/${first?.id}/attachments`, { ...file, name: 'desember.pdf' });
    const names = async (event: string | undefined) =>
      (
        await ingrid<Page<FileAttachment>>('GET', `/me/events/${event}/attachments?$select=name,size`)
      ).body.value.map(({ name }) => name);
    expect(await names(first?.id)).toEqual(['agenda.pdf', 'desember.pdf']);
    expect(await names(second?.id)).toEqual(['agenda.pdf']);
    expect((await instances(id)).map(({ type }) => type).slice(0, 2)).toEqual(['exception', 'occurrence']);
    const big = await ingrid('POST', `/me/events/${id}/attachments`, {
      ...file,
      contentBytes: Buffer.alloc(3 * 1024 * 1024).toString('base64'),
    });
    expect(big.status).toBe(413);
  });
});

describe('changing the master', () => {
  test('in time or pattern discards exceptions and cancellations', async () => {
    const { id } = await book({ ...series(), subject: 'Nytt klokkeslett' });
    const [, second, third] = await instances(id);
    await ingrid('PATCH', `/me/events/${second?.id}`, { subject: 'Eget emne' });
    await ingrid('DELETE', `/me/events/${third?.id}`);
    await ingrid('PATCH', `/me/events/${id}`, {
      start: { dateTime: '2026-12-02T13:00:00', timeZone: 'Europe/Oslo' },
      end: { dateTime: '2026-12-02T14:00:00', timeZone: 'Europe/Oslo' },
    });
    const all = await instances(id);
    expect(all).toHaveLength(12);
    expect(all.every(({ type, subject }) => type === 'occurrence' && subject === 'Nytt klokkeslett')).toBe(
      true,
    );
    expect(starts(all)[1]).toBe('2027-01-06T13:00');
  });

  test('in how far it reaches keeps what was changed before', async () => {
    const event = await book({ ...series(), subject: 'Stoppes' });
    const [, second] = await instances(event.id);
    await ingrid('PATCH', `/me/events/${second?.id}`, { subject: 'Holdt i januar' });
    const changed = await ingrid<Stored>('PATCH', `/me/events/${event.id}`, {
      recurrence: {
        pattern: event.recurrence?.pattern,
        range: { type: 'endDate', startDate: '2026-12-02', endDate: '2027-03-10' },
      },
    });
    expect(changed.body.recurrence?.range?.endDate).toBe('2027-03-10');
    expect((await instances(event.id)).map(({ subject }) => subject)).toEqual([
      'Stoppes',
      'Holdt i januar',
      'Stoppes',
      'Stoppes',
    ]);
  });
});

describe('the body and the online meeting', () => {
  const body = (content: string) => ({ body: { contentType: 'html', content } });

  test('the Teams block is appended on create and keeps the meeting while it is there', async () => {
    const event = await book({ ...series(), subject: 'Med Teams' });
    const url = event.onlineMeeting?.joinUrl ?? '';
    expect(url).toMatch(/^https:\/\/teams\.microsoft\.com\/meet\/\d+\?p=/);
    const html = event.body?.content ?? '';
    expect(html).toContain('<div id="rv-agenda">Agenda</div>');
    expect(html).toContain(`href="${url}"`);
    const kept = await ingrid<Stored>(
      'PATCH',
      `/me/events/${event.id}`,
      body(html.replace('>Agenda<', '>Ny agenda<')),
    );
    expect(kept.body.isOnlineMeeting).toBe(true);
    expect(kept.body.body?.content).toBe(html.replace('>Agenda<', '>Ny agenda<'));
    // False is ignored once it was true.
    const ignored = await ingrid<Stored>('PATCH', `/me/events/${event.id}`, { isOnlineMeeting: false });
    expect(ignored.body.isOnlineMeeting).toBe(true);
    const lost = await ingrid<Stored>('PATCH', `/me/events/${event.id}`, body('<p>Bare agenda</p>'));
    expect(lost.body).toMatchObject({
      isOnlineMeeting: false,
      onlineMeeting: null,
      onlineMeetingProvider: 'unknown',
    });
  });

  test('an occurrence can lose it alone', async () => {
    const { id } = await book({ ...series(), subject: 'Bare januar' });
    const [, second] = await instances(id);
    await ingrid('PATCH', `/me/events/${second?.id}`, body('<p>Uten lenke</p>'));
    expect((await instances(id)).map(({ isOnlineMeeting }) => isOnlineMeeting).slice(0, 3)).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('HTML is made harmless, text becomes HTML', async () => {
    const made = await book({
      ...series(),
      ...body(
        '<!-- note --><p onclick="x()">Hei<script>alert(1)</script><a href="javascript:x()">lenke</a></p>',
      ),
      isOnlineMeeting: false,
    });
    expect(made.body?.content).not.toMatch(/script|onclick|note/);
    const text = await book({
      ...series(),
      body: { contentType: 'text', content: '1 < 2 & 3' },
      isOnlineMeeting: false,
    });
    expect(text.body).toMatchObject({ contentType: 'html' });
    expect(text.body?.content).toContain('1 &lt; 2 &amp; 3');
  });
});

describe('never twice', () => {
  test('a repeated transactionId gives the same event for as long as its life lasts', async () => {
    const body = series([], { transactionId: 'pair-1-generation-1', subject: 'En gang' });
    const first = await book(body);
    const again = await book({ ...body, subject: 'Andre forsøk' });
    expect([again.id, again.subject]).toEqual([first.id, 'En gang']);
    expect(first.transactionId).toBe('pair-1-generation-1');
    tenant.graph.setFaults({ transactionIdLifeMs: 0 });
    const late = await book(body);
    tenant.graph.clearFaults();
    expect(late.id).not.toBe(first.id);
    expect((await ingrid('PATCH', `/me/events/${first.id}`, { transactionId: 'other' })).status).toBe(400);
  });

  test('504 after the work was done: the event is there', async () => {
    tenant.graph.setFaults({ rules: [{ match: 'POST /me/events', kind: '504-after', times: 1 }] });
    const body = series([], { transactionId: 'gateway-1', subject: 'Etter 504' });
    expect((await ingrid('POST', '/me/events', body)).status).toBe(504);
    await book(body);
    const found = await ingrid<Page<Event>>('GET', "/me/events?$filter=subject eq 'Etter 504'");
    expect(found.body.value).toHaveLength(1);
    tenant.graph.clearFaults();
  });

  test.each(['drop', 'drop-after'] as const)('%s cuts the connection', async (kind) => {
    tenant.graph.setFaults({ rules: [{ match: 'POST /me/events', kind, times: 1 }] });
    const body = series([], { transactionId: kind, subject: `Brudd ${kind}` });
    await expect(ingrid('POST', '/me/events', body)).rejects.toThrow();
    const found = async () =>
      (await ingrid<Page<Event>>('GET', `/me/events?$filter=subject eq 'Brudd ${kind}'`)).body.value.length;
    expect(await found()).toBe(kind === 'drop' ? 0 : 1);
    await book(body);
    expect(await found()).toBe(1);
    tenant.graph.clearFaults();
  });

  test('our extended property is found by filter and given by expand only', async () => {
    const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name reviewSeries';
    const property = { id: id.replace('66f5a359', '66F5A359'), value: 'pair-7' };
    const event = await book(series([], { singleValueExtendedProperties: [property], subject: 'Merket' }));
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq 'pair-7')`;
    const found = await ingrid<Page<Stored>>(
      'GET',
      `/me/events?$filter=${encodeURIComponent(filter)}&$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${id}')`)}`,
    );
    expect(found.body.value.map((one) => one.id)).toEqual([event.id]);
    expect(found.body.value[0]?.singleValueExtendedProperties).toEqual([{ id, value: 'pair-7' }]);
    const plain = await ingrid<Stored>('GET', `/me/events/${event.id}`);
    expect(plain.body.singleValueExtendedProperties).toBeUndefined();
    const none = await ingrid<Page<Stored>>(
      'GET',
      `/me/events?$filter=${encodeURIComponent(filter.replace('pair-7', 'pair-8'))}`,
    );
    expect(none.body.value).toEqual([]);
  });
});

describe('reading', () => {
  test('one id form or the other, both understood', async () => {
    const event = await book(series([], { subject: 'To navn' }));
    const regular = await ingrid<Stored>('GET', `/me/events/${event.id}`, undefined, { prefer: '' });
    expect(regular.body.id).not.toBe(event.id);
    expect((await ingrid<Stored>('GET', `/me/events/${regular.body.id}`)).body.id).toBe(event.id);
    expect((await ingrid('GET', '/me/events/nonsense')).body.error.code).toBe('ErrorInvalidIdMalformed');
    expect((await jonas('GET', `/me/events/${event.id}`)).status).toBe(404);
  });

  test('the calendar view pages, selects, orders and answers in the zone asked for', async () => {
    const path = '/me/calendarView?startDateTime=2027-05-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z';
    const prefer = { prefer: 'outlook.timezone="W. Europe Standard Time"' };
    const all = await ingrid<Page<Stored>>(
      'GET',
      `${path}&$top=100&$select=subject,start`,
      undefined,
      prefer,
    );
    expect(all.body.value.length).toBeGreaterThan(5);
    expect(Object.keys(all.body.value[0] ?? {}).sort()).toEqual(['@odata.etag', 'id', 'start', 'subject']);
    expect(all.body.value[0]?.start?.timeZone).toBe('W. Europe Standard Time');
    expect(all.headers.get('preference-applied')).toContain('outlook.timezone');
    const collected: Stored[] = [];
    let next: string | undefined = `${path}&$top=3&$select=subject,start`;
    while (next !== undefined) {
      const page: { body: Page<Stored> } = await ingrid<Page<Stored>>('GET', next, undefined, prefer);
      collected.push(...page.body.value);
      next = page.body['@odata.nextLink'];
    }
    expect(collected.map(({ id }) => id)).toEqual(all.body.value.map(({ id }) => id));
    expect((await ingrid('GET', '/me/calendarView')).status).toBe(400);
  });

  test('a reader may for a while see the event as it was', async () => {
    const event = await book(series([], { subject: 'Før' }));
    tenant.graph.setFaults({ consistencyDelayMs: 60_000 });
    const patched = await ingrid<Stored>('PATCH', `/me/events/${event.id}`, { subject: 'Etter' });
    expect(patched.body.subject).toBe('Etter');
    expect((await ingrid<Stored>('GET', `/me/events/${event.id}`)).body.subject).toBe('Før');
    const made = await book(series([], { subject: 'Fersk' }));
    expect((await ingrid<Stored>('GET', `/me/events/${made.id}`)).status).toBe(200);
    const list = await ingrid<Page<Stored>>('GET', "/me/events?$filter=subject eq 'Fersk'");
    expect(list.body.value).toEqual([]);
    tenant.clock.set(tenant.clock.now() + 61_000);
    expect((await ingrid<Stored>('GET', `/me/events/${event.id}`)).body.subject).toBe('Etter');
    tenant.graph.clearFaults();
  });

  test('delta gives the view, then only what changed, with what is gone', async () => {
    const henrik = tenant.as('Henrik');
    const event = await book(series([], { subject: 'Delta' }), henrik);
    const window = 'startDateTime=2026-12-01T00:00:00Z&endDateTime=2027-12-01T00:00:00Z';
    type Change = Stored & { '@removed'?: { reason: string } };
    async function round(path: string): Promise<{ changes: Change[]; link: string }> {
      const changes: Change[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const page: { status: number; body: Page<Change> } = await henrik<Page<Change>>(
          'GET',
          next,
          undefined,
          {
            prefer: 'IdType="ImmutableId", odata.maxpagesize=5',
          },
        );
        expect(page.status).toBe(200);
        expect(page.body.value.length).toBeLessThanOrEqual(5);
        changes.push(...page.body.value);
        if (page.body['@odata.deltaLink'] !== undefined)
          return { changes, link: page.body['@odata.deltaLink'] };
        next = page.body['@odata.nextLink'];
      }
      throw new Error('a round without its delta link');
    }
    const first = await round(`/me/calendarView/delta?${window}`);
    expect(first.changes.map(({ type }) => type)).toEqual(['seriesMaster', ...Array(12).fill('occurrence')]);
    expect((await round(first.link)).changes).toEqual([]);
    const list = await henrik<Page<Stored>>('GET', `/me/events/${event.id}/instances?${year}`);
    const [, second, third] = list.body.value;
    await henrik('PATCH', `/me/events/${second?.id}`, { subject: 'Delta i januar' });
    await henrik('DELETE', `/me/events/${third?.id}`);
    const later = await round(first.link);
    expect(later.changes.find(({ id }) => id === second?.id)).toMatchObject({
      type: 'exception',
      subject: 'Delta i januar',
    });
    expect(later.changes.find(({ id }) => id === third?.id)?.['@removed']).toEqual({ reason: 'deleted' });
    expect(later.changes.filter(({ type }) => type === 'occurrence')).toEqual([]);
    await henrik('DELETE', `/me/events/${event.id}`);
    const gone = await round(later.link);
    expect(gone.changes.every((change) => change['@removed'] !== undefined)).toBe(true);
    expect(gone.changes).toHaveLength(12);
    expect((await henrik('GET', '/me/calendarView/delta?$deltatoken=unknown')).status).toBe(410);
  });
});

describe('who is free', () => {
  test('getSchedule gives the view and the hours, not the subjects of others', async () => {
    const lars = tenant.as('Lars');
    const visit = (start: string, end: string, extra = {}) => ({
      subject: 'Kundebesøk',
      start: { dateTime: `2026-12-09T${start}:00`, timeZone: 'Europe/Oslo' },
      end: { dateTime: `2026-12-09T${end}:00`, timeZone: 'Europe/Oslo' },
      ...extra,
    });
    await book(visit('09:00', '10:00'), lars);
    await book(visit('11:00', '11:30', { showAs: 'tentative' }), lars);
    await book(visit('12:00', '12:30', { showAs: 'oof' }), lars);
    const ask = {
      schedules: [mail('Lars'), 'nobody@nordvik.example'],
      startTime: { dateTime: '2026-12-09T08:00:00', timeZone: 'Europe/Oslo' },
      endTime: { dateTime: '2026-12-09T13:00:00', timeZone: 'Europe/Oslo' },
      availabilityViewInterval: 30,
    };
    const { status, body } = await ingrid<Page<ScheduleInformation>>('POST', '/me/calendar/getSchedule', ask);
    expect(status).toBe(200);
    expect(body.value[0]).toMatchObject({
      availabilityView: '0022001030',
      workingHours: { startTime: '08:00:00.0000000' },
    });
    expect(body.value[0]?.scheduleItems?.[0]).toEqual({
      status: 'busy',
      start: { dateTime: '2026-12-09T08:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2026-12-09T09:00:00.0000000', timeZone: 'UTC' },
    });
    expect(body.value[1]?.error?.responseCode).toBe('ErrorMailRecipientNotFound');
    tenant.graph.setFaults({ unreadableSchedules: [mail('Lars')] });
    const unread = await ingrid<Page<ScheduleInformation>>('POST', '/me/calendar/getSchedule', ask);
    expect(unread.body.value[0]).toMatchObject({
      error: { responseCode: 'ErrorProxyRequestProcessingFailed' },
    });
    expect(unread.body.value[0]?.availabilityView).toBeUndefined();
    tenant.graph.clearFaults();
    const own = await lars<Page<ScheduleInformation>>('POST', '/me/calendar/getSchedule', ask);
    expect(own.body.value[0]?.scheduleItems?.[0]?.subject).toBe('Kundebesøk');
    const byApp = await app<Page<ScheduleInformation>>(
      'POST',
      `/users/${person('Ingrid')}/calendar/getSchedule`,
      ask,
    );
    expect(byApp.body.value[0]?.availabilityView).toBe('0022001030');
    const long = { ...ask, endTime: { dateTime: '2027-03-09T13:00:00', timeZone: 'Europe/Oslo' } };
    expect((await ingrid('POST', '/me/calendar/getSchedule', long)).status).toBe(400);
  });

  test('findMeetingTimes suggests what is free for both in both working hours, for users only', async () => {
    const ask = {
      attendees: [{ type: 'required', emailAddress: { address: mail('Bikash') } }],
      meetingDuration: 'PT45M',
      minimumAttendeePercentage: 100,
      timeConstraint: {
        timeSlots: [
          {
            start: { dateTime: '2026-12-10T00:00:00', timeZone: 'Europe/Oslo' },
            end: { dateTime: '2026-12-10T23:00:00', timeZone: 'Europe/Oslo' },
          },
        ],
      },
    };
    type Result = { meetingTimeSuggestions: { meetingTimeSlot: { start: { dateTime: string } } }[] };
    const { body } = await ingrid<Result>('POST', '/me/findMeetingTimes', ask);
    const found = body.meetingTimeSuggestions.map(({ meetingTimeSlot }) =>
      meetingTimeSlot.start.dateTime.slice(11, 16),
    );
    // Oslo's 8 to 16 is 07 to 15 in UTC, Kathmandu's 02:15 to 10:15.
    expect(found).toEqual(['07:00', '07:30', '08:00', '08:30', '09:00', '09:30']);
    expect((await app('POST', `/users/${person('Ingrid')}/findMeetingTimes`, ask)).status).toBe(403);
  });
});

test('everything is still there after a restart', async () => {
  const event = await book(series([mail('Jonas')], { subject: 'Overlever' }));
  await tenant.restart();
  const { body } = await ingrid<Stored>('GET', `/me/events/${event.id}`);
  expect(body.subject).toBe('Overlever');
  expect(
    tenant.graph.state
      .calendar(person('Jonas'), Date.parse('2026-12-01'), Date.parse('2027-01-01'))
      .some(({ subject }) => subject === 'Overlever'),
  ).toBe(true);
});
