import type { PermissionKind, PermissionName, PermissionState } from '../../trust/permissions.ts';
import type { Text } from '../text.ts';

export const adminTexts = {
  title: { nb: 'Administrasjon', en: 'Administration' },
  lead: {
    nb: 'Her ser du tall for hele virksomheten og kan kontrollere revisjonssporet. Ingen får lese det selgere og ledere har skrevet, herfra.',
    en: 'Here you see figures for the whole company and can verify the audit trail. Nobody can read what sellers and managers have written from here.',
  },
  onlyAdmins: {
    nb: 'Denne siden er for administratorer. Be den som styrer Microsoft 365, gi deg rollen.',
    en: 'This page is for administrators. Ask whoever runs Microsoft 365 to give you the role.',
  },
  counts: { nb: 'Tall for virksomheten', en: 'Figures for the company' },
  countsHelp: {
    nb: 'Bare antall. Navn, mål, vurderinger og ord fra samtalene vises aldri her.',
    en: 'Numbers only. Names, goals, ratings and words from the reviews never appear here.',
  },
  pairs: {
    nb: '{open} selgere har en leder i Medspill. {confirmed} av dem har bekreftet det.',
    en: '{open} sellers have a manager in Medspill. {confirmed} of them have confirmed it.',
  },
  month: { nb: 'Måned', en: 'Month' },
  signed: { nb: 'Signert av begge', en: 'Signed by both' },
  closedUnsigned: { nb: 'Lukket uten begge', en: 'Closed without both' },
  awaitingSecond: { nb: 'Venter på én', en: 'Waiting for one' },
  noCounts: {
    nb: 'Ingen referater ennå. Tallene vises her når de første er signert.',
    en: 'No records yet. The figures appear here when the first are signed.',
  },
  template: { nb: 'Agendaen', en: 'The agenda' },
  templateHelp: {
    nb: 'Standardagendaen, tekstversjon {version}. De fire temaene som alltid skal være med, kan ikke tas ut.',
    en: 'The standard agenda, text version {version}. The four themes that always belong cannot be taken out.',
  },
  audit: { nb: 'Revisjonssporet', en: 'The audit trail' },
  auditHelp: {
    nb: 'Hver lesing, endring og sletting står i en kjede som avslører hull. Fila kan kontrolleres uten nett, og den har ingen ord fra samtalene.',
    en: 'Every read, change and deletion is in a chain that reveals gaps. The file can be verified offline, and it holds no words from the reviews.',
  },
  downloadAudit: { nb: 'Last ned sporet', en: 'Download trail' },
} as const satisfies Record<string, Text>;

export const setupTexts = {
  title: { nb: 'Oppsett', en: 'Setup' },
  help: {
    nb: 'Medspill har nå prøvd hver tillatelse i Microsoft 365.',
    en: 'Medspill has just tried each permission in Microsoft 365.',
  },
  allGranted: {
    nb: 'Alle tillatelser er gitt. Ledere kan booke.',
    en: 'All permissions are granted. Managers can book.',
  },
  missing: {
    nb: 'Noe mangler. En administrator i Microsoft 365 må godta tillatelsene. Det tar noen minutter før det virker.',
    en: 'Something is missing. An administrator of Microsoft 365 must accept the permissions. It takes a few minutes to work.',
  },
  unknown: {
    nb: 'Microsoft 365 svarte ikke på alt. Prøv igjen om litt.',
    en: 'Microsoft 365 did not answer everything. Try again in a moment.',
  },
  consent: { nb: 'Gi tillatelser', en: 'Grant permissions' },
  again: { nb: 'Prøv på nytt', en: 'Try again' },
  notTried: {
    nb: 'To ting kan ikke prøves herfra: at lederne er med i gruppen som avgrenser kalendertilgangen, og at Teams slipper appen til møtene deres. Oppskriften for installasjon viser begge.',
    en: 'Two things cannot be tried from here: that the managers are in the group that limits calendar access, and that Teams lets the app at their meetings. The installation guide shows both.',
  },
} as const satisfies Record<string, Text>;

export const permissionStateTexts = {
  granted: { nb: 'Gitt', en: 'Granted' },
  missing: { nb: 'Mangler', en: 'Missing' },
  unknown: { nb: 'Ukjent', en: 'Unknown' },
} as const satisfies Record<PermissionState, Text>;

export const permissionKindTexts = {
  delegated: { nb: 'Når noen bruker Medspill', en: 'While somebody uses Medspill' },
  application: { nb: 'Når ingen er pålogget', en: 'While nobody is signed in' },
} as const satisfies Record<PermissionKind, Text>;

/** What each is for, in the words of whoever must answer for it. */
export const permissionTexts = {
  'User.Read': { nb: 'Se hvem som er pålogget', en: 'See who is signed in' },
  'User.Read.All': {
    nb: 'Finne selgerne til en leder og søke etter kolleger',
    en: 'Find the sellers of a manager and search for colleagues',
  },
  'MailboxSettings.Read': { nb: 'Vise tider i riktig tidssone', en: 'Show times in the right zone' },
  'Calendars.ReadWrite': {
    nb: 'Booke samtaler i lederens kalender og følge med når de flyttes',
    en: 'Book reviews in the manager’s calendar and notice when they move',
  },
  'Calendars.Read.Shared': {
    nb: 'Finne andre tider som passer begge',
    en: 'Find other times that suit both',
  },
  'OnlineMeetings.Read': { nb: 'Finne chatten til møtet', en: 'Find the chat of the meeting' },
  'TeamsAppInstallation.ReadWriteSelfForChat': {
    nb: 'Legge fanen til Medspill i møtet',
    en: 'Put the tab of Medspill in the meeting',
  },
  'Tasks.ReadWrite': {
    nb: 'Legge steg i Microsoft To Do for den som ber om det',
    en: 'Put steps in Microsoft To Do for whoever asks for it',
  },
  'OnlineMeetings.Read.All': { nb: 'Finne chatten til møtet', en: 'Find the chat of the meeting' },
  'TeamsAppInstallation.ReadWriteSelfForChat.All': {
    nb: 'Legge fanen til Medspill i møtet',
    en: 'Put the tab of Medspill in the meeting',
  },
  'TeamsActivity.Send': { nb: 'Sende varsler i Teams', en: 'Send notices in Teams' },
  'TeamsAppInstallation.ReadWriteSelfForUser.All': {
    nb: 'Gi appen til den som skal få et varsel',
    en: 'Give the app to whoever is to get a notice',
  },
} as const satisfies Record<PermissionName, Text>;
export const takeoverTexts = {
  incoming: {
    nb: '{manager} er meldt som ny leder for {seller}, tidligst fra {when} og når selgeren har bekreftet det. Signerte referater og åpne mål følger med, private notater ikke. Er det feil, kan du stoppe det nå.',
    en: '{manager} has been named as the new manager of {seller}, from {when} at the earliest and once the seller has confirmed it. Signed records and open goals go along, private notes do not. If it is wrong, you can stop it now.',
  },
  stop: { nb: 'Stopp byttet', en: 'Stop change' },
  stopped: { nb: 'Lederbyttet er stoppet.', en: 'The change of manager is stopped.' },
} as const satisfies Record<string, Text>;

export const grantedTexts = {
  line: {
    nb: '{name} fikk lese referatet fra {month} fram til {until}. {approver} godkjente det. Grunnen: {reason}',
    en: '{name} was allowed to read the record of {month} until {until}. {approver} approved it. The reason: {reason}',
  },
} as const satisfies Record<string, Text>;
