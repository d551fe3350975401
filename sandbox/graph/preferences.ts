// The Prefer header: time zone, id form, body format, page size.
import { ianaZone } from './calendar/zones.ts';
import { badRequest } from './graph-error.ts';

export type Preferences = {
  /** The name the client gave and its IANA zone. */
  zoneName: string;
  zone: string;
  immutableIds: boolean;
  bodyAsText: boolean;
  pageSize?: number;
};

export function readPreferences(headers: Record<string, string>): Preferences {
  const prefer = headers.prefer ?? '';
  const zoneName = prefer.match(/outlook\.timezone\s*=\s*"?([^",;]+)"?/i)?.[1] ?? 'UTC';
  const zone = ianaZone(zoneName);
  if (zone === undefined) {
    throw badRequest(
      `The TimeZone value of '${zoneName}' supplied is not supported.`,
      'TimeZoneNotSupportedException',
    );
  }
  const size = prefer.match(/odata\.maxpagesize\s*=\s*(\d+)/i)?.[1];
  return {
    zoneName,
    zone,
    immutableIds: /IdType\s*=\s*"?ImmutableId"?/i.test(prefer),
    bodyAsText: /outlook\.body-content-type\s*=\s*"?text"?/i.test(prefer),
    ...(size === undefined ? {} : { pageSize: Number(size) }),
  };
}

/** Which preferences were honoured. */
export function appliedPreferences(headers: Record<string, string>): string | undefined {
  const applied = (headers.prefer ?? '')
    .split(/,(?=\s*[A-Za-z.]+\s*=)/)
    .map((part) => part.trim())
    .filter((part) =>
      /^(outlook\.timezone|IdType|outlook\.body-content-type|odata\.maxpagesize)/i.test(part),
    );
  return applied.length === 0 ? undefined : applied.join(', ');
}
