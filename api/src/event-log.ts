// Where events go: to Application Insights where it is configured, else to standard output. Ids are taken out on the way.
import type { IdentityToken } from './adapters/entra/managed-identity.ts';
import type { Events } from './adapters/insights/events.ts';
import type { Config } from './config.ts';
import { createConsoleLog } from './console-log.ts';
import type { Log } from './ports.ts';
import { withoutIds } from './without-ids.ts';

export type EventLog = { log: Log; flush(): Promise<void> };

/** Without a connection string nothing of OpenTelemetry is loaded. */
export function createEventLog(
  config: Pick<Config, 'insightsConnectionString'>,
  identityToken: IdentityToken,
): EventLog {
  const print = createConsoleLog((lines) => console.log(lines));
  const { insightsConnectionString } = config;
  if (insightsConnectionString === undefined) {
    return { log: (level, event) => print(level, withoutIds(event)), flush: async () => {} };
  }
  let events: Events | undefined;
  // Beside the first call, which does not wait for it.
  const loading = import('./adapters/insights/events.ts')
    .then(({ createEvents }) => {
      events = createEvents(insightsConnectionString, identityToken);
      return events;
    })
    .catch((error: unknown) => {
      print('error', {
        event: 'telemetry',
        error: { name: error instanceof Error ? error.name : typeof error },
      });
      return undefined;
    });
  return {
    log(level, event) {
      const clean = withoutIds(event);
      if (events !== undefined) events.log(level, clean);
      else void loading.then((loaded) => (loaded?.log ?? print)(level, clean));
    },
    flush: async () => (await loading)?.flush(),
  };
}
