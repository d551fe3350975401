// Who may call what: every route of the contract against every token that proves nobody, and against every person who
// is not meant. A route without a row here fails.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessRules, type Standing } from '../../domain/access.ts';
import { contract, type RouteName } from '../../domain/contract.ts';
import type { PairId, RecordId } from '../../domain/ids.ts';
import type { Route } from '../../domain/route.ts';
import { usualRetention } from '../../domain/trust/retention.ts';
import type { UserTokenOptions } from '../../sandbox/entra/tokens.ts';
import { bookNext, hoursOn, personCalled, reportTo } from './next-manager.ts';
import type { Problem } from './person.ts';
import { type Round, startRound } from './round.ts';
import { sealRound } from './sealed.ts';

const routes = Object.entries(contract) as [RouteName, Route][];
const proven = routes.filter(([, { access }]) => access !== 'open' && access !== 'microsoft');

let round: Round;
/** What stands for the names in a path. */
let ids: Record<string, string>;
beforeAll(async () => {
  round = await startRound();
  const sealed = await sealRound(round, 'Jonas');
  const { goals, promises } = await round.as('Jonas').ok('listGoals', { params: sealed });
  ids = {
    ...sealed,
    goalId: goals[0]?.id ?? '',
    promiseId: promises[0]?.id ?? '',
    number: '1',
    index: '0',
    slot: 'short.0',
    personId: personCalled('Jonas').id,
    requestId: await letIn(sealed.recordId),
  };
});
afterAll(() => round?.close());

/** Geir asks to read the record, and Turid approves it. */
async function letIn(recordId: string): Promise<string> {
  const requestId = randomUUID();
  await round.as('Geir').ok('askAccess', {
    body: { requestId, recordId: recordId as RecordId, reason: grounds },
  });
  await round.as('Turid').ok('decideAccess', { params: { requestId }, body: { approve: true } });
  await round.sandbox.processAll();
  return requestId;
}

const nobody = '00000000-0000-4000-8000-000000000000';
const grounds = 'Arbeidstilsynet har bedt om innsyn i saken.';
const pattern = { kind: 'weekday', week: 'second', weekday: 'tuesday' } as const;
const sbi = { situation: 'I møtet', behaviour: 'Du spurte', impact: 'Kunden svarte' };
const hash = 'a'.repeat(64);
const digest = hash;

/** Each route with a request that is well formed, and that changes nothing that another row needs. */
const rows = {
  me: {},
  health: {},
  home: {},
  listSellers: {},
  searchPeople: { query: { q: 'Berg' } },
  findSlots: {
    body: () => ({
      sellerId: '00000000-0000-4000-8000-000000000011',
      pattern,
      firstMonth: '2027-03',
      minutes: 60,
      zone: 'Europe/Oslo',
    }),
  },
  book: {
    // The person themself: refused for everybody, after the token and the words have been accepted.
    body: () => ({
      bookingId: randomUUID(),
      sellerId: '00000000-0000-4000-8000-000000000099',
      pattern,
      time: '10:00',
      zone: 'Europe/Oslo',
      minutes: 60,
      firstMonth: '2027-03',
    }),
  },
  findAppointment: { query: { chatId: 'none' } },
  graphNotifications: {},
  getPair: {},
  listReviews: {},
  getReview: {},
  savePreparation: { body: () => ({ rev: 0, answers: {}, ratings: {} }) },
  setReady: { body: () => ({ ready: true }) },
  startReview: {},
  joinLive: {},
  readLive: {},
  writeLive: { body: () => ({ clientId: 1, updateId: randomUUID(), update: 'AAA=' }) },
  showPresence: { body: () => ({ field: 'summary' }) },
  confirmGoal: { body: () => ({ hash, confirmed: true, confidence: 5 }) },
  readConfirmations: {},
  readNotes: {},
  saveNotes: { body: () => ({ rev: 99, text: 'notat' }) },
  readReflection: {},
  saveReflection: { body: () => ({ rev: 99, answers: {} }) },
  readNote: {},
  sendNote: { body: () => ({ text: 'Takk for samtalen' }) },
  teamPulse: {},
  coverage: {},
  growth: {},
  previewRecord: {},
  signRecord: { body: () => ({ digest, seq: 1 }) },
  withdrawSignature: {},
  listRecords: {},
  readRecord: {},
  verifyRecord: {},
  recordPdf: {},
  recordJson: {},
  addAddendum: { body: () => ({ addendumId: randomUUID(), text: 'Et tillegg' }) },
  listGoals: {},
  answerCheckpoint: { body: () => ({ done: '', learned: '', state: 'on_track', needHelp: '' }) },
  // No answer stands yet: to whoever may reply it says so without changing anything.
  replyToCheckpoint: { body: () => ({ text: 'Vi tar det i morgen' }), allowed: [404] },
  tickAction: { body: () => ({ done: true }) },
  proposeGoalChange: { body: () => ({ edition: 9, reason: 'Andre mål', change: { kind: 'end' } }) },
  answerGoalChange: { body: () => ({ answer: 'accept', confidence: 8 }) },
  sendToDo: {},
  readToDo: {},
  keepPromise: { body: () => ({ done: true }) },
  addMoment: { body: () => ({ id: randomUUID(), ...sbi }) },
  listMoments: {},
  readNoticeChoices: {},
  saveNoticeChoices: { body: () => ({ off: [] }) },
  readLog: {},
  confirmPair: {},
  moveReview: { body: () => ({ date: '2027-01-07', time: '10:00' }) },
  skipReview: { body: () => ({ reason: 'agreed' }) },
  resumeBooking: {},
  undoBooking: {},
  rescheduleSeries: { body: () => ({ pattern, time: '10:00', zone: 'Europe/Oslo', minutes: 60 }) },
  renewSeries: {},
  findOtherTimes: {},
  addExtraReview: { body: () => ({ date: '2026-01-07', time: '10:00', minutes: 30 }) },
  continueReview: { body: () => ({ date: '2026-01-07', time: '10:00', minutes: 30 }) },
  addAbsence: { body: () => ({ id: randomUUID(), side: 'seller', from: '2026-01-05', to: '2026-01-09' }) },
  removeAbsence: {},
  setOwnBlocks: { body: () => ({ wanted: false }) },
  stopSeries: {},
  stopTakeover: {},
  // Nobody has taken over from anybody yet: there is no handover.
  readHandover: { allowed: [404] },
  saveHandover: { body: () => ({ rev: 0, text: '', shared: false }), allowed: [404] },
  heldReviews: {},
  // A record that is not there.
  askAccess: { body: () => ({ requestId: randomUUID(), recordId: nobody, reason: grounds }), allowed: [404] },
  listAccess: {},
  decideAccess: { body: () => ({ approve: false }), allowed: [404] },
  readByAccess: {},
  readSettings: {},
  // A version that never stood: refused as stale.
  saveSettings: { body: () => ({ version: 99, retention: usualRetention }) },
  listTemplates: {},
  readCounts: {},
  readSetup: {},
  auditFile: {},
} satisfies Record<RouteName, Row>;
type Row = { query?: object; body?: () => object; allowed?: number[] };

