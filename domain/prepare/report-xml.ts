// As much of XML as a workbook needs, read while it is unpacked: tags, attributes, text, CDATA. A document type is
// refused (no workbook has one, and entities that expand each other are an attack), so nothing is ever expanded but
// the five names and numbers.
import { Unreadable } from './report-table.ts';

export type XmlListener = {
  /** `name` is without its prefix; `attributes` is what stands behind it in the tag, for `attribute`. */
  open: (name: string, attributes: string) => void;
  text: (words: string) => void;
  close: (name: string) => void;
};

export type XmlReader = { push: (words: string) => void; end: () => void };

/** The longest tag or run of text that is waited for. */
const patience = 1_000_000;

export function createXmlReader(listener: XmlListener): XmlReader {
  let rest = '';
  function read(words: string, isLast: boolean): void {
    const text = rest === '' ? words : rest + words;
    let at = 0;
    while (at < text.length) {
      const tag = text.indexOf('<', at);
      if (tag === -1) {
        if (!isLast) break;
        at = text.length;
        break;
      }
      if (tag > at) listener.text(decoded(text.slice(at, tag)));
      at = tag;
      const second = text.charCodeAt(tag + 1);
      if (second === 33 /* ! */) {
        const past = skipped(text, tag, listener);
        if (past === undefined) break;
        at = past;
        continue;
      }
      const end = text.indexOf('>', tag);
      if (end === -1) break;
      at = end + 1;
      if (second === 63 /* ? */) continue;
      if (second === 47 /* / */) {
        listener.close(nameOf(text.slice(tag + 2, end).trimEnd()));
        continue;
      }
      const isEmpty = text.charCodeAt(end - 1) === 47;
      const inside = text.slice(tag + 1, isEmpty ? end - 1 : end);
      const space = inside.search(/\s/);
      const name = nameOf(space === -1 ? inside : inside.slice(0, space));
      listener.open(name, space === -1 ? '' : inside.slice(space));
      if (isEmpty) listener.close(name);
    }
    rest = text.slice(at);
    if (rest.length > patience) throw new Unreadable('damaged');
  }
  return {
    push: (words) => read(words, false),
    end() {
      read('', true);
      if (rest !== '') throw new Unreadable('damaged');
    },
  };
}

/** Past a comment or CDATA; undefined while its end has not come. */
function skipped(text: string, tag: number, listener: XmlListener): number | undefined {
  if (text.startsWith('<!--', tag)) {
    const end = text.indexOf('-->', tag + 4);
    return end === -1 ? undefined : end + 3;
  }
  if (text.startsWith('<![CDATA[', tag)) {
    const end = text.indexOf(']]>', tag + 9);
    if (end === -1) return undefined;
    listener.text(text.slice(tag + 9, end));
    return end + 3;
  }
  if (text.length - tag < 9) return undefined;
  throw new Unreadable('damaged');
}

function nameOf(qualified: string): string {
  const colon = qualified.indexOf(':');
  return colon === -1 ? qualified : qualified.slice(colon + 1);
}

/** One attribute of a tag by its whole name, prefix included. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(`${name}=`);
  while (at > 0 && !/\s/.test(attributes[at - 1] ?? '')) at = attributes.indexOf(`${name}=`, at + 1);
  if (at === -1) return undefined;
  const quote = attributes[at + name.length + 1];
  if (quote !== '"' && quote !== "'") return undefined;
  const start = at + name.length + 2;
  const end = attributes.indexOf(quote, start);
  return end === -1 ? undefined : decoded(attributes.slice(start, end));
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(words: string): string {
  if (!words.includes('&')) return words;
  return words.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
