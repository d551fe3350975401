import * as z from 'zod';

/** UUIDs are lower case; a branded id cannot be passed where another kind is meant. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** Entra gives object ids of any version, nil bits included. */
const guid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const tenantIdSchema = guid.brand<'TenantId'>();
export const personIdSchema = guid.brand<'PersonId'>();
export const pairIdSchema = uuid.brand<'PairId'>();
export const reviewIdSchema = uuid.brand<'ReviewId'>();
export const recordIdSchema = uuid.brand<'RecordId'>();
export const goalIdSchema = uuid.brand<'GoalId'>();
export const promiseIdSchema = uuid.brand<'PromiseId'>();
export const momentIdSchema = uuid.brand<'MomentId'>();

/** An Entra tenant. */
export type TenantId = z.infer<typeof tenantIdSchema>;
/** An Entra user's object id (oid); never a mail address, which changes hands. */
export type PersonId = z.infer<typeof personIdSchema>;
export type PairId = z.infer<typeof pairIdSchema>;
export type ReviewId = z.infer<typeof reviewIdSchema>;
export type RecordId = z.infer<typeof recordIdSchema>;
export type GoalId = z.infer<typeof goalIdSchema>;
export type PromiseId = z.infer<typeof promiseIdSchema>;
export type MomentId = z.infer<typeof momentIdSchema>;
