// Route templates of ASP.NET as function apps use them: literals, {p}, {p?}, {p=default}, {p:constraint}, {*rest},
// without regard to case, the most specific template first.

export type Route = {
  template: string;
  rank: number[];
  match(path: string): Record<string, string> | undefined;
};

type Segment =
  | { kind: 'literal'; text: string; rank: 1 }
  | { kind: 'mixed'; pattern: RegExp; names: string[]; rank: 2 }
  | {
      kind: 'parameter';
      name: string;
      constraints: string[];
      fallback?: string;
      optional: boolean;
      rank: 3 | 4;
    }
  | { kind: 'rest'; name: string; fallback?: string; rank: 5 };

const named: Record<string, RegExp> = {
  int: /^-?\d+$/,
  long: /^-?\d+$/,
  alpha: /^[a-z]*$/i,
  bool: /^(true|false)$/i,
  decimal: /^-?\d+(\.\d+)?$/,
  double: /^-?\d+(\.\d+)?$/,
  float: /^-?\d+(\.\d+)?$/,
  guid: /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i,
  required: /.+/,
};

export function compileRoute(template: string): Route {
  const segments = template.split('/').filter(Boolean).map(parseSegment);
  return {
    template,
    rank: segments.map(({ rank }) => rank),
    match(path) {
      const parts = path
        .split('/')
        .filter((part, at, all) => part !== '' || (at !== 0 && at !== all.length - 1));
      const parameters: Record<string, string> = {};
      for (const [at, segment] of segments.entries()) {
        if (segment.kind === 'rest') {
          const rest = parts.slice(at).map(decodeSegment).join('/') || segment.fallback;
          if (rest !== undefined) parameters[segment.name] = rest;
          return parameters;
        }
        const part = parts[at];
        if (part === undefined) {
          if (segment.kind !== 'parameter' || !segment.optional) return undefined;
          if (segment.fallback !== undefined) parameters[segment.name] = segment.fallback;
          continue;
        }
        if (!matchSegment(segment, decodeSegment(part), parameters)) return undefined;
      }
      return parts.length > segments.length ? undefined : parameters;
    },
  };
}

/** Sorts the more specific route first, segment by segment. */
export function byPrecedence(a: Route, b: Route): number {
  for (let at = 0; at < Math.max(a.rank.length, b.rank.length); at++) {
    const difference = (a.rank[at] ?? 0) - (b.rank[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parseSegment(text: string): Segment {
  const parts = /^\{(\*{0,2})([^:=?}]+)((?::[^=?}]+)*)(?:=([^?}]*))?(\?)?\}$/.exec(text);
  if (parts === null)
    return /[{}]/.test(text) ? mixedSegment(text) : { kind: 'literal', text: text.toLowerCase(), rank: 1 };
  const [, stars, name = '', constraintText, fallback, question] = parts;
  const withFallback = fallback === undefined ? {} : { fallback };
  if (stars) return { kind: 'rest', name, ...withFallback, rank: 5 };
  const constraints = constraintText ? constraintText.slice(1).split(':') : [];
  return {
    kind: 'parameter',
    name,
    constraints,
    ...withFallback,
    optional: question !== undefined || fallback !== undefined,
    rank: constraints.length > 0 ? 3 : 4,
  };
}

/** A segment such as `{name}.{extension}`. */
function mixedSegment(text: string): Segment {
  const names: string[] = [];
  const pattern = text
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part.slice(1, -1).split(':')[0] ?? '');
      return '(.+?)';
    })
    .join('');
  return { kind: 'mixed', pattern: new RegExp(`^${pattern}$`, 'i'), names, rank: 2 };
}

function matchSegment(
  segment: Exclude<Segment, { kind: 'rest' }>,
  value: string,
  parameters: Record<string, string>,
): boolean {
  if (segment.kind === 'literal') return value.toLowerCase() === segment.text;
  if (segment.kind === 'parameter') {
    if (!segment.constraints.every((constraint) => meets(constraint, value))) return false;
    parameters[segment.name] = value;
    return true;
  }
  const found = segment.pattern.exec(value);
  if (found === null) return false;
  for (const [at, name] of segment.names.entries()) parameters[name] = found[at + 1] ?? '';
  return true;
}

function meets(constraint: string, value: string): boolean {
  const [, name = '', argument = ''] = /^([^(]+)(?:\((.*)\))?$/.exec(constraint) ?? [];
  const [low = Number.NaN, high] = argument.split(',').map(Number);
  switch (name.toLowerCase()) {
    case 'regex':
      return new RegExp(argument).test(value);
    case 'minlength':
      return value.length >= low;
    case 'maxlength':
      return value.length <= low;
    case 'length':
      return high === undefined ? value.length === low : value.length >= low && value.length <= high;
    case 'min':
      return Number(value) >= low;
    case 'max':
      return Number(value) <= low;
    case 'range':
      return Number(value) >= low && Number(value) <= (high ?? Number.NaN);
    case 'datetime':
      return !Number.isNaN(Date.parse(value));
    default: {
      const pattern = named[name.toLowerCase()];
      if (pattern === undefined) throw new Error(`unknown route constraint "${constraint}"`);
      return pattern.test(value);
    }
  }
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
