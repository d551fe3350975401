// A record on paper, read back as a screen reader and an archive read it: structure, language, bookmarks, real text in the
// right order, and what PDF/A asks for.
import { expect, test } from 'vitest';
import { createPaper } from '../../api/src/adapters/documents/paper.ts';
import type { RecordView } from '../../domain/sign/contract.ts';
import { exampleRecord } from '../bench/example-record.ts';
import { type Bookmark, readPdf } from '../pdf-reader.ts';

const paper = createPaper();
const record = exampleRecord();

async function read(view: RecordView, language: 'nb' | 'en' = 'nb') {
  return readPdf(await paper.record({ record: view, language }));
}

test.each([
  ['nb', 'nb-NO', 'Referat fra utviklingssamtale – januar 2027'],
  ['en', 'en-GB', 'Development review record – January 2027'],
] as const)('in %s it says what it is, and carries what an archive needs', async (language, tag, title) => {
  const pdf = await read(record, language);
  expect(pdf).toMatchObject({ language: tag, title, showsTitle: true, isTagged: true, hasFileId: true });
  expect(pdf.metadata).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</);
  expect(pdf.metadata).toContain(title);
  expect(pdf.metadata).toContain('2027-01-06T12:30:00Z');
  expect(pdf.outputIntents).toEqual(['GTS_PDFA1']);
  expect(pdf.fonts.length).toBe(2);
  expect(pdf.fonts.filter(({ isEmbedded }) => !isEmbedded)).toEqual([]);
});

test('every word stands in the structure once, in the order of the record', async () => {
  const { elements, pages } = await read(record);
  expect(pages).toBeGreaterThan(1);
  const { content } = record;
  const whole = elements.map(({ text }) => text).join('\n');
  const order = [
    content.seller.name,
    content.summary,
    ...content.notes.map(({ text }) => text),
    ...content.strengths.map(({ text }) => text),
    ...content.figures.map(({ label, value }) => `${label}: ${value}`),
    'Behovsavdekking',
    ...content.goals.flatMap((goal) => [
      goal.text,
      goal.measure,
      goal.ifThen,
      goal.priority,
      goal.attractive,
    ]),
    ...content.promises.map(({ text }) => text),
    record.disagreement ?? '',
    'Signaturer',
    'Ingrid Solberg, ',
    'Jonas Berg, ',
    record.addenda[0]?.text ?? '',
    record.digest,
  ];
  let at = 0;
  for (const words of order) {
    const found = whole.indexOf(words, at);
    expect(found, words).toBeGreaterThanOrEqual(at);
    at = found;
  }
});

test('headings go down one level at a time, and each is a bookmark', async () => {
  const { elements, bookmarks } = await read(record);
  const headings = elements.filter(({ role }) => /^H\d$/.test(role));
  let level = 0;
  for (const { role, text } of headings) {
    const next = Number(role.slice(1));
    expect(next, text).toBeLessThanOrEqual(level + 1);
    level = next;
  }
  expect(headings.filter(({ role }) => role === 'H1')).toHaveLength(1);
  const flat = (all: Bookmark[], depth: number): { role: string; text: string }[] =>
    all.flatMap(({ title, below }) => [{ role: `H${depth}`, text: title }, ...flat(below, depth + 1)]);
  expect(flat(bookmarks, 1)).toEqual(headings);
  expect(new Set(elements.map(({ role }) => role))).toEqual(new Set(['H1', 'H2', 'H3', 'P']));
});

test('names and words from all over Europe stay words, and markup stays text', async () => {
  const summary =
    '<b>Sámegiella</b> – Łukasz Żółć & Đorđe (50 %) \\ «sitat» ďalší šťastný staff office fjære';
  const { elements } = await read({ ...record, content: { ...record.content, summary } });
  expect(elements.map(({ text }) => text)).toContain(summary);
});

test('a record that was closed without a signature names nobody with reproach', async () => {
  const [signature] = record.signatures;
  if (signature === undefined) throw new Error('nobody has signed');
  const { elements } = await read({ ...record, state: 'closed_unsigned', signatures: [signature] });
  const said = elements.map(({ text }) => text);
  expect(said.find((text) => text.includes('Jonas Berg har ikke signert'))).toContain('ingen kritikk');
});

test('the same record is the same document, byte for byte', async () => {
  const once = Buffer.from(await paper.record({ record, language: 'nb' }));
  expect(once.equals(Buffer.from(await paper.record({ record, language: 'nb' })))).toBe(true);
});
