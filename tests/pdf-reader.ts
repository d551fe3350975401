// Reads a PDF as a screen reader and an archive do: by its structure tree, its bookmarks and what it says of itself. As
// much of ISO 32000-1 as our documents need: a cross-reference table, Flate streams, fonts with a map to Unicode.
import { inflateSync } from 'node:zlib';

type Dict = Map<string, Value>;
type Reference = { ref: number };
type Value = string | number | null | boolean | Name | Reference | Value[] | Dict;
type Name = { name: string };

export type Element = { role: string; text: string };
export type Bookmark = { title: string; below: Bookmark[] };
export type Pdf = {
  pages: number;
  language: string;
  title: string;
  showsTitle: boolean;
  isTagged: boolean;
  /** In the order in which they are read out. */
  elements: Element[];
  bookmarks: Bookmark[];
  /** XMP. */
  metadata: string;
  outputIntents: string[];
  /** Names of fonts that are used, and whether the file brings them. */
  fonts: { name: string; isEmbedded: boolean }[];
  hasFileId: boolean;
};

const space = /\s/;
const delimiter = /[\s<>[\]()/{}%]/;

/** One value after another from a piece of PDF syntax; words that are no values come back as operators. */
function createReader(source: string) {
  let at = 0;

  function skip(): void {
    while (at < source.length && space.test(source[at] ?? '')) at++;
  }

  function word(): string {
    const start = at;
    while (at < source.length && !delimiter.test(source[at] ?? '')) at++;
    return source.slice(start, at);
  }

  function literal(): string {
    let text = '';
    for (let depth = 1; ; at++) {
      const letter = source[at] ?? '';
      if (letter === '\\') {
        at++;
        const next = source[at] ?? '';
        text += { n: '\n', r: '\r', t: '\t' }[next] ?? next;
        continue;
      }
      if (letter === '(') depth++;
      if (letter === ')' && --depth === 0) break;
      if (at >= source.length) throw new Error('A string without an end');
      text += letter;
    }
    at++;
    return text;
  }

  function read(): Value | { operator: string } | undefined {
    skip();
    if (at >= source.length) return undefined;
    if (source.startsWith('<<', at)) {
      at += 2;
      const dict: Dict = new Map();
      for (skip(); !source.startsWith('>>', at); skip()) {
        const key = read() as Name;
        dict.set(key.name, value());
      }
      at += 2;
      return dict;
    }
    switch (source[at]) {
      case '/':
        at++;
        return { name: word() };
      case '(':
        at++;
        return literal();
      case '<': {
        const end = source.indexOf('>', at);
        const hex = source.slice(at + 1, end);
        at = end + 1;
        return Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1');
      }
      case '[': {
        at++;
        const list: Value[] = [];
        for (skip(); source[at] !== ']'; skip()) list.push(value());
        at++;
        return list;
      }
      default: {
        const text = word();
        if (text === '') throw new Error(`What is this: ${source.slice(at, at + 20)}`);
        const reference = /^ (\d+) R\b/.exec(source.slice(at, at + 12));
        if (/^\d+$/.test(text) && reference !== null) {
          at += reference[0].length;
          return { ref: Number(text) };
        }
        if (/^[-+.\d]+$/.test(text)) return Number(text);
        if (text === 'null') return null;
        if (text === 'true' || text === 'false') return text === 'true';
        return { operator: text };
      }
    }
  }

  function value(): Value {
    return read() as Value;
  }

  return { read, position: () => at };
}

