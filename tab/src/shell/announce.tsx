import { createContext, type ReactNode, use, useCallback, useRef } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** One polite live region for the whole tab: what has happened is heard without moving the focus. */
export function AnnounceProvider({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const announce = useCallback((text: string) => {
    if (region.current === null) return;
    // The same words twice would be heard once, so a repeat differs by an invisible character.
    region.current.textContent = region.current.textContent === text ? `${text}\u200b` : text;
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={region} className="only-heard" role="status" aria-live="polite" />
    </AnnounceContext>
  );
}

export function useAnnounce(): (text: string) => void {
  return use(AnnounceContext);
}
