// What an invitation says, in the seller's language: names, the agenda and a link; nothing else about anybody.
import type { Length } from '@medspill/domain/content/catalogue';
import { agenda } from '@medspill/domain/content/sections/agenda';
import { messages } from '@medspill/domain/content/sections/messages';
import { say, type Text } from '@medspill/domain/content/text';
import type { Language } from '@medspill/domain/people';
import type { Config } from '../../config.ts';
import type { PairDocument, ReviewDocument, SeriesDocument } from '../../documents.ts';
import { agendaBlock } from './body-block.ts';
import { deepLink } from './deep-link.ts';

/** The most that Exchange takes. */
const subjectLimit = 255;

const texts = {
  openForm: { nb: 'Åpne forberedelsen i Teams', en: 'Open the preparation in Teams' },
  minutes: { nb: '{title} ({minutes} min)', en: '{title} ({minutes} min)' },
  attachment: { nb: 'Agenda for utviklingssamtale.pdf', en: 'Development review agenda.pdf' },
  skipped: { nb: 'Denne måneden går samtalen ut.', en: 'There is no review this month.' },
  stopped: { nb: 'Samtalene er avsluttet.', en: 'The reviews have ended.' },
  undone: { nb: 'Bestillingen er trukket tilbake.', en: 'The booking has been taken back.' },
} as const satisfies Record<string, Text>;

export type Word = 'skipped' | 'stopped' | 'undone';

export function wordFor(word: Word, language: Language): string {
  return texts[word][language];
}

export function subjectOf({ seller, manager }: PairDocument): string {
  const subject = say(message('invite_subject'), seller.language, {
    seller: seller.name,
    manager: manager.name,
  });
  return subject.length <= subjectLimit ? subject : `${subject.slice(0, subjectLimit - 1)}…`;
}

/** The agenda of the series as it stands from the second review on; the month's own is on the occurrence. */
export function bodyOf(config: Config, pair: PairDocument, series: SeriesDocument): string {
  return blockOf(pair, lengthOf(series.minutes), deepLink(config, { page: 'pair', id: pair._id }));
}

/** One month's own: its lengths, and the link to its own review. */
export function monthBodyOf(config: Config, pair: PairDocument, review: MonthAgenda): string {
  return blockOf(pair, review.length, deepLink(config, { page: 'review', id: review._id }));
}

export type MonthAgenda = Pick<ReviewDocument, '_id' | 'length' | 'occurrence'>;

function blockOf(pair: PairDocument, length: Length, url: string): string {
  const { language, firstName } = pair.seller;
  return agendaBlock({
    language,
    text: say(message('invite_body'), language, { seller_first: firstName }),
    agenda: agenda.map((item) =>
      say(texts.minutes, language, { title: item.title[language], minutes: item.minutes[length] }),
    ),
    link: { url, label: texts.openForm[language] },
  });
}

export function attachmentName(language: Language): string {
  return texts.attachment[language];
}

function lengthOf(minutes: SeriesDocument['minutes']): Length {
  return ({ 30: 'short30', 45: 'standard45', 60: 'long60' } as const)[minutes];
}

function message(key: string): Text {
  const found = messages.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`no message ${key}`);
  return found.text;
}