/** How Jonas' surroundings stand to him; the table says whom each rule lets in. */
const standings = {
  Amina: 'otherSeller',
  Henrik: 'otherManager',
  Ida: 'otherSeller',
  Turid: 'admin',
  Geir: 'breakGlass',
  Ingrid: 'manager',
  Jonas: 'seller',
} as const satisfies Record<string, Standing>;

/** Whoever is let in to one record is an administrator in everything else. */
function lets({ access }: Route, standing: Standing | undefined): boolean {
  if (standing === 'breakGlass' && access === 'admin') return true;
  const { lets: whom }: { lets: 'everyone' | readonly Standing[] } = accessRules[access];
  return whom === 'everyone' || (standing !== undefined && whom.includes(standing));
}

const everyone = ['Amina', 'Henrik', 'Ida', 'Kari', 'Turid', 'Geir', 'Ingrid', 'Jonas'] as const;

async function call(name: RouteName, authorization: string | undefined): Promise<[number, string, string]> {
  const { method, path } = contract[name] as Route;
  const { query, body }: Row = rows[name];
  const url = new URL(
    `${round.sandbox.api}/${path.replace(/\{(\w+)\}/g, (_, key: string) => ids[key] ?? randomUUID())}`,
  );
  for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, String(value));
  const headers: Record<string, string> = {};
  if (authorization !== undefined) headers.authorization = authorization;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body()) } : {}) });
  return [answer.status, answer.headers.get('content-type') ?? '', await answer.text()];
}

test('every route has a row', () => {
  expect(Object.keys(rows).sort()).toEqual(routes.map(([name]) => name).sort());
});

describe('a token that proves nobody', () => {
  const flaws = [
    'expired',
    'not-yet-valid',
    'wrong-audience',
    'wrong-signature',
    'alg-none',
    'no-scope',
    'app-only',
    'guest',
    'other-tenant',
    'v1',
  ] as const satisfies UserTokenOptions['flaw'][];
  const bearers: [string, () => Promise<string | undefined>][] = [
    ['no token', async () => undefined],
    ['not a token', async () => 'Bearer abc'],
    ['another scheme', async () => `Basic ${await round.sandbox.token('Jonas')}`],
    ...flaws.map((flaw): [string, () => Promise<string>] => [
      flaw,
      async () => `Bearer ${await round.sandbox.token('Jonas', 'teams-web', { flaw })}`,
    ]),
    ['a foreign client', async () => `Bearer ${await round.sandbox.token('Jonas', 'foreign-client')}`],
    ['a guest of the tenant', async () => `Bearer ${await round.sandbox.token('Gjest')}`],
  ];

  test.each(bearers)('%s is refused everywhere', async (_flaw, bearer) => {
    const authorization = await bearer();
    for (const [name] of proven) {
      const [status, type, text] = await call(name, authorization);
      expect([status, type], `${name}: ${text}`).toEqual([401, 'application/problem+json']);
      expect((JSON.parse(text) as Problem).code).toBe('not_signed_in');
    }
  });
});

