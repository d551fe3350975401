import type { Text } from '../text.ts';

export const learnTexts = {
  reflectTitle: { nb: 'Refleksjon', en: 'Reflection' },
  reflectLead: {
    nb: 'Femten minutter for deg selv etter samtalen.',
    en: 'Fifteen minutes for yourself after the review.',
  },
  sellerLead: {
    nb: 'Tre påstander om samtalen. Det tar ett minutt.',
    en: 'Three statements about the review. It takes a minute.',
  },
  onlyMe: {
    nb: 'Bare for meg. Handler svaret om en annen person, kan personen likevel be om innsyn.',
    en: 'Only me. If the answer is about another person, that person may still make an access request.',
  },
  aggregate: {
    nb: 'Bare du ser svaret ditt. Andre kan bare se gjennomsnittet av minst fem svar.',
    en: 'Only you see your answer. Others can only see the average of at least five answers.',
  },
  notYet: {
    nb: 'Ingen refleksjon ennå. Spørsmålene vises her når samtalen er holdt.',
    en: 'No reflection yet. The questions appear here once the review has been held.',
  },
  under40: { nb: 'Under 40 %', en: 'Under 40%' },
  aboutHalf: { nb: 'Rundt halvparten', en: 'About half' },
  over60: { nb: 'Mer enn 60 %', en: 'More than 60%' },
  agree1: { nb: 'Helt uenig', en: 'Strongly disagree' },
  agree2: { nb: 'Litt uenig', en: 'Disagree a little' },
  agree3: { nb: 'Verken eller', en: 'Neither' },
  agree4: { nb: 'Litt enig', en: 'Agree a little' },
  agree5: { nb: 'Helt enig', en: 'Strongly agree' },
  quarter: { nb: 'Hvert kvartal', en: 'Each quarter' },
  toGrowth: { nb: 'Se utviklingen', en: 'See the growth' },
  growthTitle: { nb: 'Utvikling', en: 'Growth' },
  growthLead: {
    nb: 'Begge vurderinger for hvert steg, måned for måned. Det finnes ingen sum og ingen rangering.',
    en: 'Both ratings of each step, month by month. There is no total and no ranking.',
  },
  noGrowth: {
    nb: 'Ingen vurderinger ennå. De vises her når det første referatet er signert.',
    en: 'No ratings yet. They appear here once the first record is signed.',
  },
  howShown: { nb: 'Vis som', en: 'Show as' },
  picture: { nb: 'Bilde', en: 'Picture' },
  table: { nb: 'Tabell', en: 'Table' },
  pictureOf: {
    nb: '{stage}, {from} til {to}. {manager}: {managerValues}. {seller}: {sellerValues}.',
    en: '{stage}, {from} to {to}. {manager}: {managerValues}. {seller}: {sellerValues}.',
  },
  month: { nb: 'Måned', en: 'Month' },
  notRated: { nb: 'ikke vurdert', en: 'not rated' },
  keptTitle: { nb: 'Mål og løfter', en: 'Goals and promises' },
  goals: { nb: 'Mål nådd', en: 'Goals reached' },
  promises: { nb: 'Løfter holdt', en: 'Promises kept' },
  ofCount: { nb: '{count} av {of}', en: '{count} of {of}' },
  stages: { nb: 'Steg for steg', en: 'Step by step' },
} as const satisfies Record<string, Text>;
