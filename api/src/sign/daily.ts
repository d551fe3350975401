import { isPublicHoliday } from '@medspill/domain/holidays';
import { dateIn } from '@medspill/domain/time';
import { addWorkingDays } from '@medspill/domain/working-days';
import type { App } from '../app.ts';
import type { Scope } from '../scope.ts';
import { closeUnsigned } from './use-cases.ts';

const page = 500;

/** Closes the records whose second signature did not come in five working days. */
export async function signDaily(app: App, scope: Scope): Promise<void> {
  // The deadline day itself is still theirs, in the westernmost zone too.
  const today = dateIn(app.clock.now(), 'UTC');
  const passed = addWorkingDays(today, -1, isPublicHoliday);
  for (const record of await app.store.records.awaiting(scope, passed, page)) {
    await closeUnsigned(app, scope, record);
  }
}
