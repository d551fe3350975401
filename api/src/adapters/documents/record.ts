// A record on paper, in the reader's language: what both signed, and how to check that it is still that.
import { agenda } from '@medspill/domain/content/sections/agenda';
import { stages } from '@medspill/domain/content/sections/stages';
import { say, type Text } from '@medspill/domain/content/text';
import { signTexts } from '@medspill/domain/content/texts/sign';
import { longDate, monthName, shortDateTime } from '@medspill/domain/format';
import type { Language, Side } from '@medspill/domain/people';
import type { RecordContent, RecordGoal, RecordView } from '@medspill/domain/sign/contract';
import { startPdf, type TaggedPdf } from './tagged-pdf.ts';

/** Times of signatures are given where the product is at home. */
const zone = 'Europe/Oslo';

const texts = {
  title: { nb: 'Referat fra utviklingssamtale', en: 'Development review record' },
  held: { nb: '{seller} og {manager}, {date}', en: '{seller} and {manager}, {date}' },
  summary: { nb: 'Oppsummering', en: 'Summary' },
  notes: { nb: 'Notater', en: 'Notes' },
  strengths: { nb: 'Styrker', en: 'Strengths' },
  figures: { nb: 'Tall', en: 'Figures' },
  focus: { nb: 'Salgsprosessen', en: 'The sales process' },
  rating: { nb: '{who}: {value}. {example}', en: '{who}: {value}. {example}' },
  notObserved: { nb: 'ikke observert', en: 'not observed' },
  goals: { nb: 'Mål', en: 'Goals' },
  measure: { nb: 'Mål på framgang: {text}', en: 'Measure: {text}' },
  ifThen: { nb: 'Hvis–så: {text}', en: 'If–then: {text}' },
  priority: { nb: 'Prioritering: {text}', en: 'Priority: {text}' },
  attractive: { nb: 'Verdt innsatsen fordi: {text}', en: 'Worth the effort because: {text}' },
  confidence: {
    nb: 'Tro på målet fra 1 til 10: {seller} {ofSeller}, {manager} {ofManager}.',
    en: 'Confidence from 1 to 10: {seller} {ofSeller}, {manager} {ofManager}.',
  },
  action: { nb: 'Steg: {text}', en: 'Step: {text}' },
  actionBy: { nb: 'Steg innen {date}: {text}', en: 'Step by {date}: {text}' },
  due: {
    nb: 'Frist {date}. Gjør: {doer}. Følger opp: {follower}.',
    en: 'Due {date}. Does: {doer}. Follows up: {follower}.',
  },
  promises: { nb: 'Løfter', en: 'Promises' },
  noPromise: { nb: 'Ingen løfter trengs denne gangen.', en: 'No promises are needed this time.' },
  disagreement: { nb: 'Selgerens merknad', en: 'The seller’s comment' },
  addenda: { nb: 'Tillegg', en: 'Addenda' },
  signatures: { nb: 'Signaturer', en: 'Signatures' },
  signed: { nb: '{name}, {at}', en: '{name}, {at}' },
  unsigned: { nb: 'Ikke signert av begge.', en: 'Not signed by both.' },
  form: {
    nb: 'Skjema: {length}, mal {version}, tekster {textVersion}',
    en: 'Form: {length}, template {version}, texts {textVersion}',
  },
  check: { nb: 'Kontroll', en: 'Verification' },
  digest: { nb: 'SHA-256: {digest}', en: 'SHA-256: {digest}' },
} as const satisfies Record<string, Text>;

