// A year of reminders while the database throttles, Graph refuses and processes die: none comes twice, none is lost, and
// none comes when it may not. PAIRS=50 DAYS=365 before a release; a small office for some weeks in every run. SEED=n
// repeats one. A process that dies between marking a notice as sent and sending it loses that notice, since twice would be
// worse (outbox/jobs.ts): the one moment at which nobody dies here.

import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPaper } from '../../api/src/adapters/documents/paper.ts';
import { createKeys } from '../../api/src/adapters/keys/key-vault.ts';
import { connect } from '../../api/src/adapters/mongo/connection.ts';
import { createStore } from '../../api/src/adapters/mongo/store.ts';
import { createRealtime } from '../../api/src/adapters/realtime/web-pubsub.ts';
import type { App } from '../../api/src/app.ts';
import { remindToPrepare } from '../../api/src/book/daily.ts';
import type { GoalDocument, NoticeDocument, PairDocument, ReviewDocument } from '../../api/src/documents.ts';
import { followUpDaily } from '../../api/src/follow-up/daily.ts';
import { isReminder } from '../../api/src/follow-up/reminders.ts';
import { newId } from '../../api/src/new-id.ts';
import { type NoticeMessage, sendNotice, sweep } from '../../api/src/outbox/jobs.ts';
import type { Store } from '../../api/src/ports.ts';
import { scopeOfJob } from '../../api/src/scope.ts';
import { shardOf } from '../../api/src/shard.ts';
import { planCheckpoints } from '../../domain/follow-up/checkpoints.ts';
import { isPublicHoliday } from '../../domain/holidays.ts';
import { personIdSchema, type TenantId } from '../../domain/ids.ts';
import type { Person as Reader } from '../../domain/people.ts';
import { type DateText, type InstantText, type MonthText, toInstantText } from '../../domain/time.ts';
import { type Person, people, tenantId as sandboxTenant } from '../../sandbox/people.ts';
import { newPair, type Rig, startRig } from '../contracts/graph-rig.ts';
import { type Rig as Database, startRig as startDatabase } from '../cosmos/rig.ts';
import { printedSeeds, type Random, randomOf } from '../live/random.ts';

const isWhole = process.env.DAYS !== undefined;
const pairCount = Number(process.env.PAIRS ?? 7);
const days = Number(process.env.DAYS ?? 8);
/** Easter, or the beginning of a year. */
const firstDay = isWhole ? '2027-01-04' : '2027-03-24';
/** So much later all that has been agreed is over. */
const daysAfter = isWhole ? 45 : 34;
const deathRate = isWhole ? 0.002 : 0.006;
const ticks = isWhole
  ? ['03:20', '07:05', '08:05', '08:20', '09:05', '10:30', '13:05', '18:00']
  : ['03:20', '07:05', '08:20'];
const tenantId = sandboxTenant as TenantId;
const scope = scopeOfJob(tenantId);

/** Whatever a dead process does after its death. */
class Killed extends Error {}

function personOf(index: number, isManager: boolean): Person {
  const zones = ['Europe/Oslo', 'Europe/Oslo', 'Europe/London', 'Europe/Oslo', 'Asia/Kathmandu'];
  const name = isManager ? 'Leder' : 'Selger';
  return {
    id: `00000000-0000-4000-8000-0000000${isManager ? '8' : '9'}${String(index).padStart(4, '0')}`,
    displayName: `${name} Nummer${index}`,
    givenName: name,
    surname: `Nummer${index}`,
    mail: `${name.toLowerCase()}${index}@nordvik.example`,
    jobTitle: name,
    timeZone: isManager ? 'Europe/Oslo' : (zones[index % zones.length] ?? 'Europe/Oslo'),
    language: 'nb-NO',
    hasTeamsLicence: true,
  };
}

/** The first has a team that is large enough for a weekly digest; the others have three each. */
const managerOf = (pair: number) => (pair < 6 ? 0 : 1 + Math.floor((pair - 6) / 3));
const sellers = Array.from({ length: pairCount }, (_, index) => personOf(index, false));
const managers = Array.from({ length: managerOf(pairCount - 1) + 1 }, (_, index) => personOf(index, true));
const everybody = [...sellers, ...managers];

function readerOf({ id, displayName, givenName, mail, timeZone }: Person): Reader {
  return {
    id: personIdSchema.parse(id),
    name: displayName,
    firstName: givenName,
    mail,
    language: 'nb',
    zone: timeZone,
  };
}

