// Amounts as reports write them: 1 250 000,50 and 1,250,000.50, with a currency before or behind, or in parentheses.

/** Everything around the digits: currencies, per cent, ",-" and the marks that Excel leaves. */
const around = /^(?:[A-Z]{3}|kr\.?|[€$£])\s*|\s*(?:[A-Z]{3}|kr\.?|[€$£%]|,-|\.-)$/gi;

/** No number is longer, and no expression below is to meet a text that is. */
const longest = 60;

type Bare = { digits: string; negative: boolean };

function bare(text: string): Bare | undefined {
  if (text.length > longest) return undefined;
  let words = text.replace(/[\u00a0\u2009\u202f]/g, ' ').trim();
  let negative = false;
  if (words.startsWith('(') && words.endsWith(')')) {
    negative = true;
    words = words.slice(1, -1).trim();
  }
  const sign = /^[-−–]\s*|\s*[-−–]$/;
  if (sign.test(words) && !words.endsWith(',-') && !words.endsWith('.-')) {
    negative = true;
    words = words.replace(sign, '');
  }
  words = words.replace(around, '').replace(around, '').trim();
  if (sign.test(words)) {
    negative = true;
    words = words.replace(sign, '');
  }
  return /^\d[\d .,'’]*(?:e[+-]?\d{1,3})?$/i.test(words) ? { digits: words, negative } : undefined;
}

/**
 * Which mark stands before the decimals in a whole column: the last of two different ones does, one that comes twice
 * does not, nor does one with other than three digits behind it group anything.
 */
export function decimalOf(values: Iterable<string>, fallback: ',' | '.'): ',' | '.' {
  let comma = 0;
  let stop = 0;
  for (const value of values) {
    const found = bare(value)?.digits.split(/e/i)[0];
    if (found === undefined) continue;
    const commas = found.split(',').length - 1;
    const stops = found.split('.').length - 1;
    if (commas + stops === 0) continue;
    if (commas > 0 && stops > 0) {
      if (found.lastIndexOf(',') > found.lastIndexOf('.')) comma += 1;
      else stop += 1;
    } else if (commas + stops > 1) {
      if (commas > 1) stop += 1;
      else comma += 1;
    } else {
      const [before = '', behind = ''] = found.split(/[,.]/);
      if (behind.length === 3 && /^[1-9]\d{0,2}$/.test(before)) continue;
      if (commas === 1) comma += 1;
      else stop += 1;
    }
  }
  if (comma === stop) return fallback;
  return comma > stop ? ',' : '.';
}

const shapes = {
  ',': /^(?:\d{1,3}(?:[ .'’]\d{3})+|\d+)(?:,\d*)?$/,
  '.': /^(?:\d{1,3}(?:[ ,'’]\d{3})+|\d+)(?:\.\d*)?$/,
} as const;

/** Undefined for what is no number written this way. Amounts beyond 15 digits are no longer exact and refused. */
export function numberOf(text: string, decimal: ',' | '.'): number | undefined {
  const found = bare(text);
  if (found === undefined) return undefined;
  const [digits = '', power] = found.digits.split(/e/i);
  if (!shapes[decimal].test(digits)) return undefined;
  const [whole = '', part = ''] = digits.split(decimal);
  const value = Number(`${whole.replace(/\D/g, '')}.${part || '0'}${power === undefined ? '' : `e${power}`}`);
  if (!Number.isFinite(value) || value > 1e15) return undefined;
  return found.negative ? -value : value;
}
