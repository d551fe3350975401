import type { Text } from '../text.ts';

/** What has become of what was typed; every page that is written in says it. */
export const savingTexts = {
  seenBy: { nb: 'Lagret. {name} har sett det.', en: 'Saved. {name} has seen it.' },
  saved: { nb: 'Lagret', en: 'Saved' },
  waiting: { nb: 'Lagret her, sendes straks', en: 'Saved here, sending soon' },
  notKeptHere: {
    nb: 'Nettleseren lar oss ikke lagre på denne enheten. Vent med å lukke til det står «Lagret».',
    en: 'The browser does not let us save on this device. Wait for “Saved” before you close.',
  },
  sending: { nb: 'Sender …', en: 'Sending …' },
  offline: {
    nb: 'Du er uten nett. Det du skriver, lagres her og sendes når du er på nett igjen.',
    en: 'You are offline. What you write is saved here and sent when you are back online.',
  },
  notSent: {
    nb: 'Det du skrev, er ikke sendt ennå. Det er lagret her, og vi prøver igjen.',
    en: 'What you wrote has not been sent yet. It is saved here, and we will try again.',
  },
  refused: {
    nb: 'Det du skrev sist, kunne ikke tas inn. Ordene dine er beholdt her.',
    en: 'What you wrote last could not be added. Your words are kept here.',
  },
  closed: {
    nb: 'Samtalen er signert. Forberedelsen kan leses, men ikke endres.',
    en: 'The review is signed. The preparation can be read but not changed.',
  },
} as const satisfies Record<string, Text>;
