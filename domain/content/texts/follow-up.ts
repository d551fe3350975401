import type { ChosenKind } from '../../follow-up/contract.ts';
import type { Text } from '../text.ts';

export const followUpTexts = {
  sellerTitle: { nb: 'Hei, {name}', en: 'Hi {name}' },
  teamTitle: { nb: 'Teamet ditt', en: 'Your team' },
  teamLead: {
    nb: '{booked} av {count} har en månedlig samtale.',
    en: '{booked} of {count} have a monthly review.',
  },
  withoutReview: {
    nb: 'Ingen månedlig samtale ennå: {names}.',
    en: 'No monthly review yet: {names}.',
  },
  noPair: {
    nb: 'Ingen samtale ennå. Den vises her når lederen din har booket den første.',
    en: 'No review yet. It appears here once your manager has booked the first one.',
  },

  firstRun: {
    nb: 'Book den første samtalen. Det tar to minutter, og du kan endre alt senere.',
    en: 'Book the first review. It takes two minutes, and you can change everything later.',
  },
  leadsToo: { nb: 'Leder du selgere?', en: 'Do you lead sellers?' },

  nextStep: { nb: 'Neste for deg', en: 'Next for you' },
  byDate: { nb: 'Innen {date}', en: 'By {date}' },
  nothingNow: {
    nb: 'Ingenting å gjøre nå. Det neste vises her når det er noe.',
    en: 'Nothing to do now. What comes next appears here when there is something.',
  },
  stepConfirm: {
    nb: 'Bekreft at {name} er lederen din. Da åpnes forberedelsen, og dere to kan lese det dere deler.',
    en: 'Confirm that {name} is your manager. The preparation then opens, and the two of you can read what you share.',
  },
  confirm: { nb: 'Bekreft', en: 'Confirm' },
  confirmed: {
    nb: 'Du har bekreftet at {name} er lederen din.',
    en: 'You have confirmed that {name} is your manager.',
  },
  stepPrepare: {
    nb: 'Forbered samtalen med {name}. 20 minutter holder.',
    en: 'Prepare the review with {name}. 20 minutes is enough.',
  },
  prepare: { nb: 'Forbered samtalen', en: 'Prepare review' },
  stepJoin: {
    nb: 'Samtalen med {name} er i gang eller starter snart.',
    en: 'The review with {name} is on or about to start.',
  },
  join: { nb: 'Bli med', en: 'Join' },
  stepSign: {
    nb: 'Referatet er klart. Les det, skriv en kommentar om du vil, og signer.',
    en: 'The record is ready. Read it, add a comment if you wish, and sign.',
  },
  sign: { nb: 'Les og signer', en: 'Read and sign' },
  stepCheckpoint: {
    nb: 'Du har et sjekkpunkt: Hvordan går det med målet? Det tar to minutter.',
    en: 'You have a checkpoint: how is the goal going? It takes two minutes.',
  },
  answerCheckpoint: { nb: 'Svar på sjekkpunkt', en: 'Answer checkpoint' },
  stepAction: { nb: 'Et tiltak i målet ditt har frist.', en: 'An action of your goal is due.' },
  openGoal: { nb: 'Åpne målet', en: 'Open goal' },
  stepReflect: {
    nb: 'Hvordan var samtalen? Svar på tre påstander. Det tar ett minutt.',
    en: 'How was the review? Answer three statements. It takes a minute.',
  },
  reflect: { nb: 'Svar nå', en: 'Answer now' },

  nextReview: { nb: 'Neste samtale', en: 'Next review' },
  noNextReview: {
    nb: 'Ingen ny samtale er booket. Den vises her når lederen har satt tiden.',
    en: 'No further review is booked. It appears here once the manager has set the time.',
  },
  noNextForManager: {
    nb: 'Ingen ny samtale er booket. Den vises her når du har booket en ny serie.',
    en: 'No further review is booked. It appears here once you have booked a new series.',
  },
  openReview: { nb: 'Åpne samtalen', en: 'Open review' },

  goals: { nb: 'Mål', en: 'Goals' },
  noGoals: {
    nb: 'Ingen mål ennå. De vises her når dere begge har bekreftet dem.',
    en: 'No goals yet. They appear here once you have both confirmed them.',
  },
  shortGoal: { nb: 'Kortsiktig mål', en: 'Short-term goal' },
  longGoal: { nb: 'Langsiktig mål', en: 'Long-term goal' },
  dueOn: { nb: 'Frist {date}', en: 'Due {date}' },
  actions: { nb: 'Tiltak', en: 'Actions' },
  checkpoints: { nb: 'Sjekkpunkter', en: 'Checkpoints' },
  checkpoint: { nb: 'Sjekkpunkt {number}', en: 'Checkpoint {number}' },
  checkpointComing: { nb: 'Åpner {date}', en: 'Opens {date}' },
  checkpointDue: { nb: 'Venter på {name} siden {date}', en: 'Waiting for {name} since {date}' },
  checkpointUnanswered: {
    nb: 'Ikke besvart {date}. Målet regnes som usikkert til noen svarer.',
    en: 'Not answered on {date}. The goal counts as at risk until someone answers.',
  },
  checkpointAnswered: { nb: 'Besvart {date}', en: 'Answered {date}' },
  checkpointLead: {
    nb: 'To minutter. Bare {name} og du leser svaret.',
    en: 'Two minutes. Only {name} and you read the answer.',
  },
  needHelpHint: {
    nb: '{name} får beskjed og svarer innen to arbeidsdager. La feltet stå tomt om du ikke trenger noe.',
    en: '{name} is told and replies within two working days. Leave it empty if you need nothing.',
  },
  sendAnswer: { nb: 'Lagre svar', en: 'Save answer' },
  answerSaved: { nb: 'Svaret er lagret.', en: 'The answer is saved.' },
  chooseState: { nb: 'Velg hvordan det går.', en: 'Choose how it is going.' },
  done: { nb: 'Gjort', en: 'Done' },
  learned: { nb: 'Lært', en: 'Learned' },
  helpWanted: { nb: '{name} ber om hjelp', en: '{name} asks for help' },
  reply: { nb: 'Svar til {name}', en: 'Reply to {name}' },
  sendReply: { nb: 'Svar', en: 'Reply' },
  replySaved: { nb: 'Svaret er sendt til {name}.', en: 'The reply is sent to {name}.' },
  replyFrom: { nb: 'Svar fra {name}', en: 'Reply from {name}' },
  measure: { nb: 'Slik ser vi at det er nådd', en: 'How we see that it is reached' },
  ifThen: { nb: 'Hvis–så-plan', en: 'If–then plan' },
  attractive: { nb: 'Hvorfor det er verdt det', en: 'Why it is worth it' },
  priority: { nb: 'Støtter virksomhetens mål', en: 'Supports the company’s goal' },
  confidence: { nb: 'Tro på at det går (1–10)', en: 'Belief that it will work (1–10)' },
  doer: { nb: 'Gjør det', en: 'Does it' },
  follower: { nb: 'Følger opp', en: 'Follows up' },
  step: { nb: 'Steg i salgsprosessen', en: 'Step of the sales process' },

  promisesFrom: { nb: 'Løfter fra {name}', en: 'Promises from {name}' },
  promisesTo: { nb: 'Dine løfter til {name}', en: 'Your promises to {name}' },
  noPromises: {
    nb: 'Ingen løfter ennå. De vises her når referatet er signert.',
    en: 'No promises yet. They appear here once the record is signed.',
  },
  promiseOverdue: { nb: 'Over fristen {date}', en: 'Overdue since {date}' },
  promiseKept: { nb: 'Holdt', en: 'Kept' },
  promiseReceived: { nb: 'Mottatt', en: 'Received' },
  keep: { nb: 'Merk som holdt', en: 'Mark as kept' },
  receive: { nb: 'Merk som mottatt', en: 'Mark as received' },
  takeBack: { nb: 'Ta tilbake', en: 'Take back' },

  first: { nb: 'Først', en: 'First' },
  firstNothing: {
    nb: 'Ingenting venter på deg. Det som haster mest, vises her først.',
    en: 'Nothing is waiting for you. What is most urgent appears here first.',
  },
  attentionPromises: {
    nb: '{count} løfter til {name} er over fristen',
    en: '{count} promises to {name} are overdue',
  },
  attentionOnePromise: { nb: 'Et løfte til {name} er over fristen', en: 'One promise to {name} is overdue' },
  attentionHelp: { nb: '{name} ber om hjelp med et mål', en: '{name} asks for help with a goal' },
  attentionBooking: {
    nb: 'Bookingen med {name} venter på deg',
    en: 'The booking with {name} is waiting for you',
  },
  attentionFailed: { nb: 'Bookingen med {name} stoppet', en: 'The booking with {name} stopped' },
  attentionUnsigned: {
    nb: 'Referatet med {name} er ikke signert',
    en: 'The record with {name} is not signed',
  },
  attentionLate: {
    nb: '{days} dager siden samtalen med {name}',
    en: '{days} days since the review with {name}',
  },
  attentionPrepare: { nb: 'Samtalen med {name} er {date}', en: 'The review with {name} is on {date}' },
  attentionRisk: {
    nb: '{name} har et mål som er usikkert eller står fast',
    en: '{name} has a goal that is at risk or stuck',
  },
  attentionNext: {
    nb: 'Ingen ny samtale er booket med {name}',
    en: 'No further review is booked with {name}',
  },
  open: { nb: 'Åpne', en: 'Open' },
  team: { nb: 'Team', en: 'Team' },
  cadenceGreen: { nb: '{days} dager siden', en: '{days} days ago' },
  cadenceAmber: { nb: '{days} dager siden, snart på tide', en: '{days} days ago, soon due' },
  cadenceRed: { nb: '{days} dager siden, forsinket', en: '{days} days ago, overdue' },
  pauseJuly: { nb: 'Juli teller ikke', en: 'July does not count' },
  pauseAbsence: { nb: 'Fravær til {date}', en: 'Away until {date}' },
  cadenceNone: { nb: 'Ingen samtale ennå', en: 'No review yet' },
  noneThisMonth: { nb: 'Ingen denne måneden', en: 'None this month' },
  readyBoth: { nb: 'Begge er klare', en: 'Both are ready' },
  readyOnly: { nb: '{name} er klar', en: '{name} is ready' },
  readyNone: { nb: 'Ingen er klare ennå', en: 'Nobody is ready yet' },
  readyYou: { nb: 'Du er klar', en: 'You are ready' },
  goalsCount: { nb: '{count} åpne mål', en: '{count} open goals' },
  goalsOne: { nb: '1 åpent mål', en: '1 open goal' },
  goalsAtRisk: { nb: '{count} usikre', en: '{count} at risk' },
  unsigned: { nb: 'Ikke signert', en: 'Not signed' },
  confirmWaits: { nb: 'Venter på {name}', en: 'Waiting for {name}' },

  toDoSend: { nb: 'Legg tiltakene i To Do', en: 'Add to To Do' },
  toDoAgain: { nb: 'Legg inn på nytt', en: 'Add again' },
  toDoSent: { nb: 'Tiltakene ligger i To Do.', en: 'The actions are in To Do.' },
  toDoHelp: {
    nb: 'Tiltakene kan ligge i din egen liste i Microsoft To Do også. Bare du ser listen.',
    en: 'The actions can stand in a list of your own in Microsoft To Do too. Only you see the list.',
  },
  toDoThere: {
    nb: 'Tiltakene ligger i listen Medspill i To Do. Det du krysser av der, blir krysset av her når du åpner målet.',
    en: 'The actions are in the list Medspill in To Do. What you tick there is ticked here when you open the goal.',
  },

  reviews: { nb: 'Samtaler', en: 'Reviews' },
  more: { nb: 'Mer', en: 'More' },
  noReviews: {
    nb: 'Ingen samtaler ennå. De vises her etter hvert som dere holder dem.',
    en: 'No reviews yet. They appear here as you hold them.',
  },
  statePlanned: { nb: 'Planlagt', en: 'Planned' },
  stateRunning: { nb: 'I gang', en: 'In progress' },
  stateSigning: { nb: 'Venter på signatur', en: 'Waiting for signature' },
  stateSealed: { nb: 'Signert av begge', en: 'Signed by both' },
  stateClosed: { nb: 'Lukket uten begge signaturer', en: 'Closed without both signatures' },
  stateSkipped: { nb: 'Hoppet over', en: 'Skipped' },
  stateDraft: { nb: 'Utkast', en: 'Draft' },
  showGrowth: { nb: 'Se utviklingen over tid', en: 'See growth over time' },
  showRecords: { nb: 'Se referatene og hvem som har lest dem', en: 'See the records and who has read them' },
  actionsDone: { nb: '{count} av {of} tiltak gjort', en: '{count} of {of} actions done' },
  showMoments: { nb: 'Se tilbakemeldingene', en: 'See the feedback' },

  momentsTitle: { nb: 'Tilbakemeldinger', en: 'Feedback' },
  momentsLead: {
    nb: 'Skriv når noe nettopp har skjedd. Den andre ser det med én gang, og det samles til neste samtale.',
    en: 'Write when something has just happened. The other sees it at once, and it is collected for the next review.',
  },
  giveFeedback: { nb: 'Gi tilbakemelding', en: 'Give feedback' },
  saveFeedback: { nb: 'Del', en: 'Share' },
  feedbackSaved: { nb: 'Delt med {name}.', en: 'Shared with {name}.' },
  with: { nb: 'Med', en: 'With' },
  noMoments: {
    nb: 'Ingen tilbakemeldinger ennå. De vises her når en av dere har delt noe.',
    en: 'No feedback yet. It appears here once one of you has shared something.',
  },
  fromPerson: { nb: 'Fra {name}', en: 'From {name}' },
  fieldNeeded: { nb: 'Skriv noe her før du deler.', en: 'Write something here before you share.' },

  recordsTitle: { nb: 'Referater', en: 'Records' },
  noRecords: {
    nb: 'Ingen referater ennå. De vises her når en samtale er signert.',
    en: 'No records yet. They appear here once a review is signed.',
  },
  recordOf: { nb: 'Samtale {date}', en: 'Review {date}' },
  whoHasRead: { nb: 'Hvem har lest', en: 'Who has read' },
  nobodyHasRead: {
    nb: 'Ingen andre har lest referatene dine. De som gjør det, vises her.',
    en: 'Nobody else has read your records. Those who do appear here.',
  },
  readLine: {
    nb: '{name} ({role}) leste referatet fra {month}',
    en: '{name} ({role}) read the record from {month}',
  },
  roleManager: { nb: 'leder', en: 'manager' },
  roleFormer: { nb: 'tidligere leder', en: 'former manager' },
  roleAdmin: { nb: 'administrator', en: 'administrator' },

  choicesTitle: { nb: 'Varsler', en: 'Notices' },
  choicesLead: {
    nb: 'Du får høyst én påminnelse om dagen, aldri i møter, utenfor arbeidstid eller når du er borte. Det den andre nettopp har gjort, får du vite med én gang, men ikke midt i samtalen. Slå av det du ikke vil ha.',
    en: 'You get at most one reminder a day, never in meetings, outside working hours or while you are away. What the other has just done you are told at once, but not in the middle of the review. Turn off what you do not want.',
  },
} as const satisfies Record<string, Text>;

