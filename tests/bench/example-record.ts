// A record as two people leave it after three quarters of an hour: two pages, with all that a record can hold.
import type { RecordView } from '../../domain/sign/contract.ts';
import { recordSchema } from '../../domain/sign/contract.ts';

const digest = '5f'.repeat(32);
const note =
  'Vi gikk gjennom tre møter fra januar. I to av dem ble behovet avklart før løsningen ble nevnt, og kunden satte selv ord på hva det kostet å vente. I det tredje kom prisen for tidlig.';

function goal(slot: string, text: string) {
  return {
    slot,
    horizon: slot.startsWith('short') ? 'short' : 'long',
    kind: 'learning',
    stage: 'discovery',
    text,
    measure: 'Åtte av ti møtenotater har en oppsummering som kunden har bekreftet',
    actions: [
      { text: 'Skrive tre åpne spørsmål før hvert møte', dueOn: '2027-01-08' },
      { text: 'Øve oppsummeringen med Amina', dueOn: '2027-01-15' },
    ],
    ifThen: 'Hvis kunden spør om pris først, så spør jeg hva som skjer om de ikke gjør noe',
    priority: 'Flere møter blir til tilbud',
    dueOn: '2027-02-05',
    doer: 'seller',
    follower: 'manager',
    confidence: { manager: 8, seller: 7 },
    attractive: 'Mer ro i møtet, og færre tilbud som dør',
  };
}

export function exampleRecord(): RecordView {
  const people = [
    { id: '00000000-0000-4000-8000-000000000010', name: 'Ingrid Solberg' },
    { id: '00000000-0000-4000-8000-000000000011', name: 'Jonas Berg' },
  ] as const;
  const [manager, seller] = people;
  const rating = (value: number) => ({ value, example: note });
  return recordSchema.parse({
    id: '11111111-1111-4111-8111-111111111111',
    state: 'sealed',
    side: 'seller',
    content: {
      schema: 'medspill-record-1',
      recordId: '11111111-1111-4111-8111-111111111111',
      reviewId: '22222222-2222-4222-8222-222222222222',
      pairId: '33333333-3333-4333-8333-333333333333',
      month: '2027-01',
      ordinal: 1,
      heldOn: '2027-01-06',
      manager,
      seller,
      template: { length: 'standard45', version: 'standard-1', textVersion: '1' },
      summary: `${note} ${note}`,
      notes: ['open', 'since_last', 'numbers', 'close'].map((agendaKey) => ({ agendaKey, text: note })),
      strengths: [
        { text: 'Lytter godt', example: note },
        { text: 'Følger opp samme dag', example: note },
      ],
      figures: ['Møter', 'Tilbud', 'Salg', 'Treffprosent', 'Snitt per ordre'].map((label, index) => ({
        label,
        value: String(12 * (index + 1)),
      })),
      focusStages: [
        { stage: 'discovery', manager: rating(3), seller: rating(4) },
        { stage: 'negotiation', manager: rating(2), seller: { value: null, example: '' } },
      ],
      goals: [
        goal('short.0', 'Oppsummere behovet med kundens egne ord i hvert første møte'),
        goal('short.1', 'Spørre om beslutningsveien i alle møter over 100 000 kroner'),
        goal('long.0', 'Lede et kundemøte på engelsk innen sommeren'),
      ],
      promises: [
        { slot: '0', text: 'Bli med i to kundemøter', dueOn: '2027-01-20' },
        { slot: '1', text: 'Skaffe demomaskinen til lageret', dueOn: '2027-01-29' },
      ],
      noPromiseNeeded: false,
      previousDigest: null,
    },
    digest,
    salt: 'salt',
    seq: 41,
    signatures: [
      { side: 'manager', personId: manager.id, name: manager.name, at: '2027-01-06T10:01:00Z', digest },
      { side: 'seller', personId: seller.id, name: seller.name, at: '2027-01-06T12:30:00Z', digest },
    ],
    disagreement: 'Jeg mener at nivået på tilbud er høyere enn det står her.',
    addenda: [
      {
        id: '44444444-4444-4444-8444-444444444444',
        side: 'seller',
        name: seller.name,
        at: '2027-01-12T08:00:00Z',
        text: 'Jeg tok kurset likevel.',
        digest,
      },
    ],
    deadline: '2027-01-13',
    missing: [],
  });
}
