// Why a call gave no answer: a refusal of the service, or what stood between us and it. Pages translate by code.
import type { Refusal } from '@medspill/domain/refusals';

export type Problem =
  | Refusal
  /** The device has no network. */
  | { code: 'offline' }
  /** The service did not answer in time, or answered with what is no answer. */
  | { code: 'unavailable' }
  /** The service failed; the id finds its log line. */
  | { code: 'fault'; requestId: string }
  /** The host gave no token. */
  | { code: 'sign_in_failed'; reason: string };

export type ProblemCode = Problem['code'];

/** Problems that a later try may not meet. */
const passing: readonly ProblemCode[] = [
  'offline',
  'unavailable',
  'fault',
  'microsoft_unavailable',
  'too_many_requests',
];

export function mayPass(problem: Problem): boolean {
  return passing.includes(problem.code);
}
