import type { RouteAnswer } from '@medspill/domain/contract';

type Seller = RouteAnswer<'listSellers'>['sellers'][number];

/** A pair with no series, or with one that has ended, can be booked. */
export function hasSeries({ pair }: Pick<Seller, 'pair'>): boolean {
  return pair?.series !== undefined && pair.series.state !== 'stopped' && pair.endsAt === 'open';
}
