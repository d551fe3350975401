import type { App } from '../app.ts';
import type { Scope } from '../scope.ts';
import { anchorTrail } from './audit.ts';
import { deleteOldWords } from './old-words.ts';

export async function trustDaily(app: App, scope: Scope): Promise<void> {
  // Before the anchor, so that it seals the receipts of the same night.
  await deleteOldWords(app, scope);
  await anchorTrail(app, scope);
}
