import type { Language } from './people.ts';

/** The language of a BCP 47 tag: every Norwegian reads bokmål, everybody else English. */
export function languageOf(tag: string): Language {
  return /^(nb|nn|no)\b/i.test(tag) ? 'nb' : 'en';
}
