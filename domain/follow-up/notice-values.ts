import type { NoticeKind } from './contract.ts';

/**
 * The placeholders of each kind's text in the activity feed: Graph refuses a notice that leaves one out. A test holds
 * them against the templates of the app package.
 */
export const noticePlaceholders = {
  booked: ['manager'],
  confirm_pair: ['manager'],
  prep_reminder: [],
  both_ready: [],
  sign_request: ['name'],
  checkpoint_due: [],
  help_wanted: ['name'],
  help_answered: ['name'],
  promise_due: [],
  cadence_late: [],
  goal_change: ['name'],
  moment_nudge: [],
  manager_change: ['name'],
  change_stopped: ['name'],
  access_event: ['name'],
  weekly_digest: ['prepare', 'promises', 'late'],
} as const satisfies Record<NoticeKind, readonly string[]>;

type Placeholder<K extends NoticeKind> = (typeof noticePlaceholders)[K][number];

/** Names, dates and counts only; never a goal, a rating, an answer or a note. */
export type NoticeValues<K extends NoticeKind> = [Placeholder<K>] extends [never]
  ? Record<string, never>
  : Record<Placeholder<K>, string>;
