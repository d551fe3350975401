// A manager's overview of twenty-five sellers with five years behind each of them, among other teams.
import type { Document } from 'mongodb';
import { home } from '../../api/src/follow-up/home.ts';
import { keepAgreed } from '../../api/src/follow-up/keep-agreed.ts';
import type { Caller } from '../../api/src/http/token.ts';
import { newId } from '../../api/src/new-id.ts';
import { scopeOfToken } from '../../api/src/scope.ts';
import { shardOf } from '../../api/src/shard.ts';
import type { PairId, PersonId, TenantId } from '../../domain/ids.ts';
import type { MonthText } from '../../domain/time.ts';
import { tenantId as sandboxTenant } from '../../sandbox/people.ts';
import { type BenchApp, startApp } from './app.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const sellers = 25;
const teams = 20;
const months = 60;
const calls = 300;
const tenantId = sandboxTenant as TenantId;
const now = '2027-03-10T08:00:00Z';

type Stored = Document & { _id: string };

export async function rows(): Promise<BenchRow[]> {
  const bench = await startApp(now);
  try {
    await fill(bench);
    const { app, db } = bench;
    const personId = personOf('manager', 0) as PersonId;
    const scope = scopeOfToken(tenantId, personId);
    const caller: Caller = {
      scope,
      tenantId,
      personId,
      name: 'Ingrid Solberg',
      mail: '',
      isAdmin: false,
      assertion: '',
    };
    const asked = bench.listen();
    const { team } = await home(app, caller);
    const queries = asked.length;
    if (
      team.length !== sellers ||
      team.some(({ openGoals, next }) => openGoals === 0 || next === undefined)
    ) {
      throw new Error('the overview is not what was put in');
    }
    // The same documents, asked for by the bare driver.
    const ids = team.map(({ pair }) => pair.id);
    const bare = () =>
      Promise.all([
        db.collection('pairs').find({ tenantId, managerId: personId, endsAt: 'open' }).toArray(),
        db
          .collection('pairs')
          .find({ shard: shardOf(scope, personId), sellerId: personId })
          .toArray(),
        db
          .collection('reviews')
          .find({ pairId: { $in: ids }, month: { $gte: '2026-11' }, tenantId })
          .batchSize(2000)
          .toArray(),
      ]);
    const measure = async (work: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let call = 0; call < calls + 50; call++) {
        const started = performance.now();
        await work();
        times.push(performance.now() - started);
      }
      return times.slice(50);
    };
    const floor = await measure(bare);
    const ours = await measure(() => home(app, caller));
    const row = (name: string, share: number): BenchRow => {
      const [value, least] = [percentile(ours, share), percentile(floor, share)];
      return {
        name: `overview: ${sellers} sellers with ${months} months each, ${name}`,
        value: rounded(value),
        unit: 'ms',
        floor: rounded(least),
        ratio: rounded(value / least),
      };
    };
    return [
      {
        name: `overview: database queries for ${sellers} sellers with ${months} months each`,
        value: queries,
        unit: 'queries',
        goal: '<= 3',
        holds: queries <= 3,
      },
      row('p50', 0.5),
      row('p95', 0.95),
    ];
  } finally {
    await bench.close();
  }
}

const hex = (n: number) => n.toString(16).padStart(12, '0');
const personOf = (role: 'manager' | 'seller', n: number) =>
  `00000000-0000-4000-${role === 'manager' ? '8000' : '8001'}-${hex(n)}`;
const pairIdOf = (n: number) => `00000000-0000-4000-8002-${hex(n)}` as PairId;

