// What every surface has around its pages: language, theme, live region, offline banner, and a floor under failures.
import { Button, FluentProvider, makeStyles, type Theme, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { Busy } from '../ui/busy.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { AnnounceProvider } from './announce.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import type { Host } from './host.ts';
import { HostProvider, useSay } from './host-context.tsx';
import { useOnline } from './online.ts';
import { themeNamed } from './themes.ts';
import { WaitingWords } from './waiting-words.tsx';

const useStyles = makeStyles({
  ground: {
    minHeight: '100vh',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
});

type Props = {
  host: Host;
  /** The host's theme as it was at the start. */
  theme: Theme;
  children: ReactNode;
};

export function App({ host, theme: first, children }: Props) {
  const styles = useStyles();
  const [theme, setTheme] = useState(first);
  useEffect(() => {
    let wanted: unknown;
    host.onThemeChange(async (name) => {
      wanted = name;
      const next = await themeNamed(name);
      if (wanted === name) setTheme(next);
    });
  }, [host]);
  useEffect(() => {
    document.documentElement.lang = host.language === 'nb' ? 'nb-NO' : 'en-GB';
    host.ready();
  }, [host]);
  return (
    <HostProvider value={host}>
      <FluentProvider theme={theme} className={styles.ground}>
        <AnnounceProvider>
          <OfflineBanner />
          <PageFloor>{children}</PageFloor>
        </AnnounceProvider>
      </FluentProvider>
    </HostProvider>
  );
}

function OfflineBanner() {
  const t = useSay();
  const online = useOnline();
  return <div>{!online && <Notice intent="warning">{t(shellTexts.offline)}</Notice>}</div>;
}

/** Catches a page that fails, and waits for one that is still being fetched. */
export function PageFloor({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary fallback={(retry) => <FailedPage onRetry={retry} />}>
      <Suspense fallback={<Busy />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function FailedPage({ onRetry }: { onRetry: () => void }) {
  const t = useSay();
  const goHome = () => {
    location.hash = '/home';
    onRetry();
  };
  return (
    <Page title={t(shellTexts.startFailedTitle)} lead={t(shellTexts.pageFailed)}>
      <WaitingWords />
      <div>
        <Button appearance="primary" onClick={onRetry}>
          {t(shellTexts.tryAgain)}
        </Button>{' '}
        <Button onClick={goHome}>{t(shellTexts.goHome)}</Button>
      </div>
    </Page>
  );
}
