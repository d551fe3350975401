import type { NoticeKind } from '../../follow-up/contract.ts';
import type { Text } from '../text.ts';

/** The line under a notice in the activity feed: what it is about, never a goal, a rating, an answer or a note. */
export const noticeTexts = {
  booked: { nb: 'Utviklingssamtalene er satt opp.', en: 'The development reviews are booked.' },
  confirm_pair: {
    nb: 'Bekreft at dette er lederen din, så kan dere begynne.',
    en: 'Confirm that this is your manager, and you can start.',
  },
  prep_reminder: {
    nb: 'Det er snart utviklingssamtale. 20 minutter til forberedelse holder.',
    en: 'Your development review is near. 20 minutes of preparation is enough.',
  },
  both_ready: {
    nb: 'Begge er klare. Nå kan dere se det hver av dere har merket som klart.',
    en: 'Both are ready. You can now see what each of you has marked ready.',
  },
  sign_request: { nb: 'Referatet er klart til signering.', en: 'The record is ready to sign.' },
  checkpoint_due: {
    nb: 'Et sjekkpunkt venter. Det tar to minutter.',
    en: 'A checkpoint is due. It takes two minutes.',
  },
  help_wanted: { nb: 'Selgeren ber om hjelp.', en: 'The seller asks for help.' },
  help_answered: { nb: 'Lederen har svart.', en: 'The manager has answered.' },
  promise_due: { nb: 'Et løfte har frist snart.', en: 'A promise is due soon.' },
  cadence_late: {
    nb: 'Det er lenge siden forrige utviklingssamtale.',
    en: 'It has been a while since the last development review.',
  },
  goal_change: { nb: 'En endring i et mål venter.', en: 'A change to a goal is waiting.' },
  moment_nudge: {
    nb: 'Har du sett noe bra i det siste? Si fra mens det er ferskt.',
    en: 'Seen something good lately? Say so while it is fresh.',
  },
  weekly_digest: {
    nb: 'Uken din for hele teamet, samlet på én side.',
    en: 'Your week for the whole team, on one page.',
  },
  manager_change: {
    nb: 'Et lederbytte er meldt. Se hva som følger med, og si fra om det er feil.',
    en: 'A change of manager has been asked for. See what goes along, and say if it is wrong.',
  },
  change_stopped: { nb: 'Lederbyttet er stoppet.', en: 'The change of manager has been stopped.' },
  access_event: {
    nb: 'Noen har fått lov til å lese et av referatene dine. Grunnen står i Medspill.',
    en: 'Somebody has been allowed to read one of your records. The reason is in Medspill.',
  },
} as const satisfies Record<NoticeKind, Text>;
