// The agenda that goes with the invitation, in the reader's language: names, time and the eight items; nothing
// confidential, since an attachment lies in mailboxes that are none of ours.

import { occurrenceIn } from '@medspill/domain/book/occurrences';
import { agenda } from '@medspill/domain/content/sections/agenda';
import { say, type Text } from '@medspill/domain/content/text';
import { longDateTime } from '@medspill/domain/format';
import type { Language } from '@medspill/domain/people';
import { instantOf } from '@medspill/domain/time';
import type { PairDocument } from '../../documents.ts';
import { startPdf } from './tagged-pdf.ts';

const texts = {
  title: { nb: 'Agenda for utviklingssamtale', en: 'Development review agenda' },
  people: { nb: '{seller} og {manager}', en: '{seller} and {manager}' },
  first: { nb: 'Første samtale: {when} ({zone}).', en: 'First review: {when} ({zone}).' },
  length: { nb: 'Samtalen varer {minutes} minutter.', en: 'The review takes {minutes} minutes.' },
  items: { nb: 'Punktene', en: 'The items' },
  item: { nb: '{title} – {minutes} minutter', en: '{title} – {minutes} minutes' },
  form: {
    nb: 'Forberedelsen og skjemaet ligger i Medspill i Teams. Bare dere to kan lese det dere skriver der.',
    en: 'The preparation and the form are in Medspill in Teams. Only the two of you can read what you write there.',
  },
} as const satisfies Record<string, Text>;

/** The first review of an hour takes its own lengths: the form and the eight steps are new. */
function lengthOf(minutes: 30 | 45 | 60): 'short30' | 'standard45' | 'first60' {
  return ({ 30: 'short30', 45: 'standard45', 60: 'first60' } as const)[minutes];
}

export async function agendaPdf({
  pair,
  language,
}: {
  pair: PairDocument;
  language: Language;
}): Promise<Uint8Array> {
  const { series } = pair;
  if (series === undefined) throw new Error('an agenda without a series');
  const first = occurrenceIn(series.firstMonth, series.pattern, series.time, series.zone, series.minutes);
  const title = texts.title[language];
  const pdf = await startPdf({
    title,
    language,
    at: new Date(instantOf(series.bookedAt).epochMilliseconds),
  });
  pdf.heading(1, title);
  pdf.paragraph(say(texts.people, language, { seller: pair.seller.name, manager: pair.manager.name }));
  pdf.paragraph(
    say(texts.first, language, { when: longDateTime(first.date, first.time, language), zone: first.zone }),
  );
  pdf.paragraph(say(texts.length, language, { minutes: series.minutes }));
  pdf.heading(2, texts.items[language]);
  pdf.list(
    agenda.map((item) => ({
      title: say(texts.item, language, {
        title: item.title[language],
        minutes: item.minutes[lengthOf(series.minutes)],
      }),
      detail: item.guide[language],
    })),
  );
  pdf.paragraph(texts.form[language]);
  return pdf.end();
}
