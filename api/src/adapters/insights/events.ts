// Events to Application Insights through OpenTelemetry: the table AppEvents, with every field a property of its own.
// Loaded only where there is a connection string, and beside the first call, not before it.
import {
  type AzureMonitorExporterOptions,
  AzureMonitorLogExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { createTraceState, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { type AnyValueMap, SeverityNumber } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import type { Log } from '../../ports.ts';
import { version } from '../../shell/version.ts';
import type { IdentityToken } from '../entra/managed-identity.ts';

export type Events = { log: Log; flush(): Promise<void> };

const severities = {
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
} as const;

/** `transport` stands in for the wire in tests. */
export function createEvents(
  connectionString: string,
  identityToken: IdentityToken,
  transport: Pick<AzureMonitorExporterOptions, 'httpClient'> = {},
): Events {
  const exporter = new AzureMonitorLogExporter({
    connectionString,
    // Nothing of ours stays on the disk of an instance that goes away.
    disableOfflineStorage: true,
    credential: {
      getToken: async () => ({
        token: await identityToken('https://monitor.azure.com'),
        // msal-node keeps it and renews it in time; asking again costs nothing.
        expiresOnTimestamp: Date.now() + 60_000,
      }),
    },
    ...transport,
  });
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'medspill-api', 'service.version': version }),
    processors: [new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 2000 })],
  });
  const logger = provider.getLogger('medspill');
  return {
    log: (level, { event, traceParent, ...fields }) => {
      const context = contextOf(traceParent);
      logger.emit({
        severityNumber: severities[level],
        attributes: { 'microsoft.custom_event.name': String(event), level, ...flat(fields) },
        ...(context === undefined ? {} : { context }),
      });
    },
    flush: () => provider.forceFlush(),
  };
}

/** The operation that the host has begun, so that event and request stand under one id (W3C Trace Context). */
function contextOf(traceParent: unknown) {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(String(traceParent ?? '')) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    traceState: createTraceState(),
  });
}

/** `{error: {name}}` becomes `error.name`: a property holds a plain value. */
function flat(fields: Record<string, unknown>, prefix = ''): AnyValueMap {
  const found: AnyValueMap = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    if (typeof value === 'object' && !Array.isArray(value)) {
      Object.assign(found, flat(value as Record<string, unknown>, `${prefix}${name}.`));
    } else {
      found[`${prefix}${name}`] =
        typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
    }
  }
  return found;
}
