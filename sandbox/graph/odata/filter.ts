// `$filter`: comparison, and/or/not, in, startswith/endswith/contains and any(), evaluated on the JSON that is answered.
import { badRequest } from '../graph-error.ts';
import { isJson, type Json } from '../json.ts';

type Scope = { root: Json; variables: Record<string, unknown> };
type Evaluate = (scope: Scope) => unknown;

const tokenPattern =
  /\s*(?:('(?:[^']|'')*')|(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(-?\d+(?:\.\d+)?)|([A-Za-z_@][\w.@]*(?:\/[A-Za-z_][\w.]*)*)|([(),:]))/iy;

type Token =
  | { kind: 'literal'; value: unknown }
  | { kind: 'name'; value: string }
  | { kind: 'sign'; value: string };

function invalid(text: string): never {
  throw badRequest(`Invalid filter clause: ${text}`, 'BadRequest');
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    if (text.slice(at).trim() === '') break;
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (match === null) return invalid(`syntax error at position ${at} in '${text}'.`);
    at = tokenPattern.lastIndex;
    const [, quoted, date, guid, number, name, sign] = match;
    if (quoted !== undefined)
      tokens.push({ kind: 'literal', value: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (date !== undefined || guid !== undefined) tokens.push({ kind: 'literal', value: date ?? guid });
    else if (number !== undefined) tokens.push({ kind: 'literal', value: Number(number) });
    else if (name !== undefined) {
      if (name === 'true' || name === 'false') tokens.push({ kind: 'literal', value: name === 'true' });
      else if (name === 'null') tokens.push({ kind: 'literal', value: null });
      else tokens.push({ kind: 'name', value: name });
    } else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
  }
  return tokens;
}

function member(value: unknown, name: string): unknown {
  if (!isJson(value)) return undefined;
  // Names are compared as Graph does: whatever their case.
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : value[key];
}

function resolve(path: string, scope: Scope): unknown {
  const [head = '', ...rest] = path.split('/');
  let value = head in scope.variables ? scope.variables[head] : member(scope.root, head);
  for (const name of rest) value = member(value, name);
  return value;
}

function fold(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function compare(operator: string, left: unknown, right: unknown): boolean {
  const a = fold(left) ?? null;
  const b = fold(right) ?? null;
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  if (a === null || b === null) return false;
  const order =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a) < String(b)
        ? -1
        : String(a) > String(b)
          ? 1
          : 0;
  switch (operator) {
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    default:
      return invalid(`unknown operator '${operator}'.`);
  }
}

export function parseFilter(text: string): (value: Json) => boolean {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  const isSign = (sign: string) => peek()?.kind === 'sign' && peek()?.value === sign;
  const isName = (name: string) => peek()?.kind === 'name' && peek()?.value === name;
  function take(sign: string): void {
    if (!isSign(sign)) invalid(`'${sign}' expected in '${text}'.`);
    at++;
  }

  function operand(): Evaluate {
    const token = tokens[at++];
    if (token === undefined) return invalid(`unexpected end of '${text}'.`);
    if (token.kind === 'literal') return () => token.value;
    if (token.kind === 'sign') return invalid(`unexpected '${token.value}' in '${text}'.`);
    if (isSign('(')) return call(token.value);
    return (scope) => resolve(token.value, scope);
  }

  function call(name: string): Evaluate {
    take('(');
    const lambda = name.match(/^(.*)\/(any|all)$/i);
    if (lambda !== null) {
      const variable = tokens[at++];
      if (variable?.kind !== 'name') return invalid(`a variable is expected in '${text}'.`);
      take(':');
      const condition = either();
      take(')');
      const [, path = '', quantifier = 'any'] = lambda;
      return (scope) => {
        const list = resolve(path, scope);
        const values = Array.isArray(list) ? list : [];
        const holds = (value: unknown) =>
          condition({ root: scope.root, variables: { ...scope.variables, [variable.value]: value } }) ===
          true;
        return quantifier.toLowerCase() === 'any' ? values.some(holds) : values.every(holds);
      };
    }
    const parameters: Evaluate[] = [];
    while (!isSign(')')) {
      parameters.push(operand());
      if (isSign(',')) at++;
    }
    take(')');
    const [first, second] = parameters;
    if (first === undefined) return invalid(`'${name}' needs parameters.`);
    const texts = (scope: Scope) =>
      [String(fold(first(scope)) ?? ''), String(fold(second?.(scope)) ?? '')] as const;
    switch (name.toLowerCase()) {
      case 'startswith':
        return (scope) => texts(scope)[0].startsWith(texts(scope)[1]);
      case 'endswith':
        return (scope) => texts(scope)[0].endsWith(texts(scope)[1]);
      case 'contains':
        return (scope) => texts(scope)[0].includes(texts(scope)[1]);
      case 'tolower':
        return (scope) => texts(scope)[0];
      default:
        return invalid(`unknown function '${name}'.`);
    }
  }

  function comparison(): Evaluate {
    if (isName('not')) {
      at++;
      const inner = comparison();
      return (scope) => inner(scope) !== true;
    }
    if (isSign('(')) {
      at++;
      const inner = either();
      take(')');
      return inner;
    }
    const left = operand();
    const operator = peek();
    if (operator?.kind !== 'name' || operator.value === 'and' || operator.value === 'or') return left;
    at++;
    if (operator.value === 'in') {
      take('(');
      const options: Evaluate[] = [];
      while (!isSign(')')) {
        options.push(operand());
        if (isSign(',')) at++;
      }
      take(')');
      return (scope) => options.some((option) => compare('eq', left(scope), option(scope)));
    }
    const right = operand();
    return (scope) => compare(operator.value, left(scope), right(scope));
  }

  function both(): Evaluate {
    let left = comparison();
    while (isName('and')) {
      at++;
      const [before, after] = [left, comparison()];
      left = (scope) => before(scope) === true && after(scope) === true;
    }
    return left;
  }

  function either(): Evaluate {
    let left = both();
    while (isName('or')) {
      at++;
      const [before, after] = [left, both()];
      left = (scope) => before(scope) === true || after(scope) === true;
    }
    return left;
  }

  const evaluate = either();
  if (at < tokens.length) invalid(`unexpected '${String(tokens[at]?.value)}' in '${text}'.`);
  return (value) => evaluate({ root: value, variables: {} }) === true;
}
