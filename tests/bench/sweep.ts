// The daily sweep for due checkpoints among ten thousand, a hundred thousand and a million goals: a hundred are due, or none.
import type { Collection, Document } from 'mongodb';
import type { GoalDocument, PairDocument } from '../../api/src/documents.ts';
import { remindOfCheckpoints } from '../../api/src/follow-up/daily.ts';
import { scopeOfJob } from '../../api/src/scope.ts';
import { shardOf } from '../../api/src/shard.ts';
import type { TenantId } from '../../domain/ids.ts';
import { tenantId as sandboxTenant } from '../../sandbox/people.ts';
import { type BenchApp, startApp } from './app.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const sizes = [10_000, 100_000, 1_000_000] as const;
const dueGoals = 100;
const batch = 10_000;
const tenantId = sandboxTenant as TenantId;
const scope = scopeOfJob(tenantId);
const now = '2027-03-10T03:10:00Z';

type Stored = Document & { _id: string };
type Times = { due: number; none: number };

export async function rows(): Promise<BenchRow[]> {
  const bench = await startApp(now);
  try {
    const goals = bench.db.collection<Stored>('goals');
    const pairs = Array.from({ length: dueGoals }, (_, n) => pairOf(n));
    await bench.db.collection<Stored>('pairs').insertMany(pairs);
    const times: Times[] = [];
    let count = 0;
    for (const size of sizes) {
      for (; count < size; count += batch) {
        const made = Array.from({ length: batch }, (_, n) => goalOf(count + n));
        await goals.insertMany(made, { ordered: false });
      }
      times.push(await measure(bench, goals));
    }
    const [least] = times;
    if (least === undefined) throw new Error('nothing was measured');
    return sizes.flatMap((size, index): BenchRow[] => {
      const { due, none } = times[index] ?? least;
      const row = (name: string, value: number, floor: number): BenchRow => ({
        name: `sweep: ${name} of ${size.toLocaleString('en')} goals`,
        value: rounded(value),
        unit: 'ms',
        ...(index === 0
          ? {}
          : {
              floor: rounded(floor),
              ratio: rounded(value / floor),
              goal: '<= 2',
              holds: value / floor <= 2,
            }),
      });
      return [row(`${dueGoals} due`, due, least.due), row('none due', none, least.none)];
    });
  } finally {
    await bench.close();
  }
}

async function measure({ app }: BenchApp, goals: Collection<Stored>): Promise<Times> {
  const sweep = async () => {
    const started = performance.now();
    await remindOfCheckpoints(app, scope);
    return performance.now() - started;
  };
  const none: number[] = [];
  for (let run = 0; run < 200; run++) none.push(await sweep());
  const due: number[] = [];
  for (let run = 0; run < 9; run++) {
    await goals.bulkWrite(
      Array.from({ length: dueGoals }, (_, n) => {
        const { _id, ...goal } = goalOf(n);
        const reviewId = `review-${run}-${performance.now()}-${n}`;
        const replacement = { ...goal, reviewId, nextCheckpointOn: '2027-03-10' };
        return { replaceOne: { filter: { _id, shard: goal.shard }, replacement } };
      }),
    );
    due.push(await sweep());
  }
  // The first runs compile code.
  return { due: percentile(due.slice(2), 0.5), none: percentile(none.slice(50), 0.5) };
}

function pairOf(n: number): Stored {
  const seller = { id: `seller-${n}`, name: 'Selger', firstName: 'Selger', zone: 'Europe/Oslo' };
  const pair: Partial<PairDocument> | Stored = {
    _id: `pair-${n}`,
    shard: shardOf(scope, seller.id),
    tenantId,
    version: 1,
    outbox: [],
    outboxDue: 'none',
    sellerId: seller.id,
    managerId: `manager-${n % 4}`,
    seller,
    endsAt: 'open',
    rhythm: { skippedMonths: [] },
  };
  return pair as Stored;
}

/** Half of them have no checkpoint left; those of the others come later. */
function goalOf(n: number): Stored {
  const owner = `seller-${n % dueGoals}`;
  const day = String(1 + (n % 28)).padStart(2, '0');
  const later = `${2028 + (n % 5)}-${String(1 + (n % 12)).padStart(2, '0')}-${day}`;
  const goal: Partial<Record<keyof GoalDocument, unknown>> & { _id: string } = {
    _id: `goal-${String(n).padStart(7, '0')}`,
    shard: shardOf(scope, owner),
    tenantId,
    version: 1,
    outbox: [],
    outboxDue: 'none',
    pairId: `pair-${n % dueGoals}`,
    reviewId: `review-${n}`,
    text: 'Oppsummere behovet med kundens egne ord i hvert første møte',
    dueOn: later,
    checkpoints: [{ number: 1, dueOn: '2027-03-10' }],
    nextCheckpointOn: n % 2 === 0 ? 'none' : later,
  };
  return goal;
}
