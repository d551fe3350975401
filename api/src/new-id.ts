import type { GoalId, MomentId, PromiseId, RecordId, ReviewId } from '@medspill/domain/ids';
import { v5, v7 } from 'uuid';
import type { NewId } from './ports.ts';

/** Namespace of our derived ids (RFC 9562, version 5): the same review always gets the same id, so a retry finds it. */
const namespace = '6d2f1e5c-0a7b-4c39-9f64-52b8e1d7a390';

export const newId: NewId = {
  review: (pairId, month, ordinal) => v5(`review/${pairId}/${month}/${ordinal}`, namespace) as ReviewId,
  record: (reviewId) => v5(`record/${reviewId}`, namespace) as RecordId,
  goal: (reviewId, slot) => v5(`goal/${reviewId}/${slot}`, namespace) as GoalId,
  promise: (reviewId, slot) => v5(`promise/${reviewId}/${slot}`, namespace) as PromiseId,
  moment: () => v7() as MomentId,
  outbox: () => v7(),
};
