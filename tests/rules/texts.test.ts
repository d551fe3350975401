// The catalogues: both languages, the same placeholders, the style sheet as far as a machine can tell, and no text that
// nobody says or that stands outside of them.
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { isTest, read, root, sourcesIn } from './sources.ts';

type Text = { nb: string; en: string };
type Named = { name: string; text: Text };

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'nb' in value && 'en' in value;

function textsIn(value: unknown, name: string): Named[] {
  if (isText(value)) return [{ name, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${name}.${key}`));
}

const catalogueFiles = sourcesIn('domain/content/texts');
const catalogues = (
  await Promise.all(
    catalogueFiles.map(async (path) => {
      const module = (await import(`${root}/${path}`)) as Record<string, Record<string, unknown>>;
      return Object.entries(module).map(([name, entries]) => ({ name, path, entries }));
    }),
  )
).flat();
const content = JSON.parse(read('domain/content/content.json')) as Record<string, unknown>;
const interfaceTexts = catalogues.flatMap(({ name, entries }) => textsIn(entries, name));
const all = [...interfaceTexts, ...textsIn(content, 'content')];

/** Names of the texts for which the rule finds something, with what it found. */
function breaking(texts: Named[], rule: (text: Text) => unknown): string[] {
  return texts.flatMap(({ name, text }) => {
    const found = rule(text);
    return found === undefined || found === false || found === null
      ? []
      : [`${name}: ${text.nb} | ${text.en}`];
  });
}

test('there are texts to look at', () => {
  expect(catalogues.length).toBeGreaterThan(10);
  expect(all.length).toBeGreaterThan(800);
});

test('every text has both languages and nothing else', () => {
  const wrong = all.filter(
    ({ text }) =>
      Object.keys(text).sort().join() !== 'en,nb' ||
      Object.values(text).some((words) => typeof words !== 'string' || words.trim() === ''),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
  for (const { name, entries } of catalogues)
    for (const [key, entry] of Object.entries(entries)) expect(isText(entry), `${name}.${key}`).toBe(true);
});

test('both languages have the same placeholders', () => {
  const placeholders = (words: string) => [...new Set(words.match(/\{\w+\}/g) ?? [])].sort().join();
  expect(breaking(all, ({ nb, en }) => placeholders(nb) !== placeholders(en))).toEqual([]);
  // What looks like a placeholder and is none would be shown as it stands.
  expect(breaking(all, ({ nb, en }) => /[{}]/.test(`${nb}${en}`.replace(/\{\w+\}/g, '')))).toEqual([]);
});

test('quotation marks, spaces and dashes of each language', () => {
  expect(breaking(all, ({ nb }) => /["“”‘]|\w'\w/.test(nb))).toEqual([]);
  expect(breaking(all, ({ en }) => /["«»„]|\w'\w/.test(en))).toEqual([]);
  const balanced = (words: string, open: string, close: string) =>
    words.split(open).length === words.split(close).length;
  expect(breaking(all, ({ nb, en }) => !balanced(nb, '«', '»') || !balanced(en, '“', '”'))).toEqual([]);
  expect(
    breaking(all, ({ nb, en }) =>
      [nb, en].some((words) => / {2}| [.,;:!?](\s|$)|^\s|[^\S\n]$|\.\.\.| - /.test(words)),
    ),
  ).toEqual([]);
  // A per cent sign follows a hard space in Norwegian, and nothing in English.
  expect(breaking(all, ({ nb, en }) => /\d(?!\u00a0)\s?%/.test(nb) || /\d\s%/.test(en))).toEqual([]);
});

test('words that the style sheet avoids', () => {
  const nb =
    /\b(ups|oisann|medarbeidersamtale|ansatte?|hun eller han|medlytting|tidslinje|beslutningsvei|milepæl|protokoll|skru av|adferd|ukene? fremover|fremgang)\b/i;
  const en = /\b(oops|whoops|appraisal|subordinate|milestone|behavior)\b/i;
  expect(breaking(all, (text) => nb.test(text.nb) || en.test(text.en))).toEqual([]);
});

test('interface texts are in sentence case and calm', () => {
  const names =
    /^(Medspill|Microsoft|Teams|Outlook|To|Do|Excel|SharePoint|OneDrive|Norge|Norway|Norwegian|English|Christmas|Easter|SMART|PDF|JSON|HR|GROW|SBI|SuperOffice|Salesforce|HubSpot|Dynamics|Pipedrive|I|I’m)$/;
  const weekdayOrMonth =
    /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?$|^(January|February|March|April|May|June|July|August|September|October|November|December)$/;
  const titleCase = (words: string) =>
    words
      // The first word of a sentence, a line, or a quotation may be large.
      .replace(/(^|[.!?:…»”\n]\s+|[«“(])\p{Lu}/gu, '$1')
      .split(/[^\p{L}’]+/u)
      .some((word) => /^\p{Lu}\p{Ll}/u.test(word) && !names.test(word) && !weekdayOrMonth.test(word));
  expect(breaking(interfaceTexts, ({ nb, en }) => titleCase(nb) || titleCase(en))).toEqual([]);
  expect(
    breaking(
      all,
      ({ nb, en }) => /!!|^(OK|Ja|Yes|Send inn|Submit)$/.test(nb) || /!!|^(OK|Yes|Submit)$/.test(en),
    ),
  ).toEqual([]);
});

test('a notice holds in the activity feed', () => {
  const notices = catalogues.find(({ path }) => path.endsWith('/notices.ts'));
  expect(notices).toBeDefined();
  for (const { name, text } of textsIn(notices?.entries, 'notice'))
    for (const words of Object.values(text)) expect(words.length, name).toBeLessThanOrEqual(150);
});

const speaking = ['domain', 'api/src', 'tab/src']
  .flatMap(sourcesIn)
  .filter((path) => !isTest(path) && !path.startsWith('domain/content/texts/'));

test('every text of the catalogues is said somewhere', () => {
  const code = speaking.map(read).join('\n');
  const words = new Set(code.match(/\b[A-Za-z_][A-Za-z0-9_]*\b/g));
  const silent = catalogues.flatMap(({ name, entries }) =>
    Object.keys(entries)
      .filter((key) => {
        // The name of something else, as a permission of Microsoft's.
        if (key.includes('.')) return !code.includes(`'${key}'`);
        if (!words.has(key)) return !saidByComposedKey(code, key);
        return !new RegExp(`[.'"\`]${key}\\b|\\b${key}:`).test(code);
      })
      .map((key) => `${name}.${key}`),
  );
  expect(silent).toEqual([]);
});

