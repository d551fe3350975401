import { CommandError } from '../errors.ts';
import { bsonType } from '../values/document.ts';

/** A BSON or JavaScript regular expression, or undefined for any other value. */
export function readRegex(value: unknown): { pattern: string; options: string } | undefined {
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags };
  if (bsonType(value) !== 'BSONRegExp') return undefined;
  const { pattern, options } = Object(value);
  return { pattern: String(pattern), options: String(options) };
}

/** JavaScript's reading of a PCRE pattern; `x` is taken apart here because JavaScript has no such flag. */
export function compileRegex(pattern: string, options: string): RegExp {
  if (/[^imsxu]/.test(options)) throw new CommandError(2, `invalid flag in regex options: ${options}`);
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const all = options + (inline?.[1] ?? '');
  let source = inline ? pattern.slice(inline[0].length) : pattern;
  if (all.includes('x'))
    source = source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\s#]/.test(part) ? '' : part));
  const flags = [...'ims'].filter((flag) => all.includes(flag)).join('');
  try {
    return new RegExp(source, flags);
  } catch (cause) {
    throw new CommandError(
      2,
      `Regular expression is invalid: ${cause instanceof Error ? cause.message : ''}`,
    );
  }
}
