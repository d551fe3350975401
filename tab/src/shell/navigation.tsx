import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { addressOf, type Page, pageOf } from './pages.ts';

type Navigation = { page: Page; go: (page: Page) => void };

const NavigationContext = createContext<Navigation>({ page: { name: 'home' }, go: () => {} });

/** Keeps the page in the address, so that the host's back button works. */
export function NavigationProvider({ start, children }: { start: Page; children: ReactNode }) {
  const [page, setPage] = useState<Page>(() => (location.hash === '' ? start : pageOf(location.hash)));

  useEffect(() => {
    const follow = () => setPage(location.hash === '' ? start : pageOf(location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [start]);

  const go = useCallback((next: Page) => {
    location.hash = `/${addressOf(next)}`;
  }, []);
  const value = useMemo(() => ({ page, go }), [page, go]);
  return <NavigationContext value={value}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  return use(NavigationContext);
}

/** For a link that is a link: it can be opened with the keyboard, and copied. */
export function hrefOf(page: Page): string {
  return `#/${addressOf(page)}`;
}
