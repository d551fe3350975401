import { say, type Text } from '@medspill/domain/content/text';
import type { Language } from '@medspill/domain/people';
import { createContext, use, useCallback } from 'react';
import type { Host } from './host.ts';

const HostContext = createContext<Host | undefined>(undefined);
export const HostProvider = HostContext.Provider;

export function useHost(): Host {
  const host = use(HostContext);
  if (host === undefined) throw new Error('useHost outside HostProvider');
  return host;
}

export function useLanguage(): Language {
  return useHost().language;
}

export type Say = (text: Text, values?: Record<string, string | number>) => string;

/** Says a text of the catalogue in the reader's language. */
export function useSay(): Say {
  const language = useLanguage();
  return useCallback((text, values) => say(text, language, values), [language]);
}