/** `missing_summary` by `missing_${code}`. */
function saidByComposedKey(code: string, key: string): boolean {
  const [prefix] = key.split(/(?<=_)/);
  return prefix !== undefined && prefix !== key && code.includes(`\`${prefix}\${`);
}

type Node = { type: string; [key: string]: unknown };

/** Attributes that a person sees or hears. */
const spoken =
  /^(label|title|placeholder|alt|hint|content|summary|validationMessage|aria-(label|description|roledescription|valuetext|placeholder))$/;

function literalWords(node: Node): string[] {
  switch (node.type) {
    case 'JSXText':
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    case 'JSXExpressionContainer':
      return literalWords(node.expression as Node);
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap((branch) => literalWords(branch as Node));
    case 'LogicalExpression':
      return literalWords(node.right as Node);
    default:
      return [];
  }
}

function shownLiterals(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(shownLiterals);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  const own: string[] = [];
  if (node.type === 'JSXElement' || node.type === 'JSXFragment')
    own.push(...(node.children as Node[]).flatMap(literalWords));
  if (node.type === 'JSXAttribute' && node.value !== null) {
    const { name } = node.name as { name: string };
    if (spoken.test(name)) own.push(...literalWords(node.value as Node));
  }
  return [...own, ...Object.values(node).flatMap(shownLiterals)];
}

test('no component of the tab has words of its own', () => {
  const worded = sourcesIn('tab/src')
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) =>
      shownLiterals(parseSync(path, read(path), {}).program)
        .filter((words) => /\p{L}{2,}/u.test(words))
        .map((words) => `${path}: ${words.trim()}`),
    );
  expect(worded).toEqual([]);
  // The rule itself sees what it looks for.
  const sample = 'const x = <p title="Hei">Hallo {a ? "ja" : b && `nei`}</p>;';
  expect(shownLiterals(parseSync('sample.tsx', sample, {}).program).map((words) => words.trim())).toEqual(
    expect.arrayContaining(['Hei', 'Hallo', 'ja', 'nei']),
  );
});

/** `texts.key` of each `t(texts.key)` between the tags of a button. */
function buttonTexts(value: unknown, inside = 'page' as 'page' | 'button'): [object: string, key: string][] {
  if (Array.isArray(value)) return value.flatMap((inner) => buttonTexts(inner, inside));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  if (node.type === 'JSXElement') {
    const { name, attributes } = node.openingElement as { name: { name?: string }; attributes: unknown };
    return [
      ...buttonTexts(attributes),
      ...buttonTexts(node.children, /Button$/.test(name.name ?? '') ? 'button' : inside),
    ];
  }
  if (node.type === 'CallExpression' && inside === 'button') {
    const { callee, arguments: given } = node as unknown as { callee: { name?: string }; arguments: Node[] };
    const [first] = given;
    if (callee.name === 't' && first?.type === 'MemberExpression') {
      const { object, property } = first as unknown as Record<'object' | 'property', { name?: string }>;
      return [[object.name ?? '', property.name ?? '']];
    }
  }
  return Object.values(node).flatMap((inner) => buttonTexts(inner, inside));
}

test('a button is a verb of one to three words, without a full stop', () => {
  const labels = sourcesIn('tab/src')
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) => {
      const code = read(path);
      const known = new Map(catalogues.map(({ name }) => [name, name]));
      for (const [, name = '', alias = ''] of code.matchAll(/\b(\w+Texts) as (\w+)/g)) known.set(alias, name);
      return buttonTexts(parseSync(path, code, {}).program).flatMap(([alias, key]) => {
        const name = known.get(alias);
        const entry = catalogues.find((one) => one.name === name && key in one.entries)?.entries[key];
        return isText(entry) ? [{ name: `${path} ${name}.${key}`, text: entry }] : [];
      });
    });
  expect(labels.length).toBeGreaterThan(20);
  // A step on its way ends in an ellipsis and says more.
  const wrong = (words: string) =>
    /[.!]$/.test(words) || (!words.endsWith('…') && words.split(/\s+/).length > 3);
  expect(breaking(labels, ({ nb, en }) => wrong(nb) || wrong(en))).toEqual([]);
});
