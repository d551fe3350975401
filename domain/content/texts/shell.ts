import type { Text } from '../text.ts';

export const shellTexts = {
  appName: { nb: 'Medspill', en: 'Medspill' },
  loading: { nb: 'Henter …', en: 'Loading …' },
  tryAgain: { nb: 'Prøv igjen', en: 'Try again' },
} as const satisfies Record<string, Text>;