export async function recordPdf({
  record,
  language,
}: {
  record: RecordView;
  language: Language;
}): Promise<Uint8Array> {
  const { content } = record;
  const title = `${texts.title[language]} – ${monthName(content.month, language)}`;
  const at = new Date(record.signatures.at(-1)?.at ?? `${content.heldOn}T12:00:00Z`);
  const pdf = await startPdf({ title, language, at });
  pdf.heading(1, title);
  pdf.paragraph(
    say(texts.held, language, {
      seller: content.seller.name,
      manager: content.manager.name,
      date: longDate(content.heldOn, language),
    }),
  );
  section(pdf, texts.summary[language], content.summary === '' ? [] : [content.summary]);
  writeNotes(pdf, content, language);
  section(pdf, texts.strengths[language], content.strengths.map(joined));
  section(
    pdf,
    texts.figures[language],
    content.figures.map(({ label, value }) => `${label}: ${value}`),
  );
  writeFocus(pdf, content, language);
  if (content.goals.length > 0) {
    pdf.heading(2, texts.goals[language]);
    for (const goal of content.goals) writeGoal(pdf, goal, content, language);
  }
  section(pdf, texts.promises[language], [
    ...content.promises.map(({ text, dueOn }) => `${text} (${longDate(dueOn, language)})`),
    ...(content.noPromiseNeeded ? [texts.noPromise[language]] : []),
  ]);
  section(pdf, texts.disagreement[language], record.disagreement ? [record.disagreement] : []);
  section(
    pdf,
    texts.signatures[language],
    record.signatures.map(({ name, at: when }) =>
      say(texts.signed, language, { name, at: shortDateTime(when, zone, language) }),
    ),
  );
  const missing = unsignedLine(record, language);
  if (missing !== undefined) pdf.paragraph(missing);
  section(
    pdf,
    texts.addenda[language],
    record.addenda.map(
      ({ name, at: when, text }) => `${name}, ${shortDateTime(when, zone, language)}: ${text}`,
    ),
  );
  section(pdf, texts.check[language], [
    say(texts.form, language, content.template),
    say(texts.digest, language, { digest: record.digest }),
  ]);
  return pdf.end();
}

/** A record that was closed without a signature says so, and that it is no reproach. */
function unsignedLine({ state, content, signatures }: RecordView, language: Language): string | undefined {
  if (state === 'sealed') return undefined;
  if (state !== 'closed_unsigned') return texts.unsigned[language];
  const [missing] = (['manager', 'seller'] as const).filter((side) =>
    signatures.every((one) => one.side !== side),
  );
  return missing === undefined
    ? signTexts.closedUnsignedBoth[language]
    : say(signTexts.closedUnsigned, language, { name: content[missing].name });
}

function section(pdf: TaggedPdf, heading: string, paragraphs: readonly string[]): void {
  if (paragraphs.length === 0) return;
  pdf.heading(2, heading);
  for (const paragraph of paragraphs) pdf.paragraph(paragraph);
}

function joined({ text, example }: { text: string; example: string }): string {
  return [text, example].filter((part) => part !== '').join(' – ');
}

function writeNotes(pdf: TaggedPdf, { notes }: RecordContent, language: Language): void {
  const written = notes.filter(({ text }) => text !== '');
  if (written.length === 0) return;
  pdf.heading(2, texts.notes[language]);
  for (const { agendaKey, text } of written) {
    pdf.heading(3, agenda.find(({ key }) => key === agendaKey)?.title[language] ?? agendaKey);
    pdf.paragraph(text);
  }
}

function writeFocus(pdf: TaggedPdf, content: RecordContent, language: Language): void {
  if (content.focusStages.length === 0) return;
  pdf.heading(2, texts.focus[language]);
  for (const focus of content.focusStages) {
    pdf.heading(3, stages.find(({ key }) => key === focus.stage)?.title[language] ?? focus.stage);
    for (const side of ['seller', 'manager'] as const) {
      const rating = focus[side];
      if (rating === undefined) continue;
      const value = rating.value === null ? texts.notObserved[language] : rating.value;
      const who = content[side].name;
      pdf.paragraph(say(texts.rating, language, { who, value, example: rating.example }).trim());
    }
  }
}

function writeGoal(pdf: TaggedPdf, goal: RecordGoal, content: RecordContent, language: Language): void {
  const nameOf = (side: Side) => content[side].name;
  pdf.heading(3, goal.text);
  if (goal.measure !== '') pdf.paragraph(say(texts.measure, language, { text: goal.measure }));
  for (const { text, dueOn } of goal.actions) {
    pdf.paragraph(
      dueOn === undefined
        ? say(texts.action, language, { text })
        : say(texts.actionBy, language, { text, date: longDate(dueOn, language) }),
    );
  }
  if (goal.ifThen !== '') pdf.paragraph(say(texts.ifThen, language, { text: goal.ifThen }));
  if (goal.priority !== '') pdf.paragraph(say(texts.priority, language, { text: goal.priority }));
  if (goal.attractive !== '') pdf.paragraph(say(texts.attractive, language, { text: goal.attractive }));
  const { manager: ofManager, seller: ofSeller } = goal.confidence;
  const names = { manager: content.manager.name, seller: content.seller.name };
  pdf.paragraph(say(texts.confidence, language, { ...names, ofManager, ofSeller }));
  pdf.paragraph(
    say(texts.due, language, {
      date: longDate(goal.dueOn, language),
      doer: nameOf(goal.doer),
      follower: nameOf(goal.follower),
    }),
  );
}
