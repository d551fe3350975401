import type { Side } from './people.ts';

/**
 * Who may do what. Every route names one of these rules; the routes, the interface and docs/who-sees-what.md follow
 * from the table, and a test holds each route against it.
 */
export const accessRules = {
  open: { who: 'anyone, without a token' },
  member: { who: 'any signed-in member of the tenant' },
  managerOfPair: { who: 'the manager of the pair, while it lasts' },
  sellerOfPair: { who: 'the seller of the pair' },
  eitherOfPair: { who: 'the manager of the pair, while it lasts, and the seller' },
  authorOnly: { who: 'only the person who wrote it' },
  readerOfRecord: {
    who: 'the seller; the manager who signed until 30 days after the change; the present manager once the record is signed',
  },
  sellerThemself: { who: 'the person whose data it is' },
  admin: { who: 'an administrator of the app: settings, counts and the audit trail, never content' },
  microsoft: { who: "Microsoft Graph's change notifications, proven by clientState" },
} as const satisfies Record<string, { who: string }>;

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
