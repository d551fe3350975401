import type { Text } from '../text.ts';

export const shellTexts = {
  appName: { nb: 'Medspill', en: 'Medspill' },
  loading: { nb: 'Henter …', en: 'Loading …' },
  tryAgain: { nb: 'Prøv igjen', en: 'Try again' },
  cancel: { nb: 'Avbryt', en: 'Cancel' },
  saved: { nb: 'Lagret', en: 'Saved' },
  skipToContent: { nb: 'Gå til innholdet', en: 'Skip to content' },

  navigation: { nb: 'Sider', en: 'Pages' },
  home: { nb: 'Hjem', en: 'Home' },
  records: { nb: 'Referater', en: 'Records' },
  moments: { nb: 'Tilbakemeldinger', en: 'Feedback' },
  choices: { nb: 'Varsler', en: 'Notices' },

  offline: {
    nb: 'Du er uten nett. Det du skriver, lagres her og sendes når du er på nett igjen.',
    en: 'You are offline. What you write is saved here and sent when you are back online.',
  },
  noNetwork: {
    nb: 'Du er uten nett. Det du har skrevet, er beholdt. Prøv igjen når du er på nett.',
    en: 'You are offline. What you wrote is kept. Try again when you are online.',
  },
  partWaits: {
    nb: 'Denne delen kunne ikke hentes ennå. Vi prøver igjen av oss selv. Det du har skrevet, er beholdt.',
    en: 'This part could not be loaded yet. We will try again by ourselves. What you wrote is kept.',
  },
  unavailable: {
    nb: 'Medspill svarer ikke. Det du har skrevet, er beholdt. Prøv igjen om litt.',
    en: 'Medspill does not answer. What you wrote is kept. Try again in a while.',
  },
  fault: {
    nb: 'Noe gikk galt hos oss. Det du har skrevet, er beholdt. Prøv igjen. Gjentar det seg, gi administratoren denne koden: {id}.',
    en: 'Something failed on our side. What you wrote is kept. Try again. If it repeats, give the administrator this code: {id}.',
  },
  signInFailed: {
    nb: 'Innloggingen kom ikke fram. Det du har skrevet, er beholdt. Prøv igjen, eller åpne Medspill på nytt.',
    en: 'The sign-in did not go through. What you wrote is kept. Try again, or open Medspill again.',
  },
  pageFailed: {
    nb: 'Siden kunne ikke vises. Det som er lagret, er trygt. Prøv igjen, eller gå til forsiden.',
    en: 'The page could not be shown. What is saved is safe. Try again, or go to the home page.',
  },
  goHome: { nb: 'Gå til forsiden', en: 'Go home' },
  giveConsent: { nb: 'Gi samtykke', en: 'Give consent' },
  confirmIdentity: { nb: 'Bekreft identitet', en: 'Confirm identity' },
  stepOpen: { nb: 'Svar i vinduet som åpnet seg …', en: 'Answer in the window that opened …' },
  stepFailed: {
    nb: 'Vinduet ble lukket uten svar. Det du har valgt, er beholdt. Prøv igjen.',
    en: 'The window was closed without an answer. What you chose is kept. Try again.',
  },

  openInTeamsTitle: { nb: 'Åpne Medspill i Teams', en: 'Open Medspill in Teams' },
  openInTeams: {
    nb: 'Denne siden virker inne i Teams og Outlook. Der vet vi hvem du er.',
    en: 'This page works inside Teams and Outlook. There we know who you are.',
  },
  startFailedTitle: { nb: 'Medspill kunne ikke starte', en: 'Medspill could not start' },
  startFailed: {
    nb: 'Teams eller Outlook svarte ikke. Det som er lagret, er trygt. Last siden på nytt.',
    en: 'Teams or Outlook did not answer. What is saved is safe. Reload the page.',
  },
  reload: { nb: 'Last på nytt', en: 'Reload' },

  before: { nb: 'Før', en: 'Before' },
  during: { nb: 'Under', en: 'During' },
  after: { nb: 'Etter', en: 'After' },
  phases: { nb: 'Fasene i samtalen', en: 'Phases of the review' },
  review: { nb: 'Samtale', en: 'Review' },
  reviewTitle: { nb: 'Samtale {month}', en: 'Review {month}' },
  reviewWith: { nb: 'Samtale med {name}', en: 'Review with {name}' },
  prepare: { nb: 'Forberedelse', en: 'Preparation' },
  run: { nb: 'Skjema', en: 'Form' },
  sign: { nb: 'Signering', en: 'Signing' },
  reflect: { nb: 'Refleksjon', en: 'Reflection' },
  reviewParts: { nb: 'Deler av samtalen', en: 'Parts of the review' },
  skippedReview: {
    nb: 'Denne måneden er hoppet over. Det dere hadde skrevet, er beholdt.',
    en: 'This month was skipped. What you had written is kept.',
  },
  joinMeeting: { nb: 'Åpne møtet', en: 'Join meeting' },

  whichReviewTitle: { nb: 'Velg samtale', en: 'Choose review' },
  whichReview: {
    nb: 'Dette møtet gjentas hver måned. Vi vet ikke sikkert hvilken samtale du er i nå.',
    en: 'This meeting repeats every month. We are not certain which review you are in now.',
  },
  noReviewHereTitle: { nb: 'Ingen samtale her', en: 'No review here' },
  noReviewHere: {
    nb: 'Dette møtet hører ikke til en utviklingssamtale du er med i. Book en samtale fra Outlook, så vises skjemaet her.',
    en: 'This meeting does not belong to a development review you take part in. Book a review from Outlook, and the form appears here.',
  },

  waitingWords: {
    nb: 'Dette skrev du mens Medspill åpnet seg. Det er ikke lagret ennå.',
    en: 'You wrote this while Medspill was opening. It is not saved yet.',
  },
  copy: { nb: 'Kopier', en: 'Copy' },
  copied: { nb: 'Kopiert', en: 'Copied' },

  readinessText: {
    nb: 'Praktisk {practical} av 3, mental {mental} av 3',
    en: 'Practical {practical} of 3, mental {mental} of 3',
  },
  ready: { nb: 'Klar', en: 'Ready' },
  notReady: { nb: 'Ikke klar ennå', en: 'Not ready yet' },
  done: { nb: 'Ferdig', en: 'Done' },
  underWay: { nb: 'Pågår', en: 'In progress' },
  left: { nb: 'Gjenstår', en: 'Left to do' },
  failed: { nb: 'Stoppet', en: 'Stopped' },
  you: { nb: 'Du', en: 'You' },
} as const satisfies Record<string, Text>;
