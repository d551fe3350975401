import { isZone } from '@medspill/domain/time';
import { findIana } from 'windows-iana';

/** Exchange names zones as Windows does; one Windows zone is several IANA ones, so the country chooses. */
export function ianaZone(name: string | undefined | null, country: string): string | undefined {
  if (name === undefined || name === null || name === '') return undefined;
  if (isZone(name)) return name;
  return [...findIana(name, country), ...findIana(name, '001'), ...findIana(name)].find(isZone);
}
