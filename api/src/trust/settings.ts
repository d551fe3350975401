// What an administrator chooses for the whole company.
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { companyChain } from '@medspill/domain/trust/audit';
import type { Settings } from '@medspill/domain/trust/contract';
import { usualRetention } from '@medspill/domain/trust/retention';
import type { App } from '../app.ts';
import type { SettingsDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { digestOf } from '../sign/digest.ts';
import { writeDown } from './audit.ts';

const owner = 'settings';

export async function readSettings(app: App, scope: Scope): Promise<Settings> {
  const stored = await app.store.settings.get(scope, shardOf(scope, owner));
  return { version: stored?.version ?? 0, retention: { ...usualRetention, ...stored?.retention } };
}

export async function saveSettings(app: App, caller: Caller, given: Settings): Promise<Outcome<Settings>> {
  const { scope } = caller;
  const stored = await app.store.settings.get(scope, shardOf(scope, owner));
  const version = stored?.version ?? 0;
  if (given.version !== version) return refuse({ code: 'stale', currentVersion: version });
  // Written down first: a change that nobody can trace is not made.
  await writeDown(app, caller, companyChain, {
    kind: 'settings_changed',
    digest: digestOf(given.retention),
  });
  const { retention } = given;
  const saved =
    stored === undefined ? await first() : await app.store.settings.replace(scope, { ...stored, retention });
  if (saved === undefined) return refuse({ code: 'stale', currentVersion: version + 1 });
  return done({ version: saved.version, retention: saved.retention });

  async function first(): Promise<SettingsDocument | undefined> {
    const shard = shardOf(scope, owner);
    const document: SettingsDocument = {
      _id: shard,
      shard,
      tenantId: caller.tenantId,
      version: 1,
      outbox: [],
      outboxDue: 'none',
      retention,
    };
    return (await app.store.settings.insert(scope, document)) ? document : undefined;
  }
}