export function readPdf(bytes: Uint8Array): Pdf {
  const source = Buffer.from(bytes).toString('latin1');
  const offsets = crossReferences(source);
  const known = new Map<number, Value>();

  function resolve(value: Value | undefined): Value | undefined {
    if (!isReference(value)) return value;
    const offset = offsets.get(value.ref);
    if (offset === undefined) return undefined;
    const kept = known.get(value.ref);
    if (kept !== undefined) return kept;
    const start = source.indexOf('obj', offset) + 3;
    const found = createReader(source.slice(start, source.indexOf('endobj', start))).read() as Value;
    known.set(value.ref, found);
    return found;
  }
  const dict = (value: Value | undefined): Dict => {
    const found = resolve(value);
    return found instanceof Map ? found : new Map();
  };
  const list = (value: Value | undefined): Value[] => {
    const found = resolve(value);
    return Array.isArray(found) ? found : found === undefined || found === null ? [] : [found];
  };
  const name = (value: Value | undefined): string => {
    const found = resolve(value);
    return typeof found === 'object' && found !== null && 'name' in found ? found.name : '';
  };
  const text = (value: Value | undefined): string => {
    const found = resolve(value);
    if (typeof found !== 'string') return '';
    if (!found.startsWith('þÿ')) return found;
    return Buffer.from(found.slice(2), 'latin1').swap16().toString('utf16le');
  };
  /** The bytes of a stream, unpacked. */
  function stream(value: Value | undefined): Buffer {
    if (!isReference(value)) return Buffer.alloc(0);
    const offset = offsets.get(value.ref) ?? 0;
    const start = /stream\r?\n/g;
    start.lastIndex = offset;
    start.exec(source);
    const length = Number(resolve(dict(value).get('Length')));
    const raw = Buffer.from(source.slice(start.lastIndex, start.lastIndex + length), 'latin1');
    return name(dict(value).get('Filter')) === 'FlateDecode' ? inflateSync(raw) : raw;
  }

  const trailer = createReader(source.slice(source.lastIndexOf('trailer') + 7)).read() as Dict;
  const root = dict(trailer.get('Root'));
  const pages = list(dict(root.get('Pages')).get('Kids'));
  const fonts = new Map<string, { name: string; isEmbedded: boolean; unicode: Map<number, string> }>();

  /** What each marked piece of a page says, by its number. */
  function markedText(page: Value): Map<number, string> {
    const resources = dict(dict(page).get('Resources'));
    const pieces = new Map<number, string>();
    const { read } = createReader(stream(dict(page).get('Contents')).toString('latin1'));
    let operands: Value[] = [];
    let mark: number | undefined;
    let unicode = new Map<number, string>();
    for (let next = read(); next !== undefined; next = read()) {
      if (!isOperator(next)) {
        operands.push(next);
        continue;
      }
      if (next.operator === 'BDC') mark = Number(dict(operands[1]).get('MCID'));
      if (next.operator === 'EMC') mark = undefined;
      if (next.operator === 'Tf') unicode = fontOf(dict(resources.get('Font')).get(name(operands[0])));
      if (next.operator === 'TJ') {
        if (mark === undefined) throw new Error('Words outside of the structure');
        const said = list(operands[0])
          .filter((one) => typeof one === 'string')
          .map((codes) => decode(codes, unicode));
        pieces.set(mark, (pieces.get(mark) ?? '') + said.join(''));
      }
      operands = [];
    }
    return pieces;
  }

  function fontOf(value: Value | undefined): Map<number, string> {
    const font = dict(value);
    const base = name(font.get('BaseFont'));
    const kept = fonts.get(base);
    if (kept !== undefined) return kept.unicode;
    const descriptor = dict(dict(list(font.get('DescendantFonts'))[0]).get('FontDescriptor'));
    const isEmbedded = ['FontFile', 'FontFile2', 'FontFile3'].some(
      (key) => stream(descriptor.get(key)).length > 0,
    );
    const unicode = unicodeMap(stream(font.get('ToUnicode')).toString('latin1'));
    fonts.set(base, { name: base, isEmbedded, unicode });
    return unicode;
  }

  const said = new Map(pages.map((page) => [isReference(page) ? page.ref : 0, markedText(page)]));

  function elementsIn(value: Value | undefined): Element[] {
    const element = dict(value);
    const pageOf = (one: Dict) => said.get((one.get('Pg') as Reference | undefined)?.ref ?? 0);
    let own = '';
    const below: Element[] = [];
    for (const kid of list(element.get('K'))) {
      if (typeof kid === 'number') own += pageOf(element)?.get(kid) ?? '';
      else if (dict(kid).has('MCID')) own += pageOf(dict(kid))?.get(Number(dict(kid).get('MCID'))) ?? '';
      else below.push(...elementsIn(kid));
    }
    const role = name(element.get('S'));
    return own === '' ? below : [{ role, text: own }, ...below];
  }

  function bookmarksIn(first: Value | undefined): Bookmark[] {
    const found: Bookmark[] = [];
    for (let at = first; resolve(at) instanceof Map; at = dict(at).get('Next')) {
      if (list(dict(at).get('Dest')).length === 0) throw new Error('A bookmark that leads nowhere');
      found.push({ title: text(dict(at).get('Title')), below: bookmarksIn(dict(at).get('First')) });
    }
    return found;
  }

  return {
    pages: pages.length,
    language: text(root.get('Lang')),
    title: text(dict(trailer.get('Info')).get('Title')),
    showsTitle: resolve(dict(root.get('ViewerPreferences')).get('DisplayDocTitle')) === true,
    isTagged: resolve(dict(root.get('MarkInfo')).get('Marked')) === true,
    elements: list(dict(root.get('StructTreeRoot')).get('K')).flatMap(elementsIn),
    bookmarks: bookmarksIn(dict(root.get('Outlines')).get('First')),
    metadata: stream(root.get('Metadata')).toString('utf8'),
    outputIntents: list(root.get('OutputIntents')).map((intent) =>
      stream(dict(intent).get('DestOutputProfile')).length > 128 ? name(dict(intent).get('S')) : '',
    ),
    fonts: [...fonts.values()].map(({ unicode: _unicode, ...font }) => font),
    hasFileId: list(trailer.get('ID')).length === 2,
  };
}

function crossReferences(source: string): Map<number, number> {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(source)?.[1]);
  const entries = [...source.slice(start).matchAll(/^(\d{10}) \d{5} ([nf])/gm)];
  return new Map(
    entries.flatMap(([, offset, kind], number) => (kind === 'n' ? [[number, Number(offset)]] : [])),
  );
}

/** Glyph numbers and what they mean, from `bfrange` lists. */
function unicodeMap(cmap: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, first = '0', , list = ''] of cmap.matchAll(/<(\w{4})>\s*<(\w{4})>\s*\[([^\]]*)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries()) {
      found.set(
        Number.parseInt(first, 16) + index,
        Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      );
    }
  }
  return found;
}

function decode(codes: string, unicode: Map<number, string>): string {
  const bytes = Buffer.from(codes, 'latin1');
  let said = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const letter = unicode.get(bytes.readUInt16BE(at));
    if (letter === undefined || letter === '') throw new Error('A glyph without a meaning');
    said += letter;
  }
  return said;
}

function isReference(value: Value | undefined): value is Reference {
  return typeof value === 'object' && value !== null && 'ref' in value;
}

function isOperator(value: Value | { operator: string }): value is { operator: string } {
  return typeof value === 'object' && value !== null && 'operator' in value;
}
