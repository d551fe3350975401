// The PDF of a record, tagged and archivable, beside pdfmake's of the same words in the same fonts, which is neither.
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import { createPaper } from '../../api/src/adapters/documents/paper.ts';
import { stages } from '../../domain/content/sections/stages.ts';
import { longDate } from '../../domain/format.ts';
import type { RecordView } from '../../domain/sign/contract.ts';
import { exampleRecord } from './example-record.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const runs = 120;
const warmUp = 30;

export async function rows(): Promise<BenchRow[]> {
  const { resolve } = createRequire(import.meta.url);
  const font = (name: string) => resolve(`@expo-google-fonts/roboto/${name}.ttf`);
  pdfmake.setFonts({
    Roboto: { normal: font('400Regular/Roboto_400Regular'), bold: font('700Bold/Roboto_700Bold') },
  });
  // Nothing is fetched and nothing read: without these it says so at every document.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  const record = exampleRecord();
  const paper = createPaper();
  const ours: number[] = [];
  const peer: number[] = [];
  // In turn, so that whatever else the machine does meets both.
  for (let run = 0; run < warmUp + runs; run++) {
    ours.push(await timed(() => paper.record({ record, language: 'nb' })));
    peer.push(await timed(() => pdfmake.createPdf(definitionOf(record)).getBuffer()));
  }
  const [value, other] = [percentile(ours.slice(warmUp), 0.5), percentile(peer.slice(warmUp), 0.5)];
  return [
    {
      name: 'pdf: a record of two pages, tagged, beside pdfmake',
      value: rounded(value),
      unit: 'ms',
      peer: rounded(other),
      ratio: rounded(value / other),
      goal: '<= 1',
      holds: value / other <= 1,
    },
  ];
}

async function timed(work: () => Promise<Uint8Array>): Promise<number> {
  const started = performance.now();
  const { length } = await work();
  if (length < 10_000) throw new Error('no document came of it');
  return performance.now() - started;
}

function definitionOf({ content, signatures, disagreement, addenda, digest }: RecordView) {
  const line = (text: string) => ({ text, margin: [0, 0, 0, 4] as [number, number, number, number] });
  const heading = (text: string) => ({ text, fontSize: 15, bold: true });
  const smaller = (text: string) => ({ text, fontSize: 12, bold: true });
  return {
    pageSize: 'A4' as const,
    pageMargins: 56,
    defaultStyle: { font: 'Roboto', fontSize: 11 },
    info: { title: 'Referat fra utviklingssamtale' },
    content: [
      { text: 'Referat fra utviklingssamtale – januar 2027', fontSize: 22, bold: true },
      line(`${content.seller.name} og ${content.manager.name}, ${longDate(content.heldOn, 'nb')}`),
      heading('Oppsummering'),
      line(content.summary),
      heading('Notater'),
      ...content.notes.flatMap(({ agendaKey, text }) => [smaller(agendaKey), line(text)]),
      heading('Styrker'),
      ...content.strengths.map(({ text, example }) => line(`${text} – ${example}`)),
      heading('Tall'),
      ...content.figures.map(({ label, value }) => line(`${label}: ${value}`)),
      heading('Salgsprosessen'),
      ...content.focusStages.flatMap(({ stage, manager, seller }) => [
        smaller(stages.find(({ key }) => key === stage)?.title.nb ?? stage),
        line(`${content.seller.name}: ${seller?.value ?? 'ikke observert'}. ${seller?.example ?? ''}`),
        line(`${content.manager.name}: ${manager?.value ?? 'ikke observert'}. ${manager?.example ?? ''}`),
      ]),
      heading('Mål'),
      ...content.goals.flatMap((goal) => [
        smaller(goal.text),
        line(`Mål på framgang: ${goal.measure}`),
        ...goal.actions.map(({ text, dueOn }) => line(`Steg innen ${dueOn}: ${text}`)),
        line(`Hvis–så: ${goal.ifThen}`),
        line(`Prioritering: ${goal.priority}`),
        line(`Verdt innsatsen fordi: ${goal.attractive}`),
        line(`Tro på målet fra 1 til 10: ${goal.confidence.seller} og ${goal.confidence.manager}`),
        line(`Frist ${longDate(goal.dueOn, 'nb')}. Gjør: ${goal.doer}. Følger opp: ${goal.follower}.`),
      ]),
      heading('Løfter'),
      ...content.promises.map(({ text, dueOn }) => line(`${text} (${longDate(dueOn, 'nb')})`)),
      heading('Selgerens merknad'),
      line(disagreement ?? ''),
      heading('Signaturer'),
      ...signatures.map(({ name, at }) => line(`${name}, ${at}`)),
      heading('Tillegg'),
      ...addenda.map(({ name, at, text }) => line(`${name}, ${at}: ${text}`)),
      heading('Kontroll'),
      line(`SHA-256: ${digest}`),
    ],
  };
}
