// Changing an agreed goal between reviews.
import type { Text } from '../text.ts';

export const goalChangeTexts = {
  title: { nb: 'Endre målet', en: 'Change the goal' },
  lead: {
    nb: 'Målet står som det er til dere begge er enige. Det som sto før, kan alltid leses.',
    en: 'The goal stands as it is until you both agree. What it said before can always be read.',
  },
  propose: { nb: 'Foreslå endring', en: 'Propose a change' },
  proposeEnd: { nb: 'Foreslå avslutning', en: 'Propose an end' },
  reason: { nb: 'Hvorfor?', en: 'Why?' },
  reasonHelp: {
    nb: '{name} ser grunnen, og den følger målet.',
    en: '{name} sees the reason, and it stays with the goal.',
  },
  reasonNeeded: { nb: 'Skriv en grunn før du sender.', en: 'Write a reason before you send.' },
  send: { nb: 'Send forslag', en: 'Send proposal' },
  sent: { nb: 'Forslaget er sendt til {name}.', en: 'The proposal is sent to {name}.' },
  goal: { nb: 'Mål', en: 'Goal' },
  due: { nb: 'Frist for målet', en: 'Due date of the goal' },
  confidence: {
    nb: 'Hvor sikker er du på at det går? (1–10)',
    en: 'How sure are you that it will work? (1–10)',
  },
  confidenceNeeded: { nb: 'Velg et tall fra 1 til 10.', en: 'Choose a number from 1 to 10.' },
  ownProposal: { nb: 'Forslaget ditt venter på {name}', en: 'Your proposal is waiting for {name}' },
  otherProposal: { nb: '{name} foreslår en endring', en: '{name} proposes a change' },
  otherProposesEnd: { nb: '{name} foreslår å avslutte målet', en: '{name} proposes to end the goal' },
  ownProposesEnd: {
    nb: 'Forslaget om å avslutte målet venter på {name}',
    en: 'Your proposal to end the goal is waiting for {name}',
  },
  now: { nb: 'Nå', en: 'Now' },
  proposed: { nb: 'Forslag', en: 'Proposal' },
  nothing: { nb: 'Ingenting', en: 'Nothing' },
  because: { nb: 'Grunn: {reason}', en: 'Reason: {reason}' },
  accept: { nb: 'Godta', en: 'Accept' },
  accepted: { nb: 'Du har godtatt endringen.', en: 'You have accepted the change.' },
  decline: { nb: 'Avslå', en: 'Decline' },
  declineTitle: { nb: 'Avslå forslaget', en: 'Decline the proposal' },
  declineWord: { nb: 'Noen ord til {name}', en: 'A few words to {name}' },
  declineHelp: {
    nb: 'Målet står som før. {name} ser det du skriver.',
    en: 'The goal stands as before. {name} sees what you write.',
  },
  declined: { nb: 'Du har avslått forslaget.', en: 'You have declined the proposal.' },
  withdraw: { nb: 'Trekk forslaget', en: 'Withdraw the proposal' },
  withdrawn: { nb: 'Forslaget er trukket.', en: 'The proposal is withdrawn.' },
  declinedBy: {
    nb: '{name} avslo det siste forslaget {date}: {word}',
    en: '{name} declined the last proposal on {date}: {word}',
  },
  earlier: { nb: 'Tidligere versjoner', en: 'Earlier versions' },
  until: { nb: 'Gjaldt til {date}', en: 'Applied until {date}' },
  changedBy: { nb: 'Endret etter forslag fra {name}', en: 'Changed on a proposal from {name}' },
  ended: { nb: 'Avsluttet etter avtale', en: 'Ended by agreement' },
  endedOn: {
    nb: 'Avsluttet {date} etter forslag fra {name}',
    en: 'Ended on {date} on a proposal from {name}',
  },
  stepAnswer: {
    nb: '{name} foreslår en endring i et mål. Les og svar.',
    en: '{name} proposes a change to a goal. Read it and answer.',
  },
  answer: { nb: 'Svar på forslaget', en: 'Answer the proposal' },
  attention: { nb: '{name} foreslår en endring i et mål', en: '{name} proposes a change to a goal' },
} as const satisfies Record<string, Text>;
