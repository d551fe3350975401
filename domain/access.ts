import type { Side } from './people.ts';

/**
 * How a person stands to what a call is about. A former manager is one until the grace is over, and `formerManagerLater`
 * after it; `nextManager` is who has taken over, asked about what the former pair left.
 */
export type Standing =
  | 'manager'
  | 'seller'
  | 'formerManager'
  | 'formerManagerLater'
  | 'nextManager'
  | 'otherManager'
  | 'otherSeller'
  | 'admin'
  | 'breakGlass';

/**
 * Who may do what. Every route names one of these rules; the routes, the interface and docs/who-sees-what.md follow
 * from the table, and a test holds each route against it.
 */
export const accessRules = {
  open: { who: 'anyone, without a token', lets: 'everyone' },
  member: { who: 'any signed-in member of the tenant', lets: 'everyone' },
  managerOfPair: { who: 'the manager of the pair, while it lasts', lets: ['manager'] },
  sellerOfPair: { who: 'the seller of the pair', lets: ['seller'] },
  eitherOfPair: {
    who: 'the manager of the pair, while it lasts, and the seller',
    lets: ['manager', 'seller'],
  },
  authorOnly: {
    who: 'only the person who wrote it',
    lets: ['manager', 'seller', 'formerManager', 'formerManagerLater'],
  },
  readerOfRecord: {
    who: 'the seller; the manager who signed until 30 days after the change; the present manager once the record is signed',
    lets: ['manager', 'seller', 'formerManager', 'nextManager'],
  },
  sellerThemself: { who: 'the person whose data it is', lets: 'everyone' },
  admin: {
    who: 'an administrator of the app: settings, counts and the audit trail, never content',
    lets: ['admin'],
  },
  breakGlass: {
    who: 'an administrator whose written reason a second one has approved: one record, for 24 hours, and the seller is told',
    lets: ['breakGlass'],
  },
  microsoft: { who: "Microsoft Graph's change notifications, proven by clientState", lets: 'everyone' },
} as const satisfies Record<string, { who: string; lets: 'everyone' | readonly Standing[] }>;

export type AccessRule = keyof typeof accessRules;

/** Days the former manager still reads what they signed (capability list, section 5). */
export const graceDays = 30;

export type PairEnds = { managerId: string; sellerId: string; endsAt: string };

/** Which side of a pair a person is at an instant, or none. `endsAt` is 'open' or an ISO instant. */
export function sideOf(pair: PairEnds, personId: string, nowIso: string): Side | undefined {
  if (pair.sellerId === personId) return 'seller';
  if (pair.managerId === personId && (pair.endsAt === 'open' || nowIso < pair.endsAt)) return 'manager';
  return undefined;
}
