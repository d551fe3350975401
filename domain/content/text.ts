import type { Language } from '../people.ts';

/** One text in both languages. Placeholders are written `{name}` and are the same in both. */
export type Text = { readonly nb: string; readonly en: string };

/** A text in the reader's language with its placeholders filled in. Values are plain text, never markup. */
export function say(text: Text, language: Language, values: Record<string, string | number> = {}): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
