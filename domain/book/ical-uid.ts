// The iCalUId of an appointment in Exchange is a global object id in hex ([MS-OXOCAL] 2.2.1.27). That of an occurrence
// differs from its series' only in bytes 16 to 19, which carry the original date.
import { Temporal } from 'temporal-polyfill';
import type { DateText } from '../time.ts';

const exchangePrefix = '040000008200E00074C5B7101A82E008';

/** The series' own id, and the original date where it names an occurrence. Foreign ids are their own. */
export function readICalUId(text: string): { series: string; original?: DateText } {
  const id = text.toUpperCase();
  if (!id.startsWith(exchangePrefix) || id.length < 40 || !/^[0-9A-F]+$/.test(id)) return { series: text };
  const bytes = id.slice(32, 40);
  const series = `${id.slice(0, 32)}00000000${id.slice(40)}`;
  if (bytes === '00000000') return { series };
  const parts = {
    year: Number.parseInt(bytes.slice(0, 4), 16),
    month: Number.parseInt(bytes.slice(4, 6), 16),
    day: Number.parseInt(bytes.slice(6, 8), 16),
  };
  try {
    return {
      series,
      original: Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString() as DateText,
    };
  } catch {
    return { series };
  }
}
