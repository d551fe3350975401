import { agenda } from '@medspill/domain/content/sections/agenda';
import catalogue from '@medspill/domain/content.json' with { type: 'json' };
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { AgendaKey } from '@medspill/domain/run/agenda';
import type { trustRoutes } from '@medspill/domain/trust/contract';
import type { App } from '../app.ts';
import type { Handlers } from '../http/route.ts';
import type { Caller } from '../http/token.ts';
import { auditFile } from './audit-file.ts';
import { askAccess, decideAccess, heldReviews, listAccess, readByAccess } from './break-glass.ts';
import { readCounts } from './counts.ts';
import { readHandover, saveHandover } from './handover.ts';
import { readSettings, saveSettings } from './settings.ts';
import { stopTakeover } from './takeover.ts';

export function trustHandlers(app: App): Handlers<typeof trustRoutes> {
  return {
    stopTakeover: ({ params }, caller) => stopTakeover(app, caller, params.pairId),
    readHandover: ({ params }, caller) => readHandover(app, caller, params.pairId),
    saveHandover: ({ params, body }, caller) => saveHandover(app, caller, params.pairId, body),
    heldReviews: ({ params }, caller) =>
      asAdmin(caller, async () => done(await heldReviews(app, caller, params.personId))),
    askAccess: ({ body }, caller) => asAdmin(caller, () => askAccess(app, caller, body)),
    listAccess: (_request, caller) => asAdmin(caller, async () => done(await listAccess(app, caller))),
    decideAccess: ({ params, body }, caller) =>
      asAdmin(caller, () => decideAccess(app, caller, params.requestId, body.approve)),
    readByAccess: ({ params }, caller) => readByAccess(app, caller, params.requestId),
    readSettings: (_request, caller) =>
      asAdmin(caller, async () => done(await readSettings(app, caller.scope))),
    saveSettings: ({ body }, caller) => asAdmin(caller, () => saveSettings(app, caller, body)),
    listTemplates: (_request, caller) =>
      asAdmin(caller, async () => {
        const items = agenda.map(({ key, covers }) => ({ key: key as AgendaKey, covers }));
        const { version } = catalogue.meta;
        return done({ templates: [{ version: 'standard-1', textVersion: version, items }] });
      }),
    readCounts: (_request, caller) => asAdmin(caller, async () => done(await readCounts(app, caller.scope))),
    readSetup: (_request, caller) =>
      asAdmin(caller, async () => {
        const { personId, assertion } = caller;
        return done({ permissions: await app.permissions.granted({ kind: 'person', personId, assertion }) });
      }),
    auditFile: (_request, caller) => asAdmin(caller, async () => done(await auditFile(app, caller))),
  };
}

/** To anybody else these pages do not exist. */
async function asAdmin<T>(caller: Caller, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  return caller.isAdmin ? work() : refuse({ code: 'not_found' });
}
