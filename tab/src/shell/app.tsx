// What every surface has around its pages: language, theme, live region, offline banner, and a floor under failures.
import {
  Button,
  FluentProvider,
  makeStyles,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
} from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { Busy } from '../ui/busy.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { AnnounceProvider } from './announce.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import type { Host, ThemeName } from './host.ts';
import { HostProvider, useSay } from './host-context.tsx';
import { useOnline } from './online.ts';

const themes: Record<ThemeName, Theme> = {
  light: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
};

const useStyles = makeStyles({
  ground: {
    minHeight: '100vh',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
});

export function App({ host, children }: { host: Host; children: ReactNode }) {
  const styles = useStyles();
  const [theme, setTheme] = useState(host.theme);
  useEffect(() => host.onThemeChange(setTheme), [host]);
  useEffect(() => {
    document.documentElement.lang = host.language === 'nb' ? 'nb-NO' : 'en-GB';
    host.ready();
  }, [host]);
  return (
    <HostProvider value={host}>
      <FluentProvider theme={themes[theme]} className={styles.ground}>
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
      <div>
        <Button appearance="primary" onClick={onRetry}>
          {t(shellTexts.tryAgain)}
        </Button>{' '}
        <Button onClick={goHome}>{t(shellTexts.goHome)}</Button>
      </div>
    </Page>
  );
}
