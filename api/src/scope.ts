import type { PersonId, TenantId } from '@medspill/domain/ids';

declare const proof: unique symbol;

/**
 * Proof that a verified token or a job of ours stands behind a query. Repositories ask for one, so that a query
 * without proof does not compile. Only http/token.ts and outbox/jobs.ts mint it.
 */
export type Scope = {
  readonly tenantId: TenantId;
  /** Whoever asks; 'job' for timers, queues and notifications. */
  readonly personId: PersonId | 'job';
  readonly [proof]: true;
};

export function scopeOfToken(tenantId: TenantId, personId: PersonId): Scope {
  return { tenantId, personId } as Scope;
}

export function scopeOfJob(tenantId: TenantId): Scope {
  return { tenantId, personId: 'job' } as Scope;
}
