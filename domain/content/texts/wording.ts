import type { Text } from '../text.ts';

/** Hints beside a field while it is written in; those on health stand in content.json's messages. */
export const wordingTexts = {
  generalisation: {
    nb: 'Ordet «{word}» dømmer mer enn det forteller. Skriv heller hva som skjedde, og når.',
    en: 'The word “{word}” judges more than it tells. Write what happened, and when.',
  },
  private: { nb: 'Bare du ser hintet.', en: 'Only you see this hint.' },
  dismiss: { nb: 'Lukk hintet', en: 'Close the hint' },
  frames: { nb: 'Rammer for det dere skriver', en: 'What this form is for' },
} as const satisfies Record<string, Text>;