describe('each rule lets in whom it names, and tells the others nothing', () => {
  test.each(proven)('%s', async (name, route) => {
    const { access } = route;
    const { allowed = [] }: Row = rows[name];
    for (const person of everyone) {
      const [status, type, text] = await call(name, `Bearer ${await round.sandbox.token(person)}`);
      const told = `${person} calls ${name}: ${status} ${text}`;
      const standing = person === 'Kari' ? undefined : standings[person];
      if (lets(route, standing)) {
        const code = status < 400 ? '' : (JSON.parse(text) as Problem).code;
        expect(status, told).toBeLessThan(500);
        if (access === 'member' || access === 'sellerThemself') expect(code, told).not.toBe('not_signed_in');
        else if (!allowed.includes(status)) expect(['not_found', 'not_allowed'], told).not.toContain(code);
        continue;
      }
      expect(type, told).toBe('application/problem+json');
      // The other side of the pair knows that there is something; nobody else learns even that.
      const other = person === 'Ingrid' || person === 'Jonas';
      expect(other ? [403, 404] : [404], told).toContain(status);
      expect(Object.keys(JSON.parse(text) as Problem).sort(), told).toEqual([
        'code',
        'status',
        'title',
        'type',
      ]);
    }
  });
});

test('what a rule gives to everybody is their own', async () => {
  for (const name of ['Amina', 'Henrik', 'Kari', 'Turid']) {
    const outsider = round.as(name);
    expect((await outsider.ok('listRecords', {})).records).toEqual([]);
    expect((await outsider.ok('readLog', {})).reads).toEqual([]);
    const home = await outsider.ok('home', {});
    expect(home.asSeller).toBeUndefined();
    expect(home.team).toEqual([]);
    expect(outsider.heard.join()).not.toContain(ids.pairId);
  }
});

test('Microsoft alone knows the word that proves a notification; without it nothing is asked of Graph', async () => {
  round.sandbox.graphServer.clearExchanges();
  const response = await fetch(`${round.sandbox.api}/graph/notifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      value: [
        {
          subscriptionId: randomUUID(),
          clientState: 'guess',
          resourceData: { id: 'x' },
          changeType: 'updated',
        },
      ],
    }),
  });
  expect(response.status).toBeLessThan(500);
  await round.sandbox.processAll();
  expect(round.sandbox.graphServer.exchanges()).toEqual([]);
});

/** After a change of manager: what the table says of the former and the next one, on every route of the former pair. */
describe('a change of manager', () => {
  let next: string;
  beforeAll(async () => {
    // Another process knows nothing of what the directory said before.
    await round.sandbox.kill();
    next = await bookNext(round, round.as('Henrik'), 'Jonas', '2027-02');
    await round.as('Jonas').ok('confirmPair', { params: { pairId: next as PairId } });
    await hoursOn(round, 49);
  });
  afterAll(() => reportTo('Jonas', 'Ingrid'));

  // Own words stay with their author; what everybody has, a former manager has too.
  const cases: [Standing, string][] = [
    ['formerManager', 'Ingrid'],
    ['nextManager', 'Henrik'],
    ['formerManagerLater', 'Ingrid'],
  ];
  test.each(cases)('%s', async (standing, person) => {
    if (standing === 'formerManagerLater') await hoursOn(round, 24 * 31);
    for (const [name, route] of proven) {
      // Goals have moved to the pair that goes on, and are asked about there.
      if (standing === 'nextManager' && route.path.startsWith('goals/')) continue;
      const [status, , text] = await call(name, `Bearer ${await round.sandbox.token(person)}`);
      const told = `${person} as ${standing} calls ${name}: ${status} ${text}`;
      const { allowed = [] }: Row = rows[name];
      if (!lets(route, standing)) expect([403, 404], told).toContain(status);
      else if (accessRules[route.access].lets !== 'everyone' && !allowed.includes(status)) {
        expect([403, 404], told).not.toContain(status);
      }
      expect(status, told).toBeLessThan(500);
    }
  });

  test('the goals of the seller are the next manager’s to follow, and no longer the former one’s', async () => {
    const token = async (person: string) => `Bearer ${await round.sandbox.token(person)}`;
    expect((await call('tickAction', await token('Henrik')))[0]).toBe(200);
    expect((await call('tickAction', await token('Ingrid')))[0]).toBe(404);
  });
});