let graph: Rig;
let database: Database;
let store: Store;
let closeConnection: () => Promise<void>;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${firstDay}T00:00:00Z`) });
  graph = await startRig(`${firstDay}T00:00:00Z`, {
    people: [...people, ...everybody],
    validated: false,
    timeoutMs: 20_000,
  });
  database = await startDatabase();
  const connection = await connect(database.server.uri, 'reminders');
  closeConnection = () => connection.close();
  store = await createStore(async () => connection);
  await store.bootstrap();
});
afterAll(async () => {
  vi.useRealTimers();
  await closeConnection?.();
  await database?.close();
  await graph?.close();
});

/** One process over the store; after its death nothing that it does has any effect. */
function startProcess(random: Random): App {
  let isDead = false;
  const alive = () => {
    if (isDead) throw new Killed();
  };
  const mortal = <T extends object>(part: T, mayDie: boolean): T =>
    new Proxy(part, {
      get(target, key) {
        const found: unknown = Reflect.get(target, key);
        if (typeof found === 'object' && found !== null) return mortal(found, mayDie);
        if (typeof found !== 'function') return found;
        return async (...given: unknown[]) => {
          alive();
          const luck = mayDie && random.chance(deathRate) ? random.number(2) : undefined;
          if (luck === 0) {
            isDead = true;
            throw new Killed();
          }
          const result: unknown = await Reflect.apply(found, target, given);
          if (luck === 1 && given[3] !== 'sent') {
            isDead = true;
            throw new Killed();
          }
          return result;
        };
      },
    });
  const { config } = graph;
  const noToken = () => Promise.reject(new Error('nobody is asked here'));
  return {
    config,
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(graph.clock.now()) },
    newId,
    store: mortal(store, true),
    directory: graph.directory,
    calendar: mortal(graph.calendar, false),
    notifier: mortal(graph.notifier, false),
    realtime: createRealtime(config, noToken),
    keys: createKeys(config, noToken),
    paper: createPaper(),
    permissions: { granted: async () => [] },
    toDo: graph.toDo,
    log: () => {},
  };
}

/** Here all is one process, and msal-node asks the machine how old a token is. */
function standAt(instant: string): void {
  vi.setSystemTime(Date.parse(instant));
  graph.clock.set(Date.parse(instant));
}

type World = {
  pairs: PairDocument[];
  goals: GoalDocument[];
  off: Map<string, string>;
  away: Map<string, [string, string]>;
};

const stored = (owner: string) => ({
  shard: shardOf(scope, owner),
  tenantId,
  version: 1,
  outbox: [],
  outboxDue: 'none' as const,
});

async function found(random: Random): Promise<World> {
  const world: World = { pairs: [], goals: [], off: new Map(), away: new Map() };
  for (const [index, seller] of sellers.entries()) {
    const manager = managers[managerOf(index)];
    if (manager === undefined) throw new Error('a team without a manager');
    const pair: PairDocument = {
      ...newPair(readerOf(manager), readerOf(seller), { state: 'booked' }),
      confirmedAt: `${firstDay}T00:00:00Z` as InstantText,
      rhythm: { lastHeldOn: '2027-01-06' as DateText, skippedMonths: [] },
    };
    if (random.chance(0.2)) {
      const from = Temporal.PlainDate.from(firstDay).add({ days: random.number(days) });
      const away = [from.toString(), from.add({ days: 4 }).toString()] as [string, string];
      world.away.set(seller.id, away);
      pair.absences = [
        { id: crypto.randomUUID(), side: 'seller', from: away[0] as DateText, to: away[1] as DateText },
      ];
    }
    if (!(await store.pairs.insert(scope, pair))) throw new Error('the pair stands already');
    world.pairs.push(pair);
  }
  for (const person of everybody) {
    if (!random.chance(0.15)) continue;
    const kind = random.pick(['checkpoint_due', 'promise_due', 'cadence_late', 'prep_reminder'] as const);
    world.off.set(person.id, kind);
    const authorId = personIdSchema.parse(person.id);
    const choices = { authorId, kind: 'notice_choices' as const, rev: 1, off: [kind] };
    await store.private.insert(scope, { _id: `choices/${person.id}`, ...stored(person.id), ...choices });
  }
  return world;
}

/** What people do on a day: reviews stand in the calendar, are held or not, and leave goals and promises. */
async function live(world: World, date: DateText, random: Random): Promise<ReviewDocument[]> {
  const day = Temporal.PlainDate.from(date);
  const planned: ReviewDocument[] = [];
  for (const [index, pair] of world.pairs.entries()) {
    // Spread over the month, so that something is due on most days.
    if (day.day !== 1 + ((index * 7) % 28)) continue;
    const on = day.add({ days: 5 }).toString() as DateText;
    const month = on.slice(0, 7) as MonthText;
    const start = Temporal.PlainDateTime.from(`${on}T10:00`).toZonedDateTime('Europe/Oslo').toInstant();
    const id = newId.review(pair._id, month, 1);
    const part = { answers: {}, ratings: {}, evidence: [], rev: 0 };
    const review = {
      _id: id,
      ...stored(pair._id),
      pairId: pair._id,
      sellerId: pair.sellerId,
      managerId: pair.managerId,
      month,
      ordinal: 1,
      first: false,
      length: 'standard45',
      occurrence: {
        date: on,
        time: '10:00',
        zone: 'Europe/Oslo',
        minutes: 45,
        start: toInstantText(start),
        end: toInstantText(start.add({ minutes: 45 })),
      },
      state: 'planned',
      ratedStages: [],
      preparation: { manager: part, seller: part },
      confirmations: {},
      clients: [],
      salt: 'salt',
      recordId: newId.record(id),
    } as unknown as ReviewDocument;
    await store.reviews.insert(scope, review);
    planned.push(review);
    if (random.chance(0.25)) continue;
    await agree(world, pair, id, on);
  }
  return planned;
}

async function agree(
  world: World,
  pair: PairDocument,
  reviewId: ReviewDocument['_id'],
  on: DateText,
): Promise<void> {
  const dueOn = Temporal.PlainDate.from(on).add({ days: 30 }).toString() as DateText;
  const checkpoints = planCheckpoints(on, dueOn, isPublicHoliday);
  const goal = {
    _id: newId.goal(reviewId, 'short.0'),
    ...stored(pair.sellerId),
    pairId: pair._id,
    reviewId,
    sellerId: pair.sellerId,
    managerId: pair.managerId,
    slot: 'short.0',
    dueOn,
    checkpoints: checkpoints.map((one) => ({ ...one, state: 'coming' })),
    actions: [],
    earlier: [],
    nextCheckpointOn: checkpoints[0]?.dueOn ?? 'none',
  } as unknown as GoalDocument;
  await store.goals.insert(scope, goal);
  world.goals.push(goal);
  await store.promises.insert(scope, {
    _id: newId.promise(reviewId, '0'),
    ...stored(pair.sellerId),
    pairId: pair._id,
    reviewId,
    sellerId: pair.sellerId,
    managerId: pair.managerId,
    text: 'Bli med i to kundemøter',
    dueOn: Temporal.PlainDate.from(on).add({ days: 14 }).toString() as DateText,
  });
}

const faults = (seed: number) => ({
  seed,
  rules: [
    { match: 'sendActivityNotification', kind: '429' as const, probability: 0.1, retryAfterSeconds: 0 },
    { match: 'getSchedule', kind: '429' as const, probability: 0.05, retryAfterSeconds: 0 },
  ],
});

test.each(printedSeeds('reminders', 1))('seed %i', { timeout: 3_600_000 }, async (seed) => {
  const random = randomOf(seed);
  const world = await found(random);
  graph.graphServer.setFaults(faults(seed));
  await database.server.setFaults({ throttle: { probability: 0.01, seed, retryAfterMs: 1 } });
  let app = startProcess(random);
  let deaths = 0;
  const queue: NoticeMessage[] = [];
  const reviews: ReviewDocument[] = [];

  /** Runs it as Functions does: whoever dies is started anew, and what it had not handed on is gone. */
  async function survive(work: (app: App) => Promise<void>): Promise<boolean> {
    try {
      await work(app);
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      deaths++;
      app = startProcess(random);
      return false;
    }
  }

  async function tick(at: string): Promise<void> {
    standAt(at);
    await survive(async (alive) => {
      const claimed = await sweep(alive);
      // Claimed, and dead before a word of it is on the queue.
      if (random.chance(0.1)) throw new Killed();
      queue.push(...claimed);
    });
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      const sent = message;
      // A message comes again until its function has ended well, and now and then once more.
      if (!(await survive((alive) => sendNotice(alive, sent)))) queue.push(sent);
      else if (random.chance(0.05)) await survive((alive) => sendNotice(alive, sent));
    }
  }

  const last = Temporal.PlainDate.from(firstDay).add({ days });
  // Nothing new is agreed in the last weeks, and what is waiting then may come.
  for (
    let day = Temporal.PlainDate.from(firstDay);
    Temporal.PlainDate.compare(day, last.add({ days: daysAfter })) < 0;
  ) {
    const date = day.toString() as DateText;
    standAt(`${date}T03:10:00Z`);
    if (Temporal.PlainDate.compare(day, last) < 0) reviews.push(...(await live(world, date, random)));
    await survive(async (alive) => {
      for (const review of reviews.filter(({ occurrence }) => occurrence.date >= date)) {
        const pair = world.pairs.find(({ _id }) => _id === review.pairId);
        if (pair !== undefined) await remindToPrepare(alive, scope, pair, review);
      }
      await followUpDaily(alive, scope);
    });
    for (const time of ticks) await tick(`${date}T${time}:00Z`);
    graph.graphServer.clearExchanges();
    day = day.add({ days: 1 });
  }

  await database.server.clearFaults();
  const what = `seed ${seed}`;
  const notices = await allNotices();
  const feeds = new Map(everybody.map(({ id }) => [id, graph.graphServer.state.activityFeed(id)]));
  const told = [...feeds.values()].flat();
  console.info(`${notices.length} reminders laid out, ${told.length} told, ${deaths} deaths`);
  expect(deaths).toBeGreaterThan(0);
  expect(told.length).toBeGreaterThan(10);

  // None doubled, none lost: what was sent stands in the feed as often, and nothing has been forgotten on the way.
  for (const person of everybody) {
    const sent = notices.filter(({ notice, state }) => notice.to === person.id && state === 'sent');
    const kinds = (list: string[]) => list.sort();
    const inFeed = kinds((feeds.get(person.id) ?? []).map(({ activityType }) => activityType));
    const camel = (kind: string) => kind.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(inFeed, `${what} ${person.displayName}`).toEqual(
      kinds(sent.map(({ notice }) => camel(notice.kind))),
    );
  }
  expect(
    notices.filter(({ state }) => state === 'queued').map(({ _id }) => _id),
    what,
  ).toEqual([]);
  const known = new Map(notices.map((one) => [one._id, one.state]));
  for (const { reviewId, sellerId, checkpoints } of world.goals) {
    for (const { dueOn } of checkpoints) {
      const wanted = world.off.get(sellerId) === 'checkpoint_due' ? 'dropped' : 'sent';
      expect(known.get(`checkpoint_due/${reviewId}/${dueOn}`), `${what} ${dueOn}`).toBe(wanted);
    }
  }

  // None outside the rules.
  for (const person of everybody) {
    const perDay = new Map<string, number>();
    for (const { at, activityType } of feeds.get(person.id) ?? []) {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(person.timeZone);
      const date = local.toPlainDate().toString();
      const about = `${what} ${person.displayName} ${activityType} ${local.toString()}`;
      expect(local.dayOfWeek, about).toBeLessThan(6);
      expect(norwegianHolidays, about).not.toContain(date);
      expect(local.hour, about).toBeGreaterThanOrEqual(8);
      expect(local.hour, about).toBeLessThan(17);
      const [from, to] = world.away.get(person.id) ?? ['9999', '0000'];
      expect(from <= date && date <= to, about).toBe(false);
      perDay.set(date, (perDay.get(date) ?? 0) + 1);
      expect(activityType, about).not.toBe(camelOf(world.off.get(person.id) ?? ''));
      const during = reviews.some(
        ({ sellerId, managerId, occurrence: { start, end } }) =>
          (sellerId === person.id || managerId === person.id) &&
          Date.parse(start) <= at &&
          at < Date.parse(end),
      );
      expect(during, about).toBe(false);
    }
    for (const [date, count] of perDay) expect(count, `${what} ${person.displayName} ${date}`).toBe(1);
  }
});

function camelOf(kind: string): string {
  return kind.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Written down from a calendar, not computed as ours are. */
const norwegianHolidays = [
  ...['2027-01-01', '2027-03-25', '2027-03-26', '2027-03-28', '2027-03-29', '2027-05-01', '2027-05-06'],
  ...['2027-05-16', '2027-05-17', '2027-12-25', '2027-12-26', '2028-01-01'],
];

async function allNotices(): Promise<NoticeDocument[]> {
  const connection = await connect(database.server.uri, 'reminders');
  try {
    const all = await connection.collection<NoticeDocument>('notices').find({}).toArray();
    return all.filter(({ _id, notice }) => !_id.startsWith('reminder_day/') && isReminder(notice));
  } finally {
    await connection.close();
  }
}
