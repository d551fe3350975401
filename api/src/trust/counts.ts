// How the reviews go in the company, as numbers: nobody's name and nobody's words.
import type { RouteAnswer } from '@medspill/domain/contract';
import type { PairId } from '@medspill/domain/ids';
import { dateIn, type MonthText } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';

const monthsBack = 12;
const page = 500;

export async function readCounts(app: App, scope: Scope): Promise<RouteAnswer<'readCounts'>> {
  const open: PairDocument[] = [];
  for (let after: PairId | undefined; ; ) {
    const found = await app.store.pairs.open(scope, after, page);
    open.push(...found);
    after = found.at(-1)?._id;
    if (found.length < page) break;
  }
  const thisMonth = Temporal.PlainDate.from(dateIn(app.clock.now(), 'Europe/Oslo')).toPlainYearMonth();
  const months = await Promise.all(
    Array.from({ length: monthsBack }, async (_, back) => {
      const month = thisMonth.subtract({ months: back }).toString() as MonthText;
      const records = await app.store.records.ofMonth(scope, month);
      const count = (state: (typeof records)[number]['state']) =>
        records.filter((record) => record.state === state).length;
      return {
        month,
        signed: count('sealed'),
        closedUnsigned: count('closed_unsigned'),
        awaitingSecond: count('awaiting_second'),
      };
    }),
  );
  const confirmed = open.filter(({ confirmedAt }) => confirmedAt !== undefined).length;
  return { pairs: { open: open.length, confirmed }, months };
}
