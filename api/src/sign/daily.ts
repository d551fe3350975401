// Calls the second signature to mind after three working days, and closes the record without it after five.
import { isPublicHoliday } from '@medspill/domain/holidays';
import { otherSide } from '@medspill/domain/sides';
import { type DateText, dateIn } from '@medspill/domain/time';
import { addWorkingDays } from '@medspill/domain/working-days';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { RecordDocument } from '../documents.ts';
import { addReminder, horizon, signReminderId } from '../follow-up/reminders.ts';
import { faultText } from '../http/route.ts';
import type { Scope } from '../scope.ts';
import { alignReview } from './move-review.ts';
import { closeUnsigned } from './use-cases.ts';

const page = 500;
/** The deadline is five working days after the first signature, the reminder three. */
const remindBefore = 2;

export async function signDaily(app: App, scope: Scope): Promise<void> {
  // The deadline day itself is still theirs, in the westernmost zone too.
  const earliest = Temporal.PlainDate.from(dateIn(app.clock.now(), 'Pacific/Pago_Pago'));
  const passed = earliest.subtract({ days: 1 }).toString() as DateText;
  const latest = addWorkingDays(horizon(app), remindBefore, isPublicHoliday);
  for (const record of await app.store.records.awaiting(scope, latest, page)) {
    // One record that fails must not keep the others waiting.
    try {
      if (record.deadline <= passed) await closeUnsigned(app, scope, record);
      else await remind(app, scope, record);
    } catch (error) {
      app.log('error', { event: 'daily', recordId: record._id, error: faultText(error) });
    }
  }
}

async function remind(app: App, scope: Scope, record: RecordDocument): Promise<void> {
  const pair = await app.store.pairs.get(scope, record.pairId);
  const signed = record.signatures[0]?.side;
  if (pair === undefined || signed === undefined) return;
  // A process that died right after the first signature has not said so in the review.
  await alignReview(app, scope, record.reviewId);
  const id = signReminderId(record._id, record.deadline);
  const target = { page: 'pair', id: pair._id } as const;
  const values = { name: pair[signed].name };
  const notice = { id, kind: 'sign_request', pairId: pair._id, target, values } as const;
  const on = addWorkingDays(record.deadline, -remindBefore, isPublicHoliday);
  await addReminder(app, scope, pair[otherSide(signed)], notice, on);
}
