import { messages } from '@medspill/domain/content/sections/messages';
import type { Text } from '@medspill/domain/content/text';

/** A message of the catalogue by its key; a key that is not there is a fault of ours. */
export function message(key: string): Text {
  const found = messages.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no message ${key}`);
  return found.text;
}
