import type { Scope } from './scope.ts';

/** Every shard key starts with the tenant: no query of one tenant can reach another's documents. */
export function shardOf(scope: Pick<Scope, 'tenantId'>, owner: string): string {
  return `${scope.tenantId}/${owner}`;
}
