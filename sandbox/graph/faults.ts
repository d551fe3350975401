// Faults that a test or the control interface asks for: drawn from a seed, so that a run can be repeated.

import { GraphError } from './graph-error.ts';

export type FaultRule = {
  /** Part of `METHOD /path`, with `$` for its end: `POST /me/events$`. Without it the rule meets every call. */
  match?: string;
  /**
   * `504-after` and `drop-after` do the work and then answer 504 or nothing; `timeout` never answers; `claims` is a 401
   * with a claims challenge (continuous access evaluation).
   */
  kind: '429' | '503' | '504-after' | 'timeout' | 'drop' | 'drop-after' | 'claims';
  times?: number;
  probability?: number;
  retryAfterSeconds?: number;
};

export type GraphFaults = {
  rules?: FaultRule[];
  seed?: number;
  /** How long every answer takes, so that calls are in flight together. */
  latencyMs?: number;
  /** Milliseconds of the sandbox's clock from the event to its meeting chat. */
  chatDelayMs?: number;
  /** Each notification waits a drawn part of this, so that they also come out of order. */
  notificationDelayMs?: number;
  /** Part of the notifications that never come, 0 to 1. */
  notificationLoss?: number;
  /** Part of the notifications that come twice, 0 to 1. */
  notificationDuplicates?: number;
  /** Teams administrators took back the access policy: the app alone reads no online meetings. */
  noApplicationAccessPolicy?: boolean;
  /** Ids of the only mailboxes that Exchange RBAC opens to the app without a user. */
  applicationMailboxes?: string[];
  /** Ids of people whom Teams' permission policy gives no app of the organisation's catalogue. */
  withoutCustomApps?: string[];
  /** Addresses whose free/busy cannot be read. */
  unreadableSchedules?: string[];
  /** How long a repeated transactionId is known, on the sandbox's clock. */
  transactionIdLifeMs?: number;
  /** How long a reader may still see an event as it was, on the sandbox's clock. */
  consistencyDelayMs?: number;
};

export type FaultState = {
  set(faults: GraphFaults): void;
  current(): GraphFaults;
  /** The rule that meets this call, counted as used. */
  draw(call: string): FaultRule | undefined;
  random(): number;
};

/** mulberry32: small, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function createFaults(): FaultState {
  let faults: GraphFaults = {};
  let used = new Map<FaultRule, number>();
  let random = seededRandom(1);
  return {
    set(next) {
      faults = next;
      used = new Map();
      random = seededRandom(next.seed ?? 1);
    },
    current: () => faults,
    draw(call) {
      for (const rule of faults.rules ?? []) {
        if (rule.match !== undefined && !`${call}$`.toLowerCase().includes(rule.match.toLowerCase()))
          continue;
        const count = used.get(rule) ?? 0;
        if (rule.times !== undefined && count >= rule.times) continue;
        if (rule.probability !== undefined && random() >= rule.probability) continue;
        used.set(rule, count + 1);
        return rule;
      }
      return undefined;
    },
    random: () => random(),
  };
}

/** The answer of a rule that refuses before any work is done. */
export function refusalOf(rule: FaultRule): GraphError | undefined {
  const wait = { 'retry-after': String(rule.retryAfterSeconds ?? 1) };
  switch (rule.kind) {
    case '429':
      return new GraphError(
        429,
        'ApplicationThrottled',
        'Application is over its MailboxConcurrency limit.',
        wait,
      );
    case '503':
      return new GraphError(
        503,
        'ServiceUnavailable',
        'The service is temporarily unavailable.',
        rule.retryAfterSeconds === undefined ? {} : wait,
      );
    case 'claims': {
      const claims = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}').toString(
        'base64',
      );
      return new GraphError(
        401,
        'InvalidAuthenticationToken',
        'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
        {
          'www-authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="${claims}"`,
        },
      );
    }
    default:
      return undefined;
  }
}
