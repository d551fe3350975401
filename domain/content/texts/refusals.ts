// What a refusal says to the person: what happened, what is kept, what to do.
import type { RefusalCode } from '../../refusals.ts';
import type { Text } from '../text.ts';

export const refusalTexts = {
  not_signed_in: {
    nb: 'Innloggingen er utløpt. Ingenting er endret. Åpne Medspill på nytt.',
    en: 'Your sign-in has expired. Nothing has changed. Open Medspill again.',
  },
  not_allowed: {
    nb: 'Dette kan du ikke gjøre med din rolle. Ingenting er endret.',
    en: 'Your role does not let you do this. Nothing has changed.',
  },
  not_found: {
    nb: 'Vi finner ikke dette. Det kan være slettet, eller du har ikke tilgang. Gå til forsiden.',
    en: 'We cannot find this. It may be deleted, or you may not have access. Go to the home page.',
  },
  invalid_input: {
    nb: 'Noe i skjemaet kan ikke brukes slik det står. Det du har skrevet, er beholdt. Se over feltene og prøv igjen.',
    en: 'Something in the form cannot be used as it stands. What you wrote is kept. Check the fields and try again.',
  },
  too_large: {
    nb: 'Teksten er for lang. Den er beholdt her, men ikke lagret. Gjør den kortere.',
    en: 'The text is too long. It is kept here but not saved. Make it shorter.',
  },
  too_many_requests: {
    nb: 'Det kom for mange forespørsler på kort tid. Det du har skrevet, er beholdt. Vent litt og prøv igjen.',
    en: 'There were too many requests in a short time. What you wrote is kept. Wait a little and try again.',
  },
  stale: {
    nb: 'Dette er endret et annet sted siden du åpnet det. Din tekst er beholdt her. Hent den nye versjonen og legg inn din på nytt.',
    en: 'This was changed elsewhere after you opened it. Your text is kept here. Load the new version and add yours again.',
  },
  not_a_report: {
    nb: 'Ifølge Microsoft 365 er ikke denne personen din medarbeider. Ingenting er booket. Be administratoren sjekke lederfeltet.',
    en: 'According to Microsoft 365 this person does not report to you. Nothing is booked. Ask the administrator to check the manager field.',
  },
  seller_cannot_be_booked: {
    nb: 'Denne personen kan ikke bookes: Gjester, deg selv og personer uten postboks går ikke. Ingenting er booket. Velg en annen.',
    en: 'This person cannot be booked: guests, yourself and people without a mailbox are not possible. Nothing is booked. Choose someone else.',
  },
  already_booked: {
    nb: 'Dere har allerede en månedlig serie. Ingenting nytt er booket. Åpne serien for å endre den.',
    en: 'You already have a monthly series. Nothing new is booked. Open the series to change it.',
  },
  slot_in_the_past: {
    nb: 'Tiden er passert. Ingenting er endret. Velg en senere tid.',
    en: 'The time has passed. Nothing has changed. Choose a later time.',
  },
  delegate_mailbox: {
    nb: 'Dette er en annen persons kalender. Ingenting er booket, for samtalen må stå i din egen. Åpne din egen kalender.',
    en: 'This is another person’s calendar. Nothing is booked, since the review must be in your own. Open your own calendar.',
  },
  no_series: {
    nb: 'Dere har ingen serie ennå. Ingenting er endret. Book en først.',
    en: 'You have no series yet. Nothing has changed. Book one first.',
  },
  undo_too_late: {
    nb: 'Bookingen kan ikke angres lenger. Serien står. Du kan stoppe den i stedet.',
    en: 'The booking can no longer be undone. The series stands. You can stop it instead.',
  },
  crosses_neighbour: {
    nb: 'Den nye dagen går forbi samtalen i måneden før eller etter. Tiden er ikke flyttet. Velg en dag mellom dem.',
    en: 'The new day passes the review of the month before or after. The time has not moved. Choose a day between them.',
  },
  consent_required: {
    nb: 'Microsoft 365 trenger ditt samtykke først. Det du har valgt, er beholdt. Gi samtykke, så fortsetter vi av oss selv.',
    en: 'Microsoft 365 needs your consent first. What you chose is kept. Give consent, and we go on by ourselves.',
  },
  interaction_required: {
    nb: 'Microsoft 365 vil at du bekrefter hvem du er. Det du har valgt, er beholdt. Bekreft, så fortsetter vi av oss selv.',
    en: 'Microsoft 365 wants you to confirm who you are. What you chose is kept. Confirm, and we go on by ourselves.',
  },
  microsoft_unavailable: {
    nb: 'Microsoft 365 svarer ikke akkurat nå. Det du har valgt, er beholdt. Prøv igjen om litt.',
    en: 'Microsoft 365 does not answer right now. What you chose is kept. Try again in a while.',
  },
  not_ready: {
    nb: 'Du trenger tre svar i hver halvdel for å være klar. Svarene dine er lagret. Skriv de som mangler.',
    en: 'You need three answers in each half to be ready. Your answers are saved. Write the missing ones.',
  },
  needs_example: {
    nb: 'Vurderingen er ikke lagret. Legg til et eksempel før du velger dette nivået.',
    en: 'The rating is not saved. Add an example before you choose this level.',
  },
  not_confirmed: {
    nb: 'Selgeren har ikke bekreftet samarbeidet ennå. Ingenting er tapt. Skjemaet åpnes når det er gjort.',
    en: 'The seller has not confirmed yet. Nothing is lost. The form opens once that is done.',
  },
  not_begun: {
    nb: 'Lederbyttet gjelder ikke ennå. Ingenting er tapt. Skjemaet åpnes når det er gått to døgn.',
    en: 'The change of manager does not hold yet. Nothing is lost. The form opens once two days have passed.',
  },
  no_takeover: {
    nb: 'Det er ikke noe lederbytte å stoppe. Ingenting er endret. Hent siden på nytt.',
    en: 'There is no change of manager to stop. Nothing has changed. Reload the page.',
  },
  too_early: {
    nb: 'Samtalen kan ikke starte så tidlig. Forberedelsen er lagret. Kom tilbake nærmere tiden.',
    en: 'The review cannot start this early. The preparation is saved. Come back closer to the time.',
  },
  frozen: {
    nb: 'Den ene har signert, så skjemaet er låst. Teksten din er beholdt her. Signaturen kan trekkes til den andre har signert.',
    en: 'One of you has signed, so the form is locked. Your text is kept here. The signature can be withdrawn until the other has signed.',
  },
  sealed: {
    nb: 'Referatet er endelig og kan ikke endres. Teksten din er beholdt her. Legg den til som et tillegg.',
    en: 'The record is final and cannot be changed. Your text is kept here. Add it as an addendum.',
  },
  bad_update: {
    nb: 'Den siste endringen kunne ikke tas inn. Ordene dine er beholdt under «Ikke tatt inn». Skriv dem inn på nytt.',
    en: 'The last change could not be included. Your words are kept under “Not included”. Enter them again.',
  },
  goal_changed: {
    nb: 'Målet er endret siden du leste det. Bekreftelsen er ikke lagret. Les målet på nytt og bekreft.',
    en: 'The goal has changed since you read it. Your confirmation is not saved. Read the goal again and confirm.',
  },
  goal_incomplete: {
    nb: 'Målet mangler noe før det kan bekreftes. Det dere har skrevet, er lagret. Fyll ut det som mangler.',
    en: 'The goal lacks something before it can be confirmed. What you wrote is saved. Fill in what is missing.',
  },
  limit_reached: {
    nb: 'Det er ikke plass til flere her. Teksten din er beholdt. Fjern noe annet først.',
    en: 'There is no room for more here. Your text is kept. Remove something else first.',
  },
  form_changed: {
    nb: 'Skjemaet er endret siden du leste referatet. Signaturen er ikke satt. Les referatet på nytt.',
    en: 'The form has changed since you read the record. Your signature is not set. Read the record again.',
  },
  digest_mismatch: {
    nb: 'Dette er ikke referatet slik det står nå. Signaturen er ikke satt. Hent referatet på nytt.',
    en: 'This is not the record as it stands now. Your signature is not set. Load the record again.',
  },
  already_signed: {
    nb: 'Du har allerede signert. Signaturen står. Du trenger ikke å gjøre mer.',
    en: 'You have already signed. The signature stands. You need not do more.',
  },
  nothing_to_withdraw: {
    nb: 'Det er ingen signatur å trekke. Ingenting er endret.',
    en: 'There is no signature to withdraw. Nothing has changed.',
  },
  record_incomplete: {
    nb: 'Referatet mangler noe før det kan signeres. Det dere har skrevet, er lagret. Fyll ut det som mangler.',
    en: 'The record lacks something before it can be signed. What you wrote is saved. Fill in what is missing.',
  },
  checkpoint_not_due: {
    nb: 'Sjekkpunktet åpner senere. Ingenting er lagret ennå. Kom tilbake på dagen.',
    en: 'The checkpoint opens later. Nothing is saved yet. Come back on the day.',
  },
  already_answered: {
    nb: 'Dette er allerede besvart. Det første svaret står. Hent siden på nytt for å se det.',
    en: 'This has already been answered. The first answer stands. Reload the page to see it.',
  },
  goal_ended: {
    nb: 'Målet er nådd eller avsluttet og kan ikke endres. Teksten din er beholdt her. Lag et nytt mål i neste samtale.',
    en: 'The goal is reached or ended and cannot be changed. Your text is kept here. Make a new goal in the next review.',
  },
  proposal_waiting: {
    nb: 'Den andre har alt foreslått en endring. Teksten din er beholdt her. Svar på forslaget først.',
    en: 'The other has already proposed a change. Your text is kept here. Answer that proposal first.',
  },
  too_many_goals: {
    nb: 'Dere har alt så mange mål åpne som dere kan ha: tre kortsiktige og to langsiktige. Teksten er beholdt. Avslutt et mål først.',
    en: 'You already have as many open goals as you can: three short-term and two long-term. The text is kept. End a goal first.',
  },
} as const satisfies Record<RefusalCode, Text>;
