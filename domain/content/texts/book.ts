import type { Mark } from '../../book/calendar-preview.ts';
import type { Weekday } from '../../book/pattern.ts';
import type { Text } from '../text.ts';

export const bookTexts = {
  title: { nb: 'Book månedlig samtale', en: 'Book monthly review' },
  lead: {
    nb: 'Det tar to minutter, og du kan endre alt senere.',
    en: 'It takes two minutes, and you can change everything later.',
  },
  book: { nb: 'Book samtale', en: 'Book review' },
  booking: { nb: 'Booker …', en: 'Booking …' },

  bookTeam: { nb: 'Book hele teamet', en: 'Book whole team' },
  teamLead: {
    nb: 'Forslaget sprer samtalene over dager og uker, høyst to om dagen. Ta bort eller endre det du vil.',
    en: 'The suggestion spreads the reviews over days and weeks, at most two a day. Remove or change what you like.',
  },
  planning: { nb: 'Lager forslag: {done} av {all} …', en: 'Making a suggestion: {done} of {all} …' },
  teamPlan: { nb: 'Forslag', en: 'Suggestion' },
  include: { nb: 'Ta med {name}', en: 'Include {name}' },
  change: { nb: 'Endre', en: 'Change' },
  doneChanging: { nb: 'Ferdig', en: 'Done' },
  planLine: { nb: '{pattern} {time}', en: '{pattern} at {time}' },
  planFree: { nb: 'Ledig {free} av {of} ganger', en: 'Free {free} of {of} times' },
  planNoTime: { nb: 'Ingen felles ledig tid. Velg en tid.', en: 'No time is free for both. Choose a time.' },
  planUnknown: {
    nb: 'Kalenderen kan ikke leses. Tiden følger arbeidstid.',
    en: 'The calendar cannot be read. The time follows working hours.',
  },
  bookCount: { nb: 'Book {count} serier', en: 'Book {count} series' },
  bookingCount: { nb: 'Booket {done} av {all}', en: 'Booked {done} of {all}' },
  rowBooking: { nb: 'Bookes nå', en: 'Being booked' },
  rowLeft: { nb: 'Gjenstår', en: 'Left to do' },
  pause: { nb: 'Stopp her', en: 'Stop here' },
  undoAll: { nb: 'Angre alle', en: 'Undo all' },
  undoAllText: {
    nb: 'Seriene du nettopp booket, fjernes fra alle kalendrene. Selgerne får beskjed om at de er avlyst.',
    en: 'The series you just booked are removed from all calendars. The sellers are told that they are cancelled.',
  },
  undoneAll: { nb: 'Alle bookingene er angret.', en: 'All the bookings are undone.' },
  teamBooked: { nb: 'Teamet er booket', en: 'The team is booked' },
  teamBookedLead: {
    nb: '{count} selgere har fått hver sin invitasjon og bekrefter i Teams at du er lederen.',
    en: '{count} sellers have one invitation each and confirm in Teams that you are the manager.',
  },
  seeTeam: { nb: 'Se teamet', en: 'See team' },

  who: { nb: 'Hvem', en: 'Who' },
  seller: { nb: 'Selger', en: 'Seller' },
  chooseSeller: { nb: 'Velg en selger', en: 'Choose a seller' },
  alreadyBooked: { nb: 'har en serie', en: 'has a series' },
  openSeries: { nb: 'Åpne serien', en: 'Open series' },
  allBooked: {
    nb: 'Alle selgerne dine har en månedlig serie. Åpne en av dem for å flytte, hoppe over eller stoppe.',
    en: 'All your sellers have a monthly series. Open one of them to move, skip or stop.',
  },
  search: { nb: 'Søk etter selger', en: 'Search for a seller' },
  searchHint: {
    nb: 'Microsoft 365 oppgir ingen medarbeidere for deg. Søk på navn. Selgeren bekrefter etterpå at du er lederen.',
    en: 'Microsoft 365 lists no reports for you. Search by name. The seller then confirms that you are the manager.',
  },
  nobodyFound: {
    nb: 'Ingen treff på «{q}». Sjekk skrivemåten, eller prøv etternavnet.',
    en: 'Nobody found for “{q}”. Check the spelling, or try the last name.',
  },
  fromDraft: {
    nb: 'Forslaget er hentet fra avtalen du har åpen.',
    en: 'The suggestion comes from the appointment you have open.',
  },

  when: { nb: 'Når', en: 'When' },
  pattern: { nb: 'Dag i måneden', en: 'Day of the month' },
  patternWeekday: { nb: 'Fast ukedag', en: 'Fixed weekday' },
  patternDate: { nb: 'Fast dato', en: 'Fixed date' },
  patternLastWeekday: { nb: 'Siste hverdag', en: 'Last weekday' },
  week: { nb: 'Uke', en: 'Week' },
  weekday: { nb: 'Ukedag', en: 'Weekday' },
  dayOfMonth: { nb: 'Dato', en: 'Date' },
  shortMonths: {
    nb: 'Måneder uten denne datoen bruker den siste dagen.',
    en: 'Months without this date use their last day.',
  },
  firstMonth: { nb: 'Første måned', en: 'First month' },
  minutes: { nb: 'Varighet', en: 'Length' },
  minutesValue: { nb: '{minutes} minutter', en: '{minutes} minutes' },
  firstIsLonger: {
    nb: 'Den første samtalen har en egen agenda. 60 minutter passer best.',
    en: 'The first review has an agenda of its own. 60 minutes fits best.',
  },
  time: { nb: 'Tid', en: 'Time' },
  findingTimes: {
    nb: 'Leter etter tider som er ledige for begge …',
    en: 'Looking for times that are free for both …',
  },
  freeOn: { nb: 'ledig {free} av {of}', en: 'free {free} of {of}' },
  freeOnAll: { nb: 'ledig alle {of}', en: 'free all {of}' },
  ownTime: { nb: 'Annet tidspunkt', en: 'Other time' },
  moreTimes: { nb: 'Vis flere tider', en: 'Show more times' },
  availabilityUnknown: {
    nb: 'Vi får ikke lest kalenderen til {name}, så vi vet ikke hva som er ledig. Tidene under følger vanlig arbeidstid.',
    en: 'We cannot read {name}’s calendar, so we do not know what is free. The times below follow usual working hours.',
  },
  noTimes: {
    nb: 'Ingen tid er ledig for begge på disse dagene. Velg en annen dag, eller skriv et tidspunkt.',
    en: 'No time is free for both on these days. Choose another day, or enter a time.',
  },
  otherZone: {
    nb: '{name} er i en annen tidssone. Tiden hos {name} står i parentes.',
    en: '{name} is in another time zone. {name}’s time is in brackets.',
  },

  options: { nb: 'Valg', en: 'Options' },
  privateBlocks: {
    nb: 'Sett av tid til forberedelse og refleksjon',
    en: 'Set aside time to prepare and reflect',
  },
  privateBlocksHint: {
    nb: '20 minutter to arbeidsdager før og 15 minutter rett etter. Bare i kalenderen din, merket privat.',
    en: '20 minutes two working days before and 15 minutes right after. Only in your calendar, marked private.',
  },
  inPerson: { nb: 'Vi møtes fysisk', en: 'We meet in person' },
  inPersonHint: {
    nb: 'Avtalen får ingen Teams-lenke. Skjemaet åpner dere i Medspill.',
    en: 'The appointment gets no Teams link. You open the form in Medspill.',
  },

  preview: { nb: 'De neste tolv datoene', en: 'The next twelve dates' },
  previewClear: {
    nb: 'Ingen av datoene treffer helligdager eller ferieuker.',
    en: 'None of the dates meets a public holiday or a holiday week.',
  },
  previewMarks: {
    nb: '{count} av datoene treffer en helligdag eller ferieuke. Velg en annen dag for dem, eller la dem stå.',
    en: '{count} of the dates meet a public holiday or a holiday week. Choose another day for them, or leave them.',
  },
  previewOneMark: {
    nb: 'Én av datoene treffer en helligdag eller ferieuke. Velg en annen dag for den, eller la den stå.',
    en: 'One of the dates meets a public holiday or a holiday week. Choose another day for it, or leave it.',
  },
  gapsExplained: {
    nb: 'Det er 28 eller 35 dager mellom samtalene.',
    en: 'There are 28 or 35 days between the reviews.',
  },
  julyExplained: {
    nb: 'Hopper dere over juli, blir det {days} dager fra juni til august. Det er vanlig og ventet.',
    en: 'If you skip July, there are {days} days from June to August. That is usual and expected.',
  },
  moveTo: { nb: 'Flytt til {date}', en: 'Move to {date}' },
  movedFrom: { nb: 'Flyttes fra {date}', en: 'Moved from {date}' },
  keepDate: { nb: 'Behold {date}', en: 'Keep {date}' },
  summary: {
    nb: '{pattern} {time}, {minutes} minutter. Første gang {date}.',
    en: '{pattern} at {time}, {minutes} minutes. First on {date}.',
  },

  progressTitle: { nb: 'Booker samtalen med {name}', en: 'Booking the review with {name}' },
  progressSteps: { nb: 'Hva som er gjort', en: 'What has been done' },
  stepCreated: { nb: 'Serien står i kalenderen din', en: 'The series is in your calendar' },
  stepAttached: { nb: 'Agendaen er lagt ved', en: 'The agenda is attached' },
  stepInvited: { nb: '{name} er invitert', en: '{name} is invited' },
  stepApp: { nb: 'Medspill er på plass i møtet', en: 'Medspill is in the meeting' },
  stepBlocks: { nb: 'Forberedelse og refleksjon er satt av', en: 'Time to prepare and reflect is set aside' },
  stepMoves: { nb: 'Datoene du valgte, er flyttet', en: 'The dates you chose are moved' },
  progressStays: {
    nb: 'Du kan lukke dette. Bookingen går videre av seg selv.',
    en: 'You can close this. The booking goes on by itself.',
  },
  bookedTitle: { nb: 'Samtalen med {name} er booket', en: 'The review with {name} is booked' },
  bookedLead: {
    nb: 'Første gang {date}. {name} har fått én invitasjon og bekrefter i Teams at du er lederen.',
    en: 'First on {date}. {name} has one invitation and confirms in Teams that you are the manager.',
  },
  draftCloses: {
    nb: 'Utkastet er tømt og lukkes om noen sekunder, så dere får ett møte og ikke to.',
    en: 'The draft is emptied and closes in a few seconds, so that you get one meeting and not two.',
  },
  draftKept: {
    nb: 'Utkastet er tømt. Lukk det når du er ferdig, så dere får ett møte og ikke to.',
    en: 'The draft is emptied. Close it when you are done, so that you get one meeting and not two.',
  },
  draftClosed: {
    nb: 'Utkastet er lukket. Dere har ett møte.',
    en: 'The draft is closed. You have one meeting.',
  },
  closeDraft: { nb: 'Lukk utkastet', en: 'Close draft' },
  keepDraft: { nb: 'Behold åpent', en: 'Keep open' },
  draftOpen: {
    nb: 'Outlook kunne ikke lukke utkastet. Samtalen er booket. Lukk avtalen uten å sende den, ellers blir det to møter.',
    en: 'Outlook could not close the draft. The review is booked. Close the appointment without sending it, or there will be two meetings.',
  },
  openForm: { nb: 'Åpne skjemaet', en: 'Open form' },
  bookAnother: { nb: 'Book en til', en: 'Book another' },
  waitingTitle: { nb: 'Venter på deg', en: 'Waiting for you' },
  waiting: {
    nb: 'Noe gjenstår som bare kan gjøres med deg til stede. Det som er gjort, er beholdt. Fortsett når du er klar.',
    en: 'Something is left that can only be done with you present. What is done is kept. Go on when you are ready.',
  },
  goOn: { nb: 'Fortsett', en: 'Go on' },
  failedTitle: { nb: 'Bookingen stoppet', en: 'The booking stopped' },
  failed: {
    nb: 'Microsoft 365 sa nei. Det som er gjort, står under. Prøv igjen, eller angre bookingen.',
    en: 'Microsoft 365 said no. What was done is listed below. Try again, or undo the booking.',
  },

  series: { nb: 'Serien', en: 'The series' },
  stateBooking: { nb: 'Bookes nå', en: 'Being booked' },
  stateBooked: { nb: 'Booket', en: 'Booked' },
  stateWaiting: { nb: 'Venter på deg', en: 'Waiting for you' },
  stateFailed: { nb: 'Stoppet av en feil', en: 'Stopped by an error' },
  stateStopped: { nb: 'Avsluttet', en: 'Ended' },
  noSeries: {
    nb: 'Ingen månedlig serie ennå. Den vises her når du har booket den.',
    en: 'No monthly series yet. It appears here once you have booked it.',
  },
  waitingForSeller: { nb: 'Venter på {name}', en: 'Waiting for {name}' },
  waitingForSellerText: {
    nb: '{name} har ikke bekreftet ennå at du er lederen. Skjemaet åpnes når det er gjort.',
    en: '{name} has not yet confirmed that you are the manager. The form opens once that is done.',
  },
  readiness: { nb: 'Forberedelse', en: 'Preparation' },

  moveMonth: { nb: 'Flytt samtalen', en: 'Move review' },
  move: { nb: 'Flytt', en: 'Move' },
  moveText: {
    nb: 'Bare denne måneden flyttes. Resten av serien står. {name} får beskjed fra Outlook.',
    en: 'Only this month moves. The rest of the series stands. {name} is told by Outlook.',
  },
  moreChoices: { nb: 'Flere valg', en: 'More choices' },
  findTimes: { nb: 'Finn ledige tider', en: 'Find free times' },
  otherTimes: { nb: 'Ledig for begge denne måneden', en: 'Free for both this month' },
  noOtherTimes: {
    nb: 'Ingen andre tider denne måneden er ledige for begge. Velg selv under.',
    en: 'No other time this month is free for both. Choose yourself below.',
  },
  extra: { nb: 'Book ekstra samtale', en: 'Book extra review' },
  bookExtra: { nb: 'Book', en: 'Book' },
  extraText: {
    nb: 'Samtalen får eget møte og eget skjema. Serien står. {name} får én invitasjon.',
    en: 'The review gets a meeting and a form of its own. The series stands. {name} gets one invitation.',
  },
  extraBooked: {
    nb: 'Den ekstra samtalen er booket til {date}.',
    en: 'The extra review is booked for {date}.',
  },
  reviewOpen: {
    nb: 'Samtalen {date} er i gang og ikke signert.',
    en: 'The review of {date} is under way and not signed.',
  },
  continueLater: { nb: 'Fortsett senere', en: 'Continue later' },
  bookRest: { nb: 'Book resten', en: 'Book the rest' },
  continueText: {
    nb: 'Dere fortsetter i samme skjema på et nytt møte. Alt dere har skrevet, står. {name} får én invitasjon.',
    en: 'You go on in the same form in a new meeting. All that you have written stays. {name} gets one invitation.',
  },
  continued: { nb: 'Dere fortsetter {date}.', en: 'You go on {date}.' },
  tellAbsence: { nb: 'Meld fravær', en: 'Tell of absence' },
  tell: { nb: 'Meld', en: 'Tell' },
  absenceText: {
    nb: 'Samtaler i perioden hoppes over, og påminnelsene er stille. Begge ser datoene. Ingen spør om grunnen.',
    en: 'Reviews in the period are skipped, and reminders stay quiet. Both see the dates. Nobody asks for the reason.',
  },
  whoIsAway: { nb: 'Hvem er borte?', en: 'Who is away?' },
  me: { nb: 'Jeg', en: 'I am' },
  firstDayAway: { nb: 'Første dag', en: 'First day' },
  lastDayAway: { nb: 'Siste dag', en: 'Last day' },
  lastBeforeFirst: { nb: 'Siste dag er før den første.', en: 'The last day is before the first.' },
  absenceTold: { nb: 'Fraværet er meldt.', en: 'The absence is told.' },
  youAreAway: {
    nb: 'Du er borte fra {from} til {to}. Samtalene i perioden er hoppet over.',
    en: 'You are away from {from} to {to}. The reviews in the period are skipped.',
  },
  otherIsAway: {
    nb: '{name} er borte fra {from} til {to}. Samtalene i perioden er hoppet over.',
    en: '{name} is away from {from} to {to}. The reviews in the period are skipped.',
  },
  removeAbsence: { nb: 'Avslutt fraværet', en: 'End absence' },
  absenceRemoved: {
    nb: 'Fraværet er avsluttet. Måneder som er hoppet over, står som de er.',
    en: 'The absence has ended. Months that were skipped stay as they are.',
  },
  ownTimeOffer: {
    nb: 'Vil du ha tid i kalenderen til å forberede deg og tenke etter?',
    en: 'Would you like time in your calendar to prepare and reflect?',
  },
  setAside: { nb: 'Sett av tid', en: 'Set aside time' },
  notNow: { nb: 'Nei takk', en: 'No thanks' },
  ownTimeSet: { nb: 'Tiden er satt av i kalenderen din.', en: 'The time is set aside in your calendar.' },
  ownTimeGone: { nb: 'Tiden er ikke satt av.', en: 'No time is set aside.' },
  renewText: {
    nb: 'Den siste samtalen i serien er i {month}.',
    en: 'The last review of the series is in {month}.',
  },
  renew: { nb: 'Book et år', en: 'Book a year' },
  renewed: { nb: 'Serien går i tolv måneder til.', en: 'The series goes on for twelve more months.' },
  meetingWaits: { nb: 'Møtet bookes nå', en: 'The meeting is being booked' },
  otherReviews: { nb: 'Samtaler med {name}', en: 'Reviews with {name}' },
  newDate: { nb: 'Ny dato', en: 'New date' },
  newTime: { nb: 'Nytt tidspunkt', en: 'New time' },
  dateMarked: { nb: 'Denne dagen er {mark}.', en: 'This day is {mark}.' },
  moved: { nb: 'Samtalen er flyttet til {date}.', en: 'The review has moved to {date}.' },
  changeSeries: { nb: 'Endre serien', en: 'Change series' },
  changeText: {
    nb: 'Samtalene framover får ny dag, tid eller varighet. De som er holdt, står som før. {name} får beskjed fra Outlook.',
    en: 'The reviews to come get another day, time or length. Those that were held stay as they were. {name} is told by Outlook.',
  },
  changed: { nb: 'Serien er endret.', en: 'The series has changed.' },
  skipMonth: { nb: 'Hopp over måneden', en: 'Skip month' },
  skip: { nb: 'Hopp over', en: 'Skip' },
  skipText: {
    nb: 'Møtet i {month} avlyses, og {name} får beskjed. Det dere har skrevet, er beholdt.',
    en: 'The meeting in {month} is cancelled, and {name} is told. What you have written is kept.',
  },
  reason: { nb: 'Grunn', en: 'Reason' },
  reasonHoliday: { nb: 'Ferie', en: 'Holiday' },
  reasonAbsence: { nb: 'Fravær', en: 'Absence' },
  reasonAgreed: { nb: 'Avtalt mellom oss', en: 'Agreed between us' },
  reasonOther: { nb: 'Annet', en: 'Other' },
  skipped: { nb: 'Måneden er hoppet over.', en: 'The month is skipped.' },
  stopSeries: { nb: 'Stopp serien', en: 'Stop series' },
  stop: { nb: 'Stopp', en: 'Stop' },
  stopText: {
    nb: 'Samtalene fra i dag avlyses, og {name} får beskjed. Referater, mål og løfter står.',
    en: 'Reviews from today on are cancelled, and {name} is told. Records, goals and promises stay.',
  },
  stopped: { nb: 'Serien er stoppet.', en: 'The series has stopped.' },
  undoBooking: { nb: 'Angre bookingen', en: 'Undo booking' },
  undo: { nb: 'Angre', en: 'Undo' },
  undoText: {
    nb: 'Hele serien fjernes fra begge kalendrene, og {name} får beskjed om at den er avlyst.',
    en: 'The whole series is removed from both calendars, and {name} is told that it is cancelled.',
  },
  undone: { nb: 'Bookingen er angret.', en: 'The booking is undone.' },

  readingAppointment: { nb: 'Leser avtalen …', en: 'Reading the appointment …' },
  sharedTitle: { nb: 'Åpne din egen kalender', en: 'Open your own calendar' },
  shared: {
    nb: 'Denne avtalen ligger i kalenderen til {owner}. Ingenting er booket, for samtalen må stå i lederens egen kalender. Åpne en ny avtale der.',
    en: 'This appointment is in {owner}’s calendar. Nothing is booked, since the review must be in the manager’s own calendar. Open a new appointment there.',
  },
  otherAppointmentTitle: { nb: 'Ikke en utviklingssamtale', en: 'Not a development review' },
  otherAppointment: {
    nb: 'Denne avtalen er ikke en samtale i Medspill. Åpne en ny avtale for å booke en.',
    en: 'This appointment is not a review in Medspill. Open a new appointment to book one.',
  },
  noAppointment: {
    nb: 'Åpne en avtale i kalenderen, så vises samtalen her.',
    en: 'Open an appointment in the calendar, and the review appears here.',
  },
} as const satisfies Record<string, Text>;

