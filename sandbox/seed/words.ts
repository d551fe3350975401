// What Henrik Dahl and Ida Moe wrote around their first review. Invented people, believable words.
import type { Tray } from '@medspill/domain/prepare/evidence';
import type { StageKey } from '@medspill/domain/prepare/stages';
import type { Writing } from './actor.ts';

type Ratings = Record<StageKey, [value: 1 | 2 | 3 | 4 | 5 | null, example: string]>;

export const managerAnswers: Record<string, string> = {
  mp_outcome: 'At Ida går ut av møtet med én ting hun har lyst til å prøve.',
  mp_stage: 'Behovsavdekking. Du får kundene i tale, og kan bli lenger i spørsmålene.',
  mp_strength: 'Måten du følger opp på. Sjøholmen nevnte det uten at jeg spurte.',
  mp_customer: 'Fjordglimt: tre møter, ingen neste avtale.',
  mm_state: 'Rolig. Litt travel uke, derfor ti minutter alene først.',
  mm_style: 'Ida tenker høyt. Jeg spør og venter.',
  mm_shoes: 'Ny på distriktet, vil vise at hun får det til.',
  mm_message: 'Jeg er glad for at du er her, og vi tar ett steg om gangen.',
};

export const sellerAnswers: Record<string, string> = {
  sp_wish: 'Hjelp til å få neste møte avtalt før jeg går.',
  sp_proud: 'Avtalen med Sjøholmen skole. Jeg holdt på spørsmålene helt til rektor selv foreslo løsningen.',
  sp_stage: 'Behovsavdekking.',
  sp_case: 'Fjordglimt Hotell: hyggelige samtaler, men ingenting skjer etterpå.',
  sp_short: 'Å ha neste steg i kalenderen etter hvert kundemøte.',
  sp_need: 'At du er med på ett kundemøte og bare lytter.',
  sm_mind: 'Litt ny ennå. Det tar tid å lære området.',
  sm_energy: 'Kundebesøk på formiddagen.',
  sm_feedback: 'Rett fram, gjerne med et eksempel.',
  sm_manager: 'Si fra når du ser noe bra også.',
};

const strength = { under: 'strength', ready: true } as const;
const improvement = { under: 'improvement', ready: true } as const;

export const managerEvidence: Tray = {
  '01940000-0000-7000-8000-000000000001': {
    ...strength,
    kind: 'quote',
    text: 'Hun ringte dagen etter og spurte om alt virket. Det er vi ikke vant til.',
    customer: 'Sjøholmen skole',
  },
  '01940000-0000-7000-8000-000000000002': {
    ...improvement,
    kind: 'figure',
    label: 'Møter med avtalt neste steg',
    value: '8 av 19 (42 %)',
  },
};

export const sellerEvidence: Tray = {
  '01940000-0000-7000-8000-000000000011': {
    ...strength,
    kind: 'figure',
    label: 'Vunnet av avgjorte',
    value: '5 av 9 (56 %)',
  },
  '01940000-0000-7000-8000-000000000012': {
    ...strength,
    kind: 'figure',
    label: 'Sum vunnet',
    value: '412 500 NOK',
  },
  '01940000-0000-7000-8000-000000000013': {
    ...improvement,
    kind: 'link',
    title: 'Notater fra møtene med Fjordglimt',
    url: 'https://nordvik.sharepoint.example/sites/salg/notater/fjordglimt',
  },
};

export const managerRatings: Ratings = {
  prospecting: [4, 'Fant fire nye virksomheter på Sotra selv.'],
  qualification: [3, 'Spør om budsjett, men sent i samtalen hos Brattli.'],
  discovery: [3, 'Hos Fjordglimt kom løsningen etter to spørsmål.'],
  presentation: [4, 'Viste skolen det de hadde spurt om, og ikke mer.'],
  objections: [null, ''],
  negotiation: [null, ''],
  closing: [3, 'Sjøholmen signerte, Fjordglimt fikk ingen dato.'],
  follow_up: [5, 'Ringte Sjøholmen dagen etter levering.'],
};

export const sellerRatings: Ratings = {
  prospecting: [3, 'Ringer færre enn jeg hadde tenkt.'],
  qualification: [3, 'Glemte å spørre hvem som bestemmer hos Granli.'],
  discovery: [2, 'Jeg blir ivrig og går til produktet for fort.'],
  presentation: [4, 'Skolen fikk se det de trengte.'],
  objections: [3, 'Prisspørsmålet fra Haukeli gikk greit.'],
  negotiation: [null, ''],
  closing: [2, 'Tør ikke alltid spørre om neste møte.'],
  follow_up: [4, 'Har egen liste for oppfølging.'],
};

export const managerWriting: Writing = {
  words: {
    'note.stages': 'Ida setter seg lavere enn jeg gjør på behovsavdekking. Vi velger den sammen.',
    'strength.0.text': 'Oppfølging etter levering',
    'strength.0.example': 'Telefonen til Sjøholmen skole dagen etter.',
    'figure.0.label': 'Kundemøter i oktober',
    'figure.0.value': '19',
    'figure.1.label': 'Avtalt neste steg',
    'figure.1.value': '8 av 19',
    'promise.0.text': 'Bli med på møtet hos Fjordglimt og bare lytte.',
  },
  choices: { 'focus.0': 'discovery' },
};

export const sellerWriting: Writing = {
  words: {
    summary:
      'Vi brukte mest tid på behovsavdekking. Ida blir lenger i spørsmålene før hun viser noe, og avtaler neste steg mens kunden er der. Henrik er med hos Fjordglimt og lytter.',
    'goal.short.0.text':
      'Jeg stiller minst fem åpne spørsmål før jeg viser en løsning, i hvert nytt kundemøte.',
    'goal.short.0.measure': 'Egen liste etter hvert møte: antall åpne spørsmål, og om neste steg ble avtalt.',
    'goal.short.0.ifThen': 'Når jeg får lyst til å vise produktet, spør jeg heller: Hva gjør dere i dag?',
    'goal.short.0.action.0': 'Skrive fem faste åpne spørsmål på et kort.',
    'goal.short.0.action.1': 'Prøve kortet hos Fjordglimt Hotell.',
  },
};

export const reflection: Record<string, string> = {
  r_good: 'Ida valgte selv hva vi skulle jobbe med.',
  r_diff: 'Jeg svarte to ganger der jeg burde ha ventet.',
  r_next: 'Vent tre sekunder etter at Ida har snakket ferdig.',
};

export const checkpointAnswer = {
  done: 'Kortet er laget og brukt i fire møter.',
  learned: 'Kunden forteller mer når jeg ikke har tilbudet framme.',
  state: 'on_track' as const,
  needHelp: '',
};

export const moment = {
  situation: 'Møtet hos Brattli Transport tirsdag.',
  behaviour: 'Du stilte åpne spørsmål i ti minutter før du viste noe.',
  impact: 'De fortalte om flyttingen, som ingen av oss visste om.',
};
