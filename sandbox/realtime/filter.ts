// The OData filters of the REST side, such as `userId ne 'u' and not('g' in groups)`.

export type FilterSubject = { connectionId: string; userId?: string; groups: ReadonlySet<string> };
export type Filter = (subject: FilterSubject) => boolean;

type Value = string | number | boolean | null;
type Operand = (subject: FilterSubject) => Value;

/** Throws a SyntaxError on what the service would refuse. */
export function parseFilter(text: string): Filter {
  const tokens = text.match(/'(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z]+|[()]|\S/g) ?? [];
  let at = 0;
  const result = parseOr();
  if (at < tokens.length) throw unexpected();
  return result;

  function parseOr(): Filter {
    const left = parseAnd();
    if (!take('or')) return left;
    const right = parseOr();
    return (subject) => left(subject) || right(subject);
  }

  function parseAnd(): Filter {
    const left = parseTerm();
    if (!take('and')) return left;
    const right = parseAnd();
    return (subject) => left(subject) && right(subject);
  }

  function parseTerm(): Filter {
    if (take('not')) {
      const inner = parseTerm();
      return (subject) => !inner(subject);
    }
    if (take('(')) {
      const inner = parseOr();
      if (!take(')')) throw unexpected();
      return inner;
    }
    return parseComparison();
  }

  function parseComparison(): Filter {
    const left = parseOperand();
    if (take('in')) {
      if (!take('groups')) throw unexpected();
      return (subject) => subject.groups.has(String(left(subject)));
    }
    const compare = comparisons[tokens[at++] ?? ''];
    if (compare === undefined) throw unexpected();
    const right = parseOperand();
    return (subject) => compare(left(subject), right(subject));
  }

  function parseOperand(): Operand {
    const token = tokens[at++];
    if (token === 'userId') return (subject) => subject.userId ?? null;
    if (token === 'connectionId') return (subject) => subject.connectionId;
    if (token === 'null') return () => null;
    if (token === 'true' || token === 'false') return () => token === 'true';
    if (token === 'length') {
      if (!take('(')) throw unexpected();
      const inner = parseOperand();
      if (!take(')')) throw unexpected();
      return (subject) => String(inner(subject) ?? '').length;
    }
    if (token?.startsWith("'") && token.length > 1) {
      const value = token.slice(1, -1).replaceAll("''", "'");
      return () => value;
    }
    if (token !== undefined && /^-?\d/.test(token)) return () => Number(token);
    throw unexpected();
  }

  function take(token: string): boolean {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  }

  function unexpected(): SyntaxError {
    return new SyntaxError(`The filter "${text}" is not valid near "${tokens[at] ?? 'its end'}".`);
  }
}

const comparisons: Record<string, (left: Value, right: Value) => boolean> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => left !== null && right !== null && left > right,
  ge: (left, right) => left !== null && right !== null && left >= right,
  lt: (left, right) => left !== null && right !== null && left < right,
  le: (left, right) => left !== null && right !== null && left <= right,
};