export const weekTexts = {
  first: { nb: 'Første', en: 'First' },
  second: { nb: 'Andre', en: 'Second' },
  third: { nb: 'Tredje', en: 'Third' },
  fourth: { nb: 'Fjerde', en: 'Fourth' },
  last: { nb: 'Siste', en: 'Last' },
} as const satisfies Record<string, Text>;

export const weekdayTexts = {
  monday: { nb: 'mandag', en: 'Monday' },
  tuesday: { nb: 'tirsdag', en: 'Tuesday' },
  wednesday: { nb: 'onsdag', en: 'Wednesday' },
  thursday: { nb: 'torsdag', en: 'Thursday' },
  friday: { nb: 'fredag', en: 'Friday' },
} as const satisfies Record<Weekday, Text>;

/** How a pattern reads first in a sentence. */
export const patternTexts = {
  weekday: { nb: '{week} {weekday} i måneden', en: '{week} {weekday} of the month' },
  date: { nb: 'Den {day}. i måneden', en: 'Day {day} of the month' },
  last_weekday: { nb: 'Siste hverdag i måneden', en: 'Last weekday of the month' },
} as const satisfies Record<string, Text>;

/** What a date meets, read after «er» / “is”; a public holiday says its own name. */
export const markTexts = {
  weekend: { nb: 'helg', en: 'a weekend' },
  easter_week: { nb: 'påskeuka', en: 'Easter week' },
  christmas_week: { nb: 'romjula', en: 'the week of Christmas' },
  squeezed: { nb: 'inneklemt mellom helg og helligdag', en: 'squeezed between a weekend and a holiday' },
  july: { nb: 'fellesferien', en: 'the July holiday weeks' },
} as const satisfies Record<Exclude<Mark['kind'], 'holiday'>, Text>;