async function fill({ app, db }: BenchApp): Promise<void> {
  const scope = scopeOfToken(tenantId, personOf('manager', 0) as PersonId);
  for (let team = 0; team < teams; team++) {
    const numbers = Array.from({ length: sellers }, (_, n) => team * sellers + n);
    const insert = (name: string, documents: Stored[]) =>
      db.collection<Stored>(name).insertMany(documents, { ordered: false });
    await insert(
      'pairs',
      numbers.map((n) => pairOf(n, team)),
    );
    await insert(
      'reviews',
      numbers.flatMap((n) => monthsOf().map((month, age) => reviewOf(n, team, month, age))),
    );
    await insert(
      'goals',
      numbers.flatMap((n) => monthsOf().map((month, age) => goalOf(n, team, month, age))),
    );
    await insert(
      'promises',
      numbers.flatMap((n) => monthsOf().map((month, age) => promiseOf(n, team, month, age))),
    );
  }
  for (let n = 0; n < sellers; n++) await keepAgreed(app, scope, pairIdOf(n));
}

/** Newest first: April 2027 is to come, the rest lies behind. */
function monthsOf(): MonthText[] {
  return Array.from({ length: months }, (_, age) => {
    const index = 2027 * 12 + 3 - age;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}` as MonthText;
  });
}

function stored(id: string, n: number, team: number, owner: string): Stored {
  return {
    _id: id,
    shard: `${tenantId}/${owner}`,
    tenantId,
    version: 1,
    outbox: [],
    outboxDue: 'none',
    sellerId: personOf('seller', n),
    managerId: personOf('manager', team),
  };
}

function pairOf(n: number, team: number): Stored {
  const person = (role: 'manager' | 'seller', number: number) => ({
    id: personOf(role, number),
    name: `${role} ${number}`,
    firstName: role,
    mail: `${role}${number}@nordvik.example`,
    language: 'nb',
    zone: 'Europe/Oslo',
  });
  return {
    ...stored(pairIdOf(n), n, team, personOf('seller', n)),
    seller: person('seller', n),
    manager: person('manager', team),
    startsAt: '2022-05-01T08:00:00Z',
    endsAt: 'open',
    confirmedAt: '2022-05-01T08:00:00Z',
    rhythm: { lastHeldOn: '2027-03-03', skippedMonths: [] },
  };
}

function reviewOf(n: number, team: number, month: MonthText, age: number): Stored {
  const part = { answers: {}, ratings: {}, evidence: [], rev: 0 };
  const date = `${month}-07`;
  return {
    ...stored(newId.review(pairIdOf(n), month, 1), n, team, pairIdOf(n)),
    pairId: pairIdOf(n),
    month,
    ordinal: 1,
    first: age === months - 1,
    length: 'standard45',
    occurrence: {
      date,
      time: '10:00',
      zone: 'Europe/Oslo',
      minutes: 45,
      start: `${date}T08:00:00Z`,
      end: `${date}T08:45:00Z`,
    },
    state: age === 0 ? 'planned' : 'sealed',
    ratedStages: [],
    preparation: { manager: part, seller: part },
    confirmations: {},
    clients: [],
  };
}

/** What was agreed in the last two months is open; the rest was done. */
function goalOf(n: number, team: number, month: MonthText, age: number): Stored {
  const answer = { done: 'Ja', learned: 'Mye', needHelp: '', at: `${month}-14T08:00:00Z` };
  const last = age > 2 ? { ...answer, state: 'done' } : undefined;
  return {
    ...stored(`goal-${n}-${month}`, n, team, personOf('seller', n)),
    pairId: pairIdOf(n),
    text: 'Oppsummere behovet med kundens egne ord i hvert første møte',
    dueOn: `${month}-28`,
    checkpoints: [
      { number: 1, dueOn: `${month}-14`, answer: { ...answer, state: 'on_track' } },
      { number: 2, dueOn: `${month}-21`, ...(last === undefined ? {} : { answer: last }) },
    ],
    nextCheckpointOn: last === undefined ? `${month}-21` : 'none',
  };
}

function promiseOf(n: number, team: number, month: MonthText, age: number): Stored {
  return {
    ...stored(`promise-${n}-${month}`, n, team, personOf('seller', n)),
    pairId: pairIdOf(n),
    text: 'Bli med i to kundemøter',
    dueOn: `${month}-20`,
    ...(age > 1 ? { keptAt: `${month}-19T08:00:00Z` } : {}),
  };
}
