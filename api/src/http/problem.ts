// Refusals as RFC 9457 problem details. The tab translates by `code`; `title` is for people with a terminal.
import type { Refusal } from '@medspill/domain/refusals';

const problems = {
  not_signed_in: { status: 401, title: 'Sign in first' },
  not_allowed: { status: 403, title: 'Not yours to do' },
  not_found: { status: 404, title: 'Not found' },
  invalid_input: { status: 400, title: 'The request is not what this call takes' },
  too_large: { status: 413, title: 'Too large' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  stale: { status: 409, title: 'Changed since it was read' },
  not_a_report: { status: 403, title: 'Not one of your reports' },
  seller_cannot_be_booked: { status: 422, title: 'This person cannot be booked' },
  already_booked: { status: 409, title: 'There is already a series with this seller' },
  slot_in_the_past: { status: 422, title: 'The time has passed' },
  delegate_mailbox: { status: 422, title: 'Only the own mailbox can book' },
  no_series: { status: 409, title: 'There is no series' },
  undo_too_late: { status: 409, title: 'Too late to undo' },
  crosses_neighbour: { status: 422, title: "Would cross a neighbouring month's review" },
  consent_required: { status: 403, title: 'Consent is missing' },
  interaction_required: { status: 401, title: 'Sign in again' },
  microsoft_unavailable: { status: 503, title: 'Microsoft 365 does not answer' },
  not_ready: { status: 422, title: 'Not enough answers yet' },
  needs_example: { status: 422, title: 'A rating needs an example' },
  not_confirmed: { status: 409, title: 'The seller has not confirmed the pair yet' },
  not_begun: { status: 409, title: 'The change of manager does not hold yet' },
  no_takeover: { status: 409, title: 'No change of manager is waiting' },
  too_early: { status: 409, title: 'Too early' },
  frozen: { status: 409, title: 'Somebody has signed; the form is frozen' },
  sealed: { status: 409, title: 'The record is final' },
  bad_update: { status: 422, title: 'The update was refused' },
  goal_changed: { status: 409, title: 'The goal has changed' },
  goal_incomplete: { status: 422, title: 'The goal is not complete' },
  limit_reached: { status: 409, title: 'No room for more' },
  form_changed: { status: 409, title: 'The form has changed since it was read' },
  digest_mismatch: { status: 409, title: 'Not the record that stands now' },
  already_signed: { status: 409, title: 'Already signed' },
  nothing_to_withdraw: { status: 409, title: 'No signature to withdraw' },
  record_incomplete: { status: 422, title: 'The record is not complete' },
  checkpoint_not_due: { status: 409, title: 'The checkpoint is not due yet' },
  already_answered: { status: 409, title: 'Already answered' },
  goal_ended: { status: 409, title: 'The goal is reached or has ended' },
  proposal_waiting: { status: 409, title: 'A proposal waits for an answer' },
  too_many_goals: { status: 409, title: 'Too many open goals' },
} satisfies Record<Refusal['code'], { status: number; title: string }>;

export type Problem = { status: number; headers: Record<string, string>; body: string };

export function problemOf(refusal: Refusal): Problem {
  const { status, title } = problems[refusal.code];
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if ('retryAfterSeconds' in refusal && refusal.retryAfterSeconds !== undefined) {
    headers['retry-after'] = String(refusal.retryAfterSeconds);
  }
  if (refusal.code === 'not_signed_in') headers['www-authenticate'] = 'Bearer';
  if (refusal.code === 'interaction_required') {
    const claims = refusal.claims ? `, claims="${Buffer.from(refusal.claims).toString('base64')}"` : '';
    headers['www-authenticate'] = `Bearer error="insufficient_claims"${claims}`;
  }
  const { code, ...detail } = refusal;
  return {
    status,
    headers,
    body: JSON.stringify({ type: `urn:medspill:${code}`, title, status, code, ...detail }),
  };
}

/** The body of a fault: no cause, no internals; the log has them under the same request id. */
export function faultProblem(requestId: string): Problem {
  return {
    status: 500,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      type: 'urn:medspill:fault',
      title: 'Something failed here',
      status: 500,
      code: 'fault',
      requestId,
    }),
  };
}
