// Who works at Nordvik Kontorteknikk AS: the believable organisation that every sandbox starts with.

export type Person = {
  id: string;
  displayName: string;
  givenName: string;
  surname: string;
  mail: string;
  jobTitle: string;
  /** Windows or IANA zone as in mailboxSettings. */
  timeZone: string;
  language: 'nb-NO' | 'en-GB';
  managerId?: string;
  /** A guest, an unlicensed mailbox and other oddities are people too. */
  userType?: 'Member' | 'Guest';
  hasTeamsLicence: boolean;
  /** Directory roles of our own app registration. */
  appRoles?: string[];
};

export const tenantId = '5b1f0c3e-6a54-4f0e-9d5c-2f6f7a1b8c01';
export const otherTenantId = '9e2d7c11-0f4b-4c7a-8a53-6b1d2e3f4a02';
export const clientId = '7c3a9d52-1e64-4b8f-a0d7-3f5b6c7d8e03';
/** The app's id in the tenant's Teams catalogue, which is not the manifest's id. */
export const teamsAppId = '2f8e4b6a-7d19-4c35-b2a8-9e0f1a2b3c04';
export const teamsManifestId = 'c1d2e3f4-a5b6-4789-8abc-def012345605';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function person(
  n: number,
  givenName: string,
  surname: string,
  jobTitle: string,
  rest: Partial<Person> = {},
): Person {
  const ascii = (text: string) =>
    text.toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'o').replaceAll('å', 'a').replaceAll(' ', '.');
  return {
    id: id(n),
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    mail: `${ascii(givenName)}.${ascii(surname)}@nordvik.example`,
    jobTitle,
    timeZone: 'Europe/Oslo',
    language: 'nb-NO',
    hasTeamsLicence: true,
    ...rest,
  };
}

export const people: Person[] = [
  person(1, 'Kari', 'Nordvik', 'Daglig leder'),
  person(10, 'Ingrid', 'Solberg', 'Salgsleder Øst', { managerId: id(1) }),
  person(11, 'Jonas', 'Berg', 'Selger', { managerId: id(10) }),
  person(12, 'Amina', 'Hassan', 'Selger', { managerId: id(10) }),
  person(13, 'Lars', 'Haugen', 'Seniorselger', { managerId: id(10) }),
  person(14, 'Sofie', 'Lunde', 'Selger', { managerId: id(10) }),
  person(15, 'Mikkel', 'Sara', 'Selger', { managerId: id(10) }),
  person(16, 'Emily', 'Clarke', 'Account executive', {
    managerId: id(10),
    language: 'en-GB',
    timeZone: 'Europe/London',
  }),
  person(17, 'Bikash', 'Thapa', 'Selger', { managerId: id(10), timeZone: 'Asia/Kathmandu' }),
  person(18, 'Nora', 'Åsen', 'Selger', { managerId: id(10) }),
  person(20, 'Henrik', 'Dahl', 'Salgsleder Vest', { managerId: id(1) }),
  person(21, 'Ida', 'Moe', 'Selger', { managerId: id(20) }),
  person(22, 'Owen', 'Power', 'Account executive', {
    managerId: id(20),
    language: 'en-GB',
    timeZone: 'America/St_Johns',
  }),
  person(30, 'Turid', 'Vik', 'HR-sjef', { managerId: id(1), appRoles: ['Medspill.Admin'] }),
  person(31, 'Geir', 'Fossum', 'Personvernombud', { managerId: id(1), appRoles: ['Medspill.Admin'] }),
  person(40, 'Gjest', 'Partner', 'Konsulent', { userType: 'Guest' }),
];