export const noticeTexts = {
  booked: { nb: 'Når samtalene er satt opp', en: 'When the reviews are booked' },
  confirm_pair: {
    nb: 'Når noen ber deg bekrefte lederen din',
    en: 'When you are asked to confirm your manager',
  },
  prep_reminder: { nb: 'Påminnelse om forberedelse', en: 'Reminder to prepare' },
  both_ready: { nb: 'Når begge er klare', en: 'When both are ready' },
  sign_request: { nb: 'Når et referat venter på signatur', en: 'When a record waits for your signature' },
  checkpoint_due: { nb: 'Når et sjekkpunkt er klart', en: 'When a checkpoint is due' },
  help_wanted: { nb: 'Når en selger ber om hjelp', en: 'When a seller asks for help' },
  help_answered: { nb: 'Når lederen har svart deg', en: 'When your manager has answered you' },
  promise_due: { nb: 'Når et løfte har frist', en: 'When a promise is due' },
  cadence_late: { nb: 'Når en samtale er forsinket', en: 'When a review is overdue' },
  goal_change: {
    nb: 'Når den andre vil endre et mål eller har svart',
    en: 'When the other wants to change a goal or has answered',
  },
  moment_nudge: {
    nb: 'Når dere ikke har delt en tilbakemelding på to uker',
    en: 'When you have shared no feedback for two weeks',
  },
  weekly_digest: {
    nb: 'Ukens oversikt, som samler påminnelsene til den som har seks selgere eller flere',
    en: 'The week at a glance, which gathers the reminders of whoever has six sellers or more',
  },
} as const satisfies Record<ChosenKind, Text>;
