import type { App } from '../app.ts';
import type { Scope } from '../scope.ts';
import { anchorTrail } from './audit.ts';

export async function trustDaily(app: App, scope: Scope): Promise<void> {
  await anchorTrail(app, scope);
}
