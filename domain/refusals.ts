/**
 * Every expected "no". A refusal is a value: rules return it, the API answers it as problem+json, the tab translates it
 * by its code. `detail` carries data for the message, never words that somebody wrote.
 */
export type Refusal =
  // who is asking
  | { code: 'not_signed_in'; reason: string }
  | { code: 'not_allowed' }
  | { code: 'not_found' }
  // what was sent
  | { code: 'invalid_input'; issues: { path: string; message: string }[] }
  | { code: 'too_large'; limit: number }
  | { code: 'too_many_requests'; retryAfterSeconds: number }
  | { code: 'stale'; currentVersion: number }
  // booking
  | { code: 'not_a_report' }
  | { code: 'seller_cannot_be_booked'; because: 'guest' | 'self' | 'no_mailbox' }
  | { code: 'already_booked'; pairId: string }
  | { code: 'slot_in_the_past' }
  | { code: 'delegate_mailbox' }
  | { code: 'no_series' }
  | { code: 'undo_too_late' }
  | { code: 'crosses_neighbour' }
  // what Microsoft asks of the person first
  | { code: 'consent_required'; scopes: string[] }
  | { code: 'interaction_required'; claims?: string }
  | { code: 'microsoft_unavailable'; retryAfterSeconds?: number }
  // preparation and running
  | { code: 'not_ready'; missing: { practical: number; mental: number } }
  | { code: 'needs_example'; stage: string }
  | { code: 'not_confirmed' }
  | { code: 'not_begun'; startsAt: string }
  | { code: 'no_takeover' }
  | { code: 'too_early'; startsAt: string }
  | { code: 'frozen' }
  | { code: 'sealed' }
  | { code: 'bad_update'; because: BadUpdate }
  | { code: 'goal_changed' }
  | { code: 'goal_incomplete'; missing: string[] }
  | { code: 'limit_reached'; limit: number }
  // signing
  | { code: 'form_changed'; seq: number }
  | { code: 'digest_mismatch' }
  | { code: 'already_signed' }
  | { code: 'nothing_to_withdraw' }
  | { code: 'record_incomplete'; missing: string[] }
  // following up
  | { code: 'checkpoint_not_due'; dueOn: string }
  | { code: 'already_answered' }
  | { code: 'goal_ended' }
  | { code: 'proposal_waiting' }
  | { code: 'too_many_goals'; limit: number };

/** Why an update to the shared form was refused; it changed nothing. */
export type BadUpdate =
  | 'malformed'
  | 'foreign_client'
  | 'unknown_root'
  | 'pending'
  | 'delete_set_too_large'
  | 'field_too_long'
  | 'form_too_large'
  | 'bad_value';

export type RefusalCode = Refusal['code'];

/** What a rule or use case answers: the value, or why not. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}
