// The task pane beside an appointment. Office.js is loaded by outlook.html from Microsoft, as its terms require.
import { languageOf } from '@medspill/domain/language';
import { rememberToken, type SignIn } from '../client/sign-in.ts';
import type { Deployment } from './deployment.ts';
import type { Host, ThemeName } from './host.ts';

export async function startInOutlook(deployment: Deployment): Promise<Host> {
  await Office.onReady();
  return {
    surface: 'task-pane',
    language: languageOf(Office.context.displayLanguage),
    theme: themeOf(Office.context.officeTheme),
    signIn: await signInOf(deployment),
    onThemeChange: (listener) => {
      const mailbox = Office.context.mailbox;
      // Mailbox 1.14; older clients keep the theme they opened with.
      mailbox.addHandlerAsync?.(Office.EventType.OfficeThemeChanged, () =>
        listener(themeOf(Office.context.officeTheme)),
      );
    },
    openLink: (url) => {
      // A pane must ask the client; old ones open a window themselves.
      if (Office.context.requirements.isSetSupported('OpenBrowserWindowApi', '1.1')) {
        Office.context.ui.openBrowserWindow(url);
      } else window.open(url, '_blank', 'noopener');
    },
    ready: () => {},
  };
}

async function signInOf(deployment: Deployment): Promise<SignIn> {
  if (hasBroker()) {
    const { createNestedSignIn } = await import('../client/nested-sign-in.ts');
    return createNestedSignIn(deployment);
  }
  const token = rememberToken(() => Office.auth.getAccessToken({ allowSignInPrompt: true }));
  return {
    token,
    async consent() {
      await Office.auth.getAccessToken({ allowConsentPrompt: true, allowSignInPrompt: true });
      await token({ fresh: true });
    },
    async confirmIdentity(claims) {
      await Office.auth.getAccessToken({
        allowSignInPrompt: true,
        ...(claims === undefined ? {} : { authChallenge: claims }),
      });
      await token({ fresh: true });
    },
  };
}

/** Outlook says so by a requirement set, and shows the broker to msal-browser as a bridge on the window. */
function hasBroker(): boolean {
  return (
    'nestedAppAuthBridge' in window ||
    Office.context.requirements?.isSetSupported('NestedAppAuth', '1.1') === true
  );
}

function themeOf(theme: Office.OfficeTheme | undefined): ThemeName {
  if (window.matchMedia('(forced-colors: active)').matches) return 'contrast';
  if (theme === undefined) return 'light';
  if (typeof theme.isDarkTheme === 'boolean') return theme.isDarkTheme ? 'dark' : 'light';
  return isDark(theme.bodyBackgroundColor) ? 'dark' : 'light';
}

/** `#rrggbb`, by the eye's weights of the three colours. */
function isDark(colour: string | undefined): boolean {
  const hex = /^#?([0-9a-f]{6})$/i.exec(colour ?? '')?.[1];
  if (hex === undefined) return false;
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return (red ?? 0) * 0.299 + (green ?? 0) * 0.587 + (blue ?? 0) * 0.114 < 128;
}
